"""The list for the discussion, as a team works with it in a browser."""

import csv

import duckdb
import pytest
from docs.screenshots import open_page, serving, settle
from tests.dashboards.conftest import EVIL, write_marts
from tests.dashboards.test_focus import FILL

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

pytestmark = pytest.mark.browser

STREET = "team__street_knowledge"
REASON = "Donkere poort achter de winkels"


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Give a home with a list of two lines, and the address it is served at."""
    home = tmp_path_factory.mktemp("listed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(home))
        settings.cache_clear()
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            for statement in duckdb.extract_statements(FILL):
                uses = statement.named_parameters
                con.execute(statement, {"evil": EVIL} if "evil" in uses else {})
        publish("one")
    settings.cache_clear()
    with serving(home, "team") as address:
        yield home, address


def choose(page, label, option):
    # By keyboard: a list that is opened while the page scrolls closes again.
    page.get_by_label(label, exact=True).focus()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).wait_for()
    page.keyboard.press("Enter")


def judgements(home):
    for path in sorted((home / "inbox" / STREET).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from csv.DictReader(handle, delimiter=";")


def test_a_judgement_is_added_becomes_a_delivery_and_leaves_the_history(watch, listed):
    home, address = listed
    watched = watch()
    page = watched.page
    open_page(page, address + "/focus")
    page.get_by_role("tab", name="Straatkennis").click()
    page.get_by_text("Eerdere oordelen", exact=True).click()
    settle(page)
    shown = page.locator("[data-testid=stDataFrame]:visible #glide-cell-0-0")
    assert shown.all_text_contents() == ["1 oktober 2026", "1 januari 2026"]

    choose(page, "Thema", "Autokraak")
    choose(page, "Buurt", "Waldeck-Noord")
    slider = page.get_by_role("slider", name="Plaatsen op de lijst")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("geeft een reden").wait_for()
    assert not list(judgements(home))

    page.get_by_role("textbox", name="Reden, over plekken").fill(REASON)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("Het oordeel wacht in de inbox").wait_for()
    settle(page)
    [first] = judgements(home)
    assert (first["thema"], first["buurtcode"]) == ("autokraak", "BU05181894")
    assert (first["verplaatst_op_focuslijst"], first["reden"]) == ("1", REASON)

    # Another one is a delivery beside it: what was said stays.
    page.get_by_role("tab", name="Straatkennis").click()
    page.get_by_role("textbox", name="Reden, over plekken").fill("Nu met licht")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("Het oordeel wacht in de inbox").wait_for()
    settle(page)
    said = list(judgements(home))
    assert first in said
    assert {row["reden"] for row in said} == {REASON, "Nu met licht"}
    assert len({row["oordeel_id"] for row in said}) == 2
    assert watched.hosts == {"127.0.0.1"}
    assert watched.errors == []


def test_the_list_is_in_the_order_of_its_score_and_sorts_by_another_column(
    watch, listed
):
    page = watch().page
    open_page(page, listed[1] + "/focus")
    grid = page.locator("[data-testid=stDataFrame]").first

    def themes():
        cells = [grid.locator(f"#glide-cell-1-{at}") for at in (0, 1)]
        return [cell.text_content() for cell in cells]

    assert themes() == ["Woninginbraak", "Autokraak"]
    # The table is a picture: its second heading is where a reader sees it.
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 130, box["y"] + 15)
    page.wait_for_timeout(500)
    assert themes() == ["Autokraak", "Woninginbraak"]
