"""Reads ``marts.rpt_completeness``, where the role has it."""

import pandas as pd

from dashboards.queries import publication
from dashboards.queries.publication import fetch


def of(offence_code: str, until: pd.Timestamp, months: int = 36) -> pd.DataFrame:
    """Return what is missing of an offence in the months of a figure, oldest first.

    A gap in a source that the figure does not take the month from is none of it.
    """
    if "rpt_completeness" not in publication.tables():
        return pd.DataFrame()
    return fetch(
        "select gaps.month, gaps.flag, gaps.completeness_estimate "
        "from marts.rpt_completeness as gaps "
        "left join (select month, any_value(source) as source "
        "from marts.rpt_area_scan where offence_code = ? group by month) as shown "
        "on shown.month = gaps.month "
        "where coalesce(gaps.offence_code, ?) = ? "
        "and coalesce(shown.source, gaps.source) = gaps.source "
        "and gaps.month <= ? and gaps.month > ? - to_months(?) "
        "order by gaps.month, gaps.flag",
        offence_code,
        offence_code,
        offence_code,
        until,
        until,
        months,
    )
