"""What is offered as a file is what is shown, marked, and harmless in a spreadsheet."""

import json

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboards.conftest import EVIL

from dashboards.components import alternatives, downloads


def charts_of(app: AppTest) -> list[object]:
    return [element.proto for element in app.get("vega_lite_chart")]


PAGES = ["briefing", "gebiedsscan", "bereik", "buurtpreventie", "datakwaliteit", "sql"]


@pytest.mark.parametrize(
    ("role", "page"),
    [(role, page) for role in ("team", "public") for page in PAGES]
    + [("team", "buurt")],
)
def test_every_table_and_chart_is_offered_and_every_chart_says_what_it_says(
    publication, open_as, page, role
):
    publication()
    app = open_as(role, page)
    offered = [button.proto.label for button in app.get("download_button")]

    assert offered
    assert len(offered) == len(set(offered))
    assert len(offered) >= len(app.table)
    for chart in charts_of(app):
        assert len(chart.alt.split()) > 5
        title = json.loads(chart.spec)["title"]
        assert "DEMODATA" in title["text"] + title.get("subtitle", "")


def test_a_picture_of_real_figures_is_not_called_demo(publication, open_as):
    publication(is_demo=False)
    for chart in charts_of(open_as("team", "gebiedsscan")):
        assert "DEMODATA" not in chart.spec


def offered(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> str:
    given = {}
    monkeypatch.setattr(
        "streamlit.download_button", lambda _label, rows, **_how: given.update(r=rows())
    )
    downloads.offer_figures(frame, "proef")
    return given["r"].decode("utf-8-sig")


def test_a_file_opens_in_a_dutch_spreadsheet_and_runs_nothing(monkeypatch):
    frame = pd.DataFrame(
        {
            "buurt_name": ["=HYPERLINK(1)", EVIL],
            "month": pd.to_datetime(["2026-01-01", "2026-02-01"]),
            "crime_count": pd.array([None, 7], dtype="Int32"),
            "is_small": [True, False],
            "rate_per_1000": [2.5, None],
            "status": ["higher", None],
            "secret_column": ["x", "y"],
        }
    )
    head, first, second = offered(frame, monkeypatch).splitlines()

    assert head == "Buurt;Maand;Aantal;Oordeel;Per 1.000"
    assert first == "'=HYPERLINK(1);2026-01-01;<5;meer dan verwacht;2,5"
    assert second.endswith(";2026-02-01;7;geen oordeel;")


def test_what_is_not_known_is_an_empty_cell_and_no_zero(monkeypatch):
    frame = pd.DataFrame(
        {"month": [pd.NaT], "crime_count": [None], "is_small": [False]}
    )

    assert offered(frame, monkeypatch).splitlines()[1] == ";"


def test_a_line_in_words_tells_its_ends_and_what_left_the_band():
    months = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"]),
            "crime_count": [9, None, 2],
            "expected_lower": [0, 0, 1],
            "expected_upper": [5, 5, 5],
            "status": ["higher", None, "as expected"],
        }
    )
    said = alternatives.counts_with_expectation(months.to_dict("records"))

    assert "Hoogst 9 in januari 2026, laagst 2 in maart 2026" in said
    assert "Het laatst 2 in maart 2026, verwacht 1 tot 5: zoals verwacht" in said
    assert "Meer dan verwacht in januari 2026" in said
    assert "Zonder aantal: 1 maand." in said
