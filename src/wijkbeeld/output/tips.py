"""What the team asks of residents: short texts per theme and season.

The texts are data (``tips.yml``), at reading level B1: short, one thing to do, no
jargon. Which one is told goes by the calendar, so that whoever makes a bulletin again
gets the same, and two that follow each other differ.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from wijkbeeld.language import spoken
from wijkbeeld.settings import settings

Season = Literal["dark", "spring", "summer"]
_FORTNIGHT_DAYS = 14


@dataclass(frozen=True)
class Tip:
    """One thing that residents can do, in the language that is spoken."""

    code: str
    """As the newspaper's list names it: ``TIP-LAMP``."""
    offence_code: str
    text: str
    """One short sentence."""
    long: str
    """Two or three sentences, for the newspaper."""


def season(day: date) -> Season:
    """Return the season in which a day falls, as burglars see it."""
    if day.month in {10, 11, 12, 1, 2, 3}:
        return "dark"
    return "spring" if day.month in {4, 5, 6} else "summer"


def first_bulletin() -> date:
    """Return the day from which fortnights are counted."""
    return settings().bulletin_anchor.date()


def fortnight(day: date) -> int:
    """Return which bulletin comes out in the fortnight of a day; the first is 0.

    Counted in days from the first one: weeks of a year do not do, since 2026 has 53.
    """
    return (day - first_bulletin()).days // _FORTNIGHT_DAYS


def of(offence_code: str, month: date) -> str:
    """Return what is asked about an offence at the briefing about ``month``.

    A month is discussed in the one that follows it, so the season is of that one.

    Raises:
        KeyError: There are no tips about this offence.
    """
    months = month.year * 12 + month.month
    discussed = date(months // 12, months % 12 + 1, 1)
    known = _known(spoken())[offence_code, season(discussed)]
    return known[months % len(known)].text


def tip(offence_code: str, day: date) -> Tip:
    """Return the tip of the bulletin that comes out in the fortnight of ``day``.

    It is another one each fortnight, and also for whoever asks every third: three
    offences take turns.

    Raises:
        KeyError: There are no tips about this offence.
    """
    known = _known(spoken())[offence_code, season(day)]
    number = fortnight(day)
    return known[(number + number // 3) % len(known)]


def always() -> str:
    """Return what is asked in every season."""
    said: dict[str, str] = _read()["always"]
    return said[spoken()]


def codes() -> tuple[str, ...]:
    """Return the codes of all tips."""
    return tuple(row["code"] for row in _read()["tips"])


@cache
def _known(language: str) -> dict[tuple[str, Season], tuple[Tip, ...]]:
    known: dict[tuple[str, Season], tuple[Tip, ...]] = {}
    for row in _read()["tips"]:
        said = Tip(
            row["code"], row["offence"], row["text"][language], row["long"][language]
        )
        key = row["offence"], row["season"]
        known[key] = (*known.get(key, ()), said)
    return known


@cache
def _read() -> dict[str, Any]:
    path = resources.files(__package__).joinpath("tips.yml")
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read
