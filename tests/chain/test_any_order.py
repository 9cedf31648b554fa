"""Same deliveries, any order, any number of builds between: identical marts."""

import random

import pytest
from chain.homes import contents, published, run

SOURCES = ("police__incidents", "social__facebook_posts", "watch__patrols")


@pytest.fixture(scope="module")
def at_once(built):
    return contents(published(built))


def test_the_marts_hold_something_to_compare(at_once):
    for mart in ("fct_incidents", "fct_posts", "fct_patrols", "rpt_area_scan"):
        assert len(at_once[mart]) > 20, mart


def test_a_home_that_grew_backwards_has_the_same_marts(
    deliveries, at_once, tmp_path_factory
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

    run(home, "build", "--full-refresh")
    refreshed = contents(published(home))
    assert [t for t in at_once if refreshed[t] != at_once[t]] == []
