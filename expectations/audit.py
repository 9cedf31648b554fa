"""Decide whether a build may be published."""

from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from expectations.publication import TABLES, Rule
from wijkbeeld.settings import settings


class AuditError(ValueError):
    """The marts may not be published: per line a table, a rule, and the remedy."""


def check(warehouse: Path, today: date | None = None) -> None:
    """Pass when all marts are there and hold to every rule.

    Args:
        warehouse: The DuckDB file, which is only read.
        today: The local date; nothing may be later.

    Raises:
        AuditError: At least one rule is broken, or a mart is missing.
    """
    today = today or datetime.now(ZoneInfo(settings().local_time_zone)).date()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        complaints = _missing(con) or _broken(con, today)
    if complaints:
        raise AuditError(
            "this build may not be published\n  " + "\n  ".join(complaints)
        )


def load() -> None:
    """Load what judges, which takes seconds; ``check`` would do it by itself."""
    import_module("expectations.judge")
    import_module("expectations.publication.suite")


def _missing(con: duckdb.DuckDBPyConnection) -> list[str]:
    there = con.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    missing = set(TABLES) - {table for (table,) in there}
    return [
        f"{table}: it is missing; run: wijkbeeld build" for table in sorted(missing)
    ]


def _broken(con: duckdb.DuckDBPyConnection, today: date) -> list[str]:
    counted: dict[str, int] = {}
    remedies: dict[str, str] = {}
    for table, rules in TABLES.items():
        names = [f"{table}: rule: {rule.name}" for rule in rules]
        counted |= zip(names, _count(con, table, rules, today), strict=True)
        remedies |= zip(names, (rule.remedy for rule in rules), strict=True)
    judge = import_module("expectations.judge")
    suite = import_module("expectations.publication.suite").none_offending(counted)
    broken = judge.broken_rules(pd.DataFrame([counted]), suite)
    return [
        f"{rule.column}: {counted[rule.column]} offending; {remedies[rule.column]}"
        for rule in broken
    ]


def _count(
    con: duckdb.DuckDBPyConnection, table: str, rules: tuple[Rule, ...], today: date
) -> tuple[int, ...]:
    """Return, per rule, how many rows break it."""
    figures = ", ".join(f"coalesce({rule.offending}, 0)::bigint" for rule in rules)
    query = f"select {figures} from marts.{table}"  # noqa: S608 - all of it is ours
    values = {"today": today} if "$today" in query else None
    ((*counts,),) = con.execute(query, values).fetchall()
    return tuple(counts)
