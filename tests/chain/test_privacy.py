"""What may not be written is written nowhere: not in a file, not in a log."""

from chain.kept import found_in

from wijkbeeld.demo.canaries import CANARIES


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


def test_no_word_that_may_not_be_kept_is_in_any_file(built):
    assert found_in(built, CANARIES, but=("delivered/",)) == []


def test_the_search_finds_a_word_in_every_form_of_file(deliveries):
    # The inbox as it came: the search would be worthless if it found nothing there.
    assert found_in(deliveries[0].parents[1], CANARIES)
