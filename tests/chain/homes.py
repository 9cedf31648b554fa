"""Homes to run the whole chain in, and what their marts hold."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb

from wijkbeeld import demo

COMMAND = Path(sys.executable).with_name("wijkbeeld")
END = date(2026, 11, 1)

# When a file was landed differs between runs; everything else must not.
_MOMENTS = {"landed_at", "last_landed_at"}
_ABOUT_ITSELF = {"publication", "columns"}


def environment(home):
    return os.environ | {
        "WIJKBEELD_HOME": str(home),
        "WIJKBEELD_PSEUDONYM_KEY": "the same key in every home",
        "COLUMNS": "200",
    }


def run(home, *arguments, code=0):
    done = subprocess.run(
        [COMMAND, *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def write_demo(folder, months):
    demo.write(folder, months=months, seed=7, scale=1, end=END)
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.parent != folder)


def contents(file):
    """Return the rows of every mart, in an order of their own."""
    with duckdb.connect(str(file), read_only=True) as con:
        tables = con.sql(
            "select table_name from information_schema.tables "
            "where table_schema = 'marts' order by 1"
        ).fetchall()
        return {
            table: sorted(map(repr, _rows(con, table)))
            for (table,) in tables
            if table not in _ABOUT_ITSELF
        }


def published(home, role="analyst"):
    version = (home / "published" / "current").read_text("utf-8").strip()
    return home / "published" / version / f"{role}.duckdb"


def _rows(con, table):
    columns = [
        c[0] for c in con.sql(f"select * from marts.{table} limit 0").description
    ]
    kept = ", ".join(c for c in columns if c not in _MOMENTS)
    return con.sql(f"select {kept} from marts.{table}").fetchall()
