"""The map of the buurten, drawn from our own polygons: nothing is fetched."""

from typing import Any

import altair
import pandas as pd
import shapely
import streamlit as st

from dashboards.components import alternatives, around, charts, figures
from dashboards.locales import translate as _
from wijkbeeld.output.areas import in_lines

_TOLERANCE_M = 8
_HEIGHT, _WIDTH = 600, 440  # the width is that of its column on a small screen
# Pixels of a letter and a line of the words on the map.
_LETTER, _LINE_HEIGHT = 7, 15
# Pale enough for dark words on the darkest buurt.
_PALE_TO_FULL = ["#eaf2f9", "#5d9fd0"]
_LEAST_SCALE = 5.0
_NO_FIGURE = "#e4e4e4"


def area_map(
    shapes: pd.DataFrame, month: pd.DataFrame, base: str, chosen: str, picker: str
) -> None:
    """Draw the buurten by yearly rate, each with its name and verdict.

    A click on a buurt chooses it.

    Args:
        shapes: ``buurt_code``, ``geometry_wkt`` in RD metres.
        month: The buurten in one month.
        base: What the rate is per thousand of.
        chosen: Code of the buurt that has an edge.
        picker: Key of the widget that holds the choice.
    """
    if shapes.empty:
        around.missing(_("**Geen kaart.** De grenzen van de buurten ontbreken nog."))
        return
    charts.draw(
        _chart,
        shapes,
        month,
        base,
        chosen,
        alt=alternatives.area_map(month),
        what=_("kaart van de buurten"),
        rows=month,
        key=f"{picker}-map",
        on_select=lambda: _choose(picker),
        selection_mode="picked",
    )


def _chart(
    shapes: pd.DataFrame, month: pd.DataFrame, base: str, chosen: str
) -> altair.LayerChart:
    merged = shapes.drop(columns="buurt_name").merge(month, on="buurt_code")
    # Where no rate may be shown at all, the counts are what there is to see.
    shade, title = "shrunk_rate_estimate", _("12 maanden, {base}").format(base=base)
    if merged[shade].isna().all():
        shade = "rate_per_1000"
    if merged[shade].isna().all():
        shade, title = "crime_count", _("Aantal in deze maand")
    features = [
        _feature(geometry, row, row[shade], is_chosen=row["buurt_code"] == chosen)
        for geometry, row in zip(
            _geometries(merged["geometry_wkt"]),
            merged.to_dict("records"),
            strict=True,
        )
    ]
    keep_words_apart(features, _HEIGHT)
    furthest = merged[shade].max(skipna=True)
    most = _LEAST_SCALE if pd.isna(furthest) else max(_LEAST_SCALE, furthest)
    selection = altair.selection_point(name="picked", fields=["buurt_code"])
    return (
        altair.layer(
            _areas(title, base, most, not pd.isna(furthest)).add_params(selection),
            _edge(),
            # White first, so that a word on a border can be read.
            words(stroke="white", strokeWidth=3),
            words(),
            data=charts.data(features),
        )
        .project(type="identity", reflectY=True)
        .properties(height=_HEIGHT)
    )


def _feature(
    geometry: dict[str, object],
    row: dict[str, object],
    shade: float,
    *,
    is_chosen: bool,
) -> dict[str, Any]:
    circle = shapely.maximum_inscribed_circle(shapely.geometry.shape(geometry))
    x, y = circle.coords[0]
    count = figures.count(row["crime_count"], is_small=row["is_small"])
    sign = figures.SIGNS.get(row["status"], "")
    return {
        "type": "Feature",
        "geometry": geometry,
        "buurt_code": row["buurt_code"],
        "is_chosen": is_chosen,
        "name": row["buurt_name"],
        "words": [*in_lines(str(row["buurt_name"])), f"{sign} {count}".strip()],
        "x": x,
        "y": y,
        "room": circle.length,
        # A null would be drawn as the least; has_shade tells it apart.
        "shade": 0.0 if pd.isna(shade) else float(shade),
        "has_shade": not pd.isna(shade),
        "rate": figures.decimal(row["rate_per_1000"]),
        "status": figures.status(row["status"]),
        "count": count,
    }


def keep_words_apart(features: list[dict[str, Any]], height: int) -> None:
    """Leave a name out where it would lie over another; the count always stays.

    The roomiest buurten get their names first. The table below the map, and the
    tooltip, name them all.

    Args:
        features: With their ``words``, the name in lines and the count at last, at
            ``x`` and ``y`` in metres, and the ``room`` there is.
        height: Of the map, in pixels.
    """
    outlines = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    left, low, right, top = shapely.total_bounds(outlines)
    metre = min(height / (top - low), _WIDTH / (right - left))
    middles = [(each["x"] * metre, each["y"] * metre) for each in features]
    taken = [
        _box(*middle, feature["words"][-1:])
        for middle, feature in zip(middles, features, strict=True)
    ]
    for at in sorted(range(len(features)), key=lambda at: -features[at]["room"]):
        box = _box(*middles[at], features[at]["words"])
        if any(
            box.intersects(taken[other]) for other in range(len(taken)) if other != at
        ):
            features[at]["words"] = features[at]["words"][-1:]
        else:
            taken[at] = box
    for feature in features:
        # The first of the lines is drawn at the point: raise it by half of the rest.
        feature["y"] += (len(feature["words"]) - 1) * _LINE_HEIGHT / 2 / metre


def _box(x: float, y: float, words: list[str]) -> shapely.Polygon:
    wide, high = max(map(len, words)) * _LETTER / 2, len(words) * _LINE_HEIGHT / 2
    return shapely.box(x - wide, y - high, x + wide, y + high)


def _areas(title: str, base: str, most: float, any_shade: bool) -> altair.Chart:
    shade = altair.Color(
        "shade:Q",
        scale=altair.Scale(range=_PALE_TO_FULL, domain=[0, most]),
        condition={"test": "!datum.has_shade", "value": _NO_FIGURE},
        legend=altair.Legend(
            title=title,
            orient="bottom",
            titleLimit=400,
            gradientLength=220,
            tickCount=5,
        )
        if any_shade
        else None,
    )
    return (
        altair.Chart()
        .mark_geoshape(strokeJoin="round", stroke="#5c6873", strokeWidth=0.8)
        .encode(
            color=shade,
            tooltip=[
                altair.Tooltip("name:N", title=_("Buurt")),
                altair.Tooltip("count:N", title=_("Deze maand")),
                altair.Tooltip("status:N", title=_("Oordeel")),
                altair.Tooltip("rate:N", title=base.capitalize()),
            ],
        )
    )


def _edge() -> altair.Chart:
    return (
        altair.Chart()
        .mark_geoshape(
            filled=False, stroke=charts.ORANGE, strokeWidth=3.5, strokeJoin="round"
        )
        .transform_filter("datum.is_chosen")
    )


def words(**look: object) -> altair.Chart:
    """Return the ``words`` of each buurt inside it."""
    return (
        altair.Chart()
        .mark_text(
            fontSize=13, fontWeight=600, color=charts.INK, lineHeight=_LINE_HEIGHT,
            baseline="middle", tooltip=None, **look,
        )
        .encode(longitude="x:Q", latitude="y:Q", text=altair.Text("words:N"))
    )  # fmt: skip


def _choose(picker: str) -> None:
    picked = st.session_state[f"{picker}-map"]["selection"].get("picked") or []
    if picked:
        st.session_state[picker] = picked[0]["buurt_code"]


def _geometries(outlines: pd.Series) -> list[dict[str, object]]:
    simple = shapely.simplify(shapely.from_wkt(outlines.to_list()), _TOLERANCE_M)
    return [shapely.geometry.mapping(outline) for outline in simple]
