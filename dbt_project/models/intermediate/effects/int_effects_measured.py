from wijkbeeld.measures.effect.near import pairs
from wijkbeeld.measures.effect.study import measure

MONTHS = """
    source, area_code, offence_code, cast(month as timestamp) as month,
    cast(crime_count as double) as crime_count, is_shown
"""


def model(dbt, session):
    dbt.config(materialized="table")
    studies = dbt.ref("int_starts_gathered_to_study").df()
    named = ", ".join(f"'{code}'" for code in sorted(set(studies["offence_code"])))
    months = (
        dbt.ref("int_crimes_arranged_to_area_month")
        .filter(f"level = 'buurt' and offence_code in ({named or 'null'})")
        .project(MONTHS)
    )
    breaks = dbt.ref("int_crimes_searched_for_shifts").filter(
        "is_suspected_break and is_strongest"
    )
    return measure(
        studies.astype({"start_month": "datetime64[us]", "goal_effect": float}),
        months.df(),
        breaks.df().astype({"month": "datetime64[us]"}),
        pairs(dbt.ref("dim_buurt_shapes").df()),
        of_last_build(session, dbt.this),
    )


def of_last_build(session, this):
    """Return what the last build found; a study that did not change is kept."""
    there = session.execute(
        "select 1 from information_schema.tables "
        "where table_schema = ? and table_name = ?",
        [this.schema, this.identifier],
    ).fetchall()
    return session.sql(f"from {this}").df() if there else None
