"""Charts that are made of frames, and how they are drawn."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import altair
import pandas as pd
import streamlit as st
from altair.utils import schemapi
from babel import Locale

from dashboards.components import downloads
from dashboards.locales import locale

# Checking every part of a chart against the schema takes longer than all the rest of
# a page, and a browser of the tests draws what comes of it.
schemapi.disable_debug_mode()

_SMALL_PRINT = {
    "orient": "bottom", "anchor": "start", "fontSize": 11, "fontWeight": "normal",
    "color": "#4a5763", "offset": 8,
}  # fmt: skip
NAMED = "named"
Rows = pd.DataFrame | list[dict[str, Any]]
"""A list is one of shapes: GeoJSON."""
_held: ContextVar[dict[str, Rows]] = ContextVar("held")
"""What the chart that is being made is made of."""
_HEADING = {
    "anchor": "start", "fontSize": 16, "fontWeight": 650, "color": "#0b1620",
    "subtitleFontSize": 11, "subtitleColor": "#a3182e", "offset": 6,
}  # fmt: skip
BLUE, ORANGE, GREY, INK = "#0b4f8a", "#a84300", "#9fb3c4", "#0b1620"
PALE = "#eef3f7"


def draw(
    build: Callable[..., altair.TopLevelMixin],
    *arguments: object,
    alt: str,
    what: str,
    rows: pd.DataFrame | None = None,
    **selection: object,
) -> None:
    """Draw the chart that a function makes of its arguments.

    Args:
        build: Makes the chart, of the arguments and the language alone.
        arguments: Frames and texts.
        alt: What the chart says, for a reader who cannot see it.
        what: What it shows, in a few words that also stand under it; no two on a
            page are alike.
        rows: The figures it is made of, when they are offered with it.
        selection: What Streamlit is to do with a click.
    """
    specification = _specification(build.__qualname__, build, arguments, locale())
    _told_once(specification)
    # A picture that is taken out of the page still says what it is.
    specification["title"] = _SMALL_PRINT | {"text": downloads.signature(what)}
    st.vega_lite_chart(spec=specification, alt=alt, **selection)
    if rows is not None:
        downloads.offer_figures(rows, what)


def alike(
    build: Callable[..., altair.TopLevelMixin], *arguments: object
) -> dict[str, object]:
    """Return the chart of which many differ in their figures only.

    Args:
        build: Makes it; its data are ``NAMED``.
        arguments: What is the same for all.
    """
    specification = _specification(build.__qualname__, build, arguments, locale())
    _told_once(specification)
    return specification


def draw_alike(
    chart: dict[str, object],
    values: pd.DataFrame,
    heading: str,
    alt: str,
    **selection: object,
) -> None:
    """Draw one of many charts that differ in their figures only.

    Args:
        chart: What ``alike`` gave for all of them.
        values: The figures of this one, as ``written``.
        heading: Stands over the chart, in the picture itself.
        alt: What the chart says, for a reader who cannot see it.
        selection: What Streamlit is to do with a click.
    """
    title = {"text": heading, "subtitle": downloads.mark()}
    own = {"title": _HEADING | title, "datasets": {NAMED: values}}
    st.vega_lite_chart(spec=chart | own, alt=alt, **selection)


def _told_once(specification: dict[str, object]) -> None:
    """Let a reader aloud hear what a chart says, and not each of its parts.

    Marks have no name, and axes and legends one in English. So has a title, which the
    library cannot silence.
    """
    config = dict(specification.get("config") or {})
    for part in ("mark", "axis", "legend"):
        config[part] = {**(config.get(part) or {}), "aria": False}
    specification["config"] = config


# To make a chart takes longer than all the rest of a page; the same figures give the
# same chart.
@st.cache_data(max_entries=256, show_spinner=False)
def _specification(
    name: str,  # noqa: ARG001 - what a chart is remembered by
    _build: Callable[..., altair.TopLevelMixin],
    arguments: tuple[object, ...],
    locale: str,  # noqa: ARG001 - what a chart is remembered by
) -> dict[str, object]:
    held: dict[str, Rows] = {}
    token = _held.set(held)
    try:
        specification = _build(*arguments).to_dict(validate=False)
    finally:
        _held.reset(token)
    specification["datasets"] = {
        name: written(rows) if isinstance(rows, pd.DataFrame) else rows
        for name, rows in held.items()
    }
    # Not with the library's own words: each makes every layer anew.
    specification["config"] = (specification.get("config") or {}) | _house_style()
    # Shapes in the page itself: sharp on a large screen, and a test can count them.
    specification["usermeta"] = {"embedOptions": {"renderer": "svg"}}
    return specification


def data(rows: Rows) -> altair.NamedData:
    """Return a name for the rows of a chart, which then stand beside it.

    The library compares, copies and checks the rows it holds for every layer.
    """
    held = _held.get()
    name = f"{NAMED}-{len(held)}"
    held[name] = rows
    return altair.NamedData(name)


def written(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as a chart reads them; days are local, and without a zone."""
    days = rows.select_dtypes("datetime").columns
    return rows.assign(
        **{name: rows[name].dt.strftime("%Y-%m-%dT%H:%M:%S") for name in days}
    )


def _house_style() -> dict[str, object]:
    """Return how all charts look, and how they write numbers and dates."""
    spoken = Locale.parse(locale())
    comma = spoken.number_symbols["latn"]["decimal"]
    point = spoken.number_symbols["latn"]["group"]
    months, days = spoken.months["format"], spoken.days["format"]
    # The chart library counts months from January, days from Sunday; CLDR has
    # Monday = 0.
    in_year, in_week = range(1, 13), (6, 0, 1, 2, 3, 4, 5)
    time = {
        "dateTime": "%e %B %Y %X",
        "date": "%d-%m-%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [days["wide"][day] for day in in_week],
        "shortDays": [days["abbreviated"][day] for day in in_week],
        "months": [months["wide"][month] for month in in_year],
        "shortMonths": [months["abbreviated"][month] for month in in_year],
    }
    number = {
        "decimal": comma,
        "thousands": point,
        "grouping": [3],
        "currency": ["", ""],
    }
    return {
        "locale": {"time": time, "number": number},
        "legend": {"labelColor": INK, "titleColor": INK},
        "axis": {
            "labelFontSize": 15,
            "titleFontSize": 15,
            "labelColor": INK,
            "titleColor": INK,
            "grid": True,
            "gridColor": "#e3e9ee",
        },
    }


def white_where(test: str) -> altair.FillValue:
    """Return the fill of a point: hollow where a test holds, and else blue.

    Written out, because ``altair.condition`` is checked against the schema each time.
    """
    return altair.FillValue(BLUE, condition={"test": test, "value": "white"})
