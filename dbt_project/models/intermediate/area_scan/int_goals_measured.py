from wijkbeeld.measures.goals import measure


def model(dbt, session):
    dbt.config(materialized="table")
    goals = dbt.ref("fct_goals").filter("is_latest").df()
    # Off the list before its end: given up.
    newer = goals["last_exported_on"].map(
        lambda day: goals["last_exported_on"][goals["last_exported_on"] > day].min()
    )
    found = measure(
        goals.assign(is_stopped=newer <= goals["end_date"]),
        dbt.ref("int_goals_counted_to_month").df(),
    )
    texts = ("goal_id", "source", "status", "note")
    others = set(found.columns) - {*texts, "last_month", "is_refused"}
    # Where there is no goal, the types would be anybody's guess.
    return found.astype(
        dict.fromkeys(texts, "str")
        | dict.fromkeys(others, float)
        | {"last_month": "datetime64[us]", "is_refused": bool}
    )
