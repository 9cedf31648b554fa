"""What every reader of a format hands over."""

from typing import NamedTuple

import pyarrow as pa


class Document(NamedTuple):
    """The records of one delivered file, as text, and what was seen on the way."""

    table: pa.Table
    """One row per record, all columns string, named by the delivered headers."""
    row_numbers: pa.Int64Array
    """Number of the record, where the header is 1; in a workbook the sheet's own."""
    problems: pa.StringArray
    """Problem code found while reading (``ragged_row``), null for none."""
    facts: dict[str, str]
    """What the file says of itself: ``table_number``, ``vintage_year``, ``kind``…"""
    warnings: list[str]
    """What the sender should know, though the file is accepted."""
