"""What a table of CBS is, where the file itself does not say it (FORMATS 0.1)."""

import re

import duckdb

from wijkbeeld.landing import odata, open_data
from wijkbeeld.landing.read import Delivered
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.reference import buurt_code_of

_NUMBER = re.compile(r"\d{5}NED")


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
        number = _by_content(con, seen)
        warnings = [
            *warnings,
            say(
                "het bestand noemt zijn tabel niet; de perioden zijn die van {number}",
                number=number,
            ),
        ]
    if number in open_data.ENDED:
        raise RejectedError(
            say(
                "tabel {number} stopt in 2018; download {months}",
                number=number,
                months=open_data.MONTHS,
            )
        )
    if number not in open_data.TABLES:
        raise RejectedError(
            say(
                "tabel {number} wordt niet gebruikt; download {months} (maanden), "
                "{years} (jaren), {nuisance} (overlast) of de kerncijfers",
                number=number,
                months=open_data.MONTHS,
                years=open_data.YEARS,
                nuisance=open_data.NUISANCE,
            )
        )
    if {"region_code", "offence_code", "period"} <= seen.match.positions.keys():
        _refuse_labels(con)
    facts = seen.facts | {"table_number": number}
    return seen._replace(facts=facts, warnings=warnings)


def _by_content(con: duckdb.DuckDBPyConnection, seen: Delivered) -> str:
    """Return the number of the table that a file without a number must be of."""
    if seen.source.fields["offence_code"].kind == "nuisance":
        return open_data.NUISANCE
    if "period" not in seen.match.positions:
        return open_data.MONTHS
    has_months = con.execute(
        "select count(*) from delivered where regexp_matches(period, 'MM| [a-z]')"
    ).fetchall()[0][0]
    return open_data.MONTHS if has_months else open_data.YEARS


def _refuse_labels(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse labels of regions: the same name occurs in several municipalities."""
    rows = con.execute("select distinct region_code from delivered").fetchall()
    labels = [row[0].strip() for row in rows if row[0] and re.search("[a-z]", row[0])]
    unknown = [label for label in labels if buurt_code_of(label) is None]
    # Two places of one name have two figures for the same offence and period.
    is_twice = (
        labels
        and con.execute(
            "select 1 from delivered where regexp_matches(region_code, '[a-z]') "
            "group by region_code, offence_code, period "
            "having count(distinct coalesce(crime_count, '')) > 1 limit 1"
        ).fetchall()
    )
    if labels and (is_twice or len(unknown) == len(labels)):
        raise RejectedError(
            say(
                "de regio's zijn namen, en die komen in meer gemeenten voor; download "
                "de onbewerkte data"
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
