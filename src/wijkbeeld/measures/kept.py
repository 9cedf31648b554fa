"""What the last build made, of that which is still the same: it is not made again."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol

import duckdb
import pandas as pd

from wijkbeeld.measures.months import YEAR


class Table(Protocol):
    """What dbt calls ``this``: the table that a model makes."""

    schema: str
    identifier: str


def of_last_build(
    session: duckdb.DuckDBPyConnection, this: Table, given: pd.DataFrame
) -> duckdb.DuckDBPyRelation | None:
    """Return the rows of the last build that were made of the same.

    Args:
        session: Where the table of the last build stands.
        this: The table; it may not be there yet, or lack the columns of ``given``.
        given: Per part of the rows what names it, and a fingerprint of all that it is
            made of. The table has columns of the same names.
    """
    columns = {
        column
        for (column,) in session.execute(
            "select column_name from information_schema.columns "
            "where table_schema = ? and table_name = ?",
            [this.schema, this.identifier],
        ).fetchall()
    }
    if not columns.issuperset(given.columns):
        return None
    session.register(f"given_to_{this.identifier}", given)
    return session.sql(
        f"from {this} semi join given_to_{this.identifier} "
        f"using ({', '.join(given.columns)})"
    )


def still_there(
    session: duckdb.DuckDBPyConnection, this: Table, given: pd.DataFrame
) -> pd.DataFrame:
    """Take out of the table of the last build what was made of something else.

    What is taken out and not put in, because the build stops, is not there for the
    next, which makes it.

    Args:
        session: Where the table stands.
        this: The table, of an incremental model.
        given: As for :func:`of_last_build`.

    Returns:
        The rows of ``given`` of which the table holds something.
    """
    names, made_of = ", ".join(given.columns), f"given_to_{this.identifier}"
    session.register(made_of, given)
    there = f"from {this} select distinct {names}"
    session.execute(
        f"delete from {this} where ({names}) in ({there} except from {made_of})"  # noqa: S608 - the names are ours
    )
    return session.sql(there).df()


def fingerprints_of_years(
    months: Sequence[int], parts: Sequence[Mapping[int, str]], whole: str
) -> list[str]:
    """Return per month what tells that its windows are made of the same.

    Args:
        months: All months of the rows, as numbers.
        parts: Per kind of row the fingerprint of those of each month.
        whole: Fingerprint of what counts for every month.
    """
    found = []
    for month in months:
        year = range(month - YEAR + 1, month + 1)
        said = [whole, *(part.get(each, "") for part in parts for each in year)]
        found.append(sha256("\n".join(said).encode()).hexdigest())
    return found
