import pandas as pd

from wijkbeeld.measures.aoristic import clock_hours

CLOCK = ["buurt_code", "offence_code", "month"]
TEXTS = ["buurt_code", "offence_code", "month_fingerprint"]
WINDOWS = """
    buurt_code,
    offence_code,
    cast(date_trunc(
        'month', registered_at at time zone 'UTC' at time zone '{zone}'
    ) as timestamp) as month,
    occurred_from_at,
    occurred_to_at
"""
# A sum of hashes does not depend on the order of the incidents.
FINGERPRINT = """
    month,
    cast(sum(cast(hash(
        buurt_code, offence_code, occurred_from_at, occurred_to_at
    ) as hugeint)) as varchar) as month_fingerprint
"""


def model(dbt, session):
    dbt.config(materialized="table")
    windows = (
        dbt.ref("fct_incidents")
        .filter("not is_withdrawn and buurt_code is not null")
        .project(WINDOWS.format(zone=dbt.config.get("local_time_zone")))
    )
    months = windows.aggregate(FINGERPRINT, "month").df()
    kept = of_last_build(session, dbt.this, months)
    changed = months.loc[~months["month"].isin(kept["month"]), "month"]
    moments = ", ".join(f"timestamp '{month}'" for month in changed) or "null"
    spread = clock_hours(windows.filter(f"month in ({moments})").df(), CLOCK)
    found = typed(spread.merge(months, on="month"))
    return found if kept.empty else pd.concat([typed(kept), found])


def of_last_build(session, this, months):
    """Return what the last build made of months whose incidents are the same still."""
    # A table of before the newest of its columns is as good as none.
    there = session.execute(
        "select 1 from information_schema.columns where table_schema = ? "
        "and table_name = ? and column_name = 'hour_square_billionths'",
        [this.schema, this.identifier],
    ).fetchall()
    if not there:
        return months.head(0)
    return session.sql(f"from {this}").df().merge(months)


def typed(rows):
    """Give columns their types; where nothing was spread they are anybody's guess."""
    numbers = rows.columns.drop([*CLOCK, "month_fingerprint"])
    return rows.astype(
        dict.fromkeys(TEXTS, "str")
        | {"month": "datetime64[us]"}
        | dict.fromkeys(numbers, "Int64")
    )
