"""What is kept of the last build is what was made of the same."""

import duckdb
import pandas as pd

from wijkbeeld.measures.kept import (
    fingerprints_of_years,
    of_last_build,
    still_there,
)


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


def test_what_is_made_of_something_else_is_taken_out():
    with duckdb.connect() as con:
        con.execute(
            "create table made as from (values ('a', '1', 10), ('a', '1', 11), "
            "('b', '0', 20), ('gone', '9', 30)) as made (month, made_of, figure)"
        )
        assert still_there(con, This(), GIVEN).values.tolist() == [["a", "1"]]
        assert con.table("made").fetchall() == [("a", "1", 10), ("a", "1", 11)]


def test_a_month_is_made_of_the_same_until_one_of_its_year_changes():
    months = list(range(24_000, 24_030))
    before = fingerprints_of_years(months, [{24_010: "a"}], "whole")
    changed = fingerprints_of_years(months, [{24_010: "b"}], "whole")
    differing = [
        m for m, old, new in zip(months, before, changed, strict=True) if old != new
    ]
    assert differing == list(range(24_010, 24_022))


def test_every_month_is_made_of_what_counts_for_all():
    months = [24_000, 24_001]
    before, after = (fingerprints_of_years(months, [], whole) for whole in "ab")
    assert not set(before) & set(after)
