"""What only a browser can tell: hosts, errors, the map, the address bar."""

from itertools import combinations
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from docs.screenshots import NOT_PUBLIC, PAGES, open_page, settle
from playwright.sync_api import Locator, expect
from tests.browser.conftest import publish_into


def _box(shape: Locator) -> dict[str, float]:
    return shape.bounding_box()


pytestmark = pytest.mark.browser

# More than the page has: a stop more in a menu or a chart is no fault of the page.
_TAB_STOPS = 120
HOUTWIJK = "/gebiedsscan?gebiedsscan-buurt=Houtwijk&gebiedsscan-delict=Autokraak"


def path_of(name: str) -> str:
    return "/" if name == "briefing" else f"/{name}"


def choices(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def choose(page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_url(lambda address: option in unquote_plus(address))
    settle(page)


@pytest.mark.parametrize(
    ("role", "name"),
    [("team", name) for name in PAGES]
    + [("public", name) for name in PAGES if name not in NOT_PUBLIC],
)
def test_a_page_asks_only_us_and_has_no_error(watch, request, name, role):
    watched = watch()
    open_page(watched.page, request.getfixturevalue(role) + path_of(name))

    assert watched.hosts == {"127.0.0.1"}
    assert watched.errors == []
    heading = watched.page.locator("h1").inner_text()
    assert watched.page.title() == f"{heading} · Wijkbeeld"
    assert watched.page.locator("[data-testid=stException]").count() == 0
    assert watched.page.get_by_text("DEMODATA").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_telephone(watch, team, name):
    watched = watch(390, 844)
    open_page(watched.page, team + path_of(name))

    too_wide = watched.page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth"
        " > document.documentElement.clientWidth"
    )
    assert not too_wide
    assert watched.errors == []


def test_the_counts_of_the_briefing_are_on_the_first_screen(watch, team):
    page = watch().page
    open_page(page, team)
    values = page.locator("[data-testid=stMetricValue]")

    assert values.count() == 3
    for at in range(3):
        box = values.nth(at).bounding_box()
        assert box["y"] + box["height"] < 720
        assert box["height"] > 50


def test_the_map_has_thirteen_buurten_whose_words_keep_apart(watch, team):
    page = watch().page
    open_page(page, team + "/gebiedsscan")
    the_map = page.locator("[data-testid=stVegaLiteChart]").first
    shapes = the_map.locator("g.mark-shape").first.locator("path")
    shapes.first.wait_for()

    assert shapes.count() == 13
    assert all(box["width"] > 20 for box in map(_box, shapes.all()))
    words = the_map.locator("g.mark-text.role-mark").last.locator("text")
    assert words.count() == 13
    named = [str(word.text_content()) for word in words.all()]
    assert any("Kraayenstein" in name for name in named)
    boxes = [_box(word) for word in words.all()]
    assert [
        (named[one], named[other])
        for one, other in combinations(range(13), 2)
        if _overlap(boxes[one], boxes[other])
    ] == []


def _overlap(one, other):
    # Two pixels: letters have room around them in their box.
    return all(
        one[at] + one[size] - 2 > other[at] and other[at] + other[size] - 2 > one[at]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_choosing_changes_the_address_and_the_address_restores_the_choice(watch, team):
    page = watch().page
    open_page(page, team + "/gebiedsscan")
    choose(page, "Buurt", "Houtwijk")
    choose(page, "Maand", "maart 2026")

    assert choices(page)["gebiedsscan-buurt"] == ["Houtwijk"]
    assert choices(page)["gebiedsscan-maand"] == ["maart 2026"]

    again = watch().page
    open_page(again, page.url)
    assert again.locator("h2").first.inner_text().startswith("Houtwijk")
    assert again.get_by_text("Maart 2026").first.is_visible()


def test_a_click_on_the_map_chooses_the_buurt(watch, team):
    page = watch().page
    open_page(page, team + "/gebiedsscan")
    shapes = page.locator("g.mark-shape").first.locator("path")
    shapes.first.wait_for()
    box = _box(shapes.nth(6))
    # Below the words in its middle.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.85)
    settle(page)

    assert choices(page)["gebiedsscan-buurt"] == ["Houtwijk"]
    assert page.locator("h2").first.inner_text().startswith("Houtwijk")


def test_from_the_map_to_a_month_to_the_page_of_the_buurt_and_back_by_a_link(
    watch, team
):
    watched = watch()
    page = watched.page
    open_page(page, team + HOUTWIJK)
    charts = page.locator("[data-testid=stVegaLiteChart]")
    # One small chart per buurt, beside the map and the large one.
    expect(charts).to_have_count(15)
    months = charts.nth(1).locator("g.mark-symbol").last.locator("path")
    months.nth(months.count() - 6).click()
    settle(page)
    assert choices(page)["gebiedsscan-maand"] == ["mei 2026"]

    small = charts.nth(4).locator("g.mark-symbol").last.locator("path")
    small.nth(small.count() - 3).click(force=True)
    settle(page)
    assert choices(page)["gebiedsscan-maand"] == ["augustus 2026"]
    [buurt] = choices(page)["gebiedsscan-buurt"]
    assert buurt != "Houtwijk"

    page.get_by_role("link", name="Alles over").click()
    page.wait_for_url("**/buurt**")
    settle(page)
    said = page.locator("h2").first.inner_text()
    assert said == f"{buurt}: autokraak"

    again = watch().page
    open_page(again, page.url)
    assert again.locator("h2").first.inner_text() == said
    assert again.get_by_text("Augustus 2026").first.is_visible()
    assert watched.errors == []


def test_a_chart_is_told_in_words_and_every_choice_is_reached_by_keyboard(watch, team):
    page = watch().page
    open_page(page, team + HOUTWIJK)
    told = page.locator("[role=graphics-document]")
    expect(told).to_have_count(15)
    assert "Het laatst" in str(told.nth(1).get_attribute("aria-label"))

    wanted = {"Delict", "Maand", "Buurt", "Alles over Houtwijk", "CSV"}
    for _turn in range(_TAB_STOPS):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "() => document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.innerText"
        )
        wanted = {name for name in wanted if name not in str(reached)}
    assert wanted == set()


def test_a_table_and_a_chart_are_downloaded_marked_as_demo(watch, team):
    page = watch().page
    open_page(page, team + HOUTWIJK)
    button = page.get_by_role("button", name="CSV: Buurten op volgorde")
    with page.expect_download() as table:
        button.click()
    charts = page.locator("[role=graphics-document]")
    expect(charts).to_have_count(15)
    charts.nth(1).hover()
    with page.expect_download() as picture:
        # Not with the mouse: the toolbar of a chart moves while others are drawn.
        page.get_by_role("button", name="Download as PNG").nth(1).press("Enter")

    assert "DEMODATA" in table.value.suggested_filename
    assert table.value.path().read_bytes().count(b";DEMODATA") == 13
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_language_keeps_what_was_chosen(watch, team):
    page = watch().page
    open_page(page, team + HOUTWIJK)
    page.get_by_role("radio", name="English").click()
    expect(page.locator("h1")).to_have_text("Area scan")
    settle(page)

    assert choices(page)["language"] == ["English"]
    assert page.locator("h2").first.inner_text() == "Houtwijk: theft from cars"

    again = watch().page
    open_page(again, page.url)
    assert again.locator("h2").first.inner_text() == "Houtwijk: theft from cars"


def test_an_address_of_the_other_language_opens_on_its_choices_and_keeps_them(
    watch, team
):
    page = watch().page
    open_page(
        page, f"{team}{HOUTWIJK}&gebiedsscan-maand=augustus+2026&language=English"
    )

    page.wait_for_url(lambda address: "Theft+from+cars" in address)
    assert page.locator("h2").first.inner_text() == "Houtwijk: theft from cars"
    assert choices(page) == {
        "gebiedsscan-buurt": ["Houtwijk"],
        "gebiedsscan-delict": ["Theft from cars"],
        "gebiedsscan-maand": ["August 2026"],
        "language": ["English"],
    }


def test_the_language_goes_along_to_another_page(watch, team):
    page = watch().page
    open_page(page, team + "/?language=English")
    page.get_by_role("link", name="Reach").click()
    page.wait_for_url("**/bereik**")

    expect(page.locator("h1")).to_have_text("Reach")


def test_a_new_publication_shows_without_a_restart(watch, team, home):
    page = watch().page
    open_page(page, team + "/datakwaliteit")
    name = publish_into(home, "second")
    assert page.get_by_text(name).count() == 0

    open_page(page, team + "/datakwaliteit")
    assert page.get_by_text(name).first.is_visible()


def test_a_query_runs_in_the_page(watch, team):
    watched = watch()
    page = watched.page
    open_page(page, team + "/sql")
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("button", name="Download als CSV").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download als CSV").click()

    assert "DEMODATA" in download.value.suggested_filename
    assert b"DEMODATA" in download.value.path().read_bytes()
    assert watched.errors == []


def test_html_of_others_is_never_run(watch, team):
    page = watch().page
    open_page(page, team + "/datakwaliteit")

    assert page.locator("a[href*=elders]").count() == 0
    assert page.locator("[data-testid=stMain] script").count() == 0
    assert page.get_by_text("<b>vet</b>").first.is_visible()
