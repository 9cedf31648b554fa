import numpy as np

from wijkbeeld.measures import rates

GROUP = ["source", "offence_code", "month"]
CELL = ["source", "buurt_code", "offence_code", "month"]


def model(dbt, session):
    dbt.config(materialized="table")
    # In an order of its own: a sum of fractions depends on the order of its parts.
    rated = dbt.ref("int_crimes_rated_to_year").df().sort_values(CELL)
    count = rated["count_12_months"].to_numpy(float, na_value=np.nan)
    base = rated["base_count"].to_numpy(float, na_value=np.nan)
    has_rate = rated["rate_note"].isna().to_numpy()
    crude = rates.exact(np.where(has_rate, count, np.nan), base)
    group = rated.groupby(GROUP, sort=False).ngroup().to_numpy(np.intp)
    shrunk = rates.shrink(count, base, group, rated["is_residential"].to_numpy(bool))
    return rated[CELL].assign(
        rate_lower=crude.lower,
        rate_upper=crude.upper,
        shrunk_rate_estimate=shrunk.rates.estimate,
        shrunk_rate_lower=shrunk.rates.lower,
        shrunk_rate_upper=shrunk.rates.upper,
        team_rate=np.where(np.isnan(shrunk.rates.estimate), np.nan, shrunk.mean),
        is_alike=shrunk.is_alike,
    )
