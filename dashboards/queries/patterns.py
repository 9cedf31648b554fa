"""Reads whether crimes come back nearby, and on how few places they lie."""

import pandas as pd

from dashboards.queries.publication import fetch, tables

TABLES = frozenset({"rpt_near_repeats", "fct_near_repeat_zones", "rpt_concentration"})
"""What is read here; a role that has not all of it is told nothing of it."""


def is_there() -> bool:
    """Tell whether the file of this role holds these."""
    return tables() >= TABLES


def near_repeats(offence_code: str) -> pd.DataFrame:
    """Return pairs of crimes by distance and days beside chance, nearest first.

    No row for an offence that citizens do not report, or that never occurred.
    """
    return fetch(
        "select month, first_date, distance_band, day_band, observed_count, "
        "expected_count, expected_lower, expected_upper, ratio, p_value, is_pattern, "
        "incident_count, left_out_count, is_too_few "
        "from marts.rpt_near_repeats where offence_code = ? order by "
        "list_position(['0', '1-100', '101-200', '201-300', '>300'], distance_band), "
        "list_position(['0-6', '7-13', '14-20', '>20'], day_band)",
        offence_code,
    )


def concentration() -> pd.DataFrame:
    """Return one row per offence, the most concentrated first."""
    return fetch(
        "select offences.offence_name_nl, offences.offence_name_en, "
        "found.offence_code, found.month, found.place_count, found.crime_count, "
        "found.no_point_count, found.share_top_5_percent_estimate, "
        "found.share_top_5_percent_lower, found.share_top_5_percent_upper, "
        "found.share_by_chance, found.gini_generalised_estimate, "
        "found.gini_generalised_lower, found.gini_generalised_upper, "
        "found.is_too_few "
        "from marts.rpt_concentration as found "
        "join marts.dim_offences as offences using (offence_code) "
        "order by found.share_top_5_percent_estimate desc nulls last, "
        "offences.offence_name_nl"
    )


def zones_by_buurt(offence_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return per buurt how many zones were active in a month, most first."""
    return fetch(
        "select buurten.buurt_name, count(*) as zone_count "
        "from marts.fct_near_repeat_zones as zones "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "where zones.offence_code = ? and zones.active_until >= ? "
        "and zones.active_from < ? + to_months(1) group by 1 order by 2 desc, 1",
        offence_code,
        month,
        month,
    )


def zones(buurt_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the zones of a buurt that were active in a month, newest first."""
    return fetch(
        "select offences.offence_code, offences.offence_name_nl, "
        "offences.offence_name_en, zones.active_from, zones.active_until, "
        "zones.incident_count "
        "from marts.fct_near_repeat_zones as zones "
        "join marts.dim_offences as offences using (offence_code) "
        "where zones.buurt_code = ? and zones.active_until >= ? "
        "and zones.active_from < ? + to_months(1) "
        "order by zones.active_from desc, offences.offence_name_nl",
        buurt_code,
        month,
        month,
    )
