"""What the page of one buurt says, and what it says when there is nothing."""

import duckdb
import pytest
from tests.dashboards.conftest import EVIL, month_at, write_marts
from tests.dashboards.test_pages import said

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

HOUTWIJK = {"buurt-buurt": "Houtwijk"}


def test_all_that_is_known_of_a_buurt_is_on_its_page(publication, open_as):
    publication()
    app = open_as("team", "buurt", **HOUTWIJK)

    assert not app.exception
    assert app.header[0].value.startswith("Houtwijk")
    assert "1 groep met 120 leden" in said(app).replace("**", "")
    assert "Let op herhaling" in said(app)
    assert "van 4 oktober 2026" in said(app)
    assert "wijkagent" in said(app)
    assert "Lang geleden" in said(app)
    assert "misdrijven, autokraak, Houtwijk" in said(app)
    assert app.dataframe[0].value["Tekst"].iloc[0] == EVIL


def test_an_opinion_is_never_run_and_never_averaged(publication, open_as):
    publication()
    app = open_as("team", "buurt", **HOUTWIJK)

    assert not any(EVIL in element.value for element in app.markdown)
    assert "telt niet mee" in said(app)


def test_what_is_missing_is_named_with_what_would_bring_it(publication, open_as):
    publication()
    app = open_as("team", "buurt", **{"buurt-buurt": "Ockenburgh"})
    told = "\n".join(info.value for info in app.info).replace("\\", "")

    assert not app.exception
    for part in ("groep", "berichten", "straatkennis"):
        assert f"Geen {part} bekend" in told
    assert "wel geleverd" in told


def test_a_source_that_never_came_names_its_folder(publication, open_as, monkeypatch):
    import pandas as pd

    from dashboards.queries import quality

    seen = quality.freshness

    def never() -> pd.DataFrame:
        return seen().assign(last_landed_at=pd.NaT)

    publication()
    monkeypatch.setattr(quality, "freshness", never)
    app = open_as("team", "buurt", **{"buurt-buurt": "Ockenburgh"})
    told = "\n".join(info.value for info in app.info).replace("\\", "")

    assert "in de map team__street_knowledge" in told


@pytest.mark.parametrize("role", ["team", "analyst"])
def test_the_scan_leads_to_the_page_of_the_same_buurt(publication, open_as, role):
    publication()
    app = open_as(role, "gebiedsscan", **{"gebiedsscan-buurt": "Houtwijk"})
    [link] = app.get("page_link")

    assert link.proto.label == "Alles over Houtwijk"
    assert "buurt-buurt=Houtwijk" in link.proto.query_string


def test_residents_have_no_such_page_and_no_link_to_it(publication, open_as):
    publication()
    app = open_as("public", "gebiedsscan")

    assert not app.get("page_link")
    # A map, the whole area and one wijk: no buurt by month.
    assert len(app.get("vega_lite_chart")) == 3


def test_the_buurten_stand_beside_each_other_on_one_axis(publication, open_as):
    import json

    publication()
    app = open_as("team", "gebiedsscan")
    small = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")[2:]]
    ends = {
        layer["encoding"]["y"]["scale"]["domain"][1]
        for chart in small
        for layer in chart["layer"]
        if "scale" in layer["encoding"].get("y", {})
    }

    assert len(small) == 13
    assert len(ends) == 1
    assert len({chart["title"]["text"] for chart in small}) == 13


def test_two_periods_are_compared_and_the_address_holds_which(publication, open_as):
    publication()
    app = open_as(
        "team",
        "gebiedsscan",
        **{"gebiedsscan-soort": "Drie maanden", "gebiedsscan-delict": "Autokraak"},
    )
    table = app.table[1].value

    assert list(table)[1:3] == [
        "Augustus 2025 t/m oktober 2025", "Augustus 2026 t/m oktober 2026",
    ]  # fmt: skip
    assert table["Buurt"].iloc[-1] == "Alle buurten samen"
    assert len(table) == 14


def test_a_period_keeps_its_capitals_in_english(publication, open_as):
    publication()
    address = {"gebiedsscan-soort": "Three months"}
    app = open_as("team", "gebiedsscan", language="English", **address)
    headings = list(app.table[1].value)[1:3]

    assert headings
    for heading in headings:
        assert all(word[0].isupper() for word in heading.split() if len(word) > 4)


def test_periods_across_a_break_are_not_offered(publication, open_as):
    publication()
    app = open_as("team", "gebiedsscan", **{"gebiedsscan-delict": "Winkeldiefstal"})

    assert any("geen eerdere te vergelijken" in info.value for info in app.info)
    assert any("staan er niet bij" in caption.value for caption in app.caption)


def test_of_another_kind_of_period_the_first_is_chosen(publication, open_as):
    publication()
    app = open_as("team", "gebiedsscan")
    app.selectbox("gebiedsscan-soort").set_value("year").run()

    assert not app.exception
    assert list(app.table[1].value)[1:3] == ["2024", "2025"]


@pytest.mark.parametrize(("first", "is_short"), [(20, True), (24, False)])
def test_why_nothing_was_expected_is_said_where_the_history_is_too_short(
    home, open_as, first, is_short
):
    write_marts(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute(
            "update marts.rpt_area_scan set expected_lower = null, expected_upper = "
            "null, source = if(month < ?, 'police__open_data', source)",
            [month_at(first)],
        )
    publish("short")
    text = said(open_as("team", "buurt", **HOUTWIJK | {"buurt-maand": "oktober 2026"}))

    assert ("en er zijn er 20." in text) is is_short
    assert ("24 maanden ervóór nodig" in text) is is_short
