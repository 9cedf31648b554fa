"""What a table of CBS is, where the file itself does not say it (FORMATS 0.1)."""

import re

import duckdb

from wijkbeeld.landing import odata
from wijkbeeld.landing.read import Delivered
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurt_code_of

_NUMBER = re.compile(r"\d{5}NED")
_ENDED = {"47004NED", "47005NED"}


def complete(con: duckdb.DuckDBPyConnection, seen: Delivered, name: str) -> Delivered:
    """Add table number, or year and kind, to what was seen of a table of CBS.

    Raises:
        RejectedError: It is another table, or one of an unknown year.
    """
    if seen.source.name == "police__open_data" and "table_number" not in seen.facts:
        return _crimes(con, seen, name)
    if seen.source.name == "cbs__buurten" and "kind" not in seen.facts:
        return _key_figures(con, seen, name)
    return seen


def _crimes(con: duckdb.DuckDBPyConnection, seen: Delivered, name: str) -> Delivered:
    named = _NUMBER.match(name)
    warnings = seen.warnings
    if named:
        number = named[0]
    else:
        has_months = con.execute(
            "select count(*) from delivered where regexp_matches(period, 'MM| [a-z]')"
        ).fetchall()[0][0]
        number = odata.MONTHS if has_months else odata.YEARS
        warnings = [*warnings, f"the table is not named; its periods are of {number}"]
    if number in _ENDED:
        raise RejectedError(f"table {number} stops at 2018; download {odata.MONTHS}")
    if number not in {odata.MONTHS, odata.YEARS}:
        raise RejectedError(
            f"table {number} is not one that is loaded; download {odata.MONTHS} "
            f"(months) or {odata.YEARS} (years)"
        )
    _refuse_labels(con)
    facts = seen.facts | {"table_number": number}
    return seen._replace(facts=facts, warnings=warnings)


def _refuse_labels(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse labels of regions: the same name occurs in several municipalities."""
    rows = con.execute("select distinct region_code from delivered").fetchall()
    labels = [row[0].strip() for row in rows if row[0] and re.search("[a-z]", row[0])]
    unknown = [label for label in labels if buurt_code_of(label) is None]
    if labels and len(unknown) == len(labels):
        raise RejectedError(
            f"its regions are names ({', '.join(labels[:3])}…), which occur in several "
            "municipalities; download the raw data (onbewerkte data)"
        )


def _key_figures(
    con: duckdb.DuckDBPyConnection, seen: Delivered, name: str
) -> Delivered:
    number = _NUMBER.match(name)
    year = odata.KEY_FIGURES.get(number[0] if number else "") or odata.year_in(name)
    if year is None and "edition" in seen.match.positions:
        found = con.execute("select distinct edition from delivered").fetchall()
        year = found[0][0] if len(found) == 1 else None
    if year is None:
        raise RejectedError(
            "of which year are they? Put the year in the name of the file "
            "(kwb-2025.csv)"
        )
    regions = con.execute("select region_code from delivered").fetchall()
    odata.require_team(
        [row[0] for row in regions], "filter on GM0518, or download the whole table"
    )
    return seen._replace(
        facts=seen.facts | {"kind": "key_figures", "vintage_year": year}
    )
