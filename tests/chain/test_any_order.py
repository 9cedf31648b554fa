"""Same deliveries, any order, any number of builds between: identical marts."""

import random

import duckdb
import pytest
from chain.homes import contents, published, run

SOURCES = ("police__incidents", "social__facebook_posts", "watch__patrols")


@pytest.fixture(scope="module")
def at_once(built):
    return contents(published(built))


def agreed(home):
    """Return what each mart says of its columns, and holds them to."""
    with duckdb.connect(home / "warehouse" / "wijkbeeld.duckdb", read_only=True) as con:
        return con.sql("""
            select table_name, column_name, data_type, comment, is_nullable::varchar
            from duckdb_columns() where schema_name = 'marts'
            union all
            select table_name, expression, constraint_type, constraint_text, ''
            from duckdb_constraints() where schema_name = 'marts'
            order by all
        """).fetchall()


def test_the_marts_hold_something_to_compare(at_once):
    for mart in ("fct_incidents", "fct_posts", "fct_patrols", "rpt_area_scan"):
        assert len(at_once[mart]) > 20, mart


def test_a_home_that_grew_backwards_has_the_same_marts(
    deliveries, built, at_once, tmp_path_factory
):
    home = tmp_path_factory.mktemp("backwards")
    shapes = [d for d in deliveries if d.parent.name == "cbs__buurten"]
    others = [d for d in deliveries if d not in shapes]
    random.Random(1).shuffle(others)
    half = len(others) // 2
    # Without the shapes of buurten, incidents wait.
    run(home, "land", *others[:half], *shapes[:1], code=4)
    run(home, "build")
    # Files that waited for shapes, files that come twice, and all that is left.
    run(home, "land", *shapes, *reversed(others))
    run(home, "land")
    run(home, "build")
    grown = contents(published(home))
    assert [t for t in at_once if grown[t] != at_once[t]] == []
    # Nor is what was agreed of them lost where a table is filled again.
    assert agreed(home) == agreed(built)
    assert all(comment for _, _, _, comment, _ in agreed(home))

    run(home, "build", "--full-refresh")
    refreshed = contents(published(home))
    assert [t for t in at_once if refreshed[t] != at_once[t]] == []
