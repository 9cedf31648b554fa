import pandas as pd

from wijkbeeld.measures.aoristic import clock_of_years
from wijkbeeld.measures.kept import still_there

YEAR = 12


def model(dbt, session):
    dbt.config(materialized="incremental")
    hours = dbt.ref("int_incidents_spread_to_hour")
    complete = (
        dbt.ref("int_incidents_covered_to_month")
        .filter("not is_incomplete")
        .project("cast(month as timestamp) as month")
    )
    months = complete.df()["month"].sort_values(ignore_index=True)
    spread = hours.aggregate("month, min(month_fingerprint) as made_of", "month").df()
    years = fingerprints(months, spread.set_index("month")["made_of"])
    changed = years["month"]
    if dbt.is_incremental:
        there = still_there(session, dbt.this, years)["month"]
        changed = changed[~changed.isin(there)]
    return typed(shared(hours, months, changed).merge(years, on="month"))


def fingerprints(months, made_of):
    """Tell, of each month that ends twelve complete ones, what those are made of."""
    ends, said = [], []
    for month in months:
        year = pd.date_range(end=month, periods=YEAR, freq="MS")
        if year.isin(months).all():
            ends.append(month)
            said.append(" ".join(made_of.reindex(year).fillna("")))
    return pd.DataFrame(
        {
            "month": pd.Series(ends, dtype="datetime64[us]"),
            "year_fingerprint": pd.Series(said, dtype="str"),
        }
    )


def shared(hours, months, changed):
    """Share out the twelve months up to each of those that changed."""
    since = changed.min() - pd.DateOffset(months=YEAR - 1) if len(changed) else pd.NaT
    until = changed.max()
    of_them = (
        "false"
        if changed.empty
        else (f"month between timestamp '{since}' and timestamp '{until}'")
    )
    found = clock_of_years(
        hours.filter(of_them).df(), months[months.between(since, until)]
    )
    return found[found["month"].isin(changed)]


def typed(rows):
    """Give columns their types; where nothing is they would be anybody's guess."""
    return rows.astype(
        dict.fromkeys(("area_code", "offence_code", "year_fingerprint"), "str")
    )
