"""The pages say what a file is held to, and can say nothing else."""

from pathlib import Path

import pytest
from tests.landing.offers import offer, problems
from tests.landing.test_rows import FAULTY

from wijkbeeld.landing import agreement
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.schema import SOURCES
from wijkbeeld.senders import pages
from wijkbeeld.senders.columns import problems_of, sentence
from wijkbeeld.settings import settings

DOCS = Path(__file__).parents[2] / "docs"
REMEDY = "run `make pages` (wijkbeeld how-to-send --out docs), and look at what changed"


@pytest.mark.parametrize("source", SOURCES)
def test_the_page_is_what_the_agreement_says_now(source):
    path = DOCS / pages.FOLDER / f"{source}.md"
    assert path.exists(), REMEDY
    assert path.read_text("utf-8") == pages.page(source), REMEDY


def test_the_index_names_every_source():
    index = (DOCS / pages.INDEX).read_text("utf-8")
    assert index == pages.with_sources(index), REMEDY
    assert all(f"{pages.FOLDER}/{source}.md" in index for source in SOURCES)


def test_there_is_no_page_of_a_source_that_is_gone():
    found = {path.stem for path in (DOCS / pages.FOLDER).glob("*")}
    assert found == set(SOURCES)


def test_what_is_written_by_hand_stays_when_the_index_is_made_again(tmp_path):
    index = tmp_path / pages.INDEX
    index.write_text("before\n<!-- sources -->\nold\n<!-- /sources -->\nafter\n")
    pages.write(tmp_path)
    said = index.read_text("utf-8")
    assert said.startswith("before\n<!-- sources -->\n| ")
    assert said.endswith("<!-- /sources -->\nafter\n")
    assert "old" not in said


@pytest.mark.parametrize("source", SOURCES)
def test_a_page_tells_what_it_is_and_how_to_get_it(source):
    agreed = agreement.source(source)
    assert agreed.about
    assert agreed.getting


@pytest.mark.parametrize("source", SOURCES)
def test_every_rule_of_the_gate_is_on_the_page(source):
    rules = pages.gate_rules(source)
    assert rules
    page = pages.page(source)
    assert [rule for rule in rules if sentence(rule) not in page] == []


def test_a_page_names_every_problem_that_a_row_was_seen_to_have():
    seen = {(case[0], case[3]) for case in FAULTY}
    assert [
        (source, problem)
        for source, problem in sorted(seen)
        if problem not in problems_of(agreement.source(source))
    ] == []


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_LANGUAGE", "en")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def test_an_installation_in_english_gives_english_pages(english):
    page = pages.page("watch__patrols")
    assert "Put the file in the folder `inbox/watch__patrols`." in page
    assert "Zet het bestand" not in page


LISTED = [s for s in SOURCES if pages.example(agreement.source(s))]


def test_hardly_a_page_is_without_an_example():
    # Every export of the police differs: it is read by a mapping.
    assert set(SOURCES) - set(LISTED) <= {"police__incidents", "police__calls"}


@pytest.mark.parametrize("source", LISTED)
def test_the_example_on_a_page_lands_as_it_stands(zone, source):
    shown = pages.page(source).split("\n```")[1].partition("\n")[2] + "\n"
    ending = "gpx" if "<gpx" in shown else "csv"
    name = f"2026-10-01__R-2026-0312-01.{ending}"
    if agreement.source(source).in_folders:
        name = f"politie_demo/{name}"
    if agreement.source(source).is_excerpt:
        with pytest.raises(RejectedError, match="er ontbreken buurten"):
            offer(source, shown, "2026-10-01__kwb-2025.csv")
        return
    delivered = offer(source, shown, name)
    assert delivered.status == "landed"
    # All of so short a walk is cut off, and the buurten of tests lie elsewhere.
    fine = {"watch__tracks": "cut_for_privacy", "police__calls": "outside_area"}
    assert set(problems(delivered)) == {fine.get(source)}


def test_no_walker_is_asked_for_what_we_find_out():
    page = pages.page("watch__tracks")
    assert not [word for word in ("moving", "metres", "Er ontbreekt") if word in page]
    assert "metriek" not in pages.page("social__facebook_page_days")
