"""What a slide is, whatever it is drawn with.

A slide tells one message. Its parts hold values that were already made fit to be
shown: a part never computes, and whoever draws it never asks the publication. So the
figures of screen, deck, handout and sheet are the same by construction.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Key(StrEnum):
    """The slides of a briefing, in the order in which they are told."""

    WELCOME = "welcome"
    ACTIONS_BEFORE = "actions_before"
    BURGLARY = "burglary"
    THEFT_FROM_CARS = "theft_from_cars"
    BICYCLE_THEFT = "bicycle_theft"
    EXPECTED = "expected"
    WHERE = "where"
    DONE = "done"
    HELPED = "helped"
    AHEAD = "ahead"
    ASKED = "asked"
    GUEST = "guest"
    ACTIONS = "actions"


@dataclass(frozen=True)
class Lines:
    """A few short lines of text."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """One figure that is seen from the back row."""

    label: str
    told: str
    """As it is shown: ``15``, ``<5``, ``–``."""
    note: str = ""


@dataclass(frozen=True)
class Numbers:
    """Figures beside one another, three at most."""

    items: tuple[Number, ...]


@dataclass(frozen=True)
class Series:
    """One row of values of a chart."""

    name: str
    values: tuple[int | None, ...]
    """One per category; none where nothing may be told, which is no zero."""


@dataclass(frozen=True)
class Bars:
    """A chart with a bar per category."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    """Says in words what the chart shows."""
    told: tuple[tuple[str, ...], ...] = ()
    """Per series what is written at each bar, as ``<5`` where there is no value."""


@dataclass(frozen=True)
class Area:
    """One buurt on a map."""

    code: str
    name: str
    value: int | None
    told: str
    wkt: str
    """Polygon or multipolygon in metres, EPSG:28992."""


@dataclass(frozen=True)
class AreaMap:
    """A map of the buurten, darker where there is more."""

    title: str
    areas: tuple[Area, ...]
    alt: str


@dataclass(frozen=True)
class Table:
    """A small table of texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str


Part = Lines | Numbers | Bars | AreaMap | Table


@dataclass(frozen=True)
class Slide:
    """One slide: what it is about, what it says, and what stands under it."""

    key: Key
    title: str
    message: str
    """One sentence, which is all that the back row has to remember."""
    parts: tuple[Part, ...] = ()
    notes: str = ""
    """What the speaker may say; never shown on the wall."""
    remarks: tuple[str, ...] = ()
    """What is not final about the figures, in small letters."""
    annotation: str = ""
    """What the chief added to this slide for this briefing."""


@dataclass(frozen=True)
class Presentation:
    """A briefing from beginning to end, ready to be drawn."""

    month: str
    """Of the figures, as in an address: ``2026-10``."""
    title: str
    team: str
    publication: str
    role: str
    """``public``, or ``team`` for what may not be shown to residents."""
    has_demo: bool
    language: str
    slides: tuple[Slide, ...] = field(default=())
