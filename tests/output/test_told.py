"""Counts, months and number words are told as people say them."""

from datetime import date

import pytest

from wijkbeeld.language import speaking
from wijkbeeld.output import told
from wijkbeeld.output.told import Count


@pytest.fixture(autouse=True)
def dutch():
    with speaking("nl"):
        yield


@pytest.mark.parametrize(
    ("count", "figure", "times"),
    [
        (Count(15), "15", "15 keer"),
        (Count(1), "1", "één keer"),
        (Count(15, is_rounded=True), "15", "ongeveer 15 keer"),
        (Count(0, is_rounded=True), "0", "0 keer"),
        (Count(1250), "1.250", "1.250 keer"),
        (Count(12, is_lower_bound=True), "≥ 12", "ten minste 12 keer"),
        (Count(None, "small_count"), "<5", "minder dan 5 keer"),
    ],
)
def test_a_count_is_told_as_a_figure_and_in_a_sentence(count, figure, times):
    assert told.count(count) == figure
    assert told.times(count) == times


def test_a_rounded_count_to_which_some_may_be_added_is_no_lower_bound():
    counted = Count(35, is_lower_bound=True, is_rounded=True)
    assert told.count(counted) == "35 of meer"
    assert told.label(counted) == "35+"
    assert told.times(counted) == "ongeveer 35 keer of vaker"
    assert told.aloud(counted) == "ongeveer 35 of meer"
    assert told.label(Count(34, is_lower_bound=True)) == "≥ 34"


@pytest.mark.parametrize("reason", ["protected", "unknown", None])
def test_a_count_that_is_not_known_is_no_zero(reason):
    assert told.count(Count(None, reason)) == "–"
    assert not Count(None, reason).is_known


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        (0, "nul", "zero"),
        (1, "een", "one"),
        (11, "elf", "eleven"),
        (14, "veertien", "fourteen"),
        (20, "twintig", "twenty"),
        (21, "eenentwintig", "twenty-one"),
        (22, "tweeëntwintig", "twenty-two"),
        (33, "drieëndertig", "thirty-three"),
        (45, "vijfenveertig", "forty-five"),
        (80, "tachtig", "eighty"),
        (99, "negenennegentig", "ninety-nine"),
        (100, "honderd", "one hundred"),
        (101, "honderdeen", "one hundred and one"),
        (212, "tweehonderdtwaalf", "two hundred and twelve"),
        (999, "negenhonderdnegenennegentig", "nine hundred and ninety-nine"),
        (1000, "1.000", "1,000"),
    ],
)
def test_a_number_is_a_word_where_a_sentence_begins(number, dutch, english):
    assert told.word(number) == dutch
    with speaking("en"):
        assert told.word(number) == english


def test_a_sentence_begins_with_a_capital():
    assert told.first(told.word(25)) == "Vijfentwintig"
    assert told.first("") == ""


def test_the_first_of_january_is_of_the_new_year():
    day = date(2027, 1, 1)
    assert told.day(day) == "1 januari 2027"
    assert told.weekday(day) == "vrijdag 1 januari"
    assert told.month(day) == "januari 2027"
    assert told.axis_month(day) == "jan 27"
    with speaking("en"):
        assert told.day(day) == "January 1, 2027"
        assert told.weekday(day) == "Friday, January 1"


def test_months_are_in_small_letters_and_without_points():
    months = [date(2026, month, 1) for month in range(1, 13)]
    assert [told.axis_month(month) for month in months] == [
        f"{name} 26"
        for name in "jan feb mrt apr mei jun jul aug sep okt nov dec".split()  # noqa: SIM905 - a list is no easier to read
    ]
    assert told.short_month(date(2026, 12, 1)) == "december"


def test_a_calendar_year_is_a_year_and_other_periods_have_both_ends():
    assert told.period(date(2025, 1, 1), date(2025, 12, 1)) == "2025"
    assert told.period(date(2025, 12, 1), date(2026, 11, 1)) == (
        "december 2025 tot en met november 2026"
    )


def test_names_that_hold_an_and_are_kept_apart():
    assert told.listed(["Houtwijk", "Rosenburg"]) == "Houtwijk en Rosenburg"
    assert told.listed(["Bohemen en Meer en Bos", "Houtwijk"]) == (
        "Bohemen en Meer en Bos, en Houtwijk"
    )
    three = ["Bohemen en Meer en Bos", "Houtwijk", "Kraayenstein en Vroondaal"]
    assert told.listed(three) == (
        "Bohemen en Meer en Bos, Houtwijk, en Kraayenstein en Vroondaal"
    )
    with speaking("en"):
        assert told.listed(three[:2]) == "Bohemen en Meer en Bos and Houtwijk"
    assert told.listed(["Bohemen en Meer en Bos"]) == "Bohemen en Meer en Bos"


def test_bounds_that_are_equal_are_one_number():
    assert told.span(9, 21) == "9 tot 21"
    assert told.span(9.2, 8.9) == "9"
