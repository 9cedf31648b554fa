"""Charts of shares, of hours and of what comes back."""

from collections.abc import Sequence

import altair
import pandas as pd

from dashboards.components import charts, figures
from dashboards.locales import translate as _

MORE, LESS, ALIKE = "more", "less", "alike"
_SHAPES = {MORE: "diamond", ALIKE: "circle", LESS: "square"}
_COLOURS = {MORE: charts.ORANGE, ALIKE: charts.INK, LESS: charts.BLUE}
_REFERENCE = "#7d93a6"
_ROW_PX = 36
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
        altair.Chart(charts.data(shown))
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
                    labelColor=charts.INK,
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
        altair.Chart(charts.data(rows.dropna(subset=[measure])))
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
    return altair.layer(reference, whole, point, data=charts.data(rows), height=high)


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
            scale=altair.Scale(domainMin=0, range=[charts.PALE, charts.BLUE]),
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
            shape="diamond",
            filled=True,
            size=55,
            color="white",
            stroke=charts.INK,
            opacity=1,
        )
        .encode(tooltip=altair.value(None))
    )
    return altair.layer(cells, more, data=charts.data(hours), height=32 * 7 + 120)


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
        color=by_pattern(charts.ORANGE, charts.PALE)
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
        color=by_pattern("white", charts.INK),
        y=altair.Y("distance:N", sort=None, bandPosition=0.4, axis=axis, title=None),
    )
    rows = cells["distance"].nunique()
    high = 72 * rows + 90
    return altair.layer(boxes, large, small, data=charts.data(cells), height=high)
