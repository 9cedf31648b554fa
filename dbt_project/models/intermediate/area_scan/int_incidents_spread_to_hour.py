import pandas as pd

from wijkbeeld.measures.aoristic import clock_hours
from wijkbeeld.measures.kept import still_there

CLOCK = ["buurt_code", "offence_code", "month"]
TEXTS = ["buurt_code", "offence_code", "month_fingerprint"]
MONTH = """
    cast(date_trunc(
        'month', {moment} at time zone 'UTC' at time zone '{zone}'
    ) as timestamp)
"""
# A sum of hashes does not depend on the order of the incidents. No clock differs from
# UTC by a part of a quarter of an hour, so that one stands for all moments in it.
FINGERPRINT = """
    time_bucket(interval 15 minutes, registered_at) as quarter,
    sum(cast(hash(
        buurt_code, offence_code, occurred_from_at, occurred_to_at
    ) as hugeint)) as fingerprint
"""


def model(dbt, session):
    dbt.config(materialized="incremental")
    zone = dbt.config.get("local_time_zone")
    incidents = dbt.ref("fct_incidents").filter(
        "not is_withdrawn and buurt_code is not null"
    )
    months = (
        incidents.aggregate(FINGERPRINT, "quarter")
        .project(f"{MONTH.format(moment='quarter', zone=zone)} as month, fingerprint")
        .aggregate(
            "month, cast(sum(fingerprint) as varchar) as month_fingerprint", "month"
        )
        .df()
    )
    changed = months["month"]
    if dbt.is_incremental:
        there = still_there(session, dbt.this, months)["month"]
        changed = changed[~changed.isin(there)]
    windows = of_months(
        incidents, changed, MONTH.format(moment="registered_at", zone=zone)
    )
    return typed(clock_hours(windows, CLOCK).merge(months, on="month"))


def of_months(incidents, months, month):
    """Return the windows of the incidents of some months."""
    if months.empty:
        part = incidents.filter("false")
    else:
        # Only of those nearby the local month has to be told.
        since, until = (
            months.min() - pd.Timedelta(days=2),
            months.max() + pd.Timedelta(days=33),
        )
        moments = ", ".join(f"timestamp '{moment}'" for moment in months)
        part = incidents.filter(
            f"registered_at between timestamp '{since}' and timestamp '{until}'"
        ).filter(f"{month} in ({moments})")
    return part.project(
        f"buurt_code, offence_code, {month} as month, occurred_from_at, occurred_to_at"
    ).df()


def typed(rows):
    """Give columns their types; where nothing was spread they are anybody's guess."""
    numbers = rows.columns.drop([*CLOCK, "month_fingerprint"])
    return rows.astype(
        dict.fromkeys(TEXTS, "str")
        | {"month": "datetime64[us]"}
        | dict.fromkeys(numbers, "Int64")
    )
