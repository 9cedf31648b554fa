"""Decide whether a build may be published.

Loading Great Expectations takes seconds, so a verdict that it once gave is kept beside
the warehouse: what is counted the same, under the same rules, it does not judge again.
"""

import hashlib
import json
from datetime import date, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd

from expectations.publication import TABLES, Rule
from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE

_PASSED = ".passed"
"""Follows the name of a warehouse of which marts were judged good, and goes with it."""
_JUDGES = ("judge.py", "publication/suite.py")


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
    today = today or datetime.now(ZONE).date()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        complaints = _missing(con) or _broken(con, today, _memory(warehouse))
    if complaints:
        raise AuditError(
            "\n  ".join([say("deze bouw mag niet worden gepubliceerd"), *complaints])
        )


def load(warehouse: Path) -> None:
    """Load what judges, if it will be needed; ``check`` would do it by itself."""
    if not _memory(warehouse).exists():
        import_module("expectations.judge")
        import_module("expectations.publication.suite")


def _missing(con: duckdb.DuckDBPyConnection) -> list[str]:
    there = con.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    missing = set(TABLES) - {table for (table,) in there}
    return [
        say("{table}: ontbreekt; voer uit: wijkbeeld build", table=table)
        for table in sorted(missing)
    ]


def _broken(con: duckdb.DuckDBPyConnection, today: date, memory: Path) -> list[str]:
    counted: dict[str, int] = {}
    known: dict[str, tuple[str, Rule]] = {}
    for table, rules in TABLES.items():
        keys = [f"{table}: {rule.key()}" for rule in rules]
        counted |= zip(keys, _count(con, table, rules, today), strict=True)
        known |= zip(keys, ((table, rule) for rule in rules), strict=True)
    asked = _asked(counted)
    if memory.exists() and memory.read_text("utf-8") == asked:
        return []
    judge = import_module("expectations.judge")
    suite = import_module("expectations.publication.suite").none_offending(counted)
    broken = judge.broken_rules(pd.DataFrame([counted]), suite)
    if not broken:
        files.write_text(memory, asked)
    return [_complaint(*known[rule.column], counted[rule.column]) for rule in broken]


def _complaint(table: str, rule: Rule, count: int) -> str:
    return say(
        "{table}: regel: {rule}: {count} keer geschonden; {remedy}",
        table=table,
        rule=rule.said(),
        count=count,
        remedy=rule.advice(),
    )


def _memory(warehouse: Path) -> Path:
    return warehouse.with_name(warehouse.name + _PASSED)


def _asked(counted: dict[str, int]) -> str:
    """Name what is put to the judge, and who it is."""
    question = hashlib.sha256(json.dumps(counted).encode())
    for module in _JUDGES:
        question.update((Path(__file__).parent / module).read_bytes())
    return f"great_expectations {version('great_expectations')} {question.hexdigest()}"


def _count(
    con: duckdb.DuckDBPyConnection, table: str, rules: tuple[Rule, ...], today: date
) -> tuple[int, ...]:
    """Return, per rule, how many rows break it."""
    figures = ", ".join(f"coalesce({rule.offending}, 0)::bigint" for rule in rules)
    query = f"select {figures} from marts.{table}"  # noqa: S608 - all of it is ours
    values = {"today": today} if "$today" in query else None
    ((*counts,),) = con.execute(query, values).fetchall()
    return tuple(counts)
