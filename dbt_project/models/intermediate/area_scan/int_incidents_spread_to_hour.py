from wijkbeeld.measures.aoristic import clock_hours

CLOCK = ["buurt_code", "offence_code", "month"]
LOCAL_MONTH = """
    cast(date_trunc(
        'month', registered_at at time zone 'UTC' at time zone '{zone}'
    ) as timestamp) as month
"""


def model(dbt, session):
    dbt.config(materialized="table")
    month = LOCAL_MONTH.format(zone=dbt.config.get("local_time_zone"))
    windows = (
        dbt.ref("fct_incidents")
        .filter("not is_withdrawn and buurt_code is not null")
        .project(f"buurt_code, offence_code, {month}, occurred_from_at, occurred_to_at")
    )
    found = clock_hours(windows.df(), CLOCK)
    # Where nothing was spread, the types would be anybody's guess.
    return found.astype(
        {"buurt_code": "str", "offence_code": "str", "month": "datetime64[us]"}
        | dict.fromkeys(found.columns.drop(CLOCK), "Int64")
    )
