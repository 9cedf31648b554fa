from wijkbeeld.measures.change import year_on_year


def model(dbt, session):
    dbt.config(materialized="table")
    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    shown = arranged.filter("is_shown").df()
    compared = year_on_year(
        shown, pool=("source", "level", "offence_code"), area="area_code"
    )
    return compared.drop(columns=["crime_count", "is_shown"])
