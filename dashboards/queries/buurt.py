"""Reads everything that is known about one buurt."""

import pandas as pd

from dashboards.queries import focus
from dashboards.queries.publication import fetch

TABLES = frozenset(
    {
        "rpt_area_scan", "rpt_area_comparison", "dim_buurten", "rpt_patrols",
        "fct_track_buurten", "dim_whatsapp_groups", "fct_broadcasts",
        "fct_street_knowledge", "rpt_goals", "fct_near_repeat_zones",
        "rpt_near_repeats", "rpt_clock", "fct_clock_hours",
    }
)  # fmt: skip
"""What the page shows; a role that has not all of it has no such page."""


def offences(buurt_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the offences that occurred in the year up to a month, most first."""
    return fetch(
        "select offences.offence_code, offences.offence_name_nl, "
        "offences.offence_name_en, scan.crime_count, scan.expected_lower, "
        "scan.expected_upper, scan.status, scan.count_12_months, "
        "scan.count_12_months_before, scan.change_ratio, scan.change_lower, "
        "scan.change_upper, sum(scan.count_12_months) over () as all_12_months "
        "from marts.rpt_area_scan as scan "
        "join marts.dim_offences as offences using (offence_code) "
        # The roll-up of all offences is none of them.
        "where scan.buurt_code = ? and scan.month = ? and offence_code <> '0.0.0' "
        "and (scan.crime_count > 0 or scan.count_12_months > 0) "
        "order by scan.count_12_months desc nulls last, offences.offence_name_nl",
        buurt_code,
        month,
    )


def beside(buurt_code: str, offence: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return what the buurt is held against in the newest year up to a month."""
    return fetch(
        "select compared.month, compared_with, source, area_count, "
        "compared.count_12_months, compared.dwelling_count, other_count_12_months, "
        "other_dwelling_count, ratio_estimate, ratio_lower, ratio_upper, is_too_few, "
        "(select string_agg(buurt_name, ', ' order by buurt_name) "
        "from marts.dim_buurten as buurten where list_contains("
        "string_split(compared.similar_codes, ' '), buurten.buurt_code)) "
        "as similar_names from marts.rpt_area_comparison as compared "
        "where buurt_code = ? and offence_code = ? and month <= ? "
        "qualify month = max(month) over () order by compared_with desc",
        buurt_code,
        offence,
        month,
    )


def patrols(buurt_code: str, until: pd.Timestamp) -> pd.DataFrame:
    """Return the patrols by month over three years; a month without is not there."""
    return fetch(
        "select month, patrol_count, patrol_hours, signal_count, is_lower_bound "
        "from marts.rpt_patrols where buurt_code = ? and month <= ? "
        "and month > ? - to_months(36) order by month",
        buurt_code,
        until,
        until,
    )


def tracks(buurt_code: str, until: pd.Timestamp) -> pd.DataFrame:
    """Return one row: what the tracks of the last year say of the buurt."""
    return fetch(
        "select count(distinct parts.track_id) as track_count, "
        "sum(parts.length_km) as length_km "
        "from marts.fct_track_buurten as parts "
        "join marts.fct_tracks as tracks using (track_id) "
        "where parts.buurt_code = ? and not tracks.is_too_short "
        "and tracks.started_at < ? + to_months(1) "
        "and tracks.started_at >= ? - to_months(11)",
        buurt_code,
        until,
        until,
    )


def groups(buurt_code: str) -> pd.DataFrame:
    """Return one row: the groups that are about the buurt, and their members."""
    return fetch(
        "select count(*) as group_count, sum(member_count) as member_count, "
        "count(*) > count(member_count) as is_lower_bound, "
        "max(as_of_date) as as_of_date "
        "from marts.dim_whatsapp_groups as groups "
        "where list_contains(string_split(area_buurt_codes, ' '), ?) "
        "and active_to_date is null",
        buurt_code,
    )


def messages_by_month(buurt_code: str, until: pd.Timestamp) -> pd.DataFrame:
    """Return how many messages the police sent to groups about the buurt."""
    return fetch(
        "select date_trunc('month', sent_date)::timestamp as month, "
        "count(distinct message_id) as message_count "
        "from marts.fct_broadcasts as sent "
        "join marts.dim_whatsapp_groups as groups using (group_id) "
        "where list_contains(string_split(groups.area_buurt_codes, ' '), ?) "
        "and sent_date < ? + to_months(1) "
        "and sent_date >= ? - to_months(35) group by 1 order by 1",
        buurt_code,
        until,
        until,
    )


def messages(buurt_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the messages of a month to groups about the buurt, newest first."""
    return fetch(
        "select min(sent_date) as sent_date, "
        "any_value(sent.kind order by group_id) as kind, "
        "any_value(sent.theme order by group_id) as theme, "
        "any_value(text order by group_id) as text, count(*) as group_count "
        "from marts.fct_broadcasts as sent "
        "join marts.dim_whatsapp_groups as groups using (group_id) "
        "where list_contains(string_split(groups.area_buurt_codes, ' '), ?) "
        "and sent_date >= ? and sent_date < ? + to_months(1) "
        "group by message_id order by 1 desc, message_id desc",
        buurt_code,
        month,
        month,
    )


def street_knowledge(buurt_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the judgements up to the end of a month, newest first."""
    return fetch(
        "select judged_date, valid_until_date, judged_by, theme, day_part, severity, "
        "direction, confidence, moved_places, reason, "
        "valid_until_date >= ? and (superseded_date is null "
        "or superseded_date >= ? + to_months(1)) as is_held "
        "from marts.fct_street_knowledge where buurt_code = ? "
        "and judged_date < ? + to_months(1) order by judged_date desc, judgement_id",
        month,
        month,
        buurt_code,
        month,
    )


def goals(buurt_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the goals of the buurt and of the whole area that run in a month."""
    return fetch(
        focus.GOALS + "where (goals.buurt_code = ? or goals.buurt_code is null) "
        "and goals.end_date >= ? and goals.agreed_date < ? + to_months(1) "
        "order by goals.buurt_code nulls last, goals.end_date, goals.goal_id",
        buurt_code,
        month,
        month,
    )
