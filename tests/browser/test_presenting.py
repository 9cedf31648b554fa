"""The briefing on the wall, as it is steered in a room."""

import re

import pytest
from docs.screenshots import open_page, settle

from wijkbeeld.output.slide import Key

pytestmark = pytest.mark.browser

WALL = "/presenteren?maand=2026-10"
# What sticks out of the slide or of the part of the page it is given.
OVER = """() => [...document.querySelectorAll('.slide, .slide .parts')]
    .flatMap(e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth])
    .concat([document.querySelector('.slide footer').getBoundingClientRect().bottom
             - document.querySelector('.st-key-bar').getBoundingClientRect().top])"""
ASIDE = """() => document.querySelector('.slide').scrollWidth
    - document.querySelector('.slide').clientWidth"""


def at(page):
    return page.locator("p.place").inner_text()


def go(page, key, place):
    page.keyboard.press(key)
    page.get_by_text(place, exact=True).wait_for()
    settle(page)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
def test_the_keyboard_leads_through_all_slides_and_each_fits(watch, public, size):
    watched = watch(*size)
    page = watched.page
    open_page(page, public + WALL)
    count = len(Key)
    seen = []
    for place in range(1, count + 1):
        seen.append(page.locator("h1").inner_text())
        if size[0] > 800:
            assert max(page.evaluate(OVER)) <= 1, f"slide {place}: {seen[-1]}"
        else:
            assert page.evaluate(ASIDE) <= 0
        if place < count:
            key = ("ArrowRight", "PageDown", "Space", "ArrowDown")[place % 4]
            go(page, key, f"{place + 1} / {count}")
    assert len(set(seen)) > count - 3
    go(page, "PageUp", f"{count - 1} / {count}")
    go(page, "Home", f"1 / {count}")
    go(page, "End", f"{count} / {count}")
    assert f"dia={count}" in page.url
    assert watched.hosts == {"127.0.0.1"}
    assert watched.errors == []


def test_a_reload_comes_back_and_escape_leaves(watch, public):
    page = watch().page
    open_page(page, public + WALL + "&dia=3")
    assert page.locator("h1").inner_text() == "Woninginbraak"
    assert not page.locator("[data-testid=stHeader]").is_visible()
    page.reload()
    settle(page)
    assert at(page).startswith("3 /")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"^(?!.*presenteren)"))


def test_a_phone_steers_the_wall_and_follows_it(watch, team):
    wall, phone = watch().page, watch(390, 844).page
    open_page(wall, team + WALL)
    go(wall, "Home", f"1 / {len(Key)}")
    open_page(phone, team + WALL + "&notities=1")
    width = "() => document.documentElement.scrollWidth"
    assert phone.evaluate(width) <= 390
    phone.get_by_role("button", name="Volgende").click()
    wall.get_by_text(f"2 / {len(Key)}", exact=True).wait_for()
    wall.keyboard.press("End")
    phone.get_by_text("laatste dia").wait_for()


def test_a_finger_goes_on_and_back(browser, public):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True
    )
    page = context.new_page()
    open_page(page, public + WALL)
    button = page.get_by_role("button", name="Volgende")
    box = button.bounding_box()
    assert box["height"] >= 48
    button.tap()
    page.get_by_text(f"2 / {len(Key)}", exact=True).wait_for()
    page.get_by_role("button", name="Vorige").tap()
    page.get_by_text(f"1 / {len(Key)}", exact=True).wait_for()
    context.close()


def test_the_figures_of_the_team_stand_in_a_red_frame(watch, team):
    page = watch().page
    open_page(page, team + WALL)
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="Cijfers van de politie tonen").click()
    page.get_by_role("button", name="Ja, toon de cijfers").click()
    page.locator(".slide.warned").wait_for()
    assert "Alleen voor de politie" in page.locator(".slide .warning").inner_text()
    page.reload()
    settle(page)
    assert page.locator(".slide.warned").count() == 0
