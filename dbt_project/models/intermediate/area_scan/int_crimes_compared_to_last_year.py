import pyarrow as pa

from wijkbeeld.measures.change import year_on_year
from wijkbeeld.measures.pools import by_offence

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "level": pa.string(),
        "area_code": pa.string(),
        "offence_code": pa.string(),
        "month": pa.date32(),
        "count_12_months": pa.float64(),
        "count_12_months_before": pa.float64(),
        "change_ratio": pa.float64(),
        "change_lower": pa.float64(),
        "change_upper": pa.float64(),
    }
)


def compared(months):
    return year_on_year(
        months, pool=("source", "level", "offence_code"), area="area_code"
    )


def model(dbt, session):
    dbt.config(materialized="table")
    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    return by_offence(arranged.filter("is_shown"), compared, SCHEMA)
