"""A slide as it is on the wall: large type, one message, nothing around it.

The texts of a slide come from deliveries and from the chief: the template escapes
each of them, and Streamlit cleans what comes of it once more.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import jinja2
import streamlit as st
import vl_convert

from dashboards.locales import translate as _
from wijkbeeld.output import pictures
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Lines,
    Numbers,
    Part,
    Presentation,
    Slide,
    Table,
)

_HERE = Path(__file__).parent
_TEMPLATE = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
_SHARP = 2
# The size of a picture decides how large its letters are beside those of the slide.
_BARS, _BARS_BESIDE, _BARS_NARROW = (1000, 430), (760, 430), (460, 480)
_MAP, _MAP_NARROW = (520, 400), (400, 440)
_LEAST, _STEP = 0.5, 0.05
# Of a screen of 16 to 9, in letters of the slide: see slide.css.
_HIGH, _ACROSS, _BESIDE = 18.3, 78, 30
_MESSAGE_ACROSS, _MESSAGE_LINE = 46, 2.05
_LONG_MESSAGE = 92


def full_screen() -> None:
    """Take away all that Streamlit and the house put around a page."""
    st.html(_HERE / "slide.css")


def draw(presentation: Presentation, at: int, warning: str = "") -> None:
    """Draw one slide over the whole of the screen.

    Args:
        presentation: The briefing, with one slide at least.
        at: Which slide, from 0.
        warning: Stands over every slide that is not for residents.
    """
    slide = presentation.slides[at]
    template = _TEMPLATE.from_string((_HERE / "slide.html").read_text("utf-8"))
    st.html(
        template.render(
            slide=slide,
            parts=list(_parts(slide)),
            shape=_shape(slide),
            place=_("Dia {at} van {count}").format(
                at=at + 1, count=len(presentation.slides)
            ),
            warning=warning,
            source=f"{presentation.team} · {presentation.publication}",
        )
    )


def make_ready(presentation: Presentation) -> None:
    """Draw the pictures of all slides, so that none is waited for on the evening."""
    for slide in presentation.slides:
        for _part in _parts(slide):
            pass


def _shape(slide: Slide) -> str:
    """Return how the parts lie: beside one another when one of them is a picture."""
    long = " long" if len(slide.message) > _LONG_MESSAGE else ""
    if not slide.parts:
        return f"alone{long}"
    kinds = [isinstance(part, Bars | AreaMap) for part in slide.parts]
    return ("beside" if any(kinds) and not all(kinds) else "below") + long


def _parts(slide: Slide) -> Iterator[Mapping[str, object]]:
    is_beside = _shape(slide).startswith("beside")
    crowd = _crowd(slide, is_beside=is_beside)
    for part in slide.parts:
        kind = {"kind": type(part).__name__, "crowd": crowd}
        if isinstance(part, Lines | Numbers):
            yield kind | {"told": part.items}
        elif isinstance(part, Table):
            yield kind | {"columns": part.columns, "rows": part.rows, "alt": part.alt}
        elif isinstance(part, Bars):
            wide = _BARS_BESIDE if is_beside else _BARS
            yield kind | _pictures(part, wide, _BARS_NARROW)
        else:
            yield kind | _pictures(part, _MAP, _MAP_NARROW)


def _crowd(slide: Slide, *, is_beside: bool) -> float:
    """Return how large the parts are written, of 1: all of them must be on the wall.

    A browser wraps lines but shrinks none, so what they take is reckoned here.
    """
    room = _HIGH - 1.05 * len(slide.remarks) / 2
    room -= _MESSAGE_LINE * _lines(slide.message, _MESSAGE_ACROSS)
    if slide.annotation:
        room -= 0.6 + 1.4 * _lines(slide.annotation, _ACROSS - 4)
    across = _BESIDE if is_beside else _ACROSS
    crowd = 1.0
    while crowd > _LEAST:
        heights = [_height(part, across / crowd, is_beside) for part in slide.parts]
        gaps = 0.8 * (len(heights) - 1)
        if crowd * sum(heights) + gaps <= room:
            break
        crowd = round(crowd - _STEP, 2)
    return crowd


def _height(part: Part, across: float, is_beside: bool) -> float:
    """Return how high a part is in letters, where so many fit beside one another."""
    if isinstance(part, Lines):
        return sum(0.5 + 1.65 * _lines(line, across / 1.25) for line in part.items)
    if isinstance(part, Numbers):
        each = 5.2 if is_beside else 6.6
        return each * (len(part.items) if is_beside else 1)
    if isinstance(part, Table):
        column = across / max(1, len(part.columns)) - 2
        rows = [part.columns, *part.rows]
        return sum(
            0.75 + 1.25 * max((_lines(cell, column) for cell in row), default=1)
            for row in rows
        )
    return 0 if is_beside else 8


def _lines(text: str, across: float) -> int:
    return max(1, -(-len(text) // max(1, int(across))))


def _pictures(
    part: Bars | AreaMap, wide: tuple[int, int], narrow: tuple[int, int]
) -> dict[str, str]:
    return {
        "alt": part.alt,
        "title": part.title,
        "wide": _picture(part, *wide),
        "narrow": _picture(part, *narrow),
    }


# The letters are drawn here, because the computer at the wall may not have them.
@st.cache_data(max_entries=64, show_spinner=False)
def _picture(part: Bars | AreaMap, width: int, height: int) -> str:
    # The slide itself says what it shows, so the picture need not.
    bare = pictures.svg(replace(part, title=""), width, height)
    drawn = vl_convert.svg_to_png(bare, scale=_SHARP)
    return f"data:image/png;base64,{base64.b64encode(drawn).decode('ascii')}"
