"""The map of the buurten, drawn from our own polygons: nothing is fetched."""

import altair
import pandas as pd
import shapely
import streamlit as st

from dashboards.components import charts, figures
from dashboards.locales import translate as _

_TOLERANCE_M = 8
_HEIGHT = 470


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
    merged = shapes.drop(columns="buurt_name").merge(month, on="buurt_code")
    features = [
        _feature(geometry, row, chosen)
        for geometry, row in zip(
            _geometries(tuple(merged["geometry_wkt"])),
            merged.to_dict("records"),
            strict=True,
        )
    ]
    selection = altair.selection_point(name="picked", fields=["buurt_code"])
    chart = (
        altair.layer(
            _areas(base).add_params(selection),
            _words(-7).encode(altair.Text("name:N")),
            _words(8).encode(altair.Text("sign:N")),
            data=altair.Data(values=features),
        )
        .project(type="identity", reflectY=True)
        .properties(height=_HEIGHT)
    )
    st.altair_chart(
        charts.in_language(chart),
        key=f"{picker}-map",
        on_select=lambda: _choose(picker),
        selection_mode="picked",
        alt=_("Kaart van de buurten; de tabel ernaast zegt hetzelfde in woorden."),
    )


def _feature(
    geometry: dict[str, object], row: dict[str, object], chosen: str
) -> dict[str, object]:
    rate = row["rate_per_1000"]
    point = shapely.geometry.shape(geometry).representative_point()
    return {
        "type": "Feature",
        "geometry": geometry,
        "buurt_code": row["buurt_code"],
        "is_chosen": row["buurt_code"] == chosen,
        "name": row["buurt_name"],
        "x": point.x,
        "y": point.y,
        "rate": None if pd.isna(rate) else float(rate),
        "rate_words": figures.decimal(rate),
        "sign": figures.sign(row["status"]),
        "status": figures.status(row["status"]),
        "count": figures.count(row["crime_count"], is_small=row["is_small"]),
    }


def _areas(base: str) -> altair.Chart:
    shade = altair.Color(
        "rate:Q",
        scale=altair.Scale(scheme="blues", zero=True),
        legend=altair.Legend(
            title=_("12 maanden, {base}").format(base=base),
            orient="bottom",
            titleLimit=400,
        ),
    )
    edge, no_edge = altair.value("#a84300"), altair.value("#5c6873")
    return (
        altair.Chart()
        .mark_geoshape(strokeJoin="round")
        .encode(
            color=altair.condition(
                "isValid(datum.rate)", shade, altair.value("#e6e6e6")
            ),
            stroke=altair.condition("datum.is_chosen", edge, no_edge),
            strokeWidth=altair.condition(
                "datum.is_chosen", altair.value(3.5), altair.value(0.8)
            ),
            tooltip=[
                altair.Tooltip("name:N", title=_("Buurt")),
                altair.Tooltip("count:N", title=_("Deze maand")),
                altair.Tooltip("status:N", title=_("Oordeel")),
                altair.Tooltip("rate_words:N", title=base),
            ],
        )
    )


def _words(down: int) -> altair.Chart:
    """Return a text inside each buurt, edged in white so that it can be read."""
    return (
        altair.Chart()
        .mark_text(dy=down, fontSize=11, fontWeight=600, color="#14202b", tooltip=None)
        .encode(longitude="x:Q", latitude="y:Q")
    )


def _choose(picker: str) -> None:
    picked = st.session_state[f"{picker}-map"]["selection"].get("picked") or []
    if picked:
        st.session_state[picker] = picked[0]["buurt_code"]


@st.cache_data(max_entries=4, show_spinner=False)
def _geometries(outlines: tuple[str, ...]) -> list[dict[str, object]]:
    simple = shapely.simplify(shapely.from_wkt(list(outlines)), _TOLERANCE_M)
    return [shapely.geometry.mapping(outline) for outline in simple]
