"""What lies in the inbox where nobody looks, and where it should lie."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.landing import agreement, deliver, inbox_files, names, recognise
from wijkbeeld.landing.rejected import full_name, named
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_OURS = {"truth.json"}
"""What the demo writes beside the folders of sources."""
_QUIET_SECONDS = 2


class Astray(NamedTuple):
    """A file, as a path within the inbox that tells of no person, and its folder."""

    shown: str
    belongs_in: str


def found() -> Iterator[Astray]:
    """Yield the files that are ignored where they lie; nothing of them is touched.

    What is still being written is left out, as it is by who lands.
    """
    inbox = settings().inbox
    youngest = time.time() - _QUIET_SECONDS
    for folder, below, listed in os.walk(inbox):
        below[:] = sorted(name for name in below if not name.startswith("."))
        parts = Path(folder).relative_to(inbox).parts
        if _is_looked_into(parts):
            continue
        for name in sorted(listed):
            path = Path(folder, name)
            is_ours = not parts and name in _OURS
            if is_ours or inbox_files.is_unfinished(name) or _is_fresh(path, youngest):
                continue
            shown = named(path)
            if names.is_personal(full_name(path)):
                shown = f"…{path.suffix}" if path.suffix[1:] in names.ENDINGS else "…"
            yield Astray("/".join(["inbox", *parts, shown]), _belongs_in(path, parts))


def _is_looked_into(parts: tuple[str, ...]) -> bool:
    if not parts or parts[0] not in deliver.SOURCES:
        return False
    # An account has a folder, and that has none.
    return len(parts) == 1 or (
        len(parts) == len(("source", "account")) and _is_in_folders(parts[0])
    )


def _is_in_folders(source: str) -> bool:
    return agreement.source(source).in_folders


def _is_fresh(path: Path, youngest: float) -> bool:
    try:
        return path.lstat().st_mtime > youngest
    except FileNotFoundError:
        return True  # It was moved meanwhile.


def _belongs_in(path: Path, parts: tuple[str, ...]) -> str:
    source = parts[0].casefold() if parts else ""
    if source not in deliver.SOURCES:
        try:
            source = recognise.source_of(path)
        except Exception:
            return say("inbox/<bron>, de map van zijn bron")
    if not _is_in_folders(source):
        return f"inbox/{source}"
    account = parts[1] if len(parts) > 1 else say("<account>")
    return f"inbox/{source}/{account}"
