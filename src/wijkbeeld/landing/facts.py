"""What a table of CBS is, where the file itself does not say it (FORMATS 0.1)."""

import re

import duckdb

from wijkbeeld.landing import odata
from wijkbeeld.landing.read import Delivered
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
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
        warnings = [
            *warnings,
            say(
                "het bestand noemt zijn tabel niet; de perioden zijn die van {number}",
                number=number,
            ),
        ]
    if number in _ENDED:
        raise RejectedError(
            say(
                "tabel {number} stopt in 2018; download {months}",
                number=number,
                months=odata.MONTHS,
            )
        )
    if number not in {odata.MONTHS, odata.YEARS}:
        raise RejectedError(
            say(
                "tabel {number} wordt niet gebruikt; download {months} (maanden) of "
                "{years} (jaren)",
                number=number,
                months=odata.MONTHS,
                years=odata.YEARS,
            )
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
            say(
                "de regio's zijn namen ({labels}…), en die komen in meer gemeenten "
                "voor; download de onbewerkte data",
                labels=", ".join(labels[:3]),
            )
        )


def _key_figures(
    con: duckdb.DuckDBPyConnection, seen: Delivered, name: str
) -> Delivered:
    number = _NUMBER.match(name)
    year = odata.KEY_FIGURES.get(number[0] if number else "") or odata.year_in(name)
    if year is None and "edition" in seen.match.positions:
        found = con.execute("select distinct edition from delivered").fetchall()
        said = found[0][0] or "" if len(found) == 1 else ""
        year = said if re.fullmatch("20[0-9]{2}", said) else None
    if year is None:
        raise RejectedError(
            say(
                "het is niet duidelijk van welk jaar de cijfers zijn; zet het jaar in "
                "de naam van het bestand (kwb-2025.csv)"
            )
        )
    regions = con.execute("select region_code from delivered").fetchall()
    odata.require_team(
        [row[0] for row in regions], say("filter op GM0518, of download de hele tabel")
    )
    _blank_sentinels(con, seen)
    return seen._replace(
        facts=seen.facts | {"kind": "key_figures", "vintage_year": year}
    )


def _blank_sentinels(con: duckdb.DuckDBPyConnection, seen: Delivered) -> None:
    """Take away the large negative numbers that mean that there is no number."""
    numbers = [
        name
        for name, field in seen.source.fields.items()
        if field.kind in {"count", "decimal"} and name in seen.match.positions
    ]
    for name in numbers:
        con.execute(
            f"update delivered set {name} = null "
            f"where regexp_full_match(trim({name}), '-[0-9]{{5,}}([.,]0*)?') "
            f"and try_cast(regexp_extract({name}, '-[0-9]+') as double) "
            f"<= {odata.SENTINEL}"
        )
