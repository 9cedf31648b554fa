"""How files come into being: whole, on disk, or not at all."""

import ctypes
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make a file, or the entries of a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Yield a scratch path that becomes ``target`` when the block succeeds.

    The scratch name lies in the same folder, because a rename is atomic only
    within one file system, and begins with a dot, because no reader looks at
    those. File and folder are synced, so that what a reader sees also survives a
    power cut.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{uuid4().hex}.scratch")
    try:
        yield scratch
        sync(scratch)
        scratch.replace(target)
        sync(target.parent)
    finally:
        scratch.unlink(missing_ok=True)


@contextmanager
def appearing_together(folder: Path) -> Iterator[Callable[[str], Path]]:
    """Yield what gives scratch paths, which all appear when the block succeeds.

    What it is called with are the names in ``folder``. Many files are synced sooner
    by one call for the file system than by one for each of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scratches: dict[str, Path] = {}

    def scratch(name: str) -> Path:
        return scratches.setdefault(name, folder / f".{uuid4().hex}.scratch")

    try:
        yield scratch
        _sync_all(folder)
        for name in list(scratches):
            scratches[name].replace(folder / name)
            del scratches[name]
        sync(folder)
    finally:
        for written in scratches.values():
            written.unlink(missing_ok=True)


def _sync_all(folder: Path) -> None:
    """Make all that was written to the file system of a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def write_text(target: Path, text: str) -> None:
    """Write a small text file, whole or not at all."""
    with appearing(target) as scratch:
        scratch.write_text(text, "utf-8")


@contextmanager
def exclusive(lock: Path) -> Iterator[int]:
    """Hold a lock for the length of the block; wait for whoever holds it.

    The lock ends with the process that holds it, however that process ends.

    Yields:
        The descriptor; a program started with it keeps the lock.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(lock: Path) -> bool:
    """Tell whether a process holds the lock at this moment."""
    if not lock.exists():
        return False
    descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
