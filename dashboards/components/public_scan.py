"""The area scan as residents may see it: counts in whole fives, and words."""

from datetime import date
from typing import Any

import altair
import pandas as pd
import shapely
import streamlit as st

from dashboards.components import area_map, charts, figures, tables
from dashboards.locales import translate as _
from wijkbeeld.measures import rounded
from wijkbeeld.output.areas import in_lines

_PALE_TO_FULL = ["#eaf2f9", "#5d9fd0"]
_NO_FIGURE = "#e4e4e4"
_TOLERANCE_M = 8
_LEAST_SCALE = 20
_HEIGHT, _LEGEND = 520, 130


def period(row: dict[str, object]) -> str:
    """Return a period as people say it."""
    first, last = pd.Timestamp(row["first_month"]), pd.Timestamp(row["last_month"])
    if row["period_kind"] == "year":
        return str(first.year)
    if row["period_kind"] == "quarter":
        return _("{quarter}e kwartaal {year}").format(
            quarter=first.quarter, year=first.year
        )
    if row["period_kind"] == "month":
        return figures.month(first)
    return _("12 maanden tot en met {month}").format(month=figures.month(last))


def count(row: dict[str, object]) -> str:
    """Return a published count in words: a ``10`` is about ten."""
    if row["reason"] == "small_count":
        return _("minder dan 5")
    if pd.isna(row["crime_count"]):
        return figures.UNKNOWN
    said = figures.count(row["crime_count"])
    if row["is_lower_bound"]:
        said = figures.or_more(row["crime_count"])
    return _("ongeveer {count}").format(count=said) if row["crime_count"] else said


def picture(shapes: pd.DataFrame, buurten: pd.DataFrame, when: str) -> None:
    """Draw the buurten by count, with the count in each."""
    said = [f"{row['buurt_name']}: {count(row)}" for row in buurten.to_dict("records")]
    charts.draw(
        _map,
        shapes,
        buurten,
        alt=_("Kaart van de buurten, {when}. {buurten}.").format(
            when=when, buurten="; ".join(said)
        ),
        what=_("kaart van de buurten, afgeronde aantallen"),
    )


def ranked(buurten: pd.DataFrame, months: pd.DataFrame, base: str) -> None:
    """Draw the buurten in groups of words; within a group by name."""
    of_base = "dwelling_count" if base == "dwellings" else "inhabitant_count"
    shown = buurten.assign(
        base_count=buurten[of_base].where(buurten["is_residential"].eq(True))
    )
    shown = shown.join(rounded.per_1000(shown, base))
    shown["word"] = rounded.against(shown, months)
    shown["place"] = shown["word"].map(_ORDER).fillna(len(_ORDER))
    shown = shown.sort_values(["place", "buurt_name"])
    frame = pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Aantal, afgerond"): count(row),
            figures.base(base).capitalize(): _between(row),
            _("Vergeleken met alle woonbuurten samen"): _word(row),
        }
        for row in shown.to_dict("records")
    )
    tables.small(
        frame,
        left=[_("Buurt"), _("Vergeleken met alle woonbuurten samen")],
        alt=_("Buurten vergeleken met alle woonbuurten samen"),
    )
    st.caption(
        _(
            "“Meer” of “minder” staat er alleen als dat geldt voor elk aantal dat "
            "achter het afgeronde kan schuilgaan, en toeval het niet verklaart. Per "
            "1.000: waartussen het cijfer dan met 95 % zekerheid ligt."
        )
    )
    year = buurten["vintage_year"].max()
    if pd.notna(year):
        st.caption(
            _(
                "Woningen en inwoners zijn in elke periode die van {year}; een ouder "
                "cijfer per 1.000 is dus een benadering."
            ).format(year=year)
        )


_ORDER = {"more": 0, "no difference": 1, "fewer": 2}


def _word(row: dict[str, object]) -> str:
    if row["reason"] == "small_count":
        return _("te weinig om te vergelijken")
    return {
        "more": _("▲ meer dan gemiddeld"),
        "no difference": _("● geen verschil aangetoond"),
        "fewer": _("▼ minder dan gemiddeld"),
    }.get(str(row["word"]), figures.UNKNOWN)


def _between(row: dict[str, object]) -> str:
    if pd.isna(row["rate_lower"]):
        return figures.UNKNOWN
    if pd.isna(row["rate_upper"]):
        return _("{lower} of meer").format(lower=figures.decimal(row["rate_lower"]))
    return _("{lower} tot {upper}").format(
        lower=figures.decimal(row["rate_lower"]),
        upper=figures.decimal(row["rate_upper"]),
    )


def trend(rows: pd.DataFrame, kind: str, title: str, breaks: list[date]) -> None:
    """Draw what the published counts can stand for, through time.

    Args:
        rows: Months or quarters, oldest first.
        kind: ``month`` or ``quarter``.
        title: Which area.
        breaks: Months from which may be counted in another way; each is a line.
    """
    st.subheader(figures.plain(title), anchor=False)
    if rows["crime_count"].isna().all() and not rows["reason"].eq("small_count").any():
        st.info(_("Hierover is geen aantal bekend of getoond."))
        return
    named = rows.assign(
        label=[period({**row, "period_kind": kind}) for row in rows.to_dict("records")],
        words=[count(row) for row in rows.to_dict("records")],
    ).join(rounded.spans(rows))
    latest = named.iloc[-1]
    charts.draw(
        _trend,
        named,
        list(breaks),
        alt=_("{area}: {label} {count}; de afgeronde aantallen door de tijd").format(
            area=title, label=latest["label"], count=latest["words"]
        ),
        what=_("aantallen door de tijd, {area}").format(area=title),
    )
    read = _(
        "Lichte balk: waartussen het echte aantal ligt. Een balk zonder punt is "
        "“minder dan 5”."
    )
    if rows["is_lower_bound"].eq(True).any():
        read += " " + _("Driehoek zonder balk: ongeveer dat aantal, of meer.")
    st.caption(read)


def how_to_read() -> None:
    """Explain rounding, and what is not shown."""
    st.caption(
        _(
            "**Afgerond op vijf.** Een 5 staat voor 5 tot en met 7, een 10 voor 8 tot "
            "en met 12. Daardoor tellen cijfers niet precies op. “Minder dan 5” is 1 "
            "tot en met 4; een 0 is echt nul. “–”: niet bekend, of niet getoond om "
            "een klein aantal elders niet te verraden. Wat eenmaal getoond is, wordt "
            "hooguit eens per kwartaal verbeterd."
        )
    )


def broken(breaks: list[date]) -> None:
    """Say from when an offence may be counted in another way."""
    for month in breaks:
        st.warning(
            _(
                "Vanaf {month} wordt dit delict mogelijk anders geteld. Cijfers van "
                "ervoor en erna zijn niet te vergelijken."
            ).format(month=figures.month(month))
        )


def _trend(rows: pd.DataFrame, breaks: list[date]) -> altair.LayerChart:
    axis = altair.Axis(format="%b %Y", tickCount=6, labelOverlap=True, grid=False)
    base = altair.Chart().encode(altair.X("first_month:T", title=None, axis=axis))
    tooltip = [
        altair.Tooltip("label:N", title=_("Periode")),
        altair.Tooltip("words:N", title=_("Aantal")),
    ]
    can_be = (
        # A bar without an end would be drawn to nought.
        base.transform_filter("isValid(datum.most)")
        .mark_rule(color=charts.BLUE, strokeWidth=7, opacity=0.35)
        .encode(
            altair.Y("least:Q", title=None, axis=altair.Axis(tickMinStep=5)),
            altair.Y2("most:Q"),
            tooltip=tooltip,
        )
    )
    line = base.mark_line(color=charts.BLUE, strokeWidth=2).encode(
        altair.Y("crime_count:Q")
    )
    points = base.mark_point(filled=True, size=50, color=charts.BLUE, opacity=1).encode(
        altair.Y("crime_count:Q"),
        altair.Shape(
            "is_lower_bound:N",
            scale=altair.Scale(domain=[False, True], range=["circle", "triangle-up"]),
            legend=None,
        ),
        tooltip=tooltip,
    )
    layers = [can_be, line, points]
    if breaks:
        layers.append(
            altair.Chart(charts.data(pd.DataFrame({"first_month": breaks})))
            .mark_rule(color=charts.ORANGE, strokeWidth=2, strokeDash=[6, 4])
            .encode(altair.X("first_month:T"))
        )
    return altair.layer(*layers, data=charts.data(rows), height=230)


def _map(shapes: pd.DataFrame, buurten: pd.DataFrame) -> altair.LayerChart:
    merged = shapes.drop(columns="buurt_name").merge(buurten, on="buurt_code")
    outlines = shapely.simplify(
        shapely.from_wkt(merged["geometry_wkt"].to_list()), _TOLERANCE_M
    )
    features = [
        _feature(outline, row)
        for outline, row in zip(outlines, merged.to_dict("records"), strict=True)
    ]
    area_map.keep_words_apart(features, _HEIGHT - _LEGEND)
    furthest = merged["crime_count"].max(skipna=True)
    most = _LEAST_SCALE if pd.isna(furthest) else max(_LEAST_SCALE, furthest)
    shade = altair.Color(
        "shade:Q",
        scale=altair.Scale(range=_PALE_TO_FULL, domain=[0, most]),
        condition={"test": "!datum.has_shade", "value": _NO_FIGURE},
        legend=altair.Legend(
            title=_("Aantal, afgerond op vijf"),
            orient="bottom",
            titleLimit=400,
            gradientLength=220,
            tickCount=4,
            format="d",
        ),
    )
    areas = (
        altair.Chart()
        .mark_geoshape(strokeJoin="round", stroke="#5c6873", strokeWidth=0.8)
        .encode(
            color=shade,
            tooltip=[
                altair.Tooltip("name:N", title=_("Buurt")),
                altair.Tooltip("told:N", title=_("Aantal")),
            ],
        )
    )
    return (
        altair.layer(
            areas,
            area_map.words(stroke="white", strokeWidth=3),
            area_map.words(),
            data=charts.data(features),
        )
        .project(type="identity", reflectY=True)
        .properties(height=_HEIGHT)
    )


def _feature(outline: shapely.Geometry, row: dict[str, object]) -> dict[str, Any]:
    circle = shapely.maximum_inscribed_circle(outline)
    x, y = circle.coords[0]
    is_small = row["reason"] == "small_count"
    figure = figures.count(row["crime_count"], is_small=is_small)
    shade = 0.0 if is_small else row["crime_count"]
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(outline),
        "name": row["buurt_name"],
        "told": count(row),
        "words": [*in_lines(str(row["buurt_name"])), figure],
        "x": x,
        "y": y,
        "room": circle.length,
        # A null would be drawn as the least; has_shade tells it apart.
        "shade": 0.0 if pd.isna(shade) else float(shade),
        "has_shade": not pd.isna(shade),
    }
