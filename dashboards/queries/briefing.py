"""Reads ``marts.rpt_briefing`` and, for one month, what was done."""

import pandas as pd

from dashboards.queries import patrols as watch
from dashboards.queries import reach
from dashboards.queries.publication import fetch, pinned


def months() -> list[pd.Timestamp]:
    """Return the months with figures, newest first."""
    frame = fetch("select distinct month from marts.rpt_briefing order by 1 desc")
    return frame["month"].tolist()


def latest_complete_month() -> pd.Timestamp | None:
    """Return the newest month that is complete; none when there is none."""
    frame = fetch(
        "select max(month) as month from marts.rpt_briefing "
        "where not coalesce(is_incomplete, true)"
    )
    month = frame["month"].iloc[0]
    return None if pd.isna(month) else month


def offences(month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per offence in the month, with its names.

    For residents it says as well why a count is withheld.
    """
    is_public = pinned().role == "public"
    return fetch(
        "select briefing.offence_code, offences.offence_name_nl, "
        "offences.offence_name_en, briefing.source, briefing.crime_count, "
        "briefing.count_last_year, briefing.expected_lower, "
        "briefing.expected_upper, briefing.status, briefing.is_lower_bound, "
        "briefing.is_provisional, briefing.is_incomplete, briefing.completeness_flag "
        + (", briefing.reason, briefing.reason_last_year " if is_public else "")
        + "from marts.rpt_briefing as briefing "
        "join marts.dim_offences as offences using (offence_code) "
        "where briefing.month = ? order by offences.offence_name_nl",
        month,
    )


def months_before(month: pd.Timestamp) -> pd.DataFrame:
    """Return per offence how many months before it are known, of its own source."""
    known = "before.crime_count is not null"
    if pinned().role == "public":
        known += " or before.is_suppressed"
    return fetch(
        "select now.offence_code, "  # noqa: S608 - ours
        f"count(*) filter (where {known}) as month_count "
        "from marts.rpt_briefing as now left join marts.rpt_briefing as before "
        "on before.offence_code = now.offence_code and before.source = now.source "
        "and before.month < now.month where now.month = ? group by 1 order by 1",
        month,
    )


def patrols(month: pd.Timestamp) -> pd.DataFrame:
    """Return one row: hours and signals of the month over all buurten.

    Patrols themselves do not add up: one through two buurten counts in both.
    """
    return fetch(
        f"select count(*) as buurt_count, {watch.sums()} "  # noqa: S608 - ours
        "from marts.rpt_patrols where month = ?",
        month,
    )


def posts(month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per channel: its posts of the month and the bounds of reach."""
    return fetch(
        "select channel, sum(post_count) as post_count, "  # noqa: S608 - ours
        f"max(reach_max_lower) as reach_lower, {reach.MOST_REACH} as reach_upper "
        "from marts.rpt_reach where month = ? group by channel order by channel",
        month,
    )
