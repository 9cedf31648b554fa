"""Charts that take a frame and draw it."""

import altair
import pandas as pd
import streamlit as st
from babel import Locale

from dashboards.components import figures
from dashboards.locales import locale
from dashboards.locales import translate as _

_SMALL = (1, 4)
BLUE, ORANGE, GREY, INK = "#0b4f8a", "#a84300", "#9fb3c4", "#14202b"


def in_language(chart: altair.TopLevelMixin) -> altair.TopLevelMixin:
    """Return the chart with numbers and dates as the reader writes them."""
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
    return chart.configure(locale={"time": time, "number": number}).configure_axis(
        labelFontSize=13,
        titleFontSize=13,
        labelColor=INK,
        grid=True,
        gridColor="#e3e9ee",
    )


def counts_with_expectation(months: pd.DataFrame, alt: str) -> None:
    """Draw the monthly count over the band that was to be expected.

    A month without a count leaves a gap, or the stretch of a small count; one that may
    still change is hollow.

    Args:
        months: ``month``, ``crime_count``, ``expected_lower``, ``expected_upper``,
            ``is_provisional``, ``is_incomplete``, ``is_small``.
        alt: What a reader who cannot see the chart is told.
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
        least=_SMALL[0],
        most=_SMALL[1],
    )
    tooltip = [
        altair.Tooltip("label:N", title=_("Maand")),
        altair.Tooltip("words:N", title=_("Aantal")),
        altair.Tooltip("expected:N", title=_("Verwacht")),
    ]
    base = altair.Chart(shown).encode(_months())
    band = base.mark_area(color=GREY, opacity=0.45, interpolate="step").encode(
        altair.Y("expected_lower:Q", title=None), altair.Y2("expected_upper:Q")
    )
    count = altair.Y("crime_count:Q", title=None, axis=altair.Axis(tickMinStep=1))
    line = base.mark_line(color=BLUE, strokeWidth=2).encode(count)
    points = base.mark_point(size=60, strokeWidth=2, stroke=BLUE, opacity=1).encode(
        count,
        fill=altair.condition(
            "datum.is_open", altair.value("white"), altair.value(BLUE)
        ),
        tooltip=tooltip,
    )
    small = (
        base.transform_filter("datum.is_small")
        .mark_rule(color=BLUE, strokeWidth=3, opacity=0.35)
        .encode(altair.Y("least:Q"), altair.Y2("most:Q"), tooltip=tooltip)
    )
    _draw((band + small + line + points).properties(height=280), alt)


def strip(row: dict[str, object], alt: str) -> None:
    """Draw one count on the band that was expected, beside that of last year."""
    frame = pd.DataFrame([row])
    furthest = frame[["crime_count", "count_last_year", "expected_upper"]].max(
        axis=None, skipna=True
    )
    scale = altair.Scale(domain=[0, max(5.0, float(furthest) * 1.1)])
    axis = altair.Axis(tickCount=4, tickMinStep=1, grid=False, domain=False)
    base = altair.Chart(frame)
    band = base.mark_bar(color=GREY, opacity=0.55, height=26).encode(
        altair.X("expected_lower:Q", scale=scale, title=None, axis=axis),
        altair.X2("expected_upper:Q"),
    )
    last_year = base.mark_tick(color=INK, thickness=3, height=26).encode(
        altair.X("count_last_year:Q", scale=scale)
    )
    now = base.mark_point(
        filled=True, size=260, color=ORANGE, opacity=1, shape="diamond"
    ).encode(altair.X("crime_count:Q", scale=scale))
    _draw((band + last_year + now).properties(height=62), alt)


def bounds_by_month(months: pd.DataFrame, lower: str, upper: str, alt: str) -> None:
    """Draw, per month, the stretch between two bounds; never a line through it."""
    base = altair.Chart(months).encode(_months(in_bars=True))
    bars = base.mark_bar(color=BLUE, opacity=0.75).encode(
        altair.Y(f"{lower}:Q", title=None, axis=altair.Axis(format=",d")),
        altair.Y2(f"{upper}:Q"),
    )
    _draw(bars.properties(height=210), alt)


def bars_by_month(
    months: pd.DataFrame, measure: str, alt: str, *, open_flag: str | None = None
) -> None:
    """Draw one measure per month; a month that is a lower bound is hollow."""
    colour = (
        altair.condition(
            f"datum.{open_flag}", altair.value("white"), altair.value(BLUE)
        )
        if open_flag
        else altair.value(BLUE)
    )
    bars = (
        altair.Chart(months)
        .mark_bar(stroke=BLUE, strokeWidth=1.5)
        .encode(
            _months(in_bars=True),
            altair.Y(f"{measure}:Q", title=None, axis=altair.Axis(format=",d")),
            color=colour,
        )
    )
    _draw(bars.properties(height=210), alt)


def bars_by_name(rows: pd.DataFrame, name: str, measure: str, alt: str) -> None:
    """Draw one bar per name, longest first; a name without a figure has none."""
    bars = (
        altair.Chart(rows)
        .mark_bar(color=BLUE)
        .encode(
            altair.X(f"{measure}:Q", title=None),
            altair.Y(
                f"{name}:N", title=None, sort="-x", axis=altair.Axis(labelLimit=220)
            ),
        )
    )
    _draw(bars.properties(height=26 * len(rows) + 30), alt)


def _months(*, in_bars: bool = False) -> altair.X:
    return altair.X(
        "month:T",
        title=None,
        timeUnit="yearmonth" if in_bars else altair.Undefined,
        axis=altair.Axis(format="%b %Y", tickCount=6, labelOverlap=True, grid=False),
    )


def _draw(chart: altair.TopLevelMixin, alt: str) -> None:
    st.altair_chart(in_language(chart), alt=alt)


def heat(rows: pd.DataFrame, name: str, measure: str, title: str, alt: str) -> None:
    """Draw one cell per name and month; where nothing is known there is no cell."""
    cells = (
        altair.Chart(rows.dropna(subset=[measure]))
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
    _draw(cells.properties(height=26 * rows[name].nunique() + 60), alt)
