"""Reads ``marts.rpt_reconciliation``, where the role has it."""

import pandas as pd

from dashboards.queries import publication
from dashboards.queries.publication import fetch


def totals() -> pd.DataFrame:
    """Return one row: how many cells both sources tell, and how many are withheld."""
    if "rpt_reconciliation" not in publication.tables():
        return pd.DataFrame()
    return fetch(
        "select count(difference) as told_count, count_if(is_flagged) as "
        "flagged_count, count(*) - count(difference) as withheld_count, "
        "min(month) as first_month, max(month) as last_month "
        "from marts.rpt_reconciliation having count(*) > 0"
    )


def by_offence() -> pd.DataFrame:
    """Return one row per offence and likely cause that differs, most cells first."""
    return fetch(
        "select offences.offence_code, offences.offence_name_nl, "
        "offences.offence_name_en, told.likely_cause, count(*) as cell_count, "
        "sum(told.own_count) as own_count, "
        "sum(told.published_count) as published_count "
        "from marts.rpt_reconciliation as told "
        "join marts.dim_offences as offences using (offence_code) "
        "where told.is_flagged group by all "
        "order by cell_count desc, offences.offence_code, told.likely_cause"
    )
