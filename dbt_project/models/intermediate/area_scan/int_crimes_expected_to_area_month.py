import pyarrow as pa

from wijkbeeld.measures.expectation import MONTH, THREE_MONTHS, expect_counts
from wijkbeeld.measures.pools import by_offence

POOL = ("source", "level", "offence_code")
SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "level": pa.string(),
        "area_code": pa.string(),
        "offence_code": pa.string(),
        "month": pa.date32(),
        "crime_count": pa.float64(),
        "base_count": pa.float64(),
        "season_factor": pa.float64(),
        "dispersion": pa.float64(),
        "expected_count": pa.float64(),
        "expected_lower": pa.float64(),
        "expected_upper": pa.float64(),
        "position": pa.float64(),
        "status": pa.string(),
        "count_3_months": pa.float64(),
        "expected_3_months_count": pa.float64(),
        "expected_3_months_lower": pa.float64(),
        "expected_3_months_upper": pa.float64(),
        "position_3_months": pa.float64(),
        "status_3_months": pa.string(),
    }
)


def expected(counted):
    month, three_months = (
        expect_counts(counted, pool=POOL, area="area_code", shown="is_shown", how=how)
        for how in (MONTH, THREE_MONTHS)
    )
    # Both come in the order of the months.
    return month.assign(
        count_3_months=three_months["judged_count"],
        expected_3_months_count=three_months["expected_count"],
        expected_3_months_lower=three_months["expected_lower"],
        expected_3_months_upper=three_months["expected_upper"],
        position_3_months=three_months["position"],
        status_3_months=three_months["status"],
    )


def model(dbt, session):
    dbt.config(materialized="table")
    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    return by_offence(arranged, expected, SCHEMA)
