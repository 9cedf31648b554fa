import pyarrow as pa

from wijkbeeld.measures.focus import expect_themes, focus_list
from wijkbeeld.measures.pools import by_offence

EXPECTED = pa.schema(
    {
        "source": pa.string(),
        "theme": pa.string(),
        "buurt_code": pa.string(),
        "month": pa.date32(),
        "is_above": pa.bool_(),
        "status_3_months": pa.string(),
        "position_3_months": pa.float64(),
        "count_3_months": pa.float64(),
        "expected_3_months_lower": pa.float64(),
        "expected_3_months_upper": pa.float64(),
    }
)


def model(dbt, session):
    dbt.config(materialized="table")
    months = dbt.ref("int_crimes_summed_to_theme_month")
    expected = by_offence(months, expect_themes, EXPECTED, pool="theme")
    lines = dbt.ref("int_themes_gathered_to_buurt").df()
    # Where there is nothing to rank, the types would be anybody's guess.
    return focus_list(lines, expected.read_pandas()).astype(
        {
            "theme": "str",
            "buurt_code": "str",
            "source": "str",
            "offence_codes": "str",
            "month": "datetime64[us]",
            "theme_weight_set_by_role": "str",
            "theme_weight_set_date": "datetime64[us]",
            "status_3_months": "str",
            "reason": "str",
            "note": "str",
        }
    )
