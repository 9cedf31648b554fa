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
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from wijkbeeld import files
from wijkbeeld.landing import (
    agreement,
    delimited,
    deliver,
    exported,
    gpx,
    land,
    loading,
    read,
    recognise,
    record,
    rows,
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
from wijkbeeld.landing.land import Known
from wijkbeeld.landing.record import Record
from wijkbeeld.landing.rejected import RejectedError, named
from wijkbeeld.landing.rows import Rows
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_TOGETHER = ("outreach__", "team__", "watch__")
"""Systems whose lists are kept by hand: nothing else is looked at to land a row."""
_AT_ONCE = 1000
_SMALL_BYTES = 256 << 10
_FEW_ROWS = 200
_OTHER_ROWS = re.compile(r"\b(?:over|select)\b", re.IGNORECASE)
"""What SQL has in it that looks at more than one row."""
_EXPORTED_ON = "getvariable('exported_on')"
_SAME_IN_A_FILE = [name for name in schema.LOADED if name != "_row_number"]
_TYPES = {
    "varchar": pa.string(), "bigint": pa.int64(), "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(), "date": pa.date32(),
    "uuid": pa.uuid(),
}  # fmt: skip
_log = logging.getLogger("wijkbeeld.landing")
_PLAIN = {b"geography": b"", b"personal_rows": b""}


_Matcher = Callable[[tuple[str, ...]], agreement.Match | None]


class _Looked(NamedTuple):
    """A small file that is new and ordinary, and what it holds."""

    path: Path
    size: int
    sha256: str
    content: tuple[Document, read.Delivered] | walks.Track
    name: str
    """Of the file that holds the rows."""
    found: exported.Exported


class _Seen(NamedTuple):
    """A small file, and what was found out about it before its rows are judged."""

    path: Path
    size: int
    document: Document
    delivered: read.Delivered
    known: Known
    found: exported.Exported


class _Ready(NamedTuple):
    """The rows of a file as they land, and what is recorded of it."""

    path: Path
    table: pa.Table
    record: Record
    facts: dict[str, str]


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
    groups: dict[object, list[_Seen]] = defaultdict(list)
    match_of = cache(partial(_match, source))
    looked = []
    for path in paths:
        one = _look(path, source, recorded, match_of)
        if one:
            recorded.add(_name(one.sha256))
            looked.append(one)
    for seen in _seen(looked, agreement.source(source)):
        groups[_alike(seen)].append(seen)
    ready = [one for group in groups.values() for one in _judged(group)]
    return _keep([one for one in ready if _passes(gate, one.table)], source)


def _match(source: str, delivered: tuple[str, ...]) -> agreement.Match | None:
    """Find the agreed columns; None where they are not there."""
    try:
        return agreement.match(agreement.source(source), list(delivered))
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


def _seen(looked: list[_Looked], source: agreement.Source) -> Iterator[_Seen]:
    """Find out about files what their rows are judged by; leave out what is odd."""
    for one, content in zip(looked, _contents(looked, source), strict=True):
        if content is None or not len(content[0].table):
            continue
        document, delivered = content
        known = land.known_of(delivered, one.path.name, one.found)._replace(
            sha256=one.sha256, covers=exported.covered_month(one.path.name)
        )
        yield _Seen(one.path, one.size, document, delivered, known, one.found)


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


def _alike(seen: _Seen) -> object:
    """Return what must be the same in files that are judged together."""
    match, table = seen.delivered.match, seen.document.table
    notation = tuple(
        values.notation(table[f"c{match.positions[name]}"].to_pylist())
        for name, field in seen.delivered.source.fields.items()
        if field.kind in {"count", "decimal"} and name in match.positions
    )
    facts = frozenset(
        (name, fact)
        for name, fact in seen.delivered.facts.items()
        if name not in {"exported_on", "date_system"}
    )
    return (
        tuple(sorted(match.positions.items())), match.is_english,
        seen.delivered.reading, notation, facts, seen.found.is_said,
    )  # fmt: skip


def _judged(group: list[_Seen]) -> list[_Ready]:
    """Make the landed rows of files that are alike."""
    try:
        with land.connection() as (con, _):
            loaded = _load(con, group)
            odd = _of_another_order(con, group[0].delivered)
            pass_, refused = _prepared(con, group, loaded)
            return _rows(con, pass_, group, odd | refused)
    except duckdb.Error:
        # One of them cannot be read so; which one, shows when each comes alone.
        return []


def _load(con: duckdb.DuckDBPyConnection, group: list[_Seen]) -> loading.Loaded:
    first = group[0].delivered
    kept = sorted(set(first.match.positions.values()))
    sizes = [len(seen.document.table) for seen in group]
    at = np.arange(sum(sizes))
    moments = np.array([seen.known.exported_on for seen in group], "datetime64[us]")
    table = pa.concat_tables(
        [seen.document.table.select([f"c{i}" for i in kept]) for seen in group]
    )
    document = (
        table.append_column("_row_number", pa.array(at))
        .append_column("_file", pa.array(np.repeat(np.arange(len(group)), sizes)))
        .append_column("_on", pa.array(np.repeat(moments, sizes)))
        .append_column(
            "_reading", pa.chunked_array([seen.document.problems for seen in group])
        )
    )
    source, positions = first.source, first.match.positions
    judged = loading.texts(source, positions, document)
    columns = loading.columns(source, positions, first.reading, judged=judged)
    # In one piece: a few hundred rows at a time cost DuckDB as much as two thousand.
    con.register("document", document.combine_chunks())
    con.execute(
        "create table delivered as select _row_number, _file, _on, _reading, "
        f"{', '.join(columns)} from document"
    )
    con.unregister("document")
    return loading.Loaded(judged=judged)


def _of_another_order(con: duckdb.DuckDBPyConnection, seen: read.Delivered) -> set[int]:
    """Return the files with a date that does not fit the order of day and month."""
    other = "day" if seen.reading.month_first else "month"
    found = set()
    for name in seen.times():
        dates = con.execute(
            f"select distinct _file, split_part({name}, chr(31), 1) from delivered "
            f"where {name} is not null"
        ).fetchall()
        found |= {file for file, date in dates if values.order_of(date) == other}
    return found


def _prepared(
    con: duckdb.DuckDBPyConnection, group: list[_Seen], loaded: loading.Loaded
) -> tuple[Rows, set[int]]:
    """Make ready what judges the rows; return also the files that are refused."""
    seen = group[0].delivered._replace(loaded=loaded)
    source = seen.source
    delivered = frozenset(p for p in seen.match.positions if p in source.fields)
    pass_ = Rows(
        source, delivered, land.dictionaries(con, seen, delivered),
        any(one.delivered.has_reading_problems for one in group), is_batch=True,
    )  # fmt: skip
    if agreement.EXPORTED in delivered:
        _set_exported(con, pass_, group)
    land.set_variables(con, seen, group[0].known)
    refused = set()
    for rule in source.refusals.values():
        found = con.execute(
            _dated(f"select distinct _file from ({pass_.fields(rule)}) where {rule}")
        )
        refused |= {file for (file,) in found.fetchall()}
    return rows.find_repeats(con, pass_), refused


def _set_exported(
    con: duckdb.DuckDBPyConnection, pass_: Rows, group: list[_Seen]
) -> None:
    fields = pass_.fields(agreement.EXPORTED)
    con.execute(
        f"create temp table said as select _file, max({agreement.EXPORTED}) as moment "
        f"from ({fields}) where {agreement.EXPORTED} between timestamp '2000-01-01' "
        "and $end group by _file",
        {"end": exported.end_of_belief()},
    )
    con.execute(
        "update delivered set _on = said.moment from said "
        "where said._file = delivered._file"
    )
    for file, moment in con.execute("select _file, moment from said").fetchall():
        known = group[file].known._replace(exported_on=moment, is_said=True)
        group[file] = group[file]._replace(known=known)


def _dated(sql: str) -> str:
    """Let SQL for one file take the moment of export from the row instead."""
    return sql.replace(_EXPORTED_ON, "_on")


def _rows(
    con: duckdb.DuckDBPyConnection, pass_: Rows, group: list[_Seen], odd: set[int]
) -> list[_Ready]:
    problem = pass_.problem()
    made = land.landed_columns(pass_.source)
    used = " ".join([problem, *made.values(), agreement.EXPORTED])
    types = schema.COLUMNS[pass_.source.name]
    landed = ", ".join(
        f"({sql})::{types[name]} as {name}" for name, sql in made.items()
    )
    con.execute(
        _dated(
            f"create temp table landed as select {landed}, _row_number, "
            f"coalesce({agreement.EXPORTED}, {_EXPORTED_ON}) as _exported_on, "
            f"({problem})::varchar as _problem, _file from ({pass_.fields(used)})"
        )
    )
    warned = _warned(con, pass_, len(group))
    # Else a UUID would become text.
    con.execute("set arrow_lossless_conversion = true")
    table = con.sql("select * from landed order by _row_number").to_arrow_table()
    con.execute("reset arrow_lossless_conversion")
    sizes = [len(seen.document.table) for seen in group]
    whole = _whole(table, group, sizes)
    ends = np.cumsum(sizes)
    return [
        _ready(seen, whole.slice(end - size, size), warned[file])
        for file, (seen, size, end) in enumerate(zip(group, sizes, ends, strict=True))
        if file not in odd
    ]


def _whole(table: pa.Table, group: list[_Seen], sizes: list[int]) -> pa.Table:
    """Add what landing adds to every row."""
    known = [seen.known for seen in group]
    covers = [one.covers or (None, None) for one in known]

    def each(listed: list[object], kind: pa.DataType) -> pa.Array:
        file = np.repeat(np.arange(len(group)), sizes)
        return pa.array(listed, kind).take(pa.array(file))

    added: dict[str, list[object]] = {
        "_file_sha256": [one.sha256 for one in known],
        "_file_name": [one.name for one in known],
        "_landed_at": [datetime.now(UTC).replace(tzinfo=None)] * len(group),
        "_is_demo": [exported.is_demo(one.name) for one in known],
        "_covers_from": [first for first, _ in covers],
        "_covers_to": [last for _, last in covers],
    }
    numbers = pa.chunked_array([seen.document.row_numbers for seen in group])
    types = schema.COLUMNS[group[0].delivered.source.name] | schema.LOADED
    kinds = {name: _TYPES[kind] for name, kind in types.items()}
    columns = [
        numbers
        if name == "_row_number"
        else each(added[name], kind)
        if name in added
        else table[name].cast(kind)
        for name, kind in kinds.items()
    ]
    return pa.table(columns, pa.schema(kinds.items(), _PLAIN))


def _ready(seen: _Seen, table: pa.Table, warned: list[tuple[str, int]]) -> _Ready:
    row_count = len(table)
    problem_count = row_count - table["_problem"].null_count
    warnings = [
        *seen.delivered.warnings,
        *land.doubts(seen.found, seen.known),
        *(say(words, n=n, all=row_count) for words, n in warned if n),
        *land.mostly_problems(seen.delivered.source.name, row_count, problem_count),
    ]
    known = seen.known
    return _Ready(
        seen.path,
        table,
        Record(
            known.sha256, seen.delivered.source.name, seen.path.name, "landed", None,
            warnings, row_count, problem_count, seen.size, known.exported_on,
            exported.is_demo(known.name),
        ),
        seen.delivered.facts,
    )  # fmt: skip


def _warned(
    con: duckdb.DuckDBPyConnection, pass_: Rows, count: int
) -> list[list[tuple[str, int]]]:
    """Return for each file how often there is something to be told."""
    source = pass_.source
    fields = f"({pass_.fields(' '.join(source.noted.values()))})"
    warned: list[list[tuple[str, int]]] = [[] for _ in range(count)]
    for rules, relation, counting in (
        (source.noted, fields, "count(*) filter ({})"),
        (source.warnings, "landed", "count(*) filter ({})"),
        (source.counted, "landed", "{}"),
    ):
        if rules:
            counts = ", ".join(counting.format(rule) for rule in rules.values())
            found = con.execute(
                _dated(f"select _file, {counts} from {relation} group by _file")
            )
            for file, *numbers in found.fetchall():
                warned[file] += zip(rules, numbers, strict=True)
    return warned


def _passes(gate: Gate, table: pa.Table) -> bool:
    """Tell whether the gate passes rows that are not in a file yet."""
    passes = getattr(gate, "passes", None)
    return bool(passes and passes(table))


def _keep(ready: list[_Ready], source: str) -> dict[Path, Delivered]:
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
