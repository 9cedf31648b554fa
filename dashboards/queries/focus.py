"""Reads the focus list, its goals and holders, and what the street says."""

import pandas as pd

from dashboards.queries.publication import fetch

GOALS = (
    "select goals.goal_id, goals.version, goals.is_moved, goals.theme, "
    "goals.indicator, goals.owner, goals.baseline_value, goals.target_value, "
    "goals.end_date, "
    "goals.current_value, goals.current_value_lower, goals.current_value_upper, "
    "goals.progress_estimate, goals.progress_lower, goals.progress_upper, "
    "goals.linear_path_value, goals.minimum_detectable_effect, goals.is_refused, "
    "goals.status, goals.note, buurten.buurt_name "
    "from marts.rpt_goals as goals "
    "left join marts.dim_buurten as buurten using (buurt_code) "
)
"""Reads the goals; what follows says which, and in which order."""


def lines() -> pd.DataFrame:
    """Return the lines of the list, first first, with the names of their buurten."""
    return fetch(
        "select focus.rank, focus.rank_lower, focus.rank_upper, focus.theme, "
        "buurten.buurt_name, focus.month, focus.score, "
        "focus.burden, focus.burden_weight, focus.volume, focus.volume_weight, "
        "focus.deviation, focus.deviation_weight, focus.persistence, "
        "focus.persistence_weight, focus.near_repeat, focus.near_repeat_weight, "
        "focus.street_judgement, focus.street_weight, focus.theme_weight, "
        "focus.theme_weight_set_by_role, focus.theme_weight_set_date, "
        "focus.count_12_months, focus.shrunk_rate_estimate, "
        "focus.shrunk_rate_lower, focus.shrunk_rate_upper, focus.count_3_months, "
        "focus.expected_3_months_lower, focus.expected_3_months_upper, "
        "focus.status_3_months, focus.judgement_count, focus.moved_count, "
        "focus.more_count, focus.same_count, focus.less_count, focus.note, "
        "focus.reason from marts.rpt_focus as focus "
        "join marts.dim_buurten as buurten using (buurt_code) order by focus.rank"
    )


def themes_without_figures() -> list[str]:
    """Return the themes of which the area scan tells, and the list does not."""
    frame = fetch(
        "select distinct offences.theme from marts.rpt_area_scan as scan "
        "join marts.dim_offences as offences using (offence_code) "
        "anti join marts.rpt_focus as focus "
        "on focus.theme = offences.theme and focus.month is not null "
        "where offences.theme <> 'overig' order by 1"
    )
    return frame["theme"].tolist()


def holders() -> pd.DataFrame:
    """Return who holds which theme today: functions, never persons."""
    return fetch(
        "select distinct theme, organisation, role_name "
        "from marts.dim_portfolios "
        "where valid_from_date <= current_date "
        "and coalesce(valid_to_date >= current_date, true) "
        "order by theme, organisation, role_name"
    )


def goals() -> pd.DataFrame:
    """Return the goals that run, or ended in the last year, furthest end first.

    The last year is that before the publication; without a goal that runs, that before
    the last end.
    """
    return fetch(
        GOALS + "where goals.end_date >= (select least(max(end_date), "  # noqa: S608 - ours
        "(select published_at::date from marts.publication)) - interval 1 year "
        "from marts.rpt_goals) order by goals.end_date desc, goals.goal_id"
    )


_STREET_DAY = (
    "select greatest((select last_day(max(month)) from marts.rpt_focus), "
    "max(judged_date)) from marts.fct_street_knowledge"
)
"""The day of the list: that its figures end, or of a judgement since."""


def street_day() -> pd.Timestamp:
    """Return the day by which judgements hold or not; not a time if there is none."""
    return pd.Timestamp(fetch(_STREET_DAY).iloc[0, 0])


def judgements(*, is_history: bool) -> pd.DataFrame:
    """Return what the street says, newest first.

    Args:
        is_history: What no longer counts on the day of the list, in place of what does.
    """
    return fetch(
        "select street.judged_date, street.judged_by, street.theme, "  # noqa: S608 - ours
        "buurten.buurt_name, street.severity, street.direction, "
        "street.moved_places, street.reason, street.valid_until_date "
        "from marts.fct_street_knowledge as street "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "where (street.is_superseded "
        f"or street.valid_until_date < ({_STREET_DAY})) = ? "
        "order by street.judged_date desc, street.judgement_id limit 300",
        is_history,
    )


def buurten() -> pd.DataFrame:
    """Return the buurten of the team, in order of name."""
    return fetch(
        "select buurt_code, buurt_name from marts.dim_buurten order by buurt_name"
    )
