import numpy as np
import pyarrow as pa

from wijkbeeld.measures import rates
from wijkbeeld.measures.pools import by_offence

GROUP = ["source", "offence_code", "month"]
CELL = ["source", "buurt_code", "offence_code", "month"]
CRUDE = ["count_12_months", "rate_per_1000", "rate_note"]
SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "buurt_code": pa.string(),
        "offence_code": pa.string(),
        "month": pa.date32(),
        "count_12_months": pa.int32(),
        "rate_per_1000": pa.float64(),
        "rate_note": pa.string(),
        "rate_lower": pa.float64(),
        "rate_upper": pa.float64(),
        "shrunk_rate_estimate": pa.float64(),
        "shrunk_rate_lower": pa.float64(),
        "shrunk_rate_upper": pa.float64(),
        "team_rate": pa.float64(),
        "is_alike": pa.bool_(),
    }
)


def shrunk(years):
    # In an order of its own: a sum of fractions depends on the order of its parts.
    rated = years.sort_values(CELL)
    count = rated["count_12_months"].to_numpy(float, na_value=np.nan)
    base = rated["base_count"].to_numpy(float, na_value=np.nan)
    has_rate = rated["rate_note"].isna().to_numpy()
    crude = rates.exact(np.where(has_rate, count, np.nan), base)
    group = rated.groupby(GROUP, sort=False).ngroup().to_numpy(np.intp)
    found = rates.shrink(count, base, group, rated["is_residential"].to_numpy(bool))
    return rated[CELL + CRUDE].assign(
        rate_lower=crude.lower,
        rate_upper=crude.upper,
        shrunk_rate_estimate=found.rates.estimate,
        shrunk_rate_lower=found.rates.lower,
        shrunk_rate_upper=found.rates.upper,
        team_rate=np.where(np.isnan(found.rates.estimate), np.nan, found.mean),
        is_alike=found.is_alike,
    )


def model(dbt, session):
    dbt.config(materialized="table")
    return by_offence(dbt.ref("int_crimes_rated_to_year"), shrunk, SCHEMA)
