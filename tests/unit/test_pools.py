"""Measuring in parts finds what measuring at once finds."""

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from wijkbeeld.measures.pools import by_offence

SCHEMA = pa.schema({"offence_code": pa.string(), "share": pa.float64()})
SIZES = {"1.1.1": 4, "1.2.1": 1, "1.2.3": 9, "2.2.1": 2}


@pytest.fixture
def rows():
    with duckdb.connect() as con:
        parts = [
            f"select '{code}' as offence_code, i as crime_count from range({size}) t(i)"
            for code, size in SIZES.items()
        ]
        con.execute(f"create table crimes as {' union all '.join(parts)}")
        yield con.table("crimes")


def share(crimes):
    total = crimes.groupby("offence_code")["crime_count"].transform("sum")
    return crimes.assign(share=crimes["crime_count"] / total.where(total > 0))


@pytest.mark.parametrize("rows_at_once", [1, 4, 5, 15, 16, 1000])
def test_any_parts_give_the_same_measures(rows, rows_at_once):
    found = by_offence(rows, share, SCHEMA, rows_at_once).read_all()
    whole = share(rows.df())[["offence_code", "share"]]
    order = ["offence_code", "share"]
    pd.testing.assert_frame_equal(
        found.to_pandas().sort_values(order, ignore_index=True),
        whole.sort_values(order, ignore_index=True),
    )


def test_an_offence_is_never_parted_and_no_part_is_larger_than_it_must_be(rows):
    seen = []

    def looked_at(crimes):
        seen.append(crimes["offence_code"].value_counts().to_dict())
        return share(crimes)

    by_offence(rows, looked_at, SCHEMA, rows_at_once=5).read_all()
    assert seen == [{"1.1.1": 4, "1.2.1": 1}, {"1.2.3": 9}, {"2.2.1": 2}]


def test_no_rows_give_no_measures_of_the_right_types(rows):
    found = by_offence(rows.filter("false"), share, SCHEMA).read_all()
    assert (found.num_rows, found.schema) == (0, SCHEMA)


def test_what_no_measure_was_found_for_is_null(rows):
    found = by_offence(rows.filter("offence_code = '1.2.1'"), share, SCHEMA)
    assert found.read_all().column("share").to_pylist() == [None]
