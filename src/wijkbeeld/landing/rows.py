"""The one SQL pass that turns raw fields into landed rows, each with its problem."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wijkbeeld import local_time
from wijkbeeld.landing import problems
from wijkbeeld.landing.agreement import Field, Source
from wijkbeeld.landing.typed import Dictionary
from wijkbeeld.settings import settings

_GAP = "hour({0}) = 2 and month({0}) = 3 and day({0}) >= 25 and dayofweek({0}) = 0"
"""The hour that the clock skips: last Sunday of March (EU, since 1996)."""
_RESCUERS = re.compile(r"delivered\.(\w+)")
_NULL = "null::varchar"
_MANY = 0.01
"""Part of the rows above which it is worth while to look again."""
_LATEST = "getvariable('exported_on')::date + 2"


class Rows(NamedTuple):
    """What the pass reads: the raw fields, and what was found out about them."""

    source: Source
    delivered: frozenset[str]
    """Fields whose column is in the file."""
    dictionaries: dict[str, Dictionary]
    reading_problems: bool = False
    joins: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """More columns, made by ``joins``."""
    rules: Mapping[str, list[str]] = MappingProxyType({})
    """More rules."""
    coded: frozenset[str] = frozenset()
    """Fields that are ENUMs, and times whose text is there already."""
    named: frozenset[str] = frozenset()
    """Fields of which the pseudonym of the raw text is there."""
    is_batch: bool = False
    """Whether the rows are of many files, told apart by ``_file``."""

    def fields(self, used: str) -> str:
        """Return a select of the fields that are named in ``used``."""
        for name, expression in reversed(self.source.made.items()):
            if re.search(rf"\b{name}\b", used):
                used += f" {expression}"
        columns: list[str] = ["delivered._row_number"]
        if self.is_batch:
            columns += ["delivered._file", "delivered._on"]
        if self.reading_problems:
            columns.append("delivered._reading")
        joins = []
        for name in self.source.fields:
            if not re.search(rf"\b{name}(?:__\w+)?\b", used):
                continue
            odd = self.dictionaries.get(name)
            columns += self._columns(name, odd)
            if name in self.source.pseudonymised:
                columns.append(f"{self._pseudonym(name, odd)} as {name}__pseudonym")
            if odd and odd.joins:
                key = odd.key or f"delivered.{name}"
                joins.append(f"left join {odd.table} on {odd.table}.raw = {key}")
        extra = [c for c in self.columns if re.search(rf"\b{c.split()[-1]}\b", used)]
        fields = (
            f"select {', '.join(columns + extra)} from delivered {' '.join(joins)} "
            + " ".join(j for j in self.joins if _table_of(j) in " ".join(extra))
        )
        made = [
            f"{expression} as {name}"
            for name, expression in self.source.made.items()
            if re.search(rf"\b{name}\b", used)
        ]
        return f"select *, {', '.join(made)} from ({fields})" if made else fields

    def _pseudonym(self, name: str, odd: Dictionary | None) -> str:
        """Return SQL of the pseudonym of a value that is what it says."""
        if name not in self.named:
            return "null::uuid"
        named = f"delivered.{name}__pseudonym"
        return f"case when {odd.table}.raw is null then {named} end" if odd else named

    def _columns(self, name: str, odd: Dictionary | None) -> list[str]:
        kind_of = self.source.fields[name].kind
        is_time = kind_of == "datetime"
        # A time of day also tells how long after midnight that is.
        no_more = f"null::{'interval' if kind_of == 'clock' else 'varchar'}"
        if name not in self.delivered:
            kind = "timestamp" if is_time else "varchar"
            local = (
                [f"null::varchar as {name}__{part}" for part in ("local", "day")]
                if is_time
                else []
            )
            also = f"{no_more} as {name}__also"
            return [f"null::{kind} as {name}", also, *local, _no_problem(name)]
        raw = f"delivered.{name}"
        if is_time:
            return _time_columns(name, odd, is_coded=name in self.coded)
        if not odd:
            return [
                f"{raw} as {name}",
                f"{no_more} as {name}__also",
                _no_problem(name),
            ]
        table, value = odd.table, odd.value
        if not odd.joins:
            return [
                f"{value} as {name}",
                f"{odd.also} as {name}__also",
                f"{odd.problem} as {name}__problem",
            ]
        problem = f"{odd.problem} as {name}__problem"
        rescue = self.source.fields[name].rescue
        if rescue and set(_RESCUERS.findall(rescue)) <= self.delivered:
            saved = (
                f"({table}.problem = 'id_precision_lost' and ({rescue}) is not null)"
            )
            value = f"case when {saved} then ({rescue}) else {value} end"
            problem = (
                f"case when not coalesce({saved}, false) then {table}.problem end "
                f"as {name}__problem"
            )
        return [f"{value} as {name}", f"{odd.also} as {name}__also", problem]

    def problem(self) -> str:
        """Return SQL that names the first problem of a row."""
        rules: dict[str, list[str]] = {}
        if self.reading_problems:
            rules["ragged_row"] = ["_reading = 'ragged_row'"]
        for name, odd in self.dictionaries.items():
            for code in odd.problems:
                rule = f"{name}__problem = '{code}'"
                unkept = self.source.fields[name].unkept
                if unkept and code == "personal_data_found":
                    rule += f" and not coalesce({unkept}, false)"
                rules.setdefault(code, []).append(rule)
        for name, field in self.source.fields.items():
            if field.filled:
                rules.setdefault("missing_required_value", []).append(
                    f"{name} is null and {name}__problem is null"
                )
            if field.kind == "datetime" and name in self.delivered:
                rules.setdefault("nonexistent_local_time", []).append(
                    _skipped(name, field)
                    + (
                        f" and {name}__also = 'true'"
                        if name in self.dictionaries
                        else ""
                    )
                )
                rules.setdefault("date_out_of_range", []).append(
                    f"{name} < timestamp '2000-01-01'"
                    + ("" if field.is_planned else f" or {name} >= {_LATEST}")
                )
        for more in (self.rules, {c: [r] for c, r in self.source.problems.items()}):
            for code, listed in more.items():
                rules.setdefault(code, []).extend(listed)
        return self.source.kept(problems.first_of(rules))

    def outside_and_personal(self) -> str | None:
        """Return SQL that tells whether a row also breaks the rule on personal data.

        None if there is no row that lies outside the area too.
        """
        personal = [
            f"{name}__problem = 'personal_data_found'"
            for name, odd in self.dictionaries.items()
            if "personal_data_found" in odd.problems
        ]
        if not personal or "outside_area" not in self.rules:
            return None
        return f"{self.problem()} = 'outside_area' and ({' or '.join(personal)})"


def _skipped(name: str, field: Field) -> str:
    """Return SQL of whether the clock that a time is on skipped it."""
    zone = settings().publish_time_zone
    if not field.is_of_meta or zone == local_time.ZONE:
        return _GAP.format(name)
    return f"timezone('{zone}', timezone('{zone}', {name})) <> {name}"


def _table_of(join: str) -> str:
    return f"{join.split()[2]}."


def _no_problem(name: str) -> str:
    return f"{_NULL} as {name}__problem"


def _time_columns(name: str, odd: Dictionary | None, *, is_coded: bool) -> list[str]:
    """Return what is known of a time: the day is its text where it is no date."""
    at = f"delivered.{name}__at"
    local, day = f"cast({at} as varchar)", f"cast(cast({at} as date) as varchar)"
    if is_coded:
        local, day = f"delivered.{name}__local", f"delivered.{name}__day"
    value, problem = at, _NULL
    also = f"case when {at} is not null then 'true'::flag end"
    if odd:
        table = odd.table
        problem = f"{table}.problem"
        if odd.is_whole:
            value, also = f"{table}.moment", f"{table}.also"
            local, day = f"{table}.value", f"{table}.day"
        else:
            value = f"coalesce({at}, {table}.moment)"
            also = f"case when {at} is not null then 'true'::flag else {table}.also end"
            local, day = (
                f"coalesce({local}, {table}.value)",
                f"coalesce({day}, {table}.day)",
            )
    return [
        f"{value} as {name}", f"{also} as {name}__also", f"{local} as {name}__local",
        f"{day} as {name}__day", f"{problem} as {name}__problem",
    ]  # fmt: skip


def find_repeats(con: duckdb.DuckDBPyConnection, rows: Rows) -> Rows:
    """Look for rows that repeat or contradict another, and make rules of them.

    Keys are compared by hash first: what is left for the exact comparison is next
    to nothing in a file without repeats.
    """
    keys = [rows.source.landed.get(key, key) for key in rows.source.key]
    if not keys:
        return rows
    within = ["_file"] if rows.is_batch else []
    ours = [f"({rows.source.ours})"] if rows.source.ours else []
    used = " ".join([*keys, *ours])
    known = " and ".join([*(f"({key}) is not null" for key in keys), *ours])
    fields = rows.fields(used)
    plain = [key for key in keys if key in rows.delivered - set(rows.dictionaries)]
    suspects = _suspects(con, rows, [*within, *(plain or keys)])
    if suspects.share > _MANY and plain:
        # What is plain is but a part of the key, and does not tell rows apart.
        suspects = _suspects(con, rows, [*within, *keys])
    if not len(suspects.hashes):
        return rows
    keys, hashed = [*within, *keys], suspects.key
    con.register("suspect", pa.table({"hashed": suspects.hashes}))
    content = ", ".join(
        f"coalesce(cast({c} as varchar), chr(30))" for c in _raw_columns(rows)
    )
    named = ", ".join(f"({key}) as k{i}" for i, key in enumerate(keys))
    by_key = ", ".join(f"k{i}" for i in range(len(keys)))
    con.execute(
        f"""
        create or replace temp table repeats as
        with suspects as materialized (
            select _row_number, {named} from ({fields})
            where {known} and {hashed} in (select hashed from suspect)
        ), contents as (
            select _row_number as number, concat_ws(chr(31), {content}) as content
            from delivered
            where _row_number in (select _row_number from suspects)
        ), compared as (
            select _row_number, row_number() over (
                partition by {by_key}, content order by _row_number) as turn,
                min(content) over (partition by {by_key})
                    <> max(content) over (partition by {by_key}) as conflicts
            from suspects join contents on contents.number = suspects._row_number
        )
        select _row_number, case when turn > 1 then 'duplicate_row'
            when conflicts then 'key_conflict' end as repeat
        from compared where turn > 1 or conflicts
        """
    )
    return rows._replace(
        joins=(
            *rows.joins,
            "left join repeats on repeats._row_number = delivered._row_number",
        ),
        columns=(*rows.columns, "repeats.repeat as _repeat"),
        rules={
            **rows.rules,
            "duplicate_row": ["_repeat = 'duplicate_row'"],
            "key_conflict": ["_repeat = 'key_conflict'"],
        },
    )


class _Suspects(NamedTuple):
    """Hashes that more rows than one have."""

    key: str
    """What was hashed, as SQL."""
    hashes: npt.NDArray[np.uint64]
    share: float
    """Part of the rows that have them."""


def _suspects(con: duckdb.DuckDBPyConnection, rows: Rows, key: list[str]) -> _Suspects:
    hashed = f"hash({', '.join(key)})"
    fields = rows.fields(" ".join(key))
    found = con.sql(f"select {hashed} as hashed from ({fields})").to_arrow_table()
    hashes = np.sort(found["hashed"].to_numpy())
    is_again = hashes[1:] == hashes[:-1]
    share = is_again.sum() / max(len(hashes), 1)
    return _Suspects(hashed, np.unique(hashes[1:][is_again]), float(share))


def _raw_columns(rows: Rows) -> list[str]:
    columns = []
    for name in rows.source.fields:
        if name in rows.delivered:
            columns.append(f"delivered.{name}")
            if rows.source.fields[name].kind == "datetime":
                columns.append(f"delivered.{name}__at")
    return columns
