from wijkbeeld.measures.concentration import concentrations


def model(dbt, session):
    dbt.config(materialized="table")
    placed = dbt.ref("int_incidents_placed_to_point")
    found = concentrations(
        placed.project("offence_code, x_rd, y_rd, is_in_last_year as is_counted").df()
    )
    # Where nothing was counted, the types would be anybody's guess.
    figures = found.columns[found.columns.str.contains("share|gini")]
    return found.astype(
        {"offence_code": "str", "is_too_few": bool}
        | dict.fromkeys(["place_count", "crime_count", "no_point_count"], "Int64")
        | dict.fromkeys(figures, float)
    )
