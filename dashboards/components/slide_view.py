"""A slide as it is on the wall: large type, one message, nothing around it.

The texts of a slide come from deliveries and from the chief: the template escapes
each of them, and Streamlit cleans what comes of it once more.
"""

import base64
import math
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import jinja2
import streamlit as st
import vl_convert

from dashboards.locales import translate as _
from wijkbeeld.language import speaking
from wijkbeeld.output import marks, pictures
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
_MAP, _MAP_NARROW = (680, 320), (400, 440)
_LEAST, _STEP = 0.3, 0.05
# Of a screen of 16 to 9, in letters of the slide: see slide.css.
_HIGH, _ACROSS, _GAP, _REMARK, _PICTURE = 17.8, 78, 3, 0.55, 8
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
    st.html(html(presentation, at, warning))


def html(presentation: Presentation, at: int, warning: str = "") -> str:
    """Return one slide as it is drawn; the arguments are those of ``draw``."""
    slide = presentation.slides[at]
    template = _TEMPLATE.from_string((_HERE / "slide.html").read_text("utf-8"))
    with speaking(presentation.language):
        invented = marks.invented()
    return template.render(
        slide=slide,
        parts=list(_parts(slide)),
        shape=_shape(slide),
        place=_("Dia {at} van {count}").format(
            at=at + 1, count=len(presentation.slides)
        ),
        warning=warning,
        invented=invented,
        source=f"{presentation.team} · {presentation.publication}",
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
    room = _HIGH - _REMARK * len(slide.remarks)
    room -= _MESSAGE_LINE * _lines(slide.message, _MESSAGE_ACROSS)
    if slide.annotation:
        room -= 1.2 + 1.4 * _lines(slide.annotation, _ACROSS / 1.1)
    across = _across(slide) if is_beside else _ACROSS
    gaps = 0 if is_beside else 0.8 * (len(slide.parts) - 1)
    crowd = 1.0
    while crowd > _LEAST:
        heights = [_height(part, across / crowd, is_beside) for part in slide.parts]
        # What lies beside one another is as high as the highest.
        taken = max(heights, default=0) if is_beside else sum(heights)
        pictures_take = 0 if is_beside else _PICTURE * _count_of_pictures(slide)
        if crowd * taken + gaps + pictures_take <= room:
            break
        crowd = round(crowd - _STEP, 2)
    return crowd


def _count_of_pictures(slide: Slide) -> int:
    return sum(isinstance(part, Bars | AreaMap) for part in slide.parts)


def _across(slide: Slide) -> float:
    """Return how many letters fit in a part that lies beside others: see slide.css."""
    shares = 2 * len(slide.parts) + _count_of_pictures(slide)
    return (_ACROSS - _GAP * (len(slide.parts) - 1)) * 2 / shares


def _height(part: Part, across: float, is_beside: bool) -> float:
    """Return how high a part is in letters, where so many fit beside one another."""
    if isinstance(part, Lines):
        return sum(0.5 + 1.65 * _lines(line, across / 1.25 - 3) for line in part.items)
    if isinstance(part, Numbers):
        column = across if is_beside else across / max(1, len(part.items)) - 3
        each = [
            (3.1 if is_beside else 4.3)
            + 1.35 * _lines(number.label, column / 1.1)
            + (1.05 * _lines(number.note, column / 0.8) if number.note else 0)
            for number in part.items
        ]
        return sum(each) + 0.7 * len(each) if is_beside else max(each, default=0)
    if isinstance(part, Table):
        return _height_of_table(part, across)
    return 0


def _height_of_table(table: Table, across: float) -> float:
    """Return how high a table is: a browser gives most room to the longest texts."""
    rows = [table.columns, *table.rows]
    longest = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    room = across - 2 * len(longest)
    words = [
        max((len(word) for cell in column for word in cell.split()), default=0)
        for column in zip(*rows, strict=True)
    ]
    # A word is not broken: the table would be wider than its place.
    if sum(words) > room:
        return math.inf
    widths = [room * each / max(1, sum(longest)) for each in longest]
    return sum(
        0.8
        + 1.25
        * max(
            (_lines(cell, width) for cell, width in zip(row, widths, strict=True)),
            default=1,
        )
        for row in rows
    )


def _lines(text: str, across: float) -> int:
    return max(1, len(textwrap.wrap(text, max(1, int(across)))))


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
