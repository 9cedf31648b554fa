"""The record of a delivery: what came, what became of it, and why."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.landing import small_parquet
from wijkbeeld.settings import settings

_STAMP = pa.timestamp("us")
SCHEMA = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("source", pa.string()),
        ("file_name", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("warnings", pa.string()),
        ("row_count", pa.int64()),
        ("accepted_count", pa.int64()),
        ("problem_count", pa.int64()),
        ("size_bytes", pa.int64()),
        ("exported_on", _STAMP),
        ("landed_at", _STAMP),
        ("is_demo", pa.bool_()),
    ]
)


class Record(NamedTuple):
    """One delivered file; counts are None when it was rejected."""

    file_sha256: str
    source: str
    file_name: str
    status: str
    reason: str | None
    warnings: list[str]
    row_count: int | None
    problem_count: int | None
    size_bytes: int
    exported_on: datetime | None
    is_demo: bool


def folder() -> Path:
    """Return the folder of all records."""
    return settings().landing / "_deliveries"


def path(source: str, sha256: str) -> Path:
    """Return where the record of a file stands."""
    return folder().joinpath(source, f"{sha256}.parquet")


def write(record: Record) -> None:
    """Write a record, whole or not at all."""
    with files.appearing(path(record.source, record.file_sha256)) as scratch:
        pq.write_table(_table([record]), scratch)


def write_together(source: str, records: list[Record]) -> None:
    """Write records of one source, each whole or not at all."""
    table = _table(records)
    with files.appearing_together(folder() / source) as scratch:
        for at, record in enumerate(records):
            target = path(source, record.file_sha256)
            small_parquet.write(table[at : at + 1], scratch(target.name))


def _table(records: list[Record]) -> pa.Table:
    return pa.Table.from_pylist([_as_row(record) for record in records], SCHEMA)


def _as_row(record: Record) -> dict[str, Any]:
    accepted = None
    if record.row_count is not None and record.problem_count is not None:
        accepted = record.row_count - record.problem_count
    return record._asdict() | {
        "accepted_count": accepted,
        "warnings": "\n".join(record.warnings) or None,
        "landed_at": datetime.now(UTC).replace(tzinfo=None),
    }


def recount(source: str, sha256: str, problem_count: int) -> None:
    """Change the counts of a record, and nothing else of it."""
    target = path(source, sha256)
    if not target.exists():
        return  # Its landing was cut short, and will count when it is done again.
    row = _row(target)
    if row["problem_count"] in (None, problem_count):
        return
    counts = {
        "problem_count": problem_count,
        "accepted_count": row["row_count"] - problem_count,
    }
    with files.appearing(target) as scratch:
        pq.write_table(pa.Table.from_pylist([row | counts], SCHEMA), scratch)


def read(source: str, sha256: str) -> Record | None:
    """Return the record of a file, None if there is none."""
    try:
        row = _row(path(source, sha256))
    except FileNotFoundError:
        return None
    listed = {name: row[name] for name in Record._fields}
    return Record(**listed | {"warnings": (row["warnings"] or "").splitlines()})


def landed_at(source: str, sha256: str) -> datetime:
    """Return when a file landed, in UTC without a zone.

    Raises:
        FileNotFoundError: There is no record of it.
    """
    moment: datetime = _row(path(source, sha256))["landed_at"]
    return moment


def _row(target: Path) -> dict[str, Any]:
    # Opened once: between two openings another landing may put a new file here.
    with target.open("rb") as handle:
        row: dict[str, Any] = pq.read_table(handle).to_pylist()[0]
    return row
