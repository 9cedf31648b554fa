"""Reads what is known of the deliveries: freshness, files, problems."""

import pandas as pd

from dashboards.queries.publication import fetch, pinned


def freshness() -> pd.DataFrame:
    """Return one row per source that may be delivered, also when it never was."""
    return fetch(
        "select source, name_nl, name_en, last_landed_at, last_exported_on, "
        "delivery_count, rejected_count, problem_count, row_count, warn_after_days, "
        "error_after_days from marts.rpt_freshness order by name_nl"
    )


def deliveries() -> pd.DataFrame:
    """Return the delivered files, newest first; rejected ones included.

    Residents are not told their names, nor what is wrong with them.
    """
    shared = "source, status, row_count, problem_count, size_bytes, landed_at"
    own = "" if pinned().role == "public" else ", file_name, reason, warnings"
    order = "order by landed_at desc limit 500"
    return fetch(f"select {shared}{own} from marts.fct_deliveries {order}")  # noqa: S608


def problems() -> pd.DataFrame:
    """Return one row per source and problem, most rows first."""
    return fetch(
        "select source, problem, count(*) as row_count, "
        "count(distinct file_sha256) as file_count "
        "from marts.fct_problems group by all order by row_count desc, problem"
    )


def first_rows(source: str, problem: str) -> pd.DataFrame:
    """Return the first rows with a problem: enough to look them up in the file."""
    return fetch(
        "select file_name, row_number from marts.fct_problems "
        "where source = ? and problem = ? order by file_name, row_number limit 20",
        source,
        problem,
    )
