"""The briefing on the wall, as it is steered in a room."""

import re

import pytest
from docs.screenshots import open_page, settle

from dashboards.components import slide_view
from wijkbeeld.output import choices
from wijkbeeld.output.slide import (
    Bars,
    Key,
    Lines,
    Number,
    Numbers,
    Presentation,
    Series,
    Slide,
    Table,
)

pytestmark = pytest.mark.browser

WALL = "/presenteren?maand=2026-10"
SIZES = ((1280, 720), (1920, 1080), (390, 844))
# By how many pixels something sticks out, and what: of the window above the bar, and
# of the part of the slide that it is given.
OVER = """() => {
    const bar = document.querySelector('.st-key-bar');
    const low = bar ? bar.getBoundingClientRect().top : innerHeight;
    const wall = {left: 0, top: 0, right: innerWidth, bottom: low};
    const parts = document.querySelector('.slide .parts').getBoundingClientRect();
    const found = [];
    const look = (inside, around) => {
        for (const e of document.querySelectorAll(inside)) {
            const box = e.getBoundingClientRect();
            const over = Math.max(
                around.left - box.left, around.top - box.top,
                box.right - around.right, box.bottom - around.bottom);
            if (box.width && box.height && over > 1)
                found.push([Math.round(over), e.tagName, e.textContent.slice(0, 40)]);
        }
    };
    look('.slide, .slide *', wall);
    look('.slide .parts *', parts);
    for (const e of [document.documentElement, document.querySelector('.slide')])
        if (e.scrollHeight > e.clientHeight + 1) found.push(['scrolls', e.tagName]);
    return found;
}"""
ASIDE = """() => ['html', '.slide', '.st-key-bar']
    .map(where => document.querySelector(where))
    .map(e => e.scrollWidth - e.clientWidth)"""
# What a slide of this house never has more of.
WORDS = "Bij de meeste woninginbraken in de buurt Kraayenstein en Vroondaal "
BARS = Bars("Per maand", ("jan", "feb"), (Series("a", (10, 25)),), "alt")
NUMBERS = Numbers((Number(WORDS[:30], "1.234", WORDS),) * 3)
CROWDED = {
    "lines": (Lines((WORDS * 2,) * 6),),
    "numbers and lines": (NUMBERS, Lines((WORDS * 2,) * 3)),
    "picture, numbers and lines": (NUMBERS, Lines((WORDS * 2,) * 3), BARS),
    "table": (Table(("Wat", "Waar", "Wanneer"), ((WORDS,) * 3,) * 8, "alt"),),
    "picture and table": (BARS, Table(("Wat", "Waar"), ((WORDS,) * 2,) * 6, "alt")),
}


def at(page):
    return page.locator("p.place").inner_text()


def go(page, key, place):
    page.keyboard.press(key)
    page.get_by_text(place, exact=True).wait_for()
    settle(page)


def test_the_keyboard_leads_through_all_slides_and_each_fits(watch, public):
    watched = watch()
    page = watched.page
    open_page(page, public + WALL)
    count = len(Key)
    seen = []
    for place in range(1, count + 1):
        seen.append(page.locator("h1").inner_text())
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)
            if width > 800:
                assert page.evaluate(OVER) == [], f"slide {place} at {width}"
            assert max(page.evaluate(ASIDE)) <= 0, f"slide {place} at {width}"
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


def test_a_slide_with_more_than_there_ever_is_fits(watch, public):
    page = watch().page
    open_page(page, public + WALL)
    for what, parts in CROWDED.items():
        slide = Slide(
            Key.WHERE, WORDS[:40], (WORDS * 2).strip(), parts,
            remarks=(WORDS,) * 3, annotation=(WORDS * 3)[: choices.LONGEST],
        )  # fmt: skip
        made = Presentation(
            "2026-10", "Briefing", "Team", "20261110", "public", has_demo=False,
            language="nl", slides=(slide,),
        )  # fmt: skip
        page.locator(".slide").evaluate(
            "(slide, html) => { slide.outerHTML = html }", slide_view.html(made, 0)
        )
        for width, height in SIZES[:2]:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)
            assert page.evaluate(OVER) == [], f"{what} at {width}"
            for picture in page.locator("img.wide").all():
                assert picture.bounding_box()["height"] > height / 10


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
