"""What waits in the inbox, and is whole."""

import os
import time
from pathlib import Path

from wijkbeeld.landing import agreement, chat
from wijkbeeld.settings import settings

_GROWING = (".part", ".tmp", ".crdownload", ".scratch")
_QUIET_SECONDS = 2


def waiting(source: str) -> list[Path]:
    """Return the files in the inbox of a source that are whole, in order of name.

    A file that is still being written is left alone: one whose name says so, or
    that changed within the last two seconds and still does.
    """
    whole: list[Path] = []
    for folder in _folders(source):
        names = sorted(_named_in(folder))
        fresh = _just_changed(folder, names)
        if fresh:
            time.sleep(_QUIET_SECONDS)
        # Listed anew, because that makes paths of names at the least cost.
        listed = {path.name: path for path in folder.iterdir()} if names else {}
        whole += [
            chat.hidden(listed[name], source)
            if chat.is_to_be_looked_at(name, source)
            else listed[name]
            for name in names
            if name in listed
            and (name not in fresh or fresh[name] == state_of(listed[name]))
        ]
    return whole


def _named_in(folder: Path) -> list[str]:
    """Return the files of a folder, without those that are named as unfinished."""
    try:
        with os.scandir(folder) as entries:
            # The folder tells what each is: asking per file takes far longer.
            return [
                entry.name
                for entry in entries
                if (entry.is_file(follow_symlinks=False) or entry.is_symlink())
                and not is_unfinished(entry.name)
            ]
    except FileNotFoundError:
        return []


def _just_changed(folder: Path, names: list[str]) -> dict[str, tuple[int, int]]:
    """Return the state of the files that changed within the last two seconds."""
    if not names:
        return {}
    fresh: dict[str, tuple[int, int]] = {}
    youngest = time.time() - _QUIET_SECONDS
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        for name in names:
            # Asked within the folder: to find the way to it each time is slower.
            try:
                state = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            except FileNotFoundError:
                continue
            if state.st_mtime > youngest:
                fresh[name] = (state.st_size, state.st_mtime_ns)
    finally:
        os.close(descriptor)
    return fresh


def _folders(source: str) -> list[Path]:
    """Return the inbox of a source, and the folders in it that name an account."""
    inbox = settings().inbox / source
    if not agreement.source(source).in_folders:
        return [inbox]
    return [inbox, *(f for f in inbox.glob("[!.]*/") if not f.is_symlink())]


def lying() -> set[Path]:
    """Return all files in the inbox, whole or not."""
    inbox = settings().inbox
    found = [*inbox.glob("*/[!.]*"), *inbox.glob("*/[!.]*/[!.]*")]
    return {path for path in found if not path.is_dir()}


def is_unfinished(name: str) -> bool:
    """Tell whether a name says that its file is still being written."""
    lower = name.casefold()
    return lower.endswith(_GROWING) or lower.startswith(("~$", "."))


def state_of(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is written; None when it is gone."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns
