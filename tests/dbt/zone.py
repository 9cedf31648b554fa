"""A landing zone written by hand, for deliveries that no file could hold so exactly.

The columns are those that landing writes: text but for pseudonyms and the load columns.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from wijkbeeld.landing import outcomes, schema

ROOT = Path(__file__).parents[2]

LOAD_COLUMNS = {
    "_file_sha256": "varchar",
    "_file_name": "varchar",
    "_row_number": "bigint",
    "_exported_on": "timestamp",
    "_landed_at": "timestamp",
    "_problem": "varchar",
    "_is_demo": "boolean",
    "_covers_from": "date",
    "_covers_to": "date",
}
DELIVERY_COLUMNS = {
    "file_sha256": "varchar",
    "source": "varchar",
    "file_name": "varchar",
    "status": "varchar",
    "reason": "varchar",
    "warnings": "varchar",
    "row_count": "bigint",
    "accepted_count": "bigint",
    "problem_count": "bigint",
    "size_bytes": "bigint",
    "exported_on": "timestamp",
    "landed_at": "timestamp",
    "is_demo": "boolean",
}


class Zone:
    """A home with a landing zone in it, and the dbt that builds on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.landing = home / "landing"
        (home / "warehouse").mkdir(parents=True, exist_ok=True)
        for source, columns in schema.COLUMNS.items():
            types = columns | LOAD_COLUMNS
            self._write(self.landing / source / "empty.parquet", types, [])
        self._write(
            self.landing / "_deliveries" / "empty.parquet", DELIVERY_COLUMNS, []
        )
        releases = self.landing / "_releases" / "empty.parquet"
        releases.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(outcomes.SCHEMA.empty_table(), releases)

    def deliver(
        self,
        source: str,
        name: str,
        rows: Iterable[Mapping[str, object]],
        *,
        covers: tuple[str, str] | None = None,
        sha256: str | None = None,
    ) -> str:
        """Land rows as one file, exported on the day its name begins with.

        Pseudonyms in text land as text, as they did before December 2026.
        """
        rows = list(rows)
        sha256 = sha256 or hashlib.sha256(f"{name}{rows}".encode()).hexdigest()
        covers_from, covers_to = covers or (None, None)
        exported_on = f"{name[:10]} 00:00:00"
        texts = {n for row in rows for n, value in row.items() if type(value) is str}
        types = schema.COLUMNS[source] | dict.fromkeys(texts, "varchar") | LOAD_COLUMNS
        load = {
            "_file_sha256": sha256,
            "_file_name": name,
            "_exported_on": exported_on,
            "_landed_at": "2026-10-01 05:00:00",
            "_is_demo": "demo" in name,
            "_covers_from": covers_from,
            "_covers_to": covers_to,
        }
        landed = [
            {"_row_number": number} | load | dict(row)
            for number, row in enumerate(rows, 2)
        ]
        self._write(self.landing / source / f"{sha256}.parquet", types, landed)
        problems = sum(row.get("_problem") is not None for row in rows)
        record = {
            "file_sha256": sha256,
            "source": source,
            "file_name": name,
            "status": "landed",
            "row_count": len(rows),
            "accepted_count": len(rows) - problems,
            "problem_count": problems,
            "size_bytes": 1000,
            "exported_on": exported_on,
            "landed_at": "2026-10-01 05:00:00",
            "is_demo": "demo" in name,
        }
        self.record(record)
        return sha256

    def record(self, record: Mapping[str, object]) -> None:
        """Write the record of one delivery."""
        folder = self.landing / "_deliveries" / str(record["source"])
        target = folder / f"{record['file_sha256']}.parquet"
        self._write(target, DELIVERY_COLUMNS, [record])

    def dbt(self, *arguments: str) -> str:
        """Run dbt on this home; return what it said."""
        return run_dbt(self.home, *arguments)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Return rows of a query on the warehouse."""
        path = self.home / "warehouse" / "wijkbeeld.duckdb"
        with duckdb.connect(path, read_only=True) as con:
            return con.execute(sql).fetchall()

    def marts(self) -> dict[str, list[tuple[object, ...]]]:
        """Return all rows of all marts, in an order that does not depend on them."""
        tables = self.query(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        )
        return {
            str(table): self.query(f"select * from marts.{table} order by all")
            for (table,) in sorted(tables, key=str)
        }

    @staticmethod
    def _write(
        target: Path, types: Mapping[str, str], rows: list[Mapping[str, object]]
    ) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        with duckdb.connect() as con:
            con.execute(f"create table landed ({columns})")
            if rows:
                con.executemany(
                    f"insert into landed values ({', '.join('?' * len(types))})",
                    [[row.get(name) for name in types] for row in rows],
                )
            con.execute(f"copy landed to '{target}' (format parquet)")


def run_dbt(home: Path, *arguments: str) -> str:
    """Run dbt on a home; return what it said, or fail with it."""
    done = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments],
        cwd=ROOT / "dbt_project",
        env=os.environ
        | {
            "WIJKBEELD_HOME": str(home),
            "DBT_PROFILES_DIR": str(ROOT / "dbt_project"),
            "DBT_TARGET_PATH": str(home / "dbt" / "target"),
            "DBT_LOG_PATH": str(home / "dbt" / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
