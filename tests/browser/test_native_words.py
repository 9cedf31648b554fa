"""What Streamlit itself says is read in Dutch, where a reader meets it."""

import pytest
from docs.screenshots import open_page, serving, settle

pytestmark = pytest.mark.browser

_READ = """e => {
    const after = getComputedStyle(e, '::after').content;
    const own = [...e.childNodes].some(
        n => n.nodeType === 3 && n.nodeValue.trim()
    ) && parseFloat(getComputedStyle(e).fontSize) > 0;
    return [own ? e.innerText : '', after === 'none' ? '' : JSON.parse(after)].join('');
}"""

_ON_TOP = """e => {
    const at = e.getBoundingClientRect();
    return e.contains(
        document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)
    );
}"""


def read(place):
    """Return what stands in an element for whoever sees it."""
    # Of a text without any size a driver thinks that it is hidden.
    place.first.wait_for(state="attached")
    return place.first.evaluate(_READ)


def tip(page, over, button):
    """Return what is told at a button of an element, and go away from it."""
    # The buttons are there while the element is pointed at, and not below the menu.
    over.evaluate("e => e.scrollIntoView({block: 'center'})")
    over.hover()
    page.wait_for_function(_ON_TOP, arg=button.element_handle())
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown = page.locator("[data-testid=stTooltipContent] p")
    said = read(shown)
    page.mouse.move(5, 5)
    shown.wait_for(state="detached")
    return said


def asked_in_sql(page, run):
    page.get_by_role("button", name=run).click()
    settle(page)
    return page.locator("[data-testid=stDataFrame]").last


def test_fields_and_tables_speak_dutch(watch, team):
    page = watch().page
    open_page(page, f"{team}/sql")
    choice = page.locator("[data-testid=stSelectbox] input").first
    assert choice.get_attribute("placeholder") == "Kies"
    choice.click()
    choice.fill("zzz")
    assert read(page.locator("[role=option] > span")) == "Niets gevonden"
    page.keyboard.press("Escape")
    page.locator("textarea").press_sequentially(" ")
    said = page.locator("[data-testid=stTextArea] [data-testid=InputInstructions] span")
    assert read(said) == "toepassen met Ctrl+Enter"

    table = asked_in_sql(page, "Voer uit")
    tools = page.locator("[data-testid=stElementToolbar]").last.locator("button")
    assert [tip(page, table, button) for button in tools.all()] == [
        "Kolommen kiezen",
        "Zoeken",
        "Over het hele scherm",
    ]
    table.hover()
    box = table.bounding_box()
    dots = box["x"] + 0.315 * box["width"] - 16, box["y"] + 18
    page.mouse.move(*dots)
    page.mouse.click(*dots)
    entries = page.locator("[data-testid=stDataFrameColumnMenu] [role=menuitem]")
    entries.first.wait_for()
    assert [read(entry) for entry in entries.all() if entry.is_visible()] == [
        "Oplopend sorteren",
        "Aflopend sorteren",
        "Breedte passend maken",
        "Kolom vastzetten of losmaken",
        "Kolom verbergen",
    ]


def test_who_reads_english_is_told_in_english(watch, team):
    page = watch().page
    open_page(page, f"{team}/sql?language=English")
    table = asked_in_sql(page, "Run")
    tools = page.locator("[data-testid=stElementToolbar]").last.locator("button")
    assert tip(page, table, tools.first) == "Choose columns"


def test_the_tools_of_a_chart_are_dutch_and_its_axes_have_no_english_names(watch, team):
    page = watch().page
    open_page(page, f"{team}/gebiedsscan")
    # Of many charts one, and its own buttons.
    named = "[aria-label^='{}Per maand, van']"
    chart = page.locator("[data-testid=stVegaLiteChart]" + named.format("")).first
    said = [
        tip(page, chart, page.locator("button" + named.format(f"{name}: ")))
        for name in ("Show data", "Download as PNG", "Fullscreen")
    ]
    assert said == ["Cijfers tonen", "Bewaren als PNG", "Over het hele scherm"]
    of_writers = page.locator("button" + named.format("Copy Vega-Lite spec: "))
    assert of_writers.count() == 1
    assert not of_writers.is_visible()
    assert page.locator("svg .role-axis").count() > 0
    assert page.locator("svg [aria-label*=axis], svg [aria-label*=egend]").count() == 0


def test_a_file_of_another_kind_is_refused_in_dutch(watch, team):
    page = watch().page
    open_page(page, f"{team}/datakwaliteit")
    page.locator("input[type=file]").set_input_files(
        {"name": "x.exe", "mimeType": "application/octet-stream", "buffer": b"x"}
    )
    page.locator("[data-testid=stFileChip][aria-invalid=true]").hover()
    said = read(page.locator("[data-testid=stTooltipErrorContent]"))
    assert said == "Dit bestand kan niet: het is van een andere soort, of te groot."


def test_what_stands_around_a_page_is_dutch(watch, team):
    page = watch(width=900).page
    open_page(page, f"{team}/")
    assert read(page.locator("[data-testid=stTopNavSection] p")) == "meer"
    page.keyboard.press("Tab")
    assert read(page.locator("[data-testid=stSkipToContent]")) == "Naar de inhoud"


def test_a_page_that_is_not_there_and_a_server_that_is_away_are_told_in_dutch(
    watch, home
):
    page = watch().page
    report = page.locator("[data-testid=stDialog] section")
    with serving(home, "team") as address:
        open_page(page, f"{address}/nergens")
        assert read(report.locator("h2")) == "Dat lukt nu niet"
        report.get_by_role("button", name="Close").click()
        report.wait_for(state="detached")
    assert read(report.locator("h2")) == "Dat lukt nu niet"
    assert read(report.locator("> div > div")).startswith("Deze bladzijde bestaat niet")
