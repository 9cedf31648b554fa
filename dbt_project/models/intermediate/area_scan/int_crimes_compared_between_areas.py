import pyarrow as pa

from wijkbeeld.measures.area_comparison import HOUSING, compare_areas
from wijkbeeld.measures.pools import by_offence

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "buurt_code": pa.string(),
        "offence_code": pa.string(),
        "month": pa.date32(),
        "compared_with": pa.string(),
        "area_count": pa.float64(),
        "similar_codes": pa.string(),
        "count_12_months": pa.float64(),
        "dwelling_count": pa.float64(),
        "other_count_12_months": pa.float64(),
        "other_dwelling_count": pa.float64(),
        "ratio_estimate": pa.float64(),
        "ratio_lower": pa.float64(),
        "ratio_upper": pa.float64(),
    }
)


def model(dbt, session):
    dbt.config(materialized="table")
    housing = (
        dbt.ref("int_buurt_figures_merged_to_vintage")
        .project(f"buurt_code as area_code, vintage_year, {', '.join(HOUSING)}")
        .df()
    )

    def compared(months):
        return compare_areas(months, housing).reindex(columns=SCHEMA.names)

    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    return by_offence(arranged.filter("level = 'buurt'"), compared, SCHEMA)
