"""Parquet of a few rows, written a thousand times in a row."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write(
    table: pa.Table,
    target: Path,
    compression: str = "none",
    use_dictionary: list[str] | bool = False,
) -> None:
    """Write a table to a file in one go, since the format has some thirty pieces.

    Args:
        table: The rows.
        target: Where; what is there is overwritten.
        compression: How a page is compressed; a short one gains nothing by it.
        use_dictionary: The columns of which each value is written once.
    """
    content = pa.BufferOutputStream()
    # Without statistics: DuckDB 2.0.0 takes a plain column with one value and nulls
    # for one without nulls.
    pq.write_table(
        table, content, compression=compression, use_dictionary=use_dictionary,
        write_statistics=False, store_schema=False,
    )  # fmt: skip
    with target.open("wb") as out:
        out.write(content.getvalue())
