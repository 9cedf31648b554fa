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
    complaints: list[str] = []
    with duckdb.connect(str(warehouse), read_only=True) as con:
        there = {
            table
            for (table,) in con.execute(
                "select table_name from information_schema.tables "
                "where table_schema = 'marts'"
            ).fetchall()
        }
        for table in TABLES:
            if table not in there:
                complaints.append(f"{table}: it is missing; run: wijkbeeld build")
        # Rules speak of other marts too.
        if not complaints:
            for table, rules in TABLES.items():
                complaints += _broken(table, rules, con, today)
    if complaints:
        raise AuditError(
            "this build may not be published\n  " + "\n  ".join(complaints)
        )


def _broken(
    table: str, rules: tuple[Rule, ...], con: duckdb.DuckDBPyConnection, today: date
) -> list[str]:
    counted = _count(table, rules, con, today)
    suite = import_module("expectations.publication.suite").of(table, rules)
    broken = import_module("expectations.judge").broken_rules(counted, suite)
    remedies = {rule.name: rule.remedy for rule in rules}
    return [
        f"{table}: rule: {rule.column}: {counted[rule.column].item()} offending; "
        f"{remedies[rule.column]}"
        for rule in broken
    ]


def _count(
    table: str, rules: tuple[Rule, ...], con: duckdb.DuckDBPyConnection, today: date
) -> pd.DataFrame:
    """Return one row with, per rule, how many rows break it."""
    figures = ", ".join(f"coalesce({rule.offending}, 0)::bigint" for rule in rules)
    query = f"select {figures} from marts.{table}"  # noqa: S608 - all of it is ours
    values = {"today": today} if "$today" in query else None
    row = con.execute(query, values).fetchall()
    return pd.DataFrame(row, columns=[rule.name for rule in rules])
