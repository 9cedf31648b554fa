"""Land many small files of one source at once, each as if it had come alone.

What costs most of a small file is not its rows but all that is set up for them. So
files whose columns and notation are the same are judged by one pass of the SQL that
judges one file. Whatever is out of the ordinary is left to ``deliver``: a file that
is refused, is known already, or that the gate does not pass at first sight.
"""

import gc
import logging
import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from wijkbeeld import files
from wijkbeeld.landing import (
    agreement,
    delimited,
    deliver,
    exported,
    gpx,
    land,
    matching,
    read,
    recognise,
    record,
    schema,
    small_parquet,
    text,
    unpack,
    values,
    walks,
)
from wijkbeeld.landing.deliver import Delivered, Gate
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.incidents import NoShapesError
from wijkbeeld.landing.rejected import RejectedError, named
from wijkbeeld.landing.together import Ready, Seen, alike, judged
from wijkbeeld.settings import settings

_TOGETHER = ("outreach__", "team__", "watch__")
"""Systems whose lists are kept by hand: nothing else is looked at to land a row."""
_AT_ONCE = 1000
_SMALL_BYTES = 256 << 10
_FEW_ROWS = 200
_OTHER_ROWS = re.compile(r"\b(?:over|select)\b", re.IGNORECASE)
"""What SQL has in it that looks at more than one row."""
_SAME_IN_A_FILE = [name for name in schema.LOADED if name != "_row_number"]
_log = logging.getLogger("wijkbeeld.landing")


_Matcher = Callable[[tuple[str, ...]], matching.Match | None]


class _Looked(NamedTuple):
    """A small file that is new and ordinary, and what it holds."""

    path: Path
    size: int
    sha256: str
    content: tuple[Document, read.Delivered] | walks.Track
    name: str
    """Of the file that holds the rows."""
    found: exported.Exported


def land_all(
    paths: list[Path], source: str, gate: Gate
) -> Iterator[tuple[Path, Delivered | Exception]]:
    """Land deliveries of one source; one that fails stops no other.

    First the landed files, then their records, then the moves: whenever it is cut
    short, calling it again finishes it.

    Args:
        paths: The files, in the inbox.
        source: Their source, such as ``watch__patrols``.
        gate: Raises ValueError when the rows of a file as a whole are not what was
            agreed. If it can tell so of rows in memory (``passes``), it is asked
            that first.

    Yields:
        Each file, and what became of it once that lasts, or why it did not land.
    """
    try:
        if paths:
            deliver.begin()
    except Exception as failure:
        yield from ((path, failure) for path in paths)
        return
    if len(paths) == 1 or not may_come_together(source):
        for path in paths:
            yield path, _alone(path, source, gate)
        return
    for at in range(0, len(paths), _AT_ONCE):
        some = paths[at : at + _AT_ONCE]
        with _what_is_loaded_left_alone():
            try:
                landed = _together(some, source, gate)
            except Exception as failure:
                # Whose it is, shows when each comes alone.
                _log.warning("%s: each file lands alone", source, exc_info=failure)
                landed = {}
        for path in some:
            yield path, landed.get(path) or _alone(path, source, gate)


@contextmanager
def _what_is_loaded_left_alone() -> Iterator[None]:
    """Let garbage be looked for in what is new only, for the length of the block.

    To look through all of Great Expectations every so often is a seventh of the time
    in which small files land.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def may_come_together(source: str) -> bool:
    """Tell whether rows of a source are judged by themselves, whatever is beside."""
    agreed = agreement.source(source)
    rules = (
        agreed.made, agreed.refusals, agreed.landed, agreed.problems, agreed.noted,
        agreed.warnings,
    )  # fmt: skip
    return source.startswith(_TOGETHER) and not any(
        _OTHER_ROWS.search(rule) for listed in rules for rule in listed.values()
    )


def _alone(path: Path, source: str, gate: Gate) -> Delivered | Exception:
    try:
        return deliver.deliver_next(path, source, gate)
    except Exception as failure:
        return failure


def _together(paths: list[Path], source: str, gate: Gate) -> dict[Path, Delivered]:
    """Land what is ordinary among files; the others are not in what is returned."""
    recorded = _names(record.folder() / source)
    groups: dict[object, list[Seen]] = defaultdict(list)
    match_of = cache(partial(_match, source))
    looked = []
    for path in paths:
        one = _look(path, source, recorded, match_of)
        if one:
            recorded.add(_name(one.sha256))
            looked.append(one)
    for seen in _seen(looked, agreement.source(source)):
        groups[alike(seen)].append(seen)
    ready = [one for group in groups.values() for one in judged(group)]
    return _keep([one for one in ready if _passes(gate, one.table)], source)


def _match(source: str, delivered: tuple[str, ...]) -> matching.Match | None:
    """Find the agreed columns; None where they are not there."""
    try:
        return matching.match(agreement.source(source), list(delivered))
    except RejectedError:
        return None


def _names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries}
    except FileNotFoundError:
        return set()


def _name(sha256: str) -> str:
    return f"{sha256}.parquet"


def _look(
    path: Path, source: str, recorded: set[str], match_of: _Matcher
) -> _Looked | None:
    """Read a small and ordinary file that is new; None if it is to land alone."""
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > _SMALL_BYTES:
            return None
        sha256 = files.sha256_of(path)
        if _name(sha256) in recorded or named(path) != path.name:
            return None
        with unpack.unpacked(path) as content:
            recognise.check(path, source, content)
            held = _read(content, agreement.source(source), match_of)
            name = content.name
        found = exported.exported_on(path, [path.name, name])
        changed = path.lstat()
    except (ValueError, OSError, NoShapesError):
        return None
    if (changed.st_mtime_ns, changed.st_size) != (state.st_mtime_ns, state.st_size):
        return None
    return _Looked(path, state.st_size, sha256, held, name, found)


def _seen(looked: list[_Looked], source: agreement.Source) -> Iterator[Seen]:
    """Find out about files what their rows are judged by; leave out what is odd."""
    for one, content in zip(looked, _contents(looked, source), strict=True):
        if content is None or not len(content[0].table):
            continue
        document, delivered = content
        known = land.known_of(delivered, one.path.name, one.found)._replace(
            sha256=one.sha256, covers=exported.covered_month(one.path.name)
        )
        yield Seen(one.path, one.size, document, delivered, known, one.found)


def _contents(
    looked: list[_Looked], source: agreement.Source
) -> list[tuple[Document, read.Delivered] | None]:
    """Return the rows of each file; those of tracks are made together."""
    tracks = [
        (one.content, one.name)
        for one in looked
        if isinstance(one.content, walks.Track)
    ]
    try:
        made = iter(read.of_tracks(tracks, source) if tracks else [])
    except NoShapesError:
        return [None] * len(looked)
    return [
        next(made) if isinstance(one.content, walks.Track) else one.content
        for one in looked
    ]


def _read(
    content: unpack.Unpacked, source: agreement.Source, match_of: _Matcher
) -> tuple[Document, read.Delivered] | walks.Track:
    if content.form == "gpx" and source.name == gpx.SOURCE:
        return gpx.parsed(content.path)
    if content.form != "delimited":
        return read.document(content, source, content.path.parent)
    path = content.path
    if not text.is_utf8(path):
        raise RejectedError(path.name)  # It is to be rewritten: not ordinary.
    form = delimited.layout(path, lambda found: match_of(tuple(found)) is not None)
    match = match_of(tuple(form.headers))
    if match is None:
        raise RejectedError(path.name)
    document = delimited.careful(path, form, list(match.positions.values()))
    return document, read.Delivered(
        source, None, match, values.Reading(month_first=source.month_first),
        document.problems.null_count < len(document.problems), {},
        match.warnings, lambda _: None,
    )  # fmt: skip


def _passes(gate: Gate, table: pa.Table) -> bool:
    """Tell whether the gate passes rows that are not in a file yet."""
    passes = getattr(gate, "passes", None)
    return bool(passes and passes(table))


def _keep(ready: list[Ready], source: str) -> dict[Path, Delivered]:
    """Write rows and records, and move the files, so that it lasts."""
    if not ready:
        return {}
    with files.appearing_together(settings().landing / source) as scratch:
        for one in ready:
            is_few = len(one.table) < _FEW_ROWS
            small_parquet.write(
                one.table,
                scratch(_name(one.record.file_sha256)),
                compression="none" if is_few else "snappy",
                use_dictionary=not is_few and _SAME_IN_A_FILE,
            )
    if source == gpx.SOURCE:
        landed = [land.path(source, one.record.file_sha256) for one in ready]
        gpx.follow_newer(landed, {one.facts[walks.PLACED_WITH] for one in ready})
    record.write_together(source, [one.record for one in ready])
    deliver.move_together({one.path: one.record for one in ready}, source)
    return {
        one.path: deliver.delivered(one.path, one.record, "landed") for one in ready
    }
