from wijkbeeld.measures.breaks import breaks


def model(dbt, session):
    dbt.config(materialized="table")
    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    buurten = arranged.filter("level = 'buurt'").df()
    found = breaks(
        buurten, pool=("source", "offence_code"), area="area_code", ours="is_shown"
    )
    # Where nothing was found, the types would be anybody's guess.
    return found.astype(
        {
            "source": "str",
            "offence_code": "str",
            "month": "datetime64[us]",
            "shift_ratio": float,
            "shift_z": float,
            "outside_ratio": float,
            "outside_z": float,
            "is_suspected_break": bool,
            "is_strongest": bool,
        }
    )
