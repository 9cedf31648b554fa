"""Figures as people read them: an unknown one is never a zero."""

from datetime import date, datetime

import pandas as pd
import pytest

from dashboards import locales
from dashboards.components import figures


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
