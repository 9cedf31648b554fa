"""Look at a file without landing it: whose it is, and what would become of it.

A file that nobody has looked at yet may be made to hurt. So the looking is done in a
process of its own, with bounds on its memory and time, and in a home of its own that
is destroyed afterwards: whatever landing writes, it writes there. The key of the
pseudonyms does not go along. What comes back are names of columns, numbers of rows
and texts of ours, never a value of the file.
"""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from wijkbeeld.landing import record
from wijkbeeld.landing.rejected import named
from wijkbeeld.language import say
from wijkbeeld.settings import settings

Verdict = Literal["accepted", "unjudged", "waits", "rejected", "failed"]
"""What landing would say; ``unjudged`` is accepted, but for a gate that is not here."""

_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ")
_SECRETS = ("WIJKBEELD_PSEUDONYM_KEY",)


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Column(_Seen):
    """A column of ours, and the header that it was recognised by."""

    name: str
    header: str
    is_required: bool


class Sample(_Seen):
    """Rows that have one problem."""

    problem: str
    rule: str
    remedy: str
    columns: tuple[str, ...]
    """Headers that the rule is about, none where it is about the whole row."""
    row_count: int
    rows: tuple[int, ...]
    """Numbers of the first of them: the header is row 1, or those of the sheet."""


class Proposal(_Seen):
    """A mapping file, ready to be looked at and saved."""

    name: str
    text: str
    missing: tuple[str, ...]


class Inspection(_Seen):
    """What was seen of a file; no value of it is in here."""

    file_name: str
    size_bytes: int
    sha256: str = ""
    source: str | None = None
    why: str = ""
    form: str | None = None
    encoding: str | None = None
    separator: str | None = None
    recognised: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unknown: str = ""
    row_count: int | None = None
    problem_count: int | None = None
    samples: tuple[Sample, ...] = ()
    warnings: tuple[str, ...] = ()
    exported_on: str | None = None
    verdict: Verdict = "failed"
    reason: str = ""
    proposal: Proposal | None = None
    is_known: bool = False
    """Whether the same content was landed before."""


class Request(_Seen):
    """What the process that looks is told."""

    path: str
    """In hexadecimal, since a name need not be text."""
    source: str | None
    landing: str
    mappings: str
    shapes: tuple[tuple[str, str], ...]
    """Code and polygon (WKT, RD) of each buurt, where nothing has landed here."""
    memory_bytes: int | None
    file_bytes: int | None


class Limits(NamedTuple):
    """What a file of a stranger may ask for."""

    seconds: float | None = None
    memory_bytes: int | None = None
    file_bytes: int | None = None


OWN = Limits()
"""For whoever could land the file as well."""
STRANGER = Limits(120.0, 3 * 2**30, 2**30)


class Wish(NamedTuple):
    """How a file is to be looked at."""

    source: str | None = None
    """Its source, where it is not to be recognised."""
    language: str | None = None
    """In which the texts are; that of the installation when not given."""
    shapes: tuple[tuple[str, str], ...] = ()
    """Polygons to place points with, where none have landed."""


def inspect(path: Path, wish: Wish = Wish(), limits: Limits = OWN) -> Inspection:  # noqa: B008 immutable
    """Return what is seen of a file, and what landing would say of it.

    The file stays where it is, and nothing of it is left anywhere.
    """
    with _home() as home:
        seen = _asked(path, home, wish, limits)
    known = record.read(seen.source, seen.sha256) if seen.source else None
    is_known = known is not None and known.status == "landed"
    return seen.model_copy(update={"is_known": is_known})


def inspect_bytes(name: str, content: bytes, wish: Wish) -> Inspection:
    """Return what is seen of what a stranger sends, under a name that was checked."""
    with _home() as home:
        path = home / "offered" / name
        path.parent.mkdir(mode=0o700)
        path.write_bytes(content)
        return _asked(path, home, wish, STRANGER)


@contextmanager
def _home() -> Iterator[Path]:
    scratch: Path | None = settings().home / "scratch"
    try:
        settings().home.joinpath("scratch").mkdir(
            parents=True, exist_ok=True, mode=0o700
        )
    except OSError:
        # The pages of production write to the inbox, and nowhere else at home.
        scratch = None
    with TemporaryDirectory(dir=scratch, prefix=".inspection-") as folder:
        yield Path(folder)


def _asked(path: Path, home: Path, wish: Wish, limits: Limits) -> Inspection:
    request = Request(
        path=os.fsencode(path.absolute()).hex(),
        source=wish.source,
        landing=str(settings().landing.absolute()),
        mappings=str((settings().home / "mappings").absolute()),
        shapes=wish.shapes,
        memory_bytes=limits.memory_bytes,
        file_bytes=limits.file_bytes,
    )
    environment = _environment(home, wish.language)
    answer = _run(request, environment, limits.seconds)
    try:
        return Inspection.model_validate_json(answer or b"")
    except ValidationError:
        return Inspection(
            file_name=named(path),
            size_bytes=path.stat().st_size,
            source=wish.source,
            reason=_why_not(is_late=answer is None),
        )


def _why_not(*, is_late: bool) -> str:
    if is_late:
        return say("het bestand vraagt te veel tijd om te bekijken; stuur het in delen")
    return say(
        "het bestand is niet te bekijken: het vraagt te veel geheugen of is "
        "beschadigd; stuur het in delen, of exporteer het opnieuw"
    )


def _run(
    request: Request, environment: dict[str, str], seconds: float | None
) -> bytes | None:
    """Return the answer, nothing when it did not come in time."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "wijkbeeld.landing.inspected"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=environment["HOME"],
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            asked = request.model_dump_json().encode()
            answer, _ = process.communicate(asked, timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return answer


def _environment(home: Path, language: str | None) -> dict[str, str]:
    told = {
        name: value
        for name, value in os.environ.items()
        if (name in _PASSED_ON or name.startswith("WIJKBEELD_"))
        and name not in _SECRETS
    }
    return told | {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        "WIJKBEELD_HOME": str(home),
        "WIJKBEELD_LANGUAGE": language or settings().language,
        # What is looked at is thrown away, so any key will do.
        "WIJKBEELD_PSEUDONYM_KEY": secrets.token_hex(32),
    }
