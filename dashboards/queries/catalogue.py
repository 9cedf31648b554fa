"""Reads which tables and columns there are, and offers queries to begin with."""

import pandas as pd

from dashboards.queries import publication
from dashboards.queries.publication import fetch


def columns() -> pd.DataFrame:
    """Return one row per column of the role's file, with descriptions."""
    return fetch(
        "select columns.table_name, columns.column_name, columns.data_type, "
        "described.description, described.table_description "
        "from information_schema.columns as columns "
        "left join marts.columns as described using (table_name, column_name) "
        "where columns.table_schema = 'marts' "
        "and columns.table_name not in ('columns') "
        "order by columns.table_name, columns.ordinal_position"
    )


def examples() -> dict[str, str]:
    """Return the queries to begin with that this role's file can answer."""
    return {
        name: query
        for name, query in EXAMPLES.items()
        if TABLE[name] in publication.tables()
    }


TABLE = {
    "area": "rpt_area_scan",
    "public area": "rpt_public_crimes",
    "patrols": "rpt_patrols",
    "deliveries": "fct_deliveries",
}
"""Which table an example asks."""
EXAMPLES = {
    "public area": """\
select buurten.buurt_name, crimes.first_month, crimes.crime_count, crimes.reason
from marts.rpt_public_crimes as crimes
join marts.dim_buurten as buurten on buurten.buurt_code = crimes.area_code
where crimes.offence_code = '1.1.1' and crimes.period_kind = 'briefing'
order by buurten.buurt_name""",
    "area": """\
select buurten.buurt_name, scan.month, scan.crime_count, scan.status
from marts.rpt_area_scan as scan
join marts.dim_buurten as buurten using (buurt_code)
where scan.offence_code = '1.1.1'
  and scan.month = (select max(month) from marts.rpt_area_scan)
order by scan.crime_count desc nulls last""",
    "patrols": """\
select month, sum(patrol_count) as rondes, sum(patrol_hours) as uren
from marts.rpt_patrols
group by month
order by month desc""",
    "deliveries": """\
select source, status, count(*) as bestanden, sum(row_count) as regels
from marts.fct_deliveries
group by source, status
order by source, status""",
}
