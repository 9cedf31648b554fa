"""Charts of one month after another."""

from collections.abc import Sequence
from datetime import date

import altair
import pandas as pd

from dashboards.components import charts, figures
from dashboards.locales import translate as _

# Of a count that is not shown exactly, zeros are hidden now and then as well.
_SMALL = (0, 4)


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
    band = base.mark_area(color=charts.GREY, opacity=0.45, interpolate="step").encode(
        altair.Y("expected_lower:Q", title=None), altair.Y2("expected_upper:Q")
    )
    count = altair.Y("crime_count:Q", title=None, axis=altair.Axis(tickMinStep=1))
    line = base.mark_line(color=charts.BLUE, strokeWidth=2).encode(count)
    points = (
        base.mark_point(size=90, strokeWidth=2, stroke=charts.BLUE, opacity=1)
        .encode(
            count,
            fill=charts.white_where("datum.is_open"),
            tooltip=tooltip,
        )
        .add_params(altair.selection_point(name="picked", fields=["at"]))
    )
    ring = (
        base.transform_filter("datum.is_chosen")
        .mark_point(
            size=420, strokeWidth=3, stroke=charts.ORANGE, filled=False, opacity=1
        )
        .encode(count)
    )
    small = (
        base.transform_filter("datum.is_small")
        .mark_rule(color=charts.BLUE, strokeWidth=3, opacity=0.35)
        .encode(altair.Y("least:Q"), altair.Y2("most:Q"), tooltip=tooltip)
    )
    unknown = (
        base.transform_filter("datum.is_gap")
        .mark_rule(color=charts.GREY, strokeWidth=9, strokeDash=[2, 4])
        .encode(tooltip=tooltip)
    )
    layers = [unknown, band, small, line, ring, points]
    if breaks:
        layers.append(_rules(breaks))
    return altair.layer(*layers, data=charts.data(shown), height=300)


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
    base = altair.Chart(altair.NamedData(charts.NAMED)).encode(
        altair.X(
            "month:T",
            title=None,
            axis=altair.Axis(format="%Y", tickCount="year", labelFontSize=12),
        )
    )
    band = base.mark_area(color=charts.GREY, opacity=0.45, interpolate="step").encode(
        altair.Y("expected_lower:Q", title=None, scale=scale, axis=axis),
        altair.Y2("expected_upper:Q"),
    )
    line = base.mark_line(color=charts.BLUE, strokeWidth=1.8).encode(count)
    out = (
        base.transform_filter("datum.is_out")
        .mark_point(
            filled=True, size=70, color=charts.ORANGE, opacity=1, shape="diamond"
        )
        .encode(count)
    )
    ring = (
        base.transform_filter("datum.is_chosen")
        .mark_point(
            size=150, strokeWidth=2.5, stroke=charts.ORANGE, filled=False, opacity=1
        )
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
    band = base.mark_bar(color=charts.GREY, opacity=0.55, height=26).encode(
        altair.X("expected_lower:Q", scale=scale, title=None, axis=axis),
        altair.X2("expected_upper:Q"),
    )
    earlier = base.mark_tick(color=charts.INK, thickness=3, height=26).encode(
        altair.X("count_last_year:Q", scale=scale)
    )
    now = base.mark_point(
        filled=True, size=260, color=charts.ORANGE, opacity=1, shape="diamond"
    ).encode(altair.X("crime_count:Q", scale=scale))
    return altair.layer(band, earlier, now, data=charts.data(frame), height=62)


def bounds_by_month(
    months: pd.DataFrame, lower: str, upper: str, breaks: Sequence[date] = ()
) -> altair.Chart | altair.LayerChart:
    """Return, per month, the stretch between two bounds; never a line through it.

    Without an upper bound it is a triangle at the lower one. From a break on is counted
    in another way; each is a line.
    """
    base = altair.Chart(charts.data(months)).encode(_months(in_bars=True))
    bars = base.mark_bar(color=charts.BLUE, opacity=0.75).encode(
        altair.Y(f"{lower}:Q", title=None, axis=altair.Axis(format=",d")),
        altair.Y2(f"{upper}:Q"),
    )
    if not months[upper].isna().any():
        return _broken(bars, breaks).properties(height=210)
    at_least = (
        base.transform_filter(f"!isValid(datum.{upper})")
        .mark_point(shape="triangle-up", filled=True, size=90, color=charts.BLUE)
        .encode(altair.Y(f"{lower}:Q"))
    )
    known = bars.transform_filter(f"isValid(datum.{upper})")
    rules = [_rules(breaks)] if breaks else []
    return altair.layer(known, at_least, *rules).properties(height=210)


def bars_by_month(
    months: pd.DataFrame,
    measure: str,
    open_flag: str | None = None,
    breaks: Sequence[date] = (),
) -> altair.Chart | altair.LayerChart:
    """Return one measure per month; a month that is a lower bound is hollow."""
    test = {"test": f"datum.{open_flag}", "value": "white"}
    colour = altair.ColorValue(
        charts.BLUE, condition=test if open_flag else altair.Undefined
    )
    bars = (
        altair.Chart(charts.data(months))
        .mark_bar(stroke=charts.BLUE, strokeWidth=1.5)
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
    rules = altair.Chart(charts.data(months)).mark_rule(
        color=charts.ORANGE, strokeWidth=2, strokeDash=[6, 4]
    )
    return rules.encode(_months())


def _months(*, in_bars: bool = False) -> altair.X:
    return altair.X(
        "month:T",
        title=None,
        timeUnit="yearmonth" if in_bars else altair.Undefined,
        axis=altair.Axis(format="%b %Y", tickCount=6, labelOverlap=True, grid=False),
    )
