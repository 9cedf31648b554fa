"""What is kept of the last build is what was made of the same."""

import duckdb
import pandas as pd

from wijkbeeld.measures.kept import of_last_build


class This:
    schema, identifier = "main", "made"

    def __str__(self):
        return "main.made"


GIVEN = pd.DataFrame({"month": ["a", "b", "c"], "made_of": ["1", "2", "3"]})


def test_rows_are_kept_whose_parts_are_made_of_the_same():
    with duckdb.connect() as con:
        con.execute(
            "create table made as from (values ('a', '1', 10), ('b', '0', 20), "
            "('gone', '9', 30)) as made (month, made_of, figure)"
        )
        kept = of_last_build(con, This(), GIVEN)
        assert kept.fetchall() == [("a", "1", 10)]


def test_of_a_table_that_is_not_there_or_is_another_nothing_is_kept():
    with duckdb.connect() as con:
        assert of_last_build(con, This(), GIVEN) is None
        con.execute("create table made (month varchar)")
        assert of_last_build(con, This(), GIVEN) is None
