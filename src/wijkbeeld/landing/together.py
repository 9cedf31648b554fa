"""Judge the rows of files that are alike in one pass, as if each had come alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from wijkbeeld.landing import (
    agreement,
    exported,
    land,
    loading,
    read,
    rows,
    schema,
    values,
)
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.land import Known
from wijkbeeld.landing.record import Record
from wijkbeeld.landing.rows import Rows
from wijkbeeld.language import say

_EXPORTED_ON = "getvariable('exported_on')"
_TYPES = {
    "varchar": pa.string(), "bigint": pa.int64(), "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(), "date": pa.date32(),
    "uuid": pa.uuid(),
}  # fmt: skip
_PLAIN = {b"geography": b"", b"personal_rows": b""}


class Seen(NamedTuple):
    """A small file, and what was found out about it before its rows are judged."""

    path: Path
    size: int
    document: Document
    delivered: read.Delivered
    known: Known
    found: exported.Exported


class Ready(NamedTuple):
    """The rows of a file as they land, and what is recorded of it."""

    path: Path
    table: pa.Table
    record: Record
    facts: dict[str, str]


def alike(seen: Seen) -> object:
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


def judged(group: list[Seen]) -> list[Ready]:
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


def _load(con: duckdb.DuckDBPyConnection, group: list[Seen]) -> loading.Loaded:
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
    con: duckdb.DuckDBPyConnection, group: list[Seen], loaded: loading.Loaded
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
    con: duckdb.DuckDBPyConnection, pass_: Rows, group: list[Seen]
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
    con: duckdb.DuckDBPyConnection, pass_: Rows, group: list[Seen], odd: set[int]
) -> list[Ready]:
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


def _whole(table: pa.Table, group: list[Seen], sizes: list[int]) -> pa.Table:
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


def _ready(seen: Seen, table: pa.Table, warned: list[tuple[str, int]]) -> Ready:
    row_count = len(table)
    problem_count = row_count - table["_problem"].null_count
    warnings = [
        *seen.delivered.warnings,
        *land.doubts(seen.found, seen.known),
        *(say(words, n=n, all=row_count) for words, n in warned if n),
        *land.mostly_problems(seen.delivered.source.name, row_count, problem_count),
    ]
    known = seen.known
    return Ready(
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
