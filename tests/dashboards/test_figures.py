"""Figures as people read them: an unknown one is never a zero."""

from datetime import date, datetime

import pandas as pd
import pytest

from dashboards import locales
from dashboards.components import (
    alternatives,
    briefing_cards,
    figures,
    findings,
    public_scan,
)


@pytest.fixture(autouse=True)
def dutch(monkeypatch):
    monkeypatch.setattr(locales, "language", lambda: "nl")


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NA, pd.NaT])
def test_what_is_not_known_is_a_dash(unknown):
    assert figures.count(unknown) == "–"
    assert figures.decimal(unknown) == "–"
    assert figures.span(unknown, 3) == "–"
    assert figures.at_least(unknown, True) == "–"
    assert figures.plain(unknown) == "–"


def test_a_small_count_is_said_to_be_small_and_zero_is_zero():
    assert figures.count(None, is_small=True) == "<5"
    assert figures.count(0) == "0"
    assert figures.count(7, is_small=True) == "7"


def test_figures_are_written_the_dutch_way():
    assert figures.count(1234567) == "1.234.567"
    assert figures.decimal(1234.56) == "1.234,6"
    assert figures.span(9, 21) == "9 tot 21"
    assert figures.month(date(2026, 10, 1)) == "oktober 2026"


def test_a_lower_bound_says_so():
    assert figures.count(12, is_lower_bound=True) == "≥ 12"
    assert figures.at_least(12, True) == "ten minste 12"
    assert figures.at_least(12, pd.NA) == "12"


def test_a_lower_bound_is_never_rounded_up():
    assert figures.count(57.67) == "58"
    assert figures.count(57.67, is_lower_bound=True) == "≥ 57"
    assert figures.at_least(57.67, True) == "ten minste 57"
    assert figures.decimal(57.67, is_lower_bound=True) == "≥ 57,6"
    assert figures.between(9.6, float("nan")) == "≥ 9"
    assert figures.between(9.6, 20.2) == "9 tot 21"
    # 0.29 times 100 is a hair less than 29.
    assert figures.count(100 * 0.29, is_lower_bound=True) == "≥ 29"
    bounds = {
        "is_too_few": False, "interval_kind": "bounds",
        "figure_lower": 0.2, "figure_upper": 0.4567,
    }  # fmt: skip
    assert findings.words(bounds, "share") == "tussen 20 en 46 %"
    least = bounds | {"figure_lower": 1.667, "figure_upper": float("nan")}
    assert findings.words(least, "number") == "ten minste 1,6"


def test_what_a_chart_of_months_says_has_its_lower_bounds():
    months = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-09-01", "2026-10-01"]),
            "hours": [12.9, 57.67],
            "is_least": [False, True],
        }
    )
    said = alternatives.by_month(months, "hours", open_flag="is_least")
    assert "Hoogst ten minste 57 in oktober 2026, laagst 13 in september" in said
    assert said.endswith("Het laatst ten minste 57 in oktober 2026.")


def test_a_rounded_count_of_the_briefing_to_which_some_may_be_added_is_no_bound():
    row = {"crime_count": 35, "is_lower_bound": True, "reason": None}
    assert briefing_cards.count(row) == "35 of meer"
    assert public_scan.count(row) == "ongeveer 35 of meer"
    assert public_scan.count(row | {"crime_count": 0}) == "0 of meer"
    del row["reason"]
    assert briefing_cards.count(row) == "≥ 35"


def test_an_instant_is_shown_by_the_clock_on_the_wall():
    summer, winter = map(
        datetime.fromisoformat, ("2026-07-01T22:30", "2026-01-01T22:30")
    )

    assert figures.moment(summer) == "2 juli 2026 00:30"
    assert figures.moment(winter) == "1 januari 2026 23:30"


@pytest.mark.parametrize(
    "text",
    [
        "**vet**",
        "_schuin_",
        "[klik](http://elders.nl)",
        "![x](y)",
        "<b>x</b>",
        "# kop",
        "- lijst",
        "1. een",
        "`code`",
        "$x^2$",
        ":red[x]",
        ":material/home:",
        "~~weg~~",
        "a|b",
        "http://elders.nl",
        "www.elders.nl",
        "iemand@elders.nl",
        "&amp;",
    ],
)
def test_markdown_of_others_is_shown_as_it_was_written(text):
    escaped = figures.plain(text)

    assert escaped.replace("\\", "").replace("\u200b", "") == text
    assert all(
        escaped[at - 1] == "\\"
        for at, sign in enumerate(escaped)
        if sign in "*_[]<>`$:#|~!&"
    )


def year(now, before, ratio=None, lower=None, upper=None):
    return {
        "count_12_months": now,
        "count_12_months_before": before,
        "change_ratio": ratio,
        "change_lower": lower,
        "change_upper": upper,
    }


def test_a_change_of_many_is_a_percentage_with_its_interval():
    said = figures.change(year(167, 241, 0.693, 0.503, 0.956))
    assert said == "\u221231 % (\u221250 tot \u22124)"
    assert figures.change(year(30, 20, 1.5, 0.9, 2.4)) == "+50 % (\u221210 tot +140)"


def test_a_change_of_few_is_no_percentage():
    assert figures.change(year(1, 6, 0.17, 0.02, 1.2)) == "van 6 naar 1"
    assert figures.change(year(4, 40, 0.1, 0.03, 0.4)) == "van 40 naar 4"


def test_a_change_from_what_is_not_known_is_not_told():
    assert figures.change(year(30, None)) == figures.UNKNOWN


def test_a_rate_comes_with_its_interval():
    assert figures.interval(2.979, 1.198, 6.137) == "3,0 (1,2 tot 6,1)"
    assert figures.interval(2.979, None, None) == "3,0"


@pytest.mark.parametrize(
    ("status", "lower", "reason", "said"),
    [
        ("higher", 3, None, "▲ meer dan verwacht"),
        ("too few to say", 0, None, "○ te weinig om iets te zeggen"),
        # Nothing was expected: too few crimes are not the reason.
        ("too few to say", None, None, "geen oordeel"),
        (None, None, "small_count", "○ te weinig om iets te zeggen"),
        (None, None, None, "geen oordeel"),
        (None, 3, None, "geen oordeel"),
    ],
)
def test_the_table_of_the_briefing_has_the_verdict_of_the_card(
    status, lower, reason, said
):
    row = {
        "offence_code": "1.1.1", "crime_count": None if reason else 12,
        "count_last_year": None, "reason": reason, "reason_last_year": None,
        "is_lower_bound": False, "status": status, "expected_lower": lower,
        "expected_upper": None if lower is None else 20,
    }  # fmt: skip
    assert briefing_cards._verdict(row) == said
    table = briefing_cards._as_table(pd.DataFrame([row]))
    assert table["Oordeel"].tolist() == [said]
