"""Reads ``marts.rpt_public_crimes``: the cells that the public may see, as they are."""

from datetime import date

import pandas as pd

from dashboards.queries.publication import fetch


def offences() -> pd.DataFrame:
    """Return the offences that occur, with their names and the base of their rate."""
    return fetch(
        "select offence_code, offence_name_nl, offence_name_en, rate_base "
        "from marts.dim_offences "
        "where offence_code in (select offence_code from marts.rpt_public_crimes) "
        "order by offence_name_nl"
    )


def periods(offence_code: str) -> pd.DataFrame:
    """Return the periods for which buurten have figures: the briefing's, then years."""
    return fetch(
        "select distinct period_kind, first_month, last_month "
        "from marts.rpt_public_crimes "
        "where level = 'buurt' and offence_code = ? "
        "order by period_kind, last_month desc",
        offence_code,
    )


def buurten(offence_code: str, period_kind: str, last_month: date) -> pd.DataFrame:
    """Return one row per buurt of the team, also where nothing is published."""
    return fetch(
        "select buurten.buurt_code, buurten.buurt_name, buurten.dwelling_count, "
        "buurten.inhabitant_count, buurten.is_residential, buurten.vintage_year, "
        "crimes.crime_count, "
        "crimes.reason, crimes.is_lower_bound, crimes.is_provisional, crimes.source "
        "from marts.dim_buurten as buurten "
        "left join marts.rpt_public_crimes as crimes "
        "on crimes.level = 'buurt' and crimes.area_code = buurten.buurt_code "
        "and crimes.offence_code = ? and crimes.period_kind = ? "
        "and crimes.last_month = ? order by buurten.buurt_name",
        offence_code,
        period_kind,
        last_month,
    )


def wijken() -> pd.DataFrame:
    """Return the wijken of the team, in order of name."""
    return fetch(
        "select distinct wijk_code, wijk_name from marts.dim_buurten order by wijk_name"
    )


def through_time(
    offence_code: str, area_code: str, since: date, until: date
) -> pd.DataFrame:
    """Return the months of the team, or the quarters of a wijk, oldest first."""
    return fetch(
        "select first_month, last_month, crime_count, reason, is_lower_bound, "
        "is_provisional from marts.rpt_public_crimes "
        "where level in ('team', 'wijk') and offence_code = ? and area_code = ? "
        "and first_month >= ? and last_month <= ? order by first_month",
        offence_code,
        area_code,
        since,
        until,
    )


def newest_month() -> pd.Timestamp | None:
    """Return the newest month with a figure; none when there is none."""
    frame = fetch("select max(last_month) as month from marts.rpt_public_crimes")
    month = frame["month"].iloc[0]
    return None if pd.isna(month) else month


def breaks(offence_code: str, since: date) -> list[date]:
    """Return the months from which an offence may be counted in another way."""
    frame = fetch(
        "select distinct month from marts.fct_level_shifts "
        "where offence_code = ? and month >= ? and is_suspected_break "
        "and is_strongest order by 1",
        offence_code,
        since,
    )
    return frame["month"].tolist()


_HOURS = {
    "night": (24, 18), "morning": (30, 12), "afternoon": (30, 12), "evening": (24, 18)
}  # fmt: skip


def clock(offence_code: str) -> pd.DataFrame:
    """Return the newest clock of the whole area: eight parts of the week.

    Each with its share of the hours of a week, and with ``all_count`` and
    ``all_reason`` of all parts together. No row when nothing is known; one without a
    part when there are too few.
    """
    rows = fetch(
        "select area_code, last_month, crime_count, reason, is_provisional, source "
        "from marts.rpt_public_crimes where level = 'clock' and offence_code = ? "
        "and last_month = (select max(last_month) from marts.rpt_public_crimes "
        "where level = 'clock' and offence_code = ?)",
        offence_code,
        offence_code,
    )
    if rows.empty:
        return rows
    whole = rows.set_index("area_code").loc["all"]
    parts = pd.DataFrame(
        {
            "area_code": f"{day_part} {week_part}",
            "day_part": day_part,
            "week_part": week_part,
            "hours_share": hours / (7 * 24),
        }
        for day_part, of_parts in _HOURS.items()
        for week_part, hours in zip(("weekday", "weekend"), of_parts, strict=True)
    )
    # Where there are too few, nothing is said of a part.
    told = parts.merge(rows, on="area_code") if len(rows) > 1 else rows
    return told.assign(all_count=whole["crime_count"], all_reason=whole["reason"])
