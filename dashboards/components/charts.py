"""Charts that are made of frames, and how they are drawn."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date
from typing import Any

import altair
import pandas as pd
import streamlit as st
from altair.utils import schemapi
from babel import Locale

from dashboards.components import downloads, figures
from dashboards.locales import locale
from dashboards.locales import translate as _

# Checking every part of a chart against the schema takes longer than all the rest of
# a page, and a browser of the tests draws what comes of it.
schemapi.disable_debug_mode()

# Of a count that is not shown exactly, zeros are hidden now and then as well.
_SMALL = (0, 4)
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

MORE, LESS, ALIKE = "more", "less", "alike"
_SHAPES = {MORE: "diamond", ALIKE: "circle", LESS: "square"}
_COLOURS = {MORE: ORANGE, ALIKE: INK, LESS: BLUE}
_REFERENCE = "#7d93a6"
_ROW_PX = 36


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


def counts_with_expectation(
    months: pd.DataFrame,
    breaks: Sequence[date] = (),
    chosen: pd.Timestamp | None = None,
) -> altair.LayerChart:
    """Return the monthly count over the band that was to be expected.

    A month without a count is hatched, or has the stretch of a small count; one that
    may still change is hollow. A click on a point picks its month, in ``at``.

    Args:
        months: ``month``, ``crime_count``, ``expected_lower``, ``expected_upper``,
            ``is_provisional``, ``is_incomplete``, ``is_small``.
        breaks: Months from which may be counted in another way; each is a line.
        chosen: The month that has a ring.
    """
    shown = months.assign(
        is_open=months["is_provisional"].eq(True) | months["is_incomplete"].eq(True),
        words=[
            figures.count(row["crime_count"], is_small=row["is_small"])
            for row in months.to_dict("records")
        ],
        expected=[
            figures.span(row["expected_lower"], row["expected_upper"])
            for row in months.to_dict("records")
        ],
        label=months["month"].map(figures.month),
        at=months["month"].dt.strftime("%Y-%m"),
        is_chosen=months["month"] == chosen,
        is_gap=months["crime_count"].isna() & ~months["is_small"].eq(other=True),
        least=_SMALL[0],
        most=_SMALL[1],
    )
    tooltip = [
        altair.Tooltip("label:N", title=_("Maand")),
        altair.Tooltip("words:N", title=_("Aantal")),
        altair.Tooltip("expected:N", title=_("Verwacht")),
    ]
    # The months stand over all layers: each layer that holds them is compared in full.
    base = altair.Chart().encode(_months())
    band = base.mark_area(color=GREY, opacity=0.45, interpolate="step").encode(
        altair.Y("expected_lower:Q", title=None), altair.Y2("expected_upper:Q")
    )
    count = altair.Y("crime_count:Q", title=None, axis=altair.Axis(tickMinStep=1))
    line = base.mark_line(color=BLUE, strokeWidth=2).encode(count)
    points = (
        base.mark_point(size=90, strokeWidth=2, stroke=BLUE, opacity=1)
        .encode(
            count,
            fill=white_where("datum.is_open"),
            tooltip=tooltip,
        )
        .add_params(altair.selection_point(name="picked", fields=["at"]))
    )
    ring = (
        base.transform_filter("datum.is_chosen")
        .mark_point(size=420, strokeWidth=3, stroke=ORANGE, filled=False, opacity=1)
        .encode(count)
    )
    small = (
        base.transform_filter("datum.is_small")
        .mark_rule(color=BLUE, strokeWidth=3, opacity=0.35)
        .encode(altair.Y("least:Q"), altair.Y2("most:Q"), tooltip=tooltip)
    )
    unknown = (
        base.transform_filter("datum.is_gap")
        .mark_rule(color=GREY, strokeWidth=9, strokeDash=[2, 4])
        .encode(tooltip=tooltip)
    )
    layers = [unknown, band, small, line, ring, points]
    if breaks:
        layers.append(_rules(breaks))
    return altair.layer(*layers, data=data(shown), height=300)


def white_where(test: str) -> altair.FillValue:
    """Return the fill of a point: hollow where a test holds, and else blue.

    Written out, because ``altair.condition`` is checked against the schema each time.
    """
    return altair.FillValue(BLUE, condition={"test": test, "value": "white"})


def values_of_small_multiple(
    months: pd.DataFrame, chosen: pd.Timestamp
) -> pd.DataFrame:
    """Return what a small multiple is drawn of.

    Args:
        months: As for ``counts_with_expectation``, of any number of buurten.
        chosen: The month that has a ring.
    """
    labels = {month: figures.month(month) for month in months["month"].unique()}
    return months.assign(
        at=months["month"].dt.strftime("%Y-%m"),
        label=months["month"].map(labels),
        is_out=months["status"].isin(["higher", "lower"]),
        is_chosen=months["month"] == chosen,
        words=[
            figures.count(count, is_small=is_small)
            for count, is_small in zip(
                months["crime_count"], months["is_small"], strict=True
            )
        ],
    )


def small_multiple(most: float) -> altair.LayerChart:
    """Return a chart of the months of one buurt, on the axis that all buurten share.

    A month outside the band is a diamond, and the chosen one has a ring. The months
    come later, of ``values_of_small_multiple``.

    Args:
        most: Upper end of the axis.
    """
    scale = altair.Scale(domain=[0, most], nice=False)
    axis = altair.Axis(tickCount=3, tickMinStep=1, labelFontSize=12)
    count = altair.Y("crime_count:Q", title=None, scale=scale, axis=axis)
    base = altair.Chart(altair.NamedData(NAMED)).encode(
        altair.X(
            "month:T",
            title=None,
            axis=altair.Axis(format="%Y", tickCount="year", labelFontSize=12),
        )
    )
    band = base.mark_area(color=GREY, opacity=0.45, interpolate="step").encode(
        altair.Y("expected_lower:Q", title=None, scale=scale, axis=axis),
        altair.Y2("expected_upper:Q"),
    )
    line = base.mark_line(color=BLUE, strokeWidth=1.8).encode(count)
    out = (
        base.transform_filter("datum.is_out")
        .mark_point(filled=True, size=70, color=ORANGE, opacity=1, shape="diamond")
        .encode(count)
    )
    ring = (
        base.transform_filter("datum.is_chosen")
        .mark_point(size=150, strokeWidth=2.5, stroke=ORANGE, filled=False, opacity=1)
        .encode(count)
    )
    # Wide points that cannot be seen, so that a month is easily hit.
    hit = (
        base.mark_point(size=220, opacity=0, filled=True)
        .encode(
            count,
            tooltip=[
                altair.Tooltip("label:N", title=_("Maand")),
                altair.Tooltip("words:N", title=_("Aantal")),
            ],
        )
        .add_params(altair.selection_point(name="picked", fields=["at"]))
    )
    return altair.layer(band, line, out, ring, hit, height=190)


def strip(
    count: float, last_year: float, lower: float, upper: float
) -> altair.LayerChart:
    """Return one count on the band that was expected, beside that of last year."""
    row = {
        "crime_count": count,
        "count_last_year": last_year,
        "expected_lower": lower,
        "expected_upper": upper,
    }
    frame = pd.DataFrame([row])
    furthest = frame.max(axis=None, skipna=True)
    scale = altair.Scale(domain=[0, max(5.0, float(furthest) * 1.1)])
    axis = altair.Axis(tickCount=4, tickMinStep=1, grid=False, domain=False)
    base = altair.Chart()
    band = base.mark_bar(color=GREY, opacity=0.55, height=26).encode(
        altair.X("expected_lower:Q", scale=scale, title=None, axis=axis),
        altair.X2("expected_upper:Q"),
    )
    earlier = base.mark_tick(color=INK, thickness=3, height=26).encode(
        altair.X("count_last_year:Q", scale=scale)
    )
    now = base.mark_point(
        filled=True, size=260, color=ORANGE, opacity=1, shape="diamond"
    ).encode(altair.X("crime_count:Q", scale=scale))
    return altair.layer(band, earlier, now, data=data(frame), height=62)


def bounds_by_month(
    months: pd.DataFrame, lower: str, upper: str, breaks: Sequence[date] = ()
) -> altair.Chart | altair.LayerChart:
    """Return, per month, the stretch between two bounds; never a line through it.

    From a break on is counted in another way; each is a line.
    """
    base = altair.Chart(data(months)).encode(_months(in_bars=True))
    bars = base.mark_bar(color=BLUE, opacity=0.75).encode(
        altair.Y(f"{lower}:Q", title=None, axis=altair.Axis(format=",d")),
        altair.Y2(f"{upper}:Q"),
    )
    return _broken(bars, breaks).properties(height=210)


def bars_by_month(
    months: pd.DataFrame,
    measure: str,
    open_flag: str | None = None,
    breaks: Sequence[date] = (),
) -> altair.Chart | altair.LayerChart:
    """Return one measure per month; a month that is a lower bound is hollow."""
    test = {"test": f"datum.{open_flag}", "value": "white"}
    colour = altair.ColorValue(BLUE, condition=test if open_flag else altair.Undefined)
    bars = (
        altair.Chart(data(months))
        .mark_bar(stroke=BLUE, strokeWidth=1.5)
        .encode(
            _months(in_bars=True),
            altair.Y(f"{measure}:Q", title=None, axis=altair.Axis(format=",d")),
            color=colour,
        )
    )
    return _broken(bars, breaks).properties(height=210)


def _broken(
    bars: altair.Chart, breaks: Sequence[date]
) -> altair.Chart | altair.LayerChart:
    if not breaks:
        return bars
    return altair.layer(bars, _rules(breaks))


def _rules(breaks: Sequence[date]) -> altair.Chart:
    months = pd.DataFrame({"month": pd.to_datetime(list(breaks))})
    rules = altair.Chart(data(months)).mark_rule(
        color=ORANGE, strokeWidth=2, strokeDash=[6, 4]
    )
    return rules.encode(_months())


def _months(*, in_bars: bool = False) -> altair.X:
    return altair.X(
        "month:T",
        title=None,
        timeUnit="yearmonth" if in_bars else altair.Undefined,
        axis=altair.Axis(format="%b %Y", tickCount=6, labelOverlap=True, grid=False),
    )


_PARTS = ["#0b4f8a", "#5d9fd0", "#a84300", "#e0a458", "#4b2e83", "#2e7d4f"]


def parts_of_scores(points: pd.DataFrame, parts: Sequence[str]) -> altair.Chart:
    """Return one bar per line, made of its parts; what moves it down lies left of 0.

    Args:
        points: ``rank``, ``line``, ``part_name`` and ``points``.
        parts: The names of the parts, in their order.
    """
    lines = points.sort_values("rank")["line"].unique().tolist()
    shown = points[points["points"] != 0].assign(
        words=[figures.decimal(value) for value in points.loc[points["points"] != 0,
                                                              "points"]],
        place=[list(parts).index(name) for name in
               points.loc[points["points"] != 0, "part_name"]],
    )  # fmt: skip
    bars = (
        altair.Chart(data(shown))
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            altair.X("points:Q", title=None, stack="zero"),
            altair.Y(
                "line:N", sort=lines, title=None, axis=altair.Axis(labelLimit=420)
            ),
            altair.Color(
                "part_name:N",
                scale=altair.Scale(domain=list(parts), range=_PARTS[: len(parts)]),
                legend=altair.Legend(
                    title=None,
                    orient="top",
                    labelFontSize=14,
                    labelColor=INK,
                    symbolSize=180,
                ),
            ),
            order=altair.Order("place:Q"),
            tooltip=[
                altair.Tooltip("line:N", title=_("Regel")),
                altair.Tooltip("part_name:N", title=_("Deel")),
                altair.Tooltip("words:N", title=_("Punten")),
            ],
        )
    )
    return bars.properties(height=34 * len(lines) + 40)


def heat(rows: pd.DataFrame, name: str, measure: str, title: str) -> altair.Chart:
    """Return one cell per name and month; where nothing is known there is no cell."""
    cells = (
        altair.Chart(data(rows.dropna(subset=[measure])))
        .mark_rect()
        .encode(
            altair.X(
                "yearmonth(month):O", title=None, axis=altair.Axis(labelOverlap=True)
            ),
            altair.Y(f"{name}:N", title=None, axis=altair.Axis(labelLimit=220)),
            altair.Color(
                f"{measure}:Q", title=title, scale=altair.Scale(scheme="blues")
            ),
            tooltip=[
                altair.Tooltip(f"{name}:N", title=_("Buurt")),
                altair.Tooltip("yearmonth(month):T", title=_("Maand")),
                altair.Tooltip(f"{measure}:Q", title=title, format=",.1f"),
            ],
        )
    )
    return cells.properties(height=26 * rows[name].nunique() + 60)


def verdict(lower: float, upper: float, reference: float) -> str:
    """Tell whether a share lies above or below another for sure."""
    if lower > reference:
        return MORE
    return LESS if upper < reference else ALIKE


def verdicts() -> dict[str, str]:
    """Return what is said of each verdict."""
    return {
        MORE: _("vaker"),
        LESS: _("minder vaak"),
        ALIKE: _("geen verschil te zeggen"),
    }


def shares(rows: pd.DataFrame, titles: Sequence[str]) -> altair.LayerChart:
    """Return shares with their intervals, over what each is held against.

    Args:
        rows: ``line``, ``share_estimate``, ``share_lower``, ``share_upper``,
            ``reference_share``, ``verdict``, and in words ``words``,
            ``reference_words`` and ``said``.
        titles: Of the line, the share, the reference and the verdict.
    """
    base = altair.Chart().encode(
        altair.Y(
            "line:N",
            sort=None,
            title=None,
            axis=altair.Axis(
                labelLimit=260, labelFontSize=15, grid=False, ticks=False, domain=False
            ),
        )
    )
    percent = altair.Axis(format=".0%", tickCount=5)
    reference = base.mark_tick(color=_REFERENCE, thickness=6, height=26).encode(
        altair.X("reference_share:Q", title=None, axis=percent)
    )
    colour = altair.Color(
        "verdict:N",
        scale=altair.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
        legend=None,
    )
    whole = base.mark_rule(strokeWidth=4).encode(
        altair.X("share_lower:Q"), altair.X2("share_upper:Q"), colour
    )
    point = base.mark_point(filled=True, size=240, opacity=1).encode(
        altair.X("share_estimate:Q"),
        colour,
        altair.Shape(
            "verdict:N",
            scale=altair.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
            legend=None,
        ),
        tooltip=[
            altair.Tooltip(f"{name}:N", title=title)
            for name, title in zip(
                ("line", "words", "reference_words", "said"), titles, strict=True
            )
        ],
    )
    high = _ROW_PX * len(rows) + 40
    return altair.layer(reference, whole, point, data=data(rows), height=high)


def hours_of_week(hours: pd.DataFrame) -> altair.LayerChart:
    """Return the week as 168 hours, the darker the oftener.

    Args:
        hours: ``day_name``, ``hour``, ``ratio`` (to an hour that is like all others),
            ``is_more`` (for sure) and ``words``, in the order of the week.
    """
    base = altair.Chart().encode(
        altair.X(
            "hour:O",
            title=None,
            axis=altair.Axis(
                labelAngle=0,
                labelExpr="datum.value % 6 == 0 ? datum.value : ''",
                grid=False,
                ticks=False,
            ),
        ),
        altair.Y(
            "day_name:N",
            sort=None,
            title=None,
            axis=altair.Axis(labelOverlap=False, grid=False, ticks=False, domain=False),
        ),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        altair.Color(
            "ratio:Q",
            title=_("Keer zo vaak als gemiddeld"),
            scale=altair.Scale(domainMin=0, range=[PALE, BLUE]),
            legend=altair.Legend(
                orient="top",
                titleFontSize=14,
                labelFontSize=14,
                titleLimit=280,
                tickMinStep=1,
                format=".0f",
            ),
        ),
        tooltip=[
            altair.Tooltip("day_name:N", title=_("Dag")),
            altair.Tooltip("hour:O", title=_("Uur")),
            altair.Tooltip("words:N", title=_("Keer zo vaak als gemiddeld")),
        ],
    )
    more = (
        base.transform_filter("datum.is_more")
        .mark_point(
            shape="diamond", filled=True, size=55, color="white", stroke=INK, opacity=1
        )
        .encode(tooltip=altair.value(None))
    )
    return altair.layer(cells, more, data=data(hours), height=32 * 7 + 120)


def repeats(cells: pd.DataFrame) -> altair.LayerChart:
    """Return pairs of crimes by distance and days; a pattern is a dark cell.

    Args:
        cells: ``distance``, ``days``, ``is_pattern`` and the words of each, ``large``
            (of a pattern) and ``small``, in their order.
    """
    axis = {"labelLimit": 200, "grid": False, "ticks": False, "domain": False}
    above = axis | {"orient": "top", "labelAngle": 0, "labelOverlap": False}
    base = altair.Chart().encode(
        altair.X("days:N", sort=None, title=_("Dagen ertussen"), axis=above),
        altair.Y("distance:N", sort=None, title=None, axis=axis),
        tooltip=[
            altair.Tooltip("distance:N", title=_("Afstand")),
            altair.Tooltip("days:N", title=_("Dagen")),
            altair.Tooltip("large:N", title=_("Herhaling")),
            altair.Tooltip("words:N", title=_("Paren")),
        ],
    )

    def by_pattern(is_one: str, is_none: str) -> altair.ColorValue:
        test = {"test": "datum.is_pattern", "value": is_one}
        return altair.ColorValue(is_none, condition=test)

    boxes = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=by_pattern(ORANGE, PALE)
    )
    large = (
        base.transform_filter("datum.is_pattern")
        .mark_text(fontSize=20, fontWeight=650, dy=-17, color="white")
        .encode(text="large:N")
    )
    small = base.mark_text(
        fontSize=13, lineBreak="\n", dy=4, baseline="top", lineHeight=15
    ).encode(
        text="small:N",
        color=by_pattern("white", INK),
        y=altair.Y("distance:N", sort=None, bandPosition=0.4, axis=axis, title=None),
    )
    rows = cells["distance"].nunique()
    high = 72 * rows + 90
    return altair.layer(boxes, large, small, data=data(cells), height=high)
