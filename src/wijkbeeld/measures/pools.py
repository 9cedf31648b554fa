"""Measure offence by offence, so that memory follows one offence and not the table.

No measure of the area scan looks from one offence to another. A team has few enough
rows for one go; all of the Netherlands has 28 million, which go by in parts.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from threading import Lock

import duckdb
import pandas as pd
import pyarrow as pa

ROWS_AT_ONCE = 2_000_000
_PART = Lock()
"""dbt runs models at once: of two that go by in parts, one part is in memory."""


def by_offence(
    rows: duckdb.DuckDBPyRelation,
    measure: Callable[[pd.DataFrame], pd.DataFrame],
    schema: pa.Schema,
    rows_at_once: int = ROWS_AT_ONCE,
    pool: str = "offence_code",
) -> pa.RecordBatchReader:
    """Measure some offences at a time, and hand on what was found as it is found.

    Args:
        rows: What is measured, with the column that ``pool`` names. It is asked again
            for each part, so it must not change meanwhile.
        measure: Gives the rows of some offences their measures; looks at no offence
            from another.
        schema: Columns and types of what is handed on; the rest is left out.
        rows_at_once: How many rows are measured together. An offence that has more
            is still measured whole.
        pool: Column of the offence, or of what stands for it.
    """

    def measured() -> Iterator[pa.RecordBatch]:
        for codes in _parts(rows, rows_at_once, pool):
            named = ", ".join(f"'{code}'" for code in codes)
            part = rows.filter(f"{pool} in ({named})") if codes else rows
            with _PART if codes else nullcontext():
                found = pa.Table.from_pandas(
                    measure(part.df()), schema=schema, preserve_index=False
                )
            yield from found.to_batches()

    return pa.RecordBatchReader.from_batches(schema, measured())


def _parts(
    rows: duckdb.DuckDBPyRelation, rows_at_once: int, pool: str
) -> list[list[str]]:
    """Tell which offences go together; no offences are all of them at once."""
    sizes = rows.aggregate(f"{pool}, count(*)", pool).fetchall()
    if sum(size for _, size in sizes) <= rows_at_once:
        return [[]]
    parts: list[list[str]] = []
    room = 0
    for code, size in sorted(sizes):
        if size > room:
            parts.append([])
            room = rows_at_once
        parts[-1].append(code)
        room -= size
    return parts
