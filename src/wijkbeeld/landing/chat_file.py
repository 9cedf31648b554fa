"""What a file holds that is a chat export, or may be one; unpacked in memory only."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

from wijkbeeld.landing import chat_lines, text, unpack
from wijkbeeld.landing.chat_lines import NoChatError
from wijkbeeld.landing.rejected import CHAT_NAME, RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_START = 1 << 16
_MEMBERS_LOOKED_AT = 20
_LIST_KEYS = ("groep_id", "group_id")
_FAULTS = (OSError, *unpack.DAMAGE)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Yield the text of an export, unpacked in memory as it is read."""
    packed = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            texts = members(path)
            if len(texts) != 1:
                raise NoChatError
            member = archive.getinfo(texts[0])
            if member.flag_bits & 1:
                raise RejectedError(
                    say(
                        "het zip-bestand heeft een wachtwoord; stuur het zonder "
                        "wachtwoord"
                    )
                )
            with archive.open(member) as content:
                yield io.BufferedReader(_Bounded(content, member.compress_size))
    elif _first(path).startswith(b"\x1f\x8b"):
        with gzip.open(path) as content:
            yield io.BufferedReader(_Bounded(content, packed))
    else:
        with path.open("rb") as content:
            yield io.BufferedReader(_Bounded(content, packed))


class _Bounded(io.RawIOBase):
    """What is read, up to the size that a delivery may have when it is unpacked."""

    def __init__(self, content: IO[bytes] | gzip.GzipFile, packed: int) -> None:
        self._content = content
        self._left = min(
            settings().unpacked_limit_bytes,
            max(packed * settings().compression_ratio_limit, 1 << 20),
        )

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        data = self._content.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise RejectedError(
                say(
                    "het bestand wordt na uitpakken groter dan {limit} MB of meer dan "
                    "{ratio} keer zo groot; stuur het uitgepakt",
                    limit=settings().unpacked_limit_bytes // 1_000_000,
                    ratio=settings().compression_ratio_limit,
                )
            )
        buffer[: len(data)] = data
        return len(data)


def members(path: Path) -> list[str]:
    """Return the members of a zip that are the text of a chat, by their name."""
    texts = (name for name in _entries(path) if name.casefold().endswith(".txt"))
    names = (name for name in texts if CHAT_NAME.search(name.rpartition("/")[2]))
    return [name for name in names if not name.startswith("__MACOSX/")]


def others(path: Path) -> Iterator[str]:
    """Return what else a zip holds."""
    chats = set(members(path))
    return (name for name in _entries(path) if name not in chats and name[-1:] != "/")


def _entries(path: Path) -> tuple[str, ...]:
    """Return what a zip holds; it is asked for several times while a file lands."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return _listed(path, (state.st_ino, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=1)
def _listed(
    path: Path,
    state: tuple[int, int, int],  # noqa: ARG001 what the cache goes by
) -> tuple[str, ...]:
    try:
        if not _first(path).startswith(b"PK"):
            return ()
        with zipfile.ZipFile(path) as packed:
            return tuple(packed.namelist())
    except _FAULTS:
        return ()


def is_list(path: Path) -> bool:
    """Tell whether a file begins as a list does, or is empty."""
    entries = _entries(path)
    if entries:
        return "[Content_Types].xml" in entries or _holds_a_list(path)
    lines = beginning(path)
    if not any(line.strip() for line in lines):
        try:
            return not _first(path).strip()
        except OSError:
            return False  # What cannot be looked into may be a chat.
    return _begins_a_list(lines)


def _holds_a_list(path: Path) -> bool:
    """Tell whether a zip holds one file, which begins as a list; in memory only."""
    if members(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            held = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not member.filename.startswith("__MACOSX/")
            ]
            if len(held) != 1:
                return False
            with archive.open(held[0]) as content:
                bounded = _Bounded(content, held[0].compress_size)
                reader = io.BufferedReader(bounded)
                start = reader.read(_START)
                if not start.startswith(b"PK"):
                    return _begins_a_list(_lines(start))
                whole = io.BytesIO(start + reader.read())
                with zipfile.ZipFile(whole) as book:
                    return "[Content_Types].xml" in book.namelist()
    except (RejectedError, *_FAULTS):
        return False


def _begins_a_list(lines: list[str]) -> bool:
    lines = [line for line in lines if line.strip()]
    if lines and lines[0].casefold().startswith("sep="):
        lines = lines[1:]
    first = lines[0].casefold() if lines else ""
    is_named = any(key in first for key in _LIST_KEYS)
    return is_named and not chat_lines.begins_a_chat(lines[:1])


def beginnings(path: Path) -> Iterator[list[str]]:
    """Yield the lines at the start of a file, and of what it holds if it is a zip."""
    yield beginning(path)
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist()[:_MEMBERS_LOOKED_AT]:
                    with suppress(*_FAULTS), archive.open(member) as content:
                        yield _lines(content.read(_START))
    except _FAULTS:
        return


def beginning(path: Path) -> list[str]:
    """Return the lines at the start of a file, also where it is damaged."""
    return _lines(_start_of(path))


def _lines(start: bytes) -> list[str]:
    return text.beginning(start) or start.decode("utf-8", "replace").splitlines()


def _start_of(path: Path) -> bytes:
    try:
        if _first(path).startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                return packed.read(_START)
        with path.open("rb") as handle:
            return handle.read(_START)
    except _FAULTS:
        return b""


def _first(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(64)
