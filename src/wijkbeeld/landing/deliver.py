"""Land what waits in the inbox, or set it aside with a reason."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from wijkbeeld import files
from wijkbeeld.landing import (
    agreement,
    chat,
    exported,
    land,
    recognise,
    record,
    schema,
    zone,
)
from wijkbeeld.landing.inbox_files import state_of
from wijkbeeld.landing.incidents import NoShapesError
from wijkbeeld.landing.record import Record
from wijkbeeld.landing.rejected import RejectedError, full_name, named
from wijkbeeld.language import say
from wijkbeeld.settings import settings

Gate = Callable[[Path], None]
SOURCES = schema.SOURCES
_LARGE_BYTES = 32 << 20
_NAME_BYTES = 200
_DAY_SECONDS = 86_400


class Delivered(NamedTuple):
    """What became of a delivery that was not rejected."""

    path: Path
    source: str
    status: Literal["landed", "known", "waits"]
    parquet: Path | None
    row_count: int | None
    accepted_count: int | None
    problem_count: int | None
    warnings: list[str]
    note: str | None = None
    """Why it waits, or what whoever delivers it should know of one that was known."""


def deliver(path: Path, source: str, gate: Gate) -> Delivered:
    """Land one delivery; move it to ``delivered/``, or to ``rejected/`` with a reason.

    A chat export is destroyed instead, whatever becomes of it.

    First the landed file, then its record, then the move: whenever it is cut short,
    calling it again finishes it. The same content again is a no-op.

    Args:
        path: The file, in the inbox.
        source: Its source, such as ``watch__patrols``.
        gate: Raises ValueError when the rows as a whole are not what was agreed.

    Raises:
        RejectedError: The file is not what was agreed. It was moved and recorded.
    """
    begin()
    return deliver_next(path, source, gate)


def deliver_next(path: Path, source: str, gate: Gate) -> Delivered:
    """Do the same, where the landing zone was seen to (``begin``) for all of them."""
    path = chat.hidden(path, source)
    try:
        return _deliver_next(path, source, gate)
    except _TakenUpError:
        return _taken_up(path, source)


def _deliver_next(path: Path, source: str, gate: Gate) -> Delivered:
    before, is_secret = state_of(path), chat.is_secret(path, source)
    if before is None:
        raise _TakenUpError
    with ThreadPoolExecutor(1) as beside:
        # A large file is hashed while it is read.
        hashing = beside.submit(_identity, path)
        try:
            recorded = _land(path, source, hashing, gate)
        except _KnownError as known:
            _put_away(path, source, known.record.file_sha256, is_secret=is_secret)
            became = delivered(path, known.record, "known")
            return became._replace(note=_note(path, source))
        except NoShapesError:
            return _waits(
                path,
                source,
                say(
                    "lever eerst een bestand van cbs__buurten, om de punten in een "
                    "buurt te plaatsen"
                ),
            )
        except FileNotFoundError:
            if os.path.lexists(path):
                raise
            # Another landing of the same file was at it, and has moved it.
            raise _TakenUpError from None
        except ValueError as reason:
            if not os.path.lexists(path):
                raise _TakenUpError from None
            if state_of(path) not in (before, None):
                return _waits(path, source, say("het bestand wordt nog geschreven"))
            raise _rejected(path, source, hashing.result(), reason) from None
    record.write(recorded)
    _put_away(path, source, recorded.file_sha256, is_secret=is_secret)
    if source == "cbs__buurten":
        zone.place_again()
    return delivered(path, recorded, "landed")


def begin() -> None:
    """See to the landing zone, and to what need not be kept any longer."""
    zone.prepare()
    purge()


class _KnownError(Exception):
    """The content was landed before."""

    def __init__(self, known: Record) -> None:
        super().__init__(known.file_sha256)
        self.record = known


class _TakenUpError(Exception):
    """Another landing of the same file was at it, and has moved it."""


def _note(path: Path, source: str) -> str | None:
    """Say of a file in the folder of an account that it counts for the first one."""
    is_of_account = agreement.source(source).in_folders
    if not is_of_account or path.parent == settings().inbox / source:
        return None
    return say(
        "een bestand met dezelfde inhoud telt één keer, voor het account waarvoor het "
        "het eerst kwam; was dat een ander account, exporteer dan dit account opnieuw"
    )


def _waits(path: Path, source: str, why: str) -> Delivered:
    return Delivered(path, source, "waits", None, None, None, None, [], why)


def _taken_up(path: Path, source: str) -> Delivered:
    """Say of a file that is gone that another landing has it."""
    note = say(
        "een andere verwerking heeft het bestand uit de inbox opgepakt; wat ervan werd "
        "zegt: wijkbeeld status"
    )
    return Delivered(path, source, "known", None, None, None, None, [], note)


def _land(path: Path, source: str, hashing: Future[str], gate: Gate) -> Record:
    if path.is_symlink() or not path.is_file():
        raise RejectedError(
            say(
                "dit is een snelkoppeling en geen bestand; zet het bestand zelf "
                "hier neer"
            )
        )
    before = path.stat()

    def identity() -> str:
        sha256 = hashing.result()
        known = record.read(source, sha256)
        if known and known.status == "landed" and land.path(source, sha256).exists():
            raise _KnownError(known)
        if state_of(path) != (before.st_size, before.st_mtime_ns):
            raise RejectedError(
                say("het bestand veranderde tijdens het lezen; stuur het opnieuw")
            )
        return sha256

    if before.st_size < _LARGE_BYTES:
        identity()
    if full_name(path) != path.name:
        identity()
        raise RejectedError(
            say(
                "de naam van het bestand bevat tekens die niet te lezen zijn (geen "
                "UTF-8); geef het een naam met gewone letters en stuur het opnieuw"
            )
        )
    if source != chat.SOURCE or not chat.is_secret(path, source):
        recognise.check(path, source)
    landed = land.land(path, source, identity, _speaking(gate))
    return Record(
        landed.sha256,
        source,
        chat.name_of(path, source),
        "landed",
        None,
        landed.warnings,
        landed.row_count,
        landed.problem_count,
        before.st_size,
        landed.exported_on,
        exported.is_demo(path.name),
    )


def _rejected(path: Path, source: str, sha256: str, fault: ValueError) -> RejectedError:
    """Set a delivery aside, or destroy it if it may be a chat; return the reason."""
    is_secret = chat.is_secret(path, source)
    chat_after_all = None if is_secret else chat.hidden_if_it_begins_one(path)
    if chat_after_all:
        path, is_secret = chat_after_all, True
    # The words of others can hold a value of the file.
    reason = (
        str(fault)
        if isinstance(fault, RejectedError)
        else say("het bestand is niet te lezen; exporteer het opnieuw")
    )
    if is_secret:
        reason += say(" (het bestand is vernietigd: het kan een chat zijn)")
    told = chat.name_of(path, source)
    _reject(path, source, sha256, reason, is_secret=is_secret)
    refused = RejectedError(f"{told}: {reason}")
    refused.file_name = named(path) if told == full_name(path) else told
    return refused


def _speaking(gate: Gate) -> Gate:
    """Return a gate whose reasons are ours to tell."""

    def judge(parquet: Path) -> None:
        try:
            gate(parquet)
        except ValueError as reason:
            raise RejectedError(str(reason)) from None

    return judge


def _reject(
    path: Path, source: str, sha256: str, reason: str, *, is_secret: bool
) -> None:
    try:
        size = path.lstat().st_size
    except FileNotFoundError:
        return  # Another landing has rejected it.
    is_demo, told = exported.is_demo(path.name), chat.name_of(path, source)
    record.write(
        Record(
            *(sha256, source, told, "rejected", reason, []),
            *(None, None, size, None, is_demo),
        )
    )
    folder = _beside(settings().rejected, path, source)
    name = told if is_secret else _free_name(folder, path, sha256)
    files.write_text(folder / f"{name}.reason.txt", f"{told}: {reason}\n")
    if is_secret:
        chat.destroy(path)
    else:
        _move_to(path, folder / name)


def _put_away(path: Path, source: str, sha256: str, *, is_secret: bool) -> None:
    folder = _beside(settings().delivered, path, source)
    if is_secret:
        chat.destroy(path)
    else:
        _move_to(path, folder / _free_name(folder, path, sha256))


def move_together(records: dict[Path, Record], source: str) -> None:
    """Move deliveries that have landed to ``delivered/``."""
    folders = set()
    for path, landed in records.items():
        folder = _beside(settings().delivered, path, source)
        if folder not in folders:
            folder.mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        with suppress(FileNotFoundError):
            path.rename(folder / _free_name(folder, path, landed.file_sha256))
    for folder in folders:
        files.sync(folder)


def _beside(root: Path, path: Path, source: str) -> Path:
    """Return where a delivery goes: in a folder of its account, if it came from one.

    Put back into the inbox as it lies there, it is to say again whose it is.
    """
    if path.parent.parent == settings().inbox / source:
        return root / source / path.parent.name
    return root / source


def _move_to(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.rename(target)
    except FileNotFoundError:
        return  # Another landing of the same file has moved it.
    files.sync(target.parent)


def _free_name(folder: Path, path: Path, sha256: str) -> str:
    """Return a name that no other content has, and that leaves room for more."""
    name = shown = named(path)
    while len(name.encode()) > _NAME_BYTES:
        name = name[:-1]
    is_cut = name != shown
    taken = folder / name
    if is_cut or (os.path.lexists(taken) and _identity(taken) != sha256):
        return f"{sha256[:12]}__{name}"
    return name


def _identity(path: Path) -> str:
    if path.is_symlink():
        return hashlib.sha256(f"link to {path.readlink()}".encode()).hexdigest()
    return files.sha256_of(path)


def delivered(
    path: Path, known: Record, status: Literal["landed", "known"]
) -> Delivered:
    """Return what became of a delivery, by its record."""
    target = land.path(known.source, known.file_sha256)
    rows, problems = known.row_count or 0, known.problem_count or 0
    return Delivered(
        path, known.source, status, target, rows, rows - problems, problems,
        known.warnings,
    )  # fmt: skip


def purge() -> None:
    """Destroy files, landed or rejected, that may not be kept any longer.

    Why one was rejected stays in the record of it.
    """
    before = time.time() - settings().keep_delivered_days * _DAY_SECONDS
    folders = [*_kept_in(settings().delivered), *_kept_in(settings().rejected)]
    for path in chain.from_iterable(folder.iterdir() for folder in folders):
        try:
            state = path.lstat()
            # The move changed this time, and reading does not. A folder is not ours.
            if state.st_ctime < before and not stat.S_ISDIR(state.st_mode):
                path.unlink()
        except FileNotFoundError:
            continue


def _kept_in(root: Path) -> Iterator[Path]:
    """Yield the folders of sources, and those of accounts in them."""
    for folder in root.glob("*/"):
        yield folder
        if folder.name in SOURCES and agreement.source(folder.name).in_folders:
            # A delivery can be a link to a folder, and what is there is not ours.
            yield from (path for path in folder.glob("*/") if not path.is_symlink())
