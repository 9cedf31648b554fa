"""Reads ``marts.rpt_clock``: at which hours of the week it happens."""

import pandas as pd

from dashboards.queries.publication import fetch, tables

_PARTS = (
    "select month, day_part, week_part, share_estimate, share_lower, share_upper, "
    "hours_share, informative_count, uninformative_count, time_unknown_count, "
    "is_too_few, is_too_few_for_hours from marts.rpt_clock where offence_code = ? "
    "and month = (select max(month) from marts.rpt_clock where month <= ?) "
)
_ORDER = (
    "order by list_position(['night', 'morning', 'afternoon', 'evening'], day_part), "
    "week_part"
)
_HOURS = (
    "select hour_of_week, sum(weight order by weight) as weight, "
    "sum(square order by square) as square from marts.fct_clock_hours, "
    "(select max(month) as ends from marts.rpt_clock where month <= ?) "
    "where offence_code = ? and month <= ends and month > ends - to_months(12) "
)


def is_there() -> bool:
    """Tell whether the file of this role holds clocks."""
    return "rpt_clock" in tables()


def offences() -> pd.DataFrame:
    """Return the offences that have a clock, with their names."""
    return fetch(
        "select offence_code, offence_name_nl, offence_name_en, rate_base "
        "from marts.dim_offences "
        "where offence_code in (select offence_code from marts.rpt_clock) "
        "order by offence_name_nl"
    )


def of_team(offence_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the eight parts of the week over all buurten, of the year up to a month.

    Where that month is not complete, the newest complete one before it ends the year.
    No row when nothing is known.
    """
    return fetch(_PARTS + "and level = 'team' " + _ORDER, offence_code, month)


def of_buurt(buurt_code: str, offence_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the same of one buurt."""
    where = "and level = 'buurt' and area_code = ? "
    return fetch(_PARTS + where + _ORDER, offence_code, month, buurt_code)


def hours_of_team(offence_code: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the hours of the week that have weight, of the year of ``of_team``."""
    return fetch(_HOURS + "group by 1 order by 1", month, offence_code)


def hours_of_buurt(
    buurt_code: str, offence_code: str, month: pd.Timestamp
) -> pd.DataFrame:
    """Return the same of one buurt."""
    where = "and buurt_code = ? group by 1 order by 1"
    return fetch(_HOURS + where, month, offence_code, buurt_code)
