"""The record of what was released, refused or left to expire: a file for each draft.

It lies in the landing zone beside that of the deliveries, because the warehouse is
made from what is there, and nothing else, and must be the same when it is made again.
"""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.settings import settings

_STAMP = pa.timestamp("us")
SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("draft", pa.string()),
        ("status", pa.string()),
        ("release_id", pa.string()),
        ("replaces", pa.string()),
        ("subject_id", pa.string()),
        ("publication", pa.string()),
        ("month", pa.date32()),
        ("language", pa.string()),
        ("has_demo", pa.bool_()),
        ("file_count", pa.int64()),
        ("size_bytes", pa.int64()),
        ("prepared_at", _STAMP),
        ("decided_at", _STAMP),
        ("decided_by", pa.string()),
        ("note", pa.string()),
    ]
)


class Outcome(NamedTuple):
    """What became of a draft: a row of ``marts.fct_releases``."""

    kind: str
    draft: str
    status: str
    release_id: str | None
    """Its name among the releases of its kind; none when it did not leave."""
    replaces: str | None
    subject_id: str
    publication: str
    month: date
    language: str
    has_demo: bool
    file_count: int
    size_bytes: int
    prepared_at: datetime
    decided_at: datetime
    decided_by: str | None
    """Nobody when it expired."""
    note: str | None


def folder() -> Path:
    """Return the folder of all records."""
    return settings().landing / "_releases"


def path(kind: str, draft: str) -> Path:
    """Return where the record of a draft stands."""
    return folder() / kind / f"{draft}.parquet"


def write(outcome: Outcome) -> None:
    """Write a record, whole or not at all."""
    with files.appearing(path(outcome.kind, outcome.draft)) as scratch:
        pq.write_table(pa.Table.from_pylist([outcome._asdict()], SCHEMA), scratch)


def read_all() -> list[Outcome]:
    """Return what was decided, the newest first."""
    found = [
        Outcome(**row)
        for path in folder().glob("*/[!.]*.parquet")
        for row in pq.read_table(path).to_pylist()
    ]
    return sorted(found, key=lambda one: (one.decided_at, one.draft), reverse=True)


def make_empty() -> None:
    """Write a record without rows: a pattern that matches nothing is an error."""
    empty = folder() / "empty.parquet"
    if not empty.exists():
        with files.appearing(empty) as scratch:
            pq.write_table(SCHEMA.empty_table(), scratch)
