"""Reads the focus list, its goals and holders, and what the street says."""

import pandas as pd

from dashboards.queries.publication import fetch


def lines() -> pd.DataFrame:
    """Return the lines of the list, first first, with the names of their buurten."""
    return fetch(
        "select focus.*, buurten.buurt_name from marts.rpt_focus as focus "
        "join marts.dim_buurten as buurten using (buurt_code) order by focus.rank"
    )


def holders() -> pd.DataFrame:
    """Return who holds which theme today: functions, never persons."""
    return fetch(
        "select theme, organisation, role_name, general_phone "
        "from marts.dim_portfolios "
        "where valid_from_date <= current_date "
        "and coalesce(valid_to_date >= current_date, true) "
        "order by theme, organisation, role_name"
    )


def goals() -> pd.DataFrame:
    """Return the goals that have not ended, or ended last, nearest end first."""
    return fetch(
        "select goals.*, buurten.buurt_name from marts.rpt_goals as goals "
        "left join marts.dim_buurten as buurten using (buurt_code) "
        "where goals.end_date >= (select max(end_date) - interval 1 year "
        "from marts.rpt_goals) order by goals.end_date desc, goals.goal_id"
    )


def judgements(*, is_history: bool) -> pd.DataFrame:
    """Return what the street says, newest first.

    Args:
        is_history: What no longer counts, in place of what still does.
    """
    return fetch(
        "select street.*, buurten.buurt_name "
        "from marts.fct_street_knowledge as street "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "where (street.is_superseded or street.valid_until_date < current_date) = ? "
        "order by street.judged_date desc, street.judgement_id limit 300",
        is_history,
    )


def buurten() -> pd.DataFrame:
    """Return the buurten of the team, in order of name."""
    return fetch(
        "select buurt_code, buurt_name from marts.dim_buurten order by buurt_name"
    )
