"""A file of residents, made by hand, with what the bulletin reads."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from wijkbeeld.output import facts

BUURTEN = (
    ("BU05181786", "Houtwijk"), ("BU05181795", "Kom Loosduinen"),
    ("BU05181893", "Componistenbuurt"), ("BU05181697", "Kraayenstein en Vroondaal"),
)  # fmt: skip
_OFFENCES = (("1.1.1", "Woninginbraak"), ("1.2.1", "Autokraak"), ("1.2.3", "Fietsen"))
SMALL = "<5"
Figure = int | str | None
"""A rounded count, ``SMALL``, or nothing known."""


def write(
    path: Path,
    last_month: date,
    counts: Mapping[str, list[Figure]],
    *,
    where: Mapping[str, Mapping[str, Figure]] | None = None,
    is_incomplete: bool = False,
) -> Path:
    """Write a file of residents, and return where it is.

    Args:
        path: Where it is to be.
        last_month: The last one that ``counts`` has.
        counts: Per offence its months, the newest last.
        where: Per offence the count of each buurt in twelve months.
        is_incomplete: Whether the last month is.
    """
    with duckdb.connect(str(path)) as con:
        con.execute(_TABLES)
        con.executemany("insert into marts.dim_offences values (?, ?, ?)", [
            (code, name, name) for code, name in _OFFENCES
        ])  # fmt: skip
        con.executemany("insert into marts.dim_buurten values (?, ?, true)", BUURTEN)
        for at, (code, _name) in enumerate(BUURTEN):
            x = 74_000 + 1000 * at
            square = (
                f"POLYGON (({x} 450000, {x + 900} 450000, {x + 900} 451000, "
                f"{x} 451000, {x} 450000))"
            )
            con.execute(
                "insert into marts.dim_buurt_shapes values (?, 2025, ?)", [code, square]
            )
        for code, figures in counts.items():
            for back, figure in enumerate(reversed(figures)):
                before = figures[-13 - back] if len(figures) > 12 + back else None
                value, reason = _figure(figure)
                con.execute(
                    "insert into marts.rpt_briefing values (?, ?, 'police__incidents', "
                    "?, ?, ?, ?, ?, false, false, ?, null, null, null)",
                    [
                        code, facts.add_months(last_month, -back), value, reason,
                        *_figure(before), "as expected" if value else None,
                        is_incomplete and back == 0,
                    ],
                )  # fmt: skip
        for code, cells in (where or {}).items():
            for buurt, figure in cells.items():
                con.execute(
                    "insert into marts.rpt_public_crimes values "
                    "('buurt', ?, ?, 'briefing', ?, ?, ?, ?, false)",
                    [
                        code, buurt, facts.add_months(last_month, -11), last_month,
                        *_figure(figure),
                    ],
                )  # fmt: skip
    return path


def judge(path: Path, month: date, status: str | None) -> Path:
    """Give all offences one verdict on a month, and return the file."""
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update marts.rpt_briefing set status = ? where month = ?", [status, month]
        )
    return path


def _figure(figure: Figure) -> tuple[int | None, str | None]:
    if figure == SMALL:
        return None, "small_count"
    return (figure, None) if isinstance(figure, int) else (None, None)


_TABLES = """
    create schema marts;
    create table marts.publication as
    select 'made by hand' as publication, 'public' as role, true as has_demo;
    create table marts.dim_offences (
        offence_code varchar, offence_name_nl varchar, offence_name_en varchar
    );
    create table marts.dim_buurten (
        buurt_code varchar, buurt_name varchar, is_residential boolean
    );
    create table marts.dim_buurt_shapes (
        buurt_code varchar, vintage_year integer, geometry_wkt varchar
    );
    create table marts.rpt_briefing (
        offence_code varchar, month date, source varchar, crime_count bigint,
        reason varchar, count_last_year bigint, reason_last_year varchar,
        status varchar, is_lower_bound boolean, is_provisional boolean,
        is_incomplete boolean, expected_lower integer, expected_upper integer,
        completeness_flag varchar
    );
    create table marts.rpt_public_crimes (
        level varchar, offence_code varchar, area_code varchar, period_kind varchar,
        first_month date, last_month date, crime_count bigint, reason varchar,
        is_lower_bound boolean
    );
    create table marts.rpt_reach (
        month date, channel varchar, post_count bigint, reach_sum_upper bigint,
        reach_max_lower bigint, views_sum bigint, reach_reported_post_count bigint
    );
    create table marts.rpt_patrols (
        month date, patrol_count bigint, signal_count bigint, patrol_hours double
    );
"""
