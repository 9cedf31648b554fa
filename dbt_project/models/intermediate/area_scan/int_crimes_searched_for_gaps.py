from wijkbeeld.measures.completeness import gaps


def model(dbt, session):
    dbt.config(materialized="table")
    team = dbt.ref("int_crimes_summed_to_team_month").filter("offence_code <> '0.0.0'")
    around = (
        dbt.ref("int_open_data_deduped_to_cell")
        .filter("table_number = '47022NED'")
        .aggregate("offence_code, month, sum(crime_count) as crime_count")
    )
    # In an order of their own, so that what is found is in one as well.
    order = ["source", "offence_code", "month"]
    found = gaps(
        team.df().sort_values(order, ignore_index=True),
        around.df().sort_values(order[1:], ignore_index=True),
    )
    # Where nothing was found, the types would be anybody's guess.
    return found.astype(
        {
            "source": "str",
            "offence_code": "str",
            "month": "datetime64[us]",
            "flag": "str",
            "expected_count": float,
            "p_zero": float,
            "position": float,
        }
    )
