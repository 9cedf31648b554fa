from wijkbeeld.measures.near_repeats import near_repeats

# A text, because DuckDB makes an object of Python of each UUID, one by one.
INCIDENTS = """
    offence_code, x_rd, y_rd, cast(address_key as varchar) as address_key,
    occurred_from_date, occurred_to_date, is_dated
"""


def model(dbt, session):
    dbt.config(materialized="table")
    placed = dbt.ref("int_incidents_placed_to_point").filter("is_in_two_years")
    found = near_repeats(placed.project(INCIDENTS).df())
    # Where nothing was found, the types would be anybody's guess.
    return found.astype(
        {
            "offence_code": "str",
            "first_date": "datetime64[us]",
            "is_pattern": bool,
            "is_too_few": bool,
        }
    )
