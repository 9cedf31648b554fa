"""Land a batch: named files, or all that waits in the inbox.

What befalls one file, or one source, stops no other: it is told of with the others.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.landing import (
    agreement,
    batch,
    chat,
    deliver,
    faults,
    inbox_files,
    receive,
    recognise,
)
from wijkbeeld.landing.rejected import RejectedError, named
from wijkbeeld.settings import settings

_LOOK_S, _QUIET_S, _PATIENCE_S = 3.0, 15.0, 600.0


class Outcome(NamedTuple):
    """What became of one file."""

    file_name: str
    source: str | None
    status: str
    counts: tuple[int | None, int | None, int | None]
    reason: str | None


def land(
    paths: list[Path],
    gate_of: Callable[[str], deliver.Gate],
    source: str | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Land the files, or all that waits; one that does not land stops no other.

    Args:
        paths: Files to land; they stay where they are. None named: the inbox.
        gate_of: Gives the gate of a source: is this the file we agreed on?
        source: Their source, where it is not to be recognised from the content.
        say: Is told which file is being landed.
    """
    found: list[tuple[str, Path]] = []
    for path in paths:
        try:
            found.append((source or recognise.source_of(path), path))
        except Exception as fault:
            yield _outcome(path, source, fault)
    # What others are looked up in comes first.
    for name, path in sorted(found, key=lambda one: deliver.SOURCES.index(one[0])):
        say(f"{name}: {named(path)}")
        try:
            waits = _into_inbox(path, name)
            ((_, became),) = batch.land_all([waits], name, gate_of(name))
            yield _outcome(waits, name, became)
        except Exception as fault:
            yield _outcome(path, name, fault)
    if not paths:
        try:
            deliver.purge()
        except Exception as fault:
            yield _outcome(settings().delivered, None, fault)
        for name in deliver.SOURCES:
            for path, became in _of_source(name, gate_of):
                outcome = _outcome(path, name, became)
                say(f"{name}: {outcome.file_name}")
                yield outcome


def until_quiet(
    is_busy: Callable[[], bool] = lambda: False,
    quiet_s: float = _QUIET_S,
    patience_s: float = _PATIENCE_S,
    look_s: float = _LOOK_S,
) -> None:
    """Wait while others land what came together; not for what cannot land yet.

    Args:
        is_busy: Tells whether somebody is landing, though nothing comes or goes.
        quiet_s: What waits is left to wait when nothing was going on for so long.
        patience_s: How long to wait at most: a build may be late, not fail.
        look_s: Time between two looks.
    """
    since = time.monotonic()
    deadline = since + patience_s
    seen: set[Path] = set()
    while waiting := inbox_files.lying():
        is_changed, seen = waiting != seen, waiting
        if is_changed or is_busy():
            since = time.monotonic()
        if time.monotonic() >= min(since + quiet_s, deadline):
            return
        time.sleep(look_s)


def _into_inbox(path: Path, source: str) -> Path:
    if chat.is_secret(path, source):
        return path  # No copy of it is made.
    folder = settings().inbox / source
    is_named = agreement.source(source).in_folders
    if is_named and path.resolve().parent.parent.name == source:
        folder /= path.resolve().parent.name
    target = folder / path.name
    if path.resolve() == target.resolve():
        return path
    # With its times: the export date may be the time of the last change.
    return receive.appear(folder, path.name, partial(shutil.copy2, path))


def _of_source(
    name: str, gate_of: Callable[[str], deliver.Gate]
) -> Iterator[tuple[Path, deliver.Delivered | Exception]]:
    try:
        yield from batch.land_all(inbox_files.waiting(name), name, gate_of(name))
    except Exception as fault:
        yield settings().inbox / name, fault


def _outcome(
    path: Path, source: str | None, became: deliver.Delivered | Exception
) -> Outcome:
    nothing = (None, None, None)
    if isinstance(became, RejectedError):
        name = became.file_name or named(path)
        return Outcome(name, source, "rejected", nothing, str(became))
    if isinstance(became, Exception):
        why = faults.told(became, path)
        return Outcome(named(path), source, "failed", nothing, why)
    counts = (became.row_count, became.accepted_count, became.problem_count)
    return Outcome(named(became.path), source, became.status, counts, became.note)
