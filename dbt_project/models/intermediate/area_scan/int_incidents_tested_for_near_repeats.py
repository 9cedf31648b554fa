from wijkbeeld.measures.near_repeats import near_repeats


def model(dbt, session):
    dbt.config(materialized="table")
    placed = dbt.ref("int_incidents_placed_to_point").filter("is_in_two_years").df()
    found = near_repeats(placed.drop(columns=["last_month", "buurt_code"]))
    # Where nothing was found, the types would be anybody's guess.
    return found.astype(
        {
            "offence_code": "str",
            "first_date": "datetime64[us]",
            "is_pattern": bool,
            "is_too_few": bool,
        }
    )
