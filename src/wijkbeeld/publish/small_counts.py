"""Look once more at a file for residents, as it is, before anybody gets it.

``disclosure`` says what may be in it; here the numbers that came out of it are
counted (MEASURES E.8). A query that forgets a threshold stops the publication.
"""

import duckdb

from wijkbeeld.language import say

# Of CBS, who round their figures themselves and publish them; and what counts nobody:
# limits of age, which are settings, and the place of a point in a list.
_NOT_OURS = ("dim_buurten",)
_NO_COUNTS = ("vintage_year", "warn_after_days", "error_after_days", "point_no")

_COUNTS = f"""
    select table_name, column_name from duckdb_columns()
    where
        database_name = 'published' and schema_name = 'marts'
        and (data_type like '%INT' or data_type = 'INTEGER')
        and table_name not in {(*_NOT_OURS, "")}
        and column_name not in {_NO_COUNTS}
    order by all
"""  # noqa: S608 - the names are ours

# What is worked out of a count goes with it: figure, and what it comes from.
_TELLING = (
    ("rpt_patrols", "patrol_hours", "patrol_count"),
    ("rpt_patrols", "person_hours", "patrol_count"),
    ("rpt_patrols", "hours_per_1000_dwellings", "patrol_hours"),
    ("rpt_reach", "engagement_sum", "post_count"),
    ("rpt_reach", "views_sum", "post_count"),
)


class SmallCountError(RuntimeError):
    """The file for residents tells a small or an exact count."""


def check(con: duckdb.DuckDBPyConnection) -> None:
    """Pass when the attached ``published`` holds counts in fives, and none it hides.

    Raises:
        SmallCountError: A count is 1 to 4 or no multiple of five, or a figure is there
            from which a count can be told that is not.
    """
    found = [
        f"{table}.{column}"
        for table, column, wrong in _rules(con)
        if con.execute(
            f"select exists (from published.marts.{table} where {wrong})"
        ).fetchall()
        == [(True,)]
    ]
    if found:
        raise SmallCountError(
            say(
                "het bestand voor bewoners bevat een klein of precies aantal, of laat "
                "er een uitrekenen: {columns}; er is niets gepubliceerd. Meld dit als "
                "defect",
                columns=", ".join(found),
            )
        )


def _rules(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return [
        *(
            (table, column, f"{column} % 5 <> 0")
            for table, column in con.execute(_COUNTS).fetchall()
        ),
        *(
            (table, figure, f"{figure} is not null and {count} is null")
            for table, figure, count in _TELLING
        ),
    ]
