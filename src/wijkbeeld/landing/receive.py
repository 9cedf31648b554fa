"""Take in a file that a page was handed: under a name that cannot hurt, and whole.

Whoever sends it chooses its name and its content. The name is held against a list of
what may be in it; the content becomes a file beside all others, never in the place
of one.
"""

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

from wijkbeeld import files
from wijkbeeld.landing import inbox_files, schema
from wijkbeeld.landing.names import ENDINGS
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import make_home, settings

_SIGNS = " ._-()[]+,&'’=@#"
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)
}
_NAME_BYTES = 150
_MOST_ALIKE = 99
_ROOM_BYTES = 1 << 30
"""What must stay free on the disk of the inbox."""


def checked(name: str) -> str:
    """Return the name of a file, as it may be used in the inbox.

    Raises:
        RejectedError: It is no plain name; it is refused rather than mended, because
            it says when the file was exported.
    """
    composed = unicodedata.normalize("NFC", name)
    if not _is_plain(composed):
        raise RejectedError(
            say(
                "de naam van het bestand kan niet worden gebruikt; geef het een naam "
                "met gewone letters, cijfers, spaties en . - _ ( ), die eindigt op "
                "{endings}",
                endings=", ".join(f".{ending}" for ending in ENDINGS),
            )
        )
    return composed


def _is_plain(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    return (
        0 < len(name.encode("utf-8", "replace")) <= _NAME_BYTES
        and all(_is_harmless(character) for character in name)
        and not name.startswith((".", "-", " ", "~"))
        and bool(stem.strip(" ."))
        and ending.casefold() in ENDINGS
        and name.partition(".")[0].strip().casefold() not in _DEVICES
        and not inbox_files.is_unfinished(name)
    )


def _is_harmless(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _SIGNS
    # Letters of one script: none that looks like another one's, and no marks that
    # hide, stack or turn the writing around.
    is_latin = unicodedata.name(character, "").startswith("LATIN ")
    return (is_latin and character.isalpha()) or character in _SIGNS


def prepare() -> None:
    """Make the inbox so that the group of this process may add files to it.

    Whoever serves the pages is in that group and is another user than whoever lands;
    of the inbox itself it can change nothing, so no folder can be put in the place of
    another.
    """
    make_home()
    settings().inbox.mkdir(parents=True, exist_ok=True)
    settings().inbox.chmod(0o750)
    for source in schema.SOURCES:
        folder = settings().inbox / source
        folder.mkdir(exist_ok=True)
        folder.chmod(0o770)
    (settings().home / "mappings").mkdir(exist_ok=True)
    chosen = settings().home / "briefings"
    chosen.mkdir(exist_ok=True)
    chosen.chmod(0o770)
    settings().alerts.mkdir(exist_ok=True)
    settings().releases.mkdir(exist_ok=True)


def can_receive() -> bool:
    """Tell whether the inbox may be written from here."""
    folder = settings().inbox / schema.SOURCES[0]
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def put(source: str, name: str, content: bytes) -> Path:
    """Put a file into the inbox of a source; return where it waits.

    It appears there whole or not at all. The same content under the same name is
    there once; another file of that name keeps its place.

    Args:
        source: Such as ``watch__patrols``.
        name: As it was sent.
        content: All of it.

    Raises:
        RejectedError: It cannot be taken in; nothing was written.
        ValueError: There is no such source.
    """
    if source not in schema.SOURCES:
        raise ValueError(f"no source {source!r}")
    named = checked(name)
    if len(content) > settings().upload_limit_mb << 20:
        raise RejectedError(
            say(
                "het bestand is groter dan {limit} MB; stuur het in delen",
                limit=settings().upload_limit_mb,
            )
        )
    folder = settings().inbox / source
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or not folder.is_dir():
        raise RejectedError(say("de inbox van {source} is geen map", source=source))
    if shutil.disk_usage(folder).free < len(content) + _ROOM_BYTES:
        raise RejectedError(
            say("de schijf van de inbox is vol; waarschuw de beheerder")
        )
    return appear(folder, named, partial(_write, content=content))


def appear(folder: Path, name: str, write: Callable[[Path], object]) -> Path:
    """Let a file appear whole in a folder, or not at all; return its path.

    The same content under the same name is there once; another file of that name
    keeps its place, and this one is called ``name-2``, and so on.

    Args:
        folder: Inbox of a source, or of an account in it.
        name: Of the file, as it may be used there.
        write: Writes the content to the path it is given, which does not exist yet.

    Raises:
        RejectedError: Too many files of that name wait; nothing was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f".{uuid4().hex}.scratch"
    try:
        write(scratch)
        files.sync(scratch)
        for target in _names(folder, name):
            try:
                # Unlike a rename, it never takes the place of another file.
                os.link(scratch, target, follow_symlinks=False)
            except FileExistsError:
                if _is_same(target, scratch):
                    return target
                continue
            files.sync(folder)
            return target
    finally:
        scratch.unlink(missing_ok=True)
    raise RejectedError(
        say("er wachten al te veel bestanden met deze naam; geef het een andere naam")
    )


def _write(scratch: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    # The group may read it: whoever lands is not whoever serves pages.
    with os.fdopen(os.open(scratch, flags, 0o640), "wb") as handle:
        handle.write(content)


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, dot, ending = name.partition(".")
    for number in range(2, _MOST_ALIKE + 1):
        yield folder / f"{stem}-{number}{dot}{ending}"


def _is_same(target: Path, scratch: Path) -> bool:
    try:
        return (
            not target.is_symlink()
            and target.is_file()
            and files.sha256_of(target) == files.sha256_of(scratch)
        )
    except OSError:
        return False  # It was landed meanwhile, or is not ours to read.
