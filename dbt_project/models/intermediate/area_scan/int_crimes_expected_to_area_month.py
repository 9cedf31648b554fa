from wijkbeeld.measures.expectation import MONTH, THREE_MONTHS, expect_counts

POOL = ("source", "level", "offence_code")


def model(dbt, session):
    dbt.config(materialized="table")
    counted = dbt.ref("int_crimes_arranged_to_area_month").df()
    month, three_months = (
        expect_counts(counted, pool=POOL, area="area_code", shown="is_shown", how=how)
        for how in (MONTH, THREE_MONTHS)
    )
    # Both come in the order of the months.
    return month.drop(columns="judged_count").assign(
        count_3_months=three_months["judged_count"],
        expected_3_months_count=three_months["expected_count"],
        expected_3_months_lower=three_months["expected_lower"],
        expected_3_months_upper=three_months["expected_upper"],
        position_3_months=three_months["position"],
        status_3_months=three_months["status"],
    )
