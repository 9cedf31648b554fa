"""Where the outlines of a map lie in a frame, and which words fit in them.

Whoever draws a map, as a picture or as shapes that can be edited, asks it here: so
that one map looks like the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from wijkbeeld.output import look
from wijkbeeld.output.slide import Area, AreaMap

_TOLERANCE_M = 8
_LINE = 11
# Of the height of a letter: its width, and the height of a line.
_LETTER, _LINE_HEIGHT = 0.5, 1.15
_VALUE = 1.4
"""A figure is so much larger than the name above it."""


@dataclass(frozen=True)
class Word:
    """One line of text, in metres, at its middle."""

    text: str
    x: float
    y: float
    is_figure: bool


@dataclass(frozen=True)
class Placed:
    """One buurt with the words in it."""

    area: Area
    outline: shapely.Geometry
    words: tuple[Word, ...]
    shade: float | None
    """From 0, the palest, to 1; none where there is no figure."""


def placed(part: AreaMap, width: float, height: float, letter: float) -> list[Placed]:
    """Lay the buurten out in a frame.

    A name is left out where it would lie over another, the roomiest buurten first;
    figures always stay.

    Args:
        part: The map.
        width: Of the frame, in any unit.
        height: Of the frame, in the same.
        letter: Height of the letters of a name, in the same.
    """
    outlines = shapely.simplify(
        shapely.from_wkt([area.wkt for area in part.areas]), _TOLERANCE_M
    )
    if not len(outlines):
        return []
    left, low, right, top = shapely.total_bounds(outlines)
    metre = min(width / (right - left), height / (top - low))
    high = letter / metre
    circles = [shapely.maximum_inscribed_circle(outline) for outline in outlines]
    blocks = _kept_apart(part.areas, circles, high)
    most = max((area.value or 0 for area in part.areas), default=0)
    return [
        Placed(
            area,
            outline,
            _words(lines, circle.coords[0], high),
            None if area.value is None else area.value / most if most else 0.0,
        )
        for area, outline, circle, lines in zip(
            part.areas, outlines, circles, blocks, strict=True
        )
    ]


def colour(shade: float | None) -> str:
    """Return the colour of a buurt."""
    if shade is None:
        return look.NO_FIGURE
    least, most = (
        [int(end[at : at + 2], 16) for at in (1, 3, 5)]
        for end in (look.LEAST, look.MOST)
    )
    mixed = (round(a + shade * (b - a)) for a, b in zip(least, most, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _kept_apart(
    areas: Sequence[Area], circles: Sequence[shapely.Geometry], high: float
) -> list[list[str]]:
    middles = [circle.coords[0] for circle in circles]
    blocks = [[area.told] for area in areas]
    taken = [
        _box(middle, lines, high) for middle, lines in zip(middles, blocks, strict=True)
    ]
    for at in sorted(range(len(areas)), key=lambda at: -circles[at].length):
        lines = [*_in_lines(areas[at].name), areas[at].told]
        box = _box(middles[at], lines, high)
        if not any(
            box.intersects(other) for order, other in enumerate(taken) if order != at
        ):
            blocks[at], taken[at] = lines, box
    return blocks


def _box(
    middle: tuple[float, float], lines: Sequence[str], high: float
) -> shapely.Polygon:
    x, y = middle
    names, figure = lines[:-1], lines[-1]
    wide = max([_VALUE * len(figure), *map(len, names)]) * _LETTER * high / 2
    tall = (len(names) + _VALUE) * _LINE_HEIGHT * high / 2
    return shapely.box(x - wide, y - tall, x + wide, y + tall)


def _words(
    lines: Sequence[str], middle: tuple[float, float], high: float
) -> tuple[Word, ...]:
    x, y = middle
    line = _LINE_HEIGHT * high
    top = y + (len(lines) - 1 + _VALUE) * line / 2
    names = [
        Word(text, x, top - (at + 0.5) * line, is_figure=False)
        for at, text in enumerate(lines[:-1])
    ]
    figure = top - (len(names) + _VALUE / 2) * line
    return (*names, Word(lines[-1], x, figure, is_figure=True))


def _in_lines(name: str) -> list[str]:
    """Return a name in lines that fit in a buurt."""
    lines = [""]
    for word in name.replace("-", "- ").replace(" en ", " en\u00a0").split(" "):
        together = f"{lines[-1]} {word}".strip().replace("- ", "-")
        if lines[-1] and len(together) > _LINE:
            lines.append(word)
        else:
            lines[-1] = together
    return lines
