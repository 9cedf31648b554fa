"""What may not be written is written nowhere: not in a file, not in a log."""

import pytest
from chain.homes import run, write_demo
from chain.kept import found_in

from wijkbeeld.demo.canaries import CANARIES


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory):
    return write_demo(tmp_path_factory.mktemp("deliveries"), months=6)


@pytest.fixture(scope="module")
def home(deliveries, tmp_path_factory):
    """A home that keeps no delivered file, in which all was landed and published."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
    run(home, "land", *deliveries)
    run(home, "build")
    # What is delivered is destroyed the next time that something is landed.
    run(home, "land", deliveries[0])
    run(home, "land", deliveries[0])
    patch.undo()
    return home


def test_every_source_brings_words_that_may_not_be_kept(deliveries):
    root = deliveries[0].parents[1]
    folders = {root / path.relative_to(root).parts[0] for path in deliveries}
    bring = {folder for folder in folders if found_in(folder, CANARIES)}
    assert {f.name for f in folders - bring} <= {
        # Figures and shapes that machines write: nobody puts a text in them.
        "cbs__buurten",
        "grid__forecasts",
        "police__open_data",
        "social__facebook_page_days",
        "social__x_days",
    }


def test_no_word_that_may_not_be_kept_is_in_any_file(home):
    assert found_in(home, CANARIES, but=("delivered/",)) == []


def test_the_search_finds_a_word_in_every_form_of_file(deliveries):
    # The inbox as it came: the search would be worthless if it found nothing there.
    assert found_in(deliveries[0].parents[1], CANARIES)
