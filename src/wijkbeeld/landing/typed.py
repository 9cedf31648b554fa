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
import pyarrow.compute as pc

from wijkbeeld.landing import appeals, codes, enums, loading, personal, values
from wijkbeeld.landing.agreement import Field
from wijkbeeld.landing.values import Reading, Value

GLUE = "\x1f"
"""Between date and time where they are two columns."""

_NULL = "null::varchar"
PLAIN_ID = (
    "length({0}) <= 200 and regexp_full_match({0}, "
    "'(?:[0-9]+|[A-Za-z/_-][A-Za-z0-9/_-]*)[0-9]')"
)
_FEW, _SHORT = 8, 40
_LOOKED_AT, _MANY = 20_000, 1_000
"""Rows that tell whether the texts of a column are many, and how many those are."""


class Column(NamedTuple):
    """A field of which the column is in the file."""

    name: str
    field: Field
    is_coded: bool
    """Whether it is an ENUM, since the same texts recur."""


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


def dictionary(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    reading: Reading,
    *,
    is_english: bool,
) -> Dictionary | None:
    """Make the dictionary of the odd values of a field; None if all are plain."""
    name, field, is_coded = column
    if field.kind in {"wkt", "made"}:
        return None
    plain = _plain(con, column)
    texts = _different(con, column, plain)
    if is_coded and plain and texts:
        # All of them in one dictionary, since ENUMs of two are text again.
        plain, texts = None, _different(con, column, None)
    raw, table = f"delivered.{name}", f"odd_{name}"
    also = also_of_plain(raw, field) if plain else _NULL
    if not texts:
        is_told = also != _NULL
        return Dictionary("", frozenset(), False, raw, also) if is_told else None
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
        value = f"{is_plain} {raw} else {table}.value end"
        also = f"{is_plain} {also} else {table}.also end"
        return Dictionary(table, problems, joins=True, value=value, also=also)
    if field.kind == "datetime":
        enums.enumerate_columns(con, table, ["value", "day", "problem"])
        is_whole = _is_never_plain(con, name)
    else:
        also_text = ["also"] if field.kind != "clock" else []
        enums.enumerate_columns(con, table, ["value", *also_text, "problem"])
        is_whole = True
        said = _inlined(raw, table, texts, meanings)
        if said and not problems and not says_more:
            return Dictionary(table, problems, joins=False, value=said, also=_NULL)
    return Dictionary(
        table, problems, joins=True, value=f"{table}.value", also=f"{table}.also",
        is_whole=is_whole,
    )  # fmt: skip


def _different(
    con: duckdb.DuckDBPyConnection, column: Column, plain: str | None
) -> list[str]:
    name, _, is_coded = column
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
    name, field, is_coded = column
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
    name, field, _ = column
    if field.kind == "id":
        return PLAIN_ID.format(name)
    if field.kind != "text" or not _are_many(con, name):
        return None
    return plain_text(name, field)


def _are_many(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Tell whether a column has so many texts that Python should not see each."""
    found = con.execute(
        f"select count(distinct {name}) from "
        f"(select {name} from delivered limit {_LOOKED_AT})"
    ).fetchall()
    return bool(found[0][0] > _MANY)


def plain_text(text: str, field: Field) -> str:
    """Return SQL that holds only where ``free_text`` gives a text back as it is.

    It may not hold of others too: those are looked at in Python.

    Args:
        text: SQL of the text.
        field: What was agreed of it.
    """
    odd = values.odd_text()
    is_short = f"length({text}) <= {values.TEXT_LIMIT}"
    is_odd = f"regexp_matches({text}, {_quoted(odd)})"
    if not field.personal:
        return f"{is_short} and not {is_odd}"
    # In most texts none of all that is found, and that is seen in one look.
    any_of_it = _quoted(f"{odd}|{personal.pattern(is_own=field.is_own)}")
    found = personal.possibly_in(text, is_own=field.is_own)
    return (
        f"{is_short} and case when regexp_matches({text}, {any_of_it}) "
        f"then not ({is_odd} or {found}) else true end"
    )


def also_of_plain(text: str, field: Field) -> str:
    """Return SQL of the second thing that a plain text tells."""
    if not field.is_own:
        return _NULL
    pattern = appeals.beginning()
    if pattern is None:
        return f"case when {text} is not null then 'false' end"
    return f"cast(regexp_matches({text}, {_quoted(pattern)}) as varchar)"


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
        f"when {_quoted(text)} then {_quoted(value)}::{table}_value"
        for text, value in known
    )
    return f"case {raw} {cases} end"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _meanings(
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
        return _free_texts(texts, field)
    if field.kind == "boolean" and (field.true or field.false):
        true, false = values.TRUE | {*field.true}, values.FALSE | {*field.false}
        return [values.boolean(text, true, false) for text in texts]
    readers: dict[str, Callable[[str], Value]] = {
        "id": values.exact_id,
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


def _free_texts(texts: list[str], field: Field) -> list[Value]:
    if not field.personal or len(texts) < _MANY:
        return [free_text(text, field) for text in texts]
    listed = pa.array(texts, pa.string())
    is_odd = pc.match_substring_regex(listed, rf"{values.odd_text()}|[^\x00-\x7f]")
    is_long = pc.greater(pc.utf8_length(listed), values.TEXT_LIMIT)
    found = personal.surely_in(listed, is_own=field.is_own)
    is_sure = pc.and_not(found, pc.or_(is_odd, is_long))
    also = pa.nulls(len(texts), pa.string())
    beginning = appeals.beginning()
    if field.is_own:
        begins = pc.match_substring_regex(listed, beginning) if beginning else False
        also = pc.cast(pc.and_(begins, is_sure), pa.string())
    return [
        Value(None, "personal_data_found", told) if sure else free_text(text, field)
        for text, sure, told in zip(
            texts, is_sure.to_pylist(), also.to_pylist(), strict=True
        )
    ]


def free_text(text: str, field: Field) -> Value:
    """Return what a text means: nothing, where it holds what is personal."""
    value = values.free_text(text)
    also = None
    if value.text and field.is_own:
        also = "true" if appeals.begins_as_agreed(value.text) else "false"
    is_found = personal.found_in_own if field.is_own else personal.found_in
    if value.text and field.personal and is_found(value.text):
        # The first problem of the row is named elsewhere; the text goes in any case.
        return Value(None, value.problem or "personal_data_found", also)
    return Value(value.text, value.problem, also)
