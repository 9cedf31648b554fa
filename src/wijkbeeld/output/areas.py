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
_LINE_HEIGHT = 1.15
"""Of the height of a letter."""
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


@dataclass(frozen=True)
class Frame:
    """How metres become places in a frame, from its upper left corner."""

    left: float
    top: float
    unit: float
    """Of the frame, per metre."""
    across: float
    down: float
    """What keeps the map in the middle."""

    def point(self, at: Sequence[float]) -> tuple[float, float]:
        """Return where a point in metres lies in the frame."""
        return (
            self.across + (at[0] - self.left) * self.unit,
            self.down + (self.top - at[1]) * self.unit,
        )

    def box(
        self, words: Sequence[Word], letter: float
    ) -> tuple[float, float, float, float]:
        """Return left, top, width and height of the words of one buurt."""
        line = _LINE_HEIGHT * letter
        high = (len(words) - 1 + _VALUE) * line
        wide = max(len(word.text) for word in words) * letter
        x, y = self.point((words[-1].x, words[-1].y))
        bottom = y + _VALUE * line / 2
        return x - wide / 2, bottom - high, wide, high


def frame(laid: Sequence[Placed], width: float, height: float) -> Frame:
    """Return how the map lies in a frame: as large as fits, in the middle."""
    left, low, right, top = shapely.total_bounds([each.outline for each in laid])
    unit = min(width / (right - left), height / (top - low))
    across, down = width - (right - left) * unit, height - (top - low) * unit
    return Frame(left, top, unit, across / 2, down / 2)


def placed(
    part: AreaMap, width: float, height: float, letter: float, *, wide: float = 0.5
) -> list[Placed]:
    """Lay the buurten out in a frame.

    A name is left out where it would lie over another, the roomiest buurten first;
    figures always stay.

    Args:
        part: The map.
        width: Of the frame, in any unit.
        height: Of the frame, in the same.
        letter: Height of the letters of a name, in the same.
        wide: Of that height, the width of a letter.
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
    blocks = _kept_apart(part.areas, circles, high, wide)
    shades = _shades(part.areas)
    return [
        Placed(
            area,
            outline,
            _words(lines, circle.coords[0], high),
            shade,
        )
        for area, outline, circle, lines, shade in zip(
            part.areas, outlines, circles, blocks, shades, strict=True
        )
    ]


def _shades(areas: Sequence[Area]) -> list[float | None]:
    values = [area.value for area in areas if area.value]
    most, least = max(values, default=1), min(values, default=1)

    def shade(area: Area) -> float | None:
        if area.value is not None:
            return area.value / most
        # More than none, and less than any that is told: half way between.
        return least / most / 2 if area.told.startswith("<") else None

    return [shade(area) for area in areas]


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
    areas: Sequence[Area],
    circles: Sequence[shapely.Geometry],
    high: float,
    wide: float,
) -> list[list[str]]:
    middles = [circle.coords[0] for circle in circles]
    blocks = [[area.told] for area in areas]
    taken = [
        _box(middle, lines, high, wide)
        for middle, lines in zip(middles, blocks, strict=True)
    ]
    for at in sorted(range(len(areas)), key=lambda at: -circles[at].length):
        lines = [*in_lines(areas[at].name), areas[at].told]
        box = _box(middles[at], lines, high, wide)
        if not any(
            box.intersects(other) for order, other in enumerate(taken) if order != at
        ):
            blocks[at], taken[at] = lines, box
    return blocks


def _box(
    middle: tuple[float, float], lines: Sequence[str], high: float, letter: float
) -> shapely.Polygon:
    x, y = middle
    names, figure = lines[:-1], lines[-1]
    wide = max([_VALUE * len(figure), *map(len, names)]) * letter * high / 2
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


def in_lines(name: str) -> list[str]:
    """Return a name in lines that fit in a buurt."""
    lines = [""]
    for word in name.replace("-", "- ").replace(" en ", " en\u00a0").split(" "):
        together = f"{lines[-1]} {word}".strip().replace("- ", "-")
        if lines[-1] and len(together) > _LINE:
            lines.append(word)
        else:
            lines[-1] = together
    return lines
