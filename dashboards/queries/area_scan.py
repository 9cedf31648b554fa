"""Reads ``marts.rpt_area_scan`` and the shapes of the buurten."""

from datetime import date

import pandas as pd

from dashboards.queries.publication import fetch


def offences() -> pd.DataFrame:
    """Return the offences that occur, with their names and the base of their rate."""
    return fetch(
        "select offence_code, offence_name_nl, offence_name_en, rate_base "
        "from marts.dim_offences "
        "where offence_code in (select offence_code from marts.rpt_area_scan) "
        "order by offence_name_nl"
    )


def months() -> list[pd.Timestamp]:
    """Return the months that occur, newest first."""
    frame = fetch("select distinct month from marts.rpt_area_scan order by 1 desc")
    return frame["month"].tolist()


def latest_complete_month() -> pd.Timestamp | None:
    """Return the newest month that is complete; none when there is none."""
    frame = fetch(
        "select max(month) as month from marts.rpt_area_scan "
        "where not coalesce(is_incomplete, true)"
    )
    month = frame["month"].iloc[0]
    return None if pd.isna(month) else month


def buurten() -> pd.DataFrame:
    """Return the buurten of the team, in order of name."""
    return fetch(
        "select buurt_code, buurt_name, is_residential, dwelling_count, "
        "inhabitant_count from marts.dim_buurten order by buurt_name"
    )


def shapes() -> pd.DataFrame:
    """Return the outline of each buurt, in RD metres."""
    return fetch(
        "select shapes.buurt_code, buurten.buurt_name, shapes.geometry_wkt "
        "from marts.dim_buurt_shapes as shapes "
        "join marts.dim_buurten as buurten using (buurt_code) order by buurt_code"
    )


def month(offence_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per buurt of the team, also where nothing is known."""
    return fetch(
        "select buurten.buurt_code, buurten.buurt_name, scan.source, "
        "scan.crime_count, scan.rate_per_1000, scan.rate_lower, scan.rate_upper, "
        "scan.rate_note, scan.shrunk_rate_estimate, scan.shrunk_rate_lower, "
        "scan.shrunk_rate_upper, scan.expected_count, scan.expected_lower, "
        "scan.expected_upper, scan.status, scan.count_3_months, "
        "scan.expected_3_months_lower, scan.expected_3_months_upper, "
        "scan.status_3_months, scan.count_12_months, scan.count_12_months_before, "
        "scan.change_ratio, scan.change_lower, scan.change_upper, "
        "scan.is_suppressed, scan.is_provisional, scan.is_incomplete, "
        # In the public file a withheld count is a small one; elsewhere it is the
        # source that withheld it, and its size is not known.
        "coalesce(scan.is_suppressed, false) "
        "and (select role from marts.publication) = 'public' as is_small "
        "from marts.dim_buurten as buurten "
        "left join marts.rpt_area_scan as scan "
        "on scan.buurt_code = buurten.buurt_code "
        "and scan.offence_code = ? and scan.month = ? "
        "order by scan.rate_per_1000 desc nulls last, "
        "scan.count_12_months desc nulls last, buurten.buurt_name",
        offence_code,
        month,
    )


def verdict_count(month: pd.Timestamp) -> int:
    """Return of how many offences and buurten a month is judged."""
    frame = fetch(
        "select count(*) from marts.rpt_area_scan "
        "join marts.dim_buurten using (buurt_code) "
        "where month = ? and status <> 'too few to say'",
        month,
    )
    return int(frame.iloc[0, 0])


def history(
    buurt_code: str, offence_code: str, until: pd.Timestamp, months: int = 36
) -> pd.DataFrame:
    """Return count, expectation and status per month, oldest first."""
    return fetch(
        "select month, source, crime_count, expected_count, expected_lower, "
        "expected_upper, status, is_provisional, is_incomplete, "
        "coalesce(is_suppressed, false) "
        "and (select role from marts.publication) = 'public' as is_small "
        "from marts.rpt_area_scan "
        "where buurt_code = ? and offence_code = ? and month <= ? "
        "and month > ? - to_months(?) order by month",
        buurt_code,
        offence_code,
        until,
        until,
        months,
    )


def histories(offence_code: str, until: pd.Timestamp, months: int = 36) -> pd.DataFrame:
    """Return the history of every buurt of the team, by name and oldest first."""
    return fetch(
        "select buurten.buurt_code, buurten.buurt_name, scan.month, scan.crime_count, "
        "scan.expected_count, scan.expected_lower, scan.expected_upper, scan.status, "
        "scan.is_provisional, scan.is_incomplete, "
        "coalesce(scan.is_suppressed, false) "
        "and (select role from marts.publication) = 'public' as is_small "
        "from marts.rpt_area_scan as scan "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "where scan.offence_code = ? and scan.month <= ? "
        "and scan.month > ? - to_months(?) order by buurten.buurt_name, scan.month",
        offence_code,
        until,
        until,
        months,
    )


def shown_until(month: pd.Timestamp, months: int = 36) -> pd.Timestamp:
    """Return up to where a picture that holds a month runs.

    To the newest month when the one chosen is among the last so many, else a year on,
    so that a reader can go forward again.
    """
    newest = fetch("select max(month) as month from marts.rpt_area_scan").at[0, "month"]
    is_recent = month > newest - pd.DateOffset(months=months)
    return newest if is_recent else month + pd.DateOffset(months=12)


def sources(offence_code: str) -> pd.Series:
    """Return the source of the counts of an offence by month that is complete."""
    frame = fetch(
        "select month, min(source) as source from marts.rpt_area_scan "
        "where offence_code = ? group by month "
        "having not bool_or(coalesce(is_incomplete, true)) order by month",
        offence_code,
    )
    return frame.set_index("month")["source"]


def all_breaks(offence_code: str) -> list[date]:
    """Return every month from which an offence may be counted in another way."""
    newest = fetch("select max(month) as month from marts.rpt_area_scan").at[0, "month"]
    return breaks(offence_code, newest, months=1200)


def counts(
    offence_code: str, earlier: pd.Timestamp, latest: pd.Timestamp
) -> pd.DataFrame:
    """Return the counts of the buurten in the years up to two months."""
    return fetch(
        "select buurten.buurt_name, month, crime_count "
        "from marts.rpt_area_scan as scan "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "where offence_code = ? and (month <= ? and month > ? - to_months(12) "
        "or month <= ? and month > ? - to_months(12))",
        offence_code,
        earlier,
        earlier,
        latest,
        latest,
    )


def breaks(offence_code: str, until: pd.Timestamp, months: int = 36) -> list[date]:
    """Return the months from which an offence may be counted in another way."""
    frame = fetch(
        "select shifts.month from marts.fct_level_shifts as shifts "
        "where shifts.offence_code = ? and shifts.month <= ? "
        "and shifts.month > ? - to_months(?) "
        "and shifts.is_suspected_break and shifts.is_strongest "
        # Only where the figures of that month come from the source that broke.
        "and exists (from marts.rpt_area_scan as scan "
        "where scan.offence_code = shifts.offence_code "
        "and scan.month = shifts.month and scan.source = shifts.source) "
        "order by 1",
        offence_code,
        until,
        until,
        months,
    )
    return frame["month"].tolist()
