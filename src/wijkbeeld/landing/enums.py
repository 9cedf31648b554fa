"""Columns of few different values as ENUM.

DuckDB writes an ENUM to Parquet as the dictionary it is, and there it is text again.
Text it would look up anew in every row, which costs ten times as much.
"""

import duckdb

from wijkbeeld.landing import problems

_LIMIT = 60_000
FLAG = "flag"
"""The type of yes and no."""
PROBLEM = "problem_code"
"""The type of the problem of a row."""


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Define the types that every landing uses."""
    con.execute(f"create type {FLAG} as enum ('true', 'false')")
    codes = ", ".join(f"'{code}'" for code in problems.ORDER)
    con.execute(f"create type {PROBLEM} as enum ({codes})")


def constant(con: duckdb.DuckDBPyConnection, name: str, value: str) -> str:
    """Return SQL of a text that is the same in every row."""
    quoted = value.replace("'", "''")
    con.execute(f"create type {name} as enum ('{quoted}')")
    return f"'{quoted}'::{name}"


def enumerate_columns(
    con: duckdb.DuckDBPyConnection, table: str, columns: list[str]
) -> None:
    """Make ENUMs of columns of a small table, where they are not too diverse."""
    counts = ", ".join(f"count(distinct {column})" for column in columns)
    different = con.execute(f"select {counts} from {table}").fetchall()[0]
    few = [c for c, n in zip(columns, different, strict=True) if 0 < n <= _LIMIT]
    for column in few:
        con.execute(
            f"create or replace type {table}_{column} as enum ("
            f"select distinct {column} from {table} "
            f"where {column} is not null order by 1)"
        )
    if few:
        typed = ", ".join(f"{column}::{table}_{column} as {column}" for column in few)
        con.execute(
            f"create or replace temp table {table} as "
            f"select * replace ({typed}) from {table}"
        )
