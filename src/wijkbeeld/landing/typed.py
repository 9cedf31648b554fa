"""How a delivered column becomes a field: what is plain in SQL, the rest in Python.

Most values of a column are plain: SQL reads them at once. All other values are
looked at in Python, each different value once, and joined to the rows again as a
dictionary. So there is one definition of what a value means (``values``), at the
price of the odd values only; a test holds SQL and Python to the same answers.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import duckdb
import pyarrow as pa

from wijkbeeld.landing import codes, enums, free_texts, loading, personal, values
from wijkbeeld.landing.agreement import Field, Shape
from wijkbeeld.landing.free_texts import free_text
from wijkbeeld.landing.values import Reading, Value

GLUE = "\x1f"
"""Between date and time where they are two columns."""

_NULL = "null::varchar"
_NUMBER = "(?:[0-9]{1,7}|20[0-9]{6})"
_NUMBERED = f"{_NUMBER}|(?:[A-Za-z/_-]+{_NUMBER})+"
_PLAIN_ID: dict[Shape, str] = {
    "numbered": _NUMBERED,
    "word": _NUMBERED,
    "platform": "[0-9]{1,7}|[1-9][0-9]{14,18}",
    "any": "(?:[0-9]+|[A-Za-z/_-][A-Za-z0-9/_-]*)[0-9]",
}
"""Per shape a pattern of RE2 that is found in ids that are what they say, and no other.
It need not be found in all of those, but has to be in most."""
_FEW, _SHORT = 8, 40


class Column(NamedTuple):
    """A field of which the column is in the file."""

    name: str
    field: Field
    is_coded: bool
    """Whether it is an ENUM, since the same texts recur."""
    is_judged: bool = False
    """Whether ``<field>__state`` says what SQL makes of each text."""


class Dictionary(NamedTuple):
    """The odd values of one field, and the problems that occur among them."""

    table: str
    problems: frozenset[str]
    joins: bool
    """Whether the meanings are looked up by a join; else ``value`` is all of them."""
    value: str
    """SQL of the canonical value over ``delivered``."""
    also: str
    """SQL of the second thing that a value tells."""
    is_whole: bool = False
    """Whether no value is plain, so that it holds the meaning of all."""
    problem: str = _NULL
    """SQL of what is wrong with a value."""
    key: str = ""
    """SQL of what is looked up, where that is not any delivered value."""


def dictionary(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    reading: Reading,
    *,
    is_english: bool,
) -> Dictionary | None:
    """Make the dictionary of the odd values of a field; None if all are plain."""
    if column.field.kind in {"wkt", "made"}:
        return None
    if column.is_judged:
        return _of_judged(con, column)
    return _of_column(con, column, reading, is_english=is_english)


def _of_column(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    reading: Reading,
    *,
    is_english: bool,
) -> Dictionary | None:
    name, field, is_coded, _ = column
    plain = _plain(con, column)
    texts = _different(con, column, plain)
    if is_coded and plain and texts:
        # All of them in one dictionary, since ENUMs of two are text again.
        plain, texts = None, _different(con, column, None)
    raw, table = f"delivered.{name}", f"odd_{name}"
    also = free_texts.also_of_plain(raw, field) if plain else _NULL
    said = free_texts.of_plain(raw, field)
    if not texts:
        is_told = also != _NULL or said != raw
        return Dictionary("", frozenset(), False, said, also) if is_told else None
    meanings = _meanings(texts, field, reading, is_english=is_english)
    says_more = field.kind == "clock" or any(m.also for m in meanings)
    is_same = is_coded and meanings == [Value(text) for text in texts]
    if is_same and not plain and not says_more:
        return None  # They are what they say.
    problems = frozenset(m.problem for m in meanings if m.problem)
    _look_up(con, column, texts, meanings)
    if plain:
        # Plain values are not in it.
        is_plain = f"case when {table}.raw is null then"
        value = f"{is_plain} {said} else {table}.value end"
        also = f"{is_plain} {also} else {table}.also end"
        return Dictionary(
            table, problems, joins=True, value=value, also=also,
            problem=f"{table}.problem",
        )  # fmt: skip
    if field.kind == "datetime":
        enums.enumerate_columns(con, table, ["value", "day", "problem"])
        is_whole = _is_never_plain(con, name)
    else:
        also_text = ["also"] if field.kind != "clock" else []
        enums.enumerate_columns(con, table, ["value", *also_text, "problem"])
        is_whole = True
        inlined = _inlined(raw, table, texts, meanings)
        if inlined and not problems and not says_more:
            return Dictionary(table, problems, joins=False, value=inlined, also=_NULL)
    return Dictionary(
        table, problems, joins=True, value=f"{table}.value", also=f"{table}.also",
        is_whole=is_whole, problem=f"{table}.problem",
    )  # fmt: skip


def _of_judged(con: duckdb.DuckDBPyConnection, column: Column) -> Dictionary | None:
    """Make the dictionary of the texts of which SQL could not tell what they mean."""
    name, field, *_ = column
    raw, table = f"delivered.{name}", f"odd_{name}"
    state = f"{raw}__state"
    also = free_texts.also_of_plain(raw, field)
    said = free_texts.of_plain(raw, field)
    plain, found, odd = free_texts.PLAIN, free_texts.PERSONAL, free_texts.ODD
    rows = con.execute(f"select distinct {state} from delivered").fetchall()
    states = {row[0] for row in rows}
    if not states & {found, odd}:
        is_told = also != _NULL or said != raw
        return Dictionary("", frozenset(), False, said, also) if is_told else None
    value = f"when {plain} then {said}"
    problem = f"when {found} then 'personal_data_found'::{enums.PROBLEM}"
    problems = frozenset({"personal_data_found"} if found in states else ())
    if odd in states:
        texts = _different(con, column, f"{name}__state <> {odd}")
        meanings = [free_texts.unread(free_text(text, field)) for text in texts]
        _look_up(con, column, texts, meanings)
        problems |= {m.problem for m in meanings if m.problem}
        value += f" when {odd} then {table}.value"
        problem += f" when {odd} then {table}.problem::{enums.PROBLEM}"
        also = f"case when {state} = {odd} then {table}.also else {also} end"
    return Dictionary(
        table, problems, odd in states, f"case {state} {value} end", also,
        problem=f"case {state} {problem} end",
        key=f"case when {state} = {odd} then {raw} end",
    )  # fmt: skip


def _different(
    con: duckdb.DuckDBPyConnection, column: Column, plain: str | None
) -> list[str]:
    name, is_coded = column.name, column.is_coded
    # The texts of an ENUM are few: those are looked at, and not those of each row.
    texts = f"(select distinct {name} from delivered)" if is_coded else "delivered"
    how = "materialized" if is_coded else "not materialized"
    rows = con.execute(
        f"with texts as {how} (from {texts}) select distinct {name} from texts "
        f"where {name} is not null and not ({plain or 'false'})"
    ).fetchall()
    return [row[0] for row in rows]


def _is_never_plain(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Tell whether no time of a field is plain."""
    found = con.execute(f"select count({name}__at) from delivered").fetchall()
    return not found[0][0]


def _look_up(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    texts: list[str],
    meanings: list[Value],
) -> None:
    """Make the table of what texts mean; as ENUMs where they are that in the rows."""
    name, field, is_coded, _ = column
    told = {
        "raw": texts,
        "value": [m.text for m in meanings],
        "also": [m.also for m in meanings],
        "problem": [m.problem for m in meanings],
    }
    frame = pa.table({key: pa.array(said, pa.string()) for key, said in told.items()})
    con.register("meant", frame)
    rows = "meant"
    if is_coded:
        rows = (
            f"(select said as raw, value, also, problem from meant join "
            f"(select distinct {name} as said from delivered) on said = meant.raw)"
        )
    if field.kind == "clock":
        rows = f"(select * replace (try_cast(value as interval) as also) from {rows})"
    if field.kind == "datetime":
        moment = "case when problem is null then value::timestamp end"
        rows = (
            f"(select raw, value, also::{enums.FLAG} as also, problem, moment, "
            f"coalesce({loading.DAY.format('moment')}, value) as day "
            f"from (select *, {moment} as moment from {rows}))"
        )
    con.execute(f"create temp table odd_{name} as select * from {rows}")
    con.unregister("meant")


def _plain(con: duckdb.DuckDBPyConnection, column: Column) -> str | None:
    """Return SQL that tells which values mean what they say; None to ask of each."""
    name, field, is_coded, _ = column
    if field.kind == "id":
        return plain_id(name, field.shape)
    if field.kind != "text" or not is_coded:
        return None
    found = con.execute(f"select count(distinct {name}) from delivered").fetchall()
    is_plain = f"({free_texts.state(name, field)}) = {free_texts.PLAIN}"
    return is_plain if found[0][0] > loading.MANY else None


def plain_id(text: str, shape: Shape) -> str:
    """Return SQL that holds only of ids that ``values.exact_id`` leaves as they are."""
    pattern = personal.quoted(_PLAIN_ID[shape])
    return f"length({text}) <= 200 and regexp_full_match({text}, {pattern})"


def _inlined(
    raw: str, table: str, texts: list[str], meanings: list[Value]
) -> str | None:
    """Return SQL that says in a few words what each value means; None if it is long."""
    known = [
        (text, meant.text)
        for text, meant in zip(texts, meanings, strict=True)
        if meant.text is not None
    ]
    if not 0 < len(known) <= _FEW or any(len(text) > _SHORT for text, _ in known):
        return None
    cases = " ".join(
        f"when {personal.quoted(text)} then {personal.quoted(value)}::{table}_value"
        for text, value in known
    )
    return f"case {raw} {cases} end"


def _meanings(
    texts: list[str], field: Field, reading: Reading, *, is_english: bool
) -> list[Value]:
    meant = _read(texts, field, reading, is_english=is_english)
    return [free_texts.unread(value) for value in meant]


def _read(
    texts: list[str], field: Field, reading: Reading, *, is_english: bool
) -> list[Value]:
    if field.kind in {"count", "decimal"}:
        is_count = field.kind == "count"
        meant = values.numbers(texts, is_english=is_english, is_count=is_count)
        return [meant[text] for text in texts]
    if field.month:
        return [values.day_of_month(text, field.month) for text in texts]
    if field.kind == "datetime":
        return [_time(text, reading) for text in texts]
    if field.kind == "text":
        return [free_text(text, field) for text in texts]
    if field.kind == "boolean" and (field.true or field.false):
        true, false = values.TRUE | {*field.true}, values.FALSE | {*field.false}
        return [values.boolean(text, true, false) for text in texts]
    readers: dict[str, Callable[[str], Value]] = {
        "id": partial(values.exact_id, shape=field.shape),
        "code": values.code,
        "boolean": values.boolean,
        "incident_code": partial(codes.incident, offences=field.choices),
        "offence": codes.offence,
        "offences": codes.offences,
        "nuisance": codes.nuisance,
        "region": codes.region,
        "period": codes.period,
        "buurt": codes.buurt,
        "buurten": codes.buurten,
        "clock": partial(values.clock, how=reading),
        "team": codes.team,
        "theme": codes.theme,
        "themes": codes.themes,
        "choice": partial(codes.choice, choices=field.choices),
    }
    return [readers[field.kind](text) for text in texts]


def _time(text: str, reading: Reading) -> Value:
    day, _, clock = text.partition(GLUE)
    return values.local_time(day, clock, reading)
