"""From the rows of a file to the table ``delivered``: raw fields, times as moments.

A time becomes ``<field>__at`` where it is plain, and else stays text.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from wijkbeeld.landing import enums, free_texts, pseudonyms
from wijkbeeld.landing.agreement import CLOCK, Source
from wijkbeeld.landing.delimited import Coded
from wijkbeeld.landing.values import Reading

_SHOWN = "cast({} as varchar)"
DAY = "cast(cast({} as date) as varchar)"
"""SQL of the day of a moment, as text."""
_LOOKED_AT, MANY = 20_000, 1_000
"""Rows that tell whether the texts of a column are many, and how many those are."""
_OF_TIME = ("at", "local", "day")


class Loaded(NamedTuple):
    """What is known of fields, beside their raw texts."""

    coded: frozenset[str] = frozenset()
    """Those that are ENUMs, since their texts recur; of times those that have
    ``<field>__local`` and ``<field>__day``, as they land."""
    named: frozenset[str] = frozenset()
    """Those that have ``<field>__pseudonym``."""
    judged: frozenset[str] = frozenset()
    """Free texts that have ``<field>__state``."""


def columns(
    source: Source,
    positions: dict[str, int],
    how: Reading,
    coded: frozenset[str] = frozenset(),
    judged: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the SQL that makes the raw fields from the columns ``c0``, ``c1``….

    A time becomes ``<field>__at`` where it is plain, and else stays text. What is in
    ``coded`` has its texts in a table (``recurring``); what is in ``judged`` also tells
    what SQL makes of its texts, as ``<field>__state``.
    """

    def text(column: int) -> str:
        return f"texts_c{column}.text" if f"c{column}" in coded else f"c{column}"

    made = []
    for name, field in source.fields.items():
        if name not in positions:
            continue
        raw = f"c{positions[name]}"
        if field.kind != "datetime":
            made.append(f"{text(positions[name])} as {name}")
            if name in judged:
                made.append(f"{free_texts.state(raw, field)} as {name}__state")
        elif raw in coded and name + CLOCK not in positions:
            made += [f"texts_{raw}.{part} as {name}__{part}" for part in _OF_TIME]
            made.append(f"texts_{raw}.odd as {name}")
        else:
            clock = positions.get(name + CLOCK)
            time = None if clock is None else text(clock)
            at = _at(text(positions[name]), time, how)
            if clock is not None and {raw, f"c{clock}"} <= coded:
                at = f"texts_{raw}.midnight + texts_c{clock}.clock"
            made += _time_columns(name, text(positions[name]), time, at)
    return made


def texts(source: Source, positions: dict[str, int], rows: pa.Table) -> frozenset[str]:
    """Return the fields of so many texts that Python should not see each.

    Args:
        source: The agreement.
        positions: Where the columns stand.
        rows: The columns ``c0``, ``c1``…; what recurs is no text there.
    """
    first = rows.slice(0, _LOOKED_AT)
    return frozenset(
        name
        for name, field in source.fields.items()
        if field.kind == "text"
        and name in positions
        and not pa.types.is_integer(first[f"c{positions[name]}"].type)
        and pc.count_distinct(first[f"c{positions[name]}"]).as_py() > MANY
    )


def recurring(
    con: duckdb.DuckDBPyConnection,
    file: Coded,
    source: Source,
    positions: dict[str, int],
    how: Reading,
) -> Loaded:
    """Make ``delivered`` of the rows of a file, which are let go of.

    The texts that recur become an ENUM, and those of times are read once. What will
    need a pseudonym gets it here, since DuckDB would ask for a few rows at a time. The
    rows do not stay in order.
    """
    coded = frozenset(file.texts)
    times = {
        f"c{positions[part]}"
        for name, field in source.fields.items()
        for part in (name, name + CLOCK)
        if part in positions and field.kind == "datetime"
    }
    for column, different in file.texts.items():
        _keep_texts(con, column, different, how if column in times else None)
    joins = [f"left join texts_{c} on texts_{c}.code = {c}" for c in coded]
    judged = texts(source, positions, pa.Table.from_batches(file.batches))
    made = columns(source, positions, how, coded, judged)
    named = {
        name: f"c{positions[name]}"
        for name in source.pseudonymised
        if name in positions and f"c{positions[name]}" not in coded
    }
    made += [
        f"{column}_pseudonym as {name}__pseudonym" for name, column in named.items()
    ]
    con.register("loaded", _let_go(file.batches, sorted(set(named.values()))))
    con.execute(
        f"create or replace table delivered as select _row_number, "
        f"{', '.join(made)} from loaded {' '.join(joins)}"
    )
    con.unregister("loaded")
    are_coded = frozenset(
        name
        for name, field in source.fields.items()
        if name in positions
        and f"c{positions[name]}" in coded
        and (field.kind != "datetime" or name + CLOCK not in positions)
    )
    return Loaded(are_coded, frozenset(named), judged)


def _let_go(batches: list[pa.RecordBatch], named: list[str]) -> pa.RecordBatchReader:
    """Return a reader that forgets what it read, so that no row is in memory twice.

    Args:
        batches: They are taken out.
        named: Columns of which the pseudonym comes along, as ``<column>_pseudonym``.
    """
    batches.reverse()
    schema = batches[0].schema
    for column in named:
        schema = schema.append(pa.field(f"{column}_pseudonym", pa.uuid()))

    def read() -> Iterator[pa.RecordBatch]:
        while batches:
            batch = batches.pop()
            names = [pseudonyms.of_texts(batch[column]) for column in named]
            yield pa.record_batch([*batch.columns, *names], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, read())


def _keep_texts(
    con: duckdb.DuckDBPyConnection, column: str, texts: pa.Array, how: Reading | None
) -> None:
    """Make the table of the texts of a column, each read as a time where that is so."""
    codes = pa.array(range(len(texts)), pa.int32())
    con.register("texts", pa.table({"code": codes, "text": texts}))
    rows, columns = "select * from texts", ["text"]
    if how:
        times = ", ".join(_time_columns("odd", "text", None, _at("text", None, how)))
        rows = (
            f"select code, text, odd, odd__at as at, {_SHOWN.format('odd__at')} "
            f"as local, {DAY.format('odd__at')} as day, {_midnight('text', how)} "
            f"as midnight, {_clock('text')} as clock "
            f"from (select *, {times} from texts)"
        )
        columns += ["odd", "local", "day"]
    con.execute(f"create or replace temp table texts_{column} as {rows}")
    con.unregister("texts")
    enums.enumerate_columns(con, f"texts_{column}", columns)


def odd_dates(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the different dates of a field that are not plain."""
    rows = con.execute(
        f"select distinct split_part({name}, chr(31), 1) from "
        f"(select distinct {name} from delivered where {name} is not null)"
    ).fetchall()
    return [row[0] for row in rows]


def _time_columns(name: str, raw: str, time: str | None, at: str) -> list[str]:
    """Return the columns of a time: ``at`` where that can be told, else its text."""
    text = raw
    if time is not None:
        text = (
            f"case when {raw} is not null or {time} is not null then "
            f"concat({raw}, chr(31), {time}) end"
        )
    return [
        f"{at} as {name}__at",
        f"case when {at} is null then {text} end as {name}",
    ]


def _at(raw: str, time: str | None, how: Reading) -> str:
    """Return SQL of the moment that a date tells, or a date and a time beside it."""
    if how.serials:
        return "null::timestamp"
    if time is not None:
        return f"{_midnight(raw, how)} + {_clock(time)}"
    return (
        f"case length({raw}) when 16 then {_moment(raw, ' %H:%M', how)} "
        f"when 19 then {_moment(raw, ' %H:%M:%S', how)} end"
    )


def _midnight(raw: str, how: Reading) -> str:
    return f"case when length({raw}) = 10 then {_moment(raw, '', how)} end"


def _clock(raw: str) -> str:
    read = f"try_strptime({raw}, '%H:%M') - timestamp '1900-01-01'"
    return f"case when length({raw}) = 5 then {read} end"


def _moment(raw: str, clock: str, how: Reading) -> str:
    """Return SQL that reads a date as it is mostly written.

    What it looks like is seen first: to try a format in vain takes ten times as long.
    """
    if how.month_first:
        read = f"try_strptime({raw}, '%m/%d/%Y{clock}')"
        return f"case when {raw} like '__/__/%' then {read} end"
    return (
        f"case when {raw} like '____-%' then try_strptime({raw}, '%Y-%m-%d{clock}') "
        f"when {raw} like '__-__-%' then try_strptime({raw}, '%d-%m-%Y{clock}') end"
    )
