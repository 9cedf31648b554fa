from wijkbeeld.measures.aoristic import clock_of_years


def model(dbt, session):
    dbt.config(materialized="table")
    hours = dbt.ref("int_incidents_spread_to_hour").df()
    complete = dbt.ref("int_incidents_covered_to_month").filter("not is_incomplete")
    found = clock_of_years(hours, complete.df()["month"])
    # Where nothing is, the types would be anybody's guess.
    return found.astype({"area_code": "str", "offence_code": "str"})
