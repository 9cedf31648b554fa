"""Which numbers a text tells, and which figures the file of residents holds.

For every test that holds what is shown to residents against what they may know:
``assert_public(texts, public_path)`` for any texts, ``texts_of`` for a presentation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb

from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Lines,
    Numbers,
    Part,
    Presentation,
    Slide,
    Table,
)

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|"
    "december|january|february|march|may|june|july|august|october|"
    "jan|feb|mrt|mar|apr|jun|jul|aug|sep|okt|oct|nov|dec"
)
# What is no figure: days, months, years, and numbers to call. In this order, since a
# day is part of what is taken away with its month.
_NO_FIGURES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b0[89]00-\d{4}\b",
        r"\b112\b",
        r"\b\d{4}-\d{2}(-\d{2})?\b",
        r"\b\d{1,2}[.:]\d{2} uur\b",
        rf"\b\d{{1,2}} (?:{_MONTHS})\b( \d{{2,4}}\b)?",
        rf"\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}\b",
        rf"day, (?:{_MONTHS}) \d{{1,2}}\b",
        rf"^(?:{_MONTHS}) \d{{2}}$",
        rf"\b(?:{_MONTHS}) \d{{4}}\b",
        r"\b(?:19|20)\d{2}\b",
        # How figures are rounded and withheld, in the words of the house.
        r"5 is 5 tot en met 7\.",
        r"5 is 5 to 7\.",
        r"een 5 staat voor 5 tot en met 7, een 10 voor 8 tot en met 12",
        r"1 tot en met 4",
        r"1 to 4",
        r"<\s?5",
        r"minder dan 5\b",
        r"fewer than 5\b",
    )
)
_NUMBER = re.compile(r"(?<![\w-])\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+")
_HOURS = re.compile(r"\b(\d[\d.,]*) (?:uur|hours?)\b", re.IGNORECASE)
_WORDS = {
    "één": 1, "once": 1, "twee": 2, "twice": 2, "drie": 3, "vier": 4,
}  # fmt: skip
_WORD = re.compile(
    r"\b(één|twee|drie|vier) keer (?=(?:iets|een|in|auto|fiets|inge))|\b(once|twice)\b",
    re.IGNORECASE,
)
_FIVE = 5


@dataclass(frozen=True)
class Told:
    """One number, and the text that tells it."""

    number: int
    text: str
    is_hours: bool = False


def numbers_in(text: str) -> Iterator[Told]:
    """Yield the numbers that a text tells; days and telephone numbers are none."""
    left = text
    for pattern in _NO_FIGURES:
        left = pattern.sub(" ", left)
    for found in _HOURS.finditer(left):
        yield Told(_whole(found[1]), text, is_hours=True)
    left = _HOURS.sub(" ", left)
    for found in _NUMBER.finditer(left):
        yield Told(_whole(found[0]), text)
    for found in _WORD.finditer(left):
        yield Told(_WORDS[(found[1] or found[2]).lower()], text)


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def numbers_told(presentation: Presentation) -> list[Told]:
    """Return every number of a presentation, those behind its charts as well."""
    return [told for text in texts_of(presentation) for told in numbers_in(text)]


def texts_of(presentation: Presentation) -> list[str]:
    """Return every text of a presentation, and the values of its charts as texts."""
    return [
        presentation.title,
        *(text for slide in presentation.slides for text in _of_slide(slide)),
    ]


def parts(slide: Slide, kind: type[Part]) -> list[Part]:
    """Return what is of one kind on a slide."""
    return [part for part in slide.parts if isinstance(part, kind)]


def _of_slide(slide: Slide) -> Iterator[str]:
    yield from (slide.title, slide.message, slide.notes, slide.annotation)
    yield from slide.remarks
    for part in slide.parts:
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[str]:
    match part:
        case Lines(items):
            yield from items
        case Numbers(items):
            for item in items:
                yield from (f"{item.told} {item.label}", item.note)
        case Table(columns, rows, alt):
            yield from (*columns, alt, *chain.from_iterable(rows))
        case _:
            yield from _of_picture(part)


def _of_picture(part: Bars | AreaMap) -> Iterator[str]:
    yield from (part.title, part.alt)
    if isinstance(part, Bars):
        yield from (*part.categories, *chain.from_iterable(part.told))
        yield from (row.name for row in part.series)
        values = chain.from_iterable(row.values for row in part.series)
    else:
        yield from chain.from_iterable((area.name, area.told) for area in part.areas)
        values = (area.value for area in part.areas)
    yield from (str(value) for value in values if value is not None)


_COUNTS = """
    select crime_count as figure from marts.rpt_public_crimes
    union select crime_count from marts.rpt_briefing
    union select count_last_year from marts.rpt_briefing
    union select post_count from marts.rpt_reach
    union select reach_sum_upper from marts.rpt_reach
    union select reach_max_lower from marts.rpt_reach
    union select views_sum from marts.rpt_reach
    union select signal_count from marts.rpt_patrols
    union select patrol_count from marts.rpt_patrols
    -- What there is at least of figures in fives, in whole fives.
    union
    select 5 * floor(sum(if(signal_count > 5, signal_count - 2, signal_count)) / 5)
    from marts.rpt_patrols group by month
"""
# Hours in fives too, and what there is at least of them.
_HOUR_SUMS = """
    select 5 * floor(
        sum(if(patrol_hours > 5, patrol_hours - 2.5, patrol_hours)) / 5
    ) as hours
    from marts.rpt_patrols group by month
    union select patrol_hours from marts.rpt_patrols
"""
_TEXTS = {
    "fct_programmes": "name",
    "rpt_public_effects": "study_name",
    "fct_minutes": "point",
    "fct_actions": "description || ' ' || owner",
    "fct_briefings": "concat_ws(' ', venue, guest_from)",
}


@dataclass(frozen=True)
class Figures:
    """What residents may know: figures, hours, and numbers in texts of the team."""

    counts: frozenset[int]
    hours: frozenset[int]
    in_texts: frozenset[int]


def figures_of(public_path: Path) -> Figures:
    """Return the figures that the file of residents holds."""
    with duckdb.connect(str(public_path), read_only=True) as con:
        there = {
            table: [
                name
                for (name,) in con.execute(
                    "select column_name from duckdb_columns() where table_name = ?",
                    [table],
                ).fetchall()
            ]
            for table in (*_TEXTS, "rpt_briefing", "fct_briefings")
        }
        counts = _values(con, _COUNTS)
        for name in there["fct_briefings"]:
            if name.startswith("attendance"):
                counts |= _values(con, f"select {name} from marts.fct_briefings")
        texts = [
            str(text)
            for table, expression in _TEXTS.items()
            if there[table]
            for (text,) in con.execute(
                f"select {expression} from marts.{table}"
            ).fetchall()
        ]
        hours = _values(con, _HOUR_SUMS)
    in_texts = frozenset(told.number for text in texts for told in numbers_in(text))
    return Figures(frozenset(counts), frozenset(hours), in_texts)


def _values(con: duckdb.DuckDBPyConnection, query: str) -> set[int]:
    return {int(n) for (n,) in con.execute(query).fetchall() if n is not None}


def assert_public(texts: Iterable[str], public_path: Path) -> None:
    """Fail when a text tells what the file of residents does not hold.

    Every count is a figure of that file, so none is 1 to 4; a number in what the team
    itself wrote, as the name of a programme, is that of the file too.
    """
    known = figures_of(public_path)
    for told in (told for text in texts for told in numbers_in(text)):
        if told.number in known.in_texts:
            continue
        if told.is_hours:
            assert told.number in known.hours, f"{told} is no hours of {public_path}"
            continue
        assert not 0 < told.number < _FIVE, f"{told} is a small count"
        assert told.number in known.counts, f"{told} is no figure of {public_path}"
