"""Charts and maps of slides as pictures, drawn without a browser.

Values stand at their bars and in their buurten, so nobody has to read an axis.
"""

import textwrap
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

import altair
import shapely
import vl_convert

from wijkbeeld.output import areas, look
from wijkbeeld.output.slide import AreaMap, Bars
from wijkbeeld.output.told import SMALL

Drawn = Bars | AreaMap

WIDTH, HEIGHT = 960, 480
_LETTER, _SMALL, _LARGE = 20, 15, 26
_MAP_LETTER = 15
# Characters of labels that fit beside each other in a picture of the usual width.
_ACROSS = 96
_FEW = 4
"""The most that is told as fewer than five."""
_HALOES: tuple[dict[str, Any], ...] = ({"stroke": "white", "strokeWidth": 3}, {})
_HEADING, _PADDING = 90, 8
"""What title and signature take of the height."""


def svg(
    part: Drawn, width: int = WIDTH, height: int = HEIGHT, *, signature: str = ""
) -> str:
    """Return a chart or map as SVG, with its text as text.

    Args:
        part: What is drawn.
        width: In pixels.
        height: In pixels.
        signature: Stands small under it: where the figures come from.
    """
    specification = _specification(part, width, height, signature)
    _letters()
    drawn: str = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    said = f'<svg role="img" aria-label={quoteattr(part.alt)} '
    return drawn.replace("<svg ", said, 1)


def png(
    part: Drawn,
    width: int = 2 * WIDTH,
    height: int = 2 * HEIGHT,
    *,
    signature: str = "",
) -> bytes:
    """Return a chart or map as PNG of so many pixels; letters grow with its width."""
    scale = width / WIDTH
    specification = _specification(part, WIDTH, height / scale, signature)
    _letters()
    # What is a hair less than a whole pixel would lose it.
    drawn: bytes = vl_convert.vegalite_to_png(
        specification, scale=scale + 1e-5, allowed_base_urls=[]
    )
    return drawn


def lies_down(part: Bars, width: float = WIDTH) -> bool:
    """Tell whether bars lie, because their labels would not fit beside each other."""
    words = [word for label in part.categories for word in label.split()]
    longest = max(map(len, words), default=0)
    return longest * len(part.categories) > _ACROSS * width / WIDTH


def written(part: Bars) -> tuple[tuple[str, ...], ...]:
    """Return per row of a chart what stands at each of its bars."""
    if part.told:
        return part.told
    return tuple(
        tuple("–" if value is None else str(value) for value in series.values)
        for series in part.series
    )


@cache
def _letters() -> None:
    vl_convert.register_font_directory(str(look.FONTS))


def _specification(
    part: Drawn, width: float, height: float, signature: str
) -> dict[str, Any]:
    if isinstance(part, Bars):
        chart = _bars(part, width)
    else:
        taken = _HEADING if part.title or signature else 2 * _PADDING
        chart = _map(part, width, height - taken)
    finished = chart.properties(
        width=width,
        height=height,
        background="white",
        padding=_PADDING,
        autosize=altair.AutoSizeParams(type="fit", contains="padding"),
    ).configure(font=look.FONT, aria=False, view=altair.ViewConfig(stroke=None))
    if part.title or signature:
        # An empty one would take its room all the same.
        finished = finished.properties(title=_title(part.title, signature, width))
    specification: dict[str, Any] = finished.to_dict(validate=False)
    return specification


def _title(title: str, signature: str, width: float) -> altair.TitleParams:
    return altair.TitleParams(
        text=textwrap.wrap(title, int(width / _LARGE / 0.56)),
        subtitle=textwrap.wrap(signature, int(width / _SMALL / 0.5)),
        subtitleColor=look.SMALL_PRINT,
        subtitleFontSize=_SMALL,
        anchor="start",
        fontSize=_LARGE,
        fontWeight=600,
        color=look.INK,
        offset=14,
    )


def _bars(part: Bars, width: float) -> Any:
    if len(set(part.categories)) < len(part.categories):
        raise ValueError(f"{part.title}: two bars have one name")
    told, lying = written(part), lies_down(part, width)
    names = [series.name for series in part.series]
    room = max(4, int(_ACROSS * width / WIDTH / max(1, len(part.categories))))
    labels = [
        label if lying else "\n".join(textwrap.wrap(label, room))
        for label in part.categories
    ]
    rows: list[dict[str, Any]] = [
        {
            "category": label,
            "series": series.name,
            "value": _FEW
            if _is_few(series.values[at], told[row][at])
            else series.values[at] or 0,
            "told": told[row][at],
            "is_few": _is_few(series.values[at], told[row][at]),
        }
        for row, series in enumerate(part.series)
        for at, label in enumerate(labels)
    ]
    base = altair.Chart(altair.InlineData(values=rows))
    axis = altair.Axis(
        title=None, ticks=False, domain=True, domainColor=look.EDGE, labelAngle=0,
        labelFontSize=_LETTER - 2, labelColor=look.INK, labelPadding=8,
        labelLimit=0.4 * width,
        labelExpr="split(datum.label, '\\n')",
    )  # fmt: skip
    most = max((row["value"] for row in rows), default=0)
    value: dict[str, Any] = {
        "axis": None,
        "scale": altair.Scale(domain=[0, 1.12 * (most or 1)]),
    }
    colour = altair.Color(
        "series:N",
        sort=names,
        scale=altair.Scale(domain=names, range=look.SERIES[: len(names)]),
        legend=altair.Legend(
            title=None, orient="top", labelFontSize=_LETTER - 2, symbolType="square",
            labelColor=look.INK, labelLimit=0.4 * width, symbolSize=200,
        )
        if len(names) > 1
        else None,
    )  # fmt: skip
    category: dict[str, Any] = {"sort": labels, "axis": axis}
    # Numbers that would touch each other get smaller.
    crowd = len(part.categories) * max(1, len(names))
    size = min(_LETTER + 2, (width if not lying else 500) / max(1, crowd) / 1.7)
    if lying:
        where: dict[str, Any] = {
            "y": altair.Y("category:N", **category),
            "yOffset": altair.YOffset("series:N", sort=names),
            "x": altair.X("value:Q", **value),
        }
        beside: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 6}
    else:
        where = {
            "x": altair.X("category:N", **category),
            "xOffset": altair.XOffset("series:N", sort=names),
            "y": altair.Y("value:Q", **value),
        }
        beside = {"align": "center", "baseline": "bottom", "dy": -4}
    open_bar: dict[str, Any] = {
        "fillOpacity": 0,
        "strokeDash": [6, 4],
        "strokeWidth": 2,
    }
    edge = altair.Stroke(
        "series:N",
        sort=names,
        scale=altair.Scale(domain=names, range=look.SERIES[: len(names)]),
        legend=None,
    )
    return altair.layer(
        base.transform_filter("!datum.is_few").mark_bar().encode(**where, color=colour),
        # As high as it may be, and open: 1 to 4 is neither none nor a figure.
        base.transform_filter("datum.is_few")
        .mark_bar(**open_bar)
        .encode(**where, stroke=edge),
        base.mark_text(
            fontSize=max(size, 11), fontWeight=600, color=look.INK, **beside
        ).encode(**where, text="told:N"),
    )


def _is_few(value: int | None, words: str) -> bool:
    return value is None and words == SMALL


def _map(part: AreaMap, width: float, height: float) -> Any:
    laid = areas.placed(part, width, height, _MAP_LETTER)
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(each.outline),
            "colour": areas.colour(each.shade),
        }
        for each in laid
    ]
    shapes = (
        altair.Chart(altair.InlineData(values=features))
        .mark_geoshape(stroke=look.EDGE, strokeWidth=0.8, strokeJoin="round")
        .encode(color=altair.Color("colour:N", scale=None))
    )
    words = [
        word
        for each in laid
        for word in (*each.words, *(each.beside.words if each.beside else ()))
    ]
    layers = [
        _words([word for word in words if word.is_figure is figures], size, **halo)
        for figures, size in ((False, _MAP_LETTER), (True, round(1.4 * _MAP_LETTER)))
        # White first, so that a word on a border can be read.
        for halo in _HALOES
    ]
    return altair.layer(_room(laid), shapes, *_lines(laid), *layers).project(
        type="identity", reflectY=True
    )


def _room(laid: list[areas.Placed]) -> Any:
    """Return what nobody sees: as large as the map with the names beside it."""
    sides = shapely.box(*areas.bounds(laid)) if laid else shapely.Point()
    around = {"type": "Feature", "geometry": shapely.geometry.mapping(sides)}
    return altair.Chart(altair.InlineData(values=[around])).mark_geoshape(opacity=0)


def _lines(laid: list[areas.Placed]) -> list[Any]:
    """Return the lines from the names beside a map, white first as its words."""
    lines = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": each.beside.line},
        }
        for each in laid
        if each.beside
    ]
    base = altair.Chart(altair.InlineData(values=lines))
    return [
        base.mark_geoshape(filled=False, stroke=colour, strokeWidth=width)
        for colour, width in (("white", 3), (look.INK, 1.2))
    ]


def _words(words: list[areas.Word], size: int, **halo: Any) -> Any:
    rows = [{"text": word.text, "x": word.x, "y": word.y} for word in words]
    return (
        altair.Chart(altair.InlineData(values=rows))
        .mark_text(
            fontSize=size, fontWeight=600, color=look.INK, baseline="middle", **halo
        )
        .encode(longitude="x:Q", latitude="y:Q", text="text:N")
    )
