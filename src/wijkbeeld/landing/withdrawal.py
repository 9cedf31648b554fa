"""Take a delivery out of the landing zone: it was wrong, or is to be read anew.

The next build sees that it is gone and makes the warehouse anew, so that nothing stays
of what was made of it.
"""

from pathlib import Path
from typing import NamedTuple

import duckdb

from wijkbeeld import files
from wijkbeeld.landing import land, record

_FEWEST_DIGITS = 8
"""Of a hash, for it to name a delivery."""


class Landed(NamedTuple):
    """A delivery whose rows are in the landing zone."""

    source: str
    sha256: str
    file_name: str
    row_count: int


def named(name: str) -> list[Landed]:
    """Return the deliveries of a name, or of a hash that begins so.

    Args:
        name: As ``fct_deliveries`` and the page *Datakwaliteit* have it; or at least
            eight digits of the hash of the file.
    """
    records = [str(path) for path in record.folder().glob("*/*.parquet")]
    if not records:
        return []
    is_hash = len(name) >= _FEWEST_DIGITS
    with duckdb.connect() as con:
        found = con.execute(
            "select source, file_sha256, file_name, row_count from read_parquet($1) "
            "where status = 'landed' "
            "and (file_name = $2 or ($3 and starts_with(file_sha256, lower($2)))) "
            "order by source, file_sha256",
            [records, name, is_hash],
        ).fetchall()
    return [Landed(*one) for one in found]


def of_content(path: Path) -> list[Landed]:
    """Return what landed of a file with the same content."""
    return named(files.sha256_of(path))


def withdraw(delivery: Landed) -> None:
    """Take its rows and its record away; cut short, the same call finishes it.

    The record goes first: rows without one are in no build.
    """
    for gone in (
        record.path(delivery.source, delivery.sha256),
        land.path(delivery.source, delivery.sha256),
    ):
        gone.unlink(missing_ok=True)
        files.sync(gone.parent)
