"""Why a file did not land though nothing was wrong with it: in words, with the remedy.

What it was is told to whoever lands it. A fault that was not foreseen goes to the log
as well, whole: it is one of ours, and whoever mends it needs to know where it arose.
"""

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wijkbeeld.landing.rejected import named
from wijkbeeld.language import say

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SAID_BY_DUCKDB = re.compile(r'"errno":"(\d+)"')
_log = logging.getLogger("wijkbeeld.landing")


class NotLandedError(Exception):
    """Files did not land though nothing was wrong with them: which, why, the remedy."""


def told(fault: Exception, path: Path) -> str:
    """Return why a file did not land, and what to do; no value of it is in there.

    Args:
        fault: What was raised, and is no refusal of the file.
        path: The file.
    """
    if _is_full(fault):
        return say(
            "de schijf is vol, of dit bestand mag niet zo groot zijn; maak ruimte en "
            "lees opnieuw in"
        )
    if isinstance(fault, PermissionError):
        return say(
            "wie inleest heeft geen recht op {name}; geef dat recht (chmod of chown) "
            "en lees opnieuw in",
            name=named(Path(fault.filename or path)),
        )
    if isinstance(fault, MemoryError):
        return say(
            "er is te weinig geheugen; sluit andere programma's, of stuur het bestand "
            "in delen, en lees opnieuw in"
        )
    _log.error("%s: not landed", named(path), exc_info=fault)
    if isinstance(fault, OSError):
        return say(
            "het bestand is niet te lezen of niet te schrijven ({fault}); kijk de "
            "schijf na en lees opnieuw in",
            fault=errno.errorcode.get(fault.errno or 0, type(fault).__name__),
        )
    return say(
        "hier ging iets mis dat niet was voorzien ({fault}), en het bestand is nog "
        "waar het was; geef het logboek aan wie Wijkbeeld onderhoudt",
        fault=type(fault).__name__,
    )


@contextmanager
def told_as(error: type[Exception]) -> Iterator[None]:
    """Let a build end in words where the disk is full, or cannot be read or written.

    Args:
        error: What is raised then, with the reason and the remedy.
    """
    try:
        yield
    except Exception as fault:
        if _is_full(fault):
            raise error(
                say(
                    "de schijf is vol en er is niets gepubliceerd; maak ruimte en bouw "
                    "opnieuw"
                )
            ) from None
        if isinstance(fault, OSError):
            raise error(
                say(
                    "{fault}, en er is niets gepubliceerd; kijk de schijf en de "
                    "rechten na en bouw opnieuw",
                    fault=fault,
                )
            ) from None
        raise


def _is_full(fault: Exception) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in _FULL
    # DuckDB tells it in its words only.
    said = _SAID_BY_DUCKDB.search(str(fault))
    return said is not None and int(said[1]) in _FULL
