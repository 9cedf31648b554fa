from wijkbeeld.measures.expectation import expect_counts


def model(dbt, session):
    dbt.config(materialized="table")
    counted = dbt.ref("int_crimes_arranged_to_area_month")
    return expect_counts(
        counted.df(),
        pool=("source", "level", "offence_code"),
        area="area_code",
        shown="is_shown",
    )
