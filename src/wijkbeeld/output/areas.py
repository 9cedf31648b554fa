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
_LINE, _LONG_LINE = 11, 15
"""Characters of a name in a buurt, and beside the map, where there is more room."""
_LINE_HEIGHT = 1.15
"""Of the height of a letter."""
_VALUE = 1.4
"""A figure is so much larger than the name above it."""
_APART = 0.6
"""What keeps names beside the map from each other and from the map, in letters."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Word:
    """One line of text, in metres, at its middle."""

    text: str
    x: float
    y: float
    is_figure: bool


@dataclass(frozen=True)
class Beside:
    """The name of a buurt that has no room for it, beside the map."""

    words: tuple[Word, ...]
    line: tuple[Point, Point]
    """From the name to the figure in the buurt, in metres."""
    box: shapely.Polygon
    """Around the words, in metres."""


@dataclass(frozen=True)
class Placed:
    """One buurt with the words in it."""

    area: Area
    outline: shapely.Geometry
    words: tuple[Word, ...]
    """Its name, where there is room for it, and at last its figure."""
    box: shapely.Polygon
    """Around these words, in metres."""
    beside: Beside | None
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
        """Return left, top, width and height of words that stand in one block."""
        line = _LINE_HEIGHT * letter
        last = _VALUE if words[-1].is_figure else 1.0
        high = (len(words) - 1 + last) * line
        wide = max(len(word.text) for word in words) * letter
        x, y = self.point((words[-1].x, words[-1].y))
        bottom = y + last * line / 2
        return x - wide / 2, bottom - high, wide, high


def frame(laid: Sequence[Placed], width: float, height: float) -> Frame:
    """Return how the map lies in a frame: as large as fits, in the middle."""
    left, low, right, top = bounds(laid)
    unit = min(width / (right - left), height / (top - low))
    across, down = width - (right - left) * unit, height - (top - low) * unit
    return Frame(left, top, unit, across / 2, down / 2)


def bounds(laid: Sequence[Placed]) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a map with all its words, in metres."""
    boxes = [each.box for each in laid]
    boxes += [each.beside.box for each in laid if each.beside]
    sides = shapely.total_bounds([*boxes, *(each.outline for each in laid)])
    left, low, right, top = map(float, sides)
    return left, low, right, top


def placed(
    part: AreaMap, width: float, height: float, letter: float, *, wide: float = 0.5
) -> list[Placed]:
    """Lay the buurten out in a frame.

    The buurten with most are named first. A name that would lie over another stands
    beside the map, and is left out only where that is full; figures always stay.

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
    circles = [shapely.maximum_inscribed_circle(outline) for outline in outlines]
    middles = [circle.coords[0] for circle in circles]
    room = 0.0
    metre = min(width / (right - left), height / (top - low))
    blocks = _kept_apart(part.areas, circles, letter / metre, wide)
    without = [at for at, lines in enumerate(blocks) if len(lines) == 1]
    if without:
        longest = max(
            len(line)
            for at in without
            for line in in_lines(part.areas[at].name, _LONG_LINE)
        )
        # On both sides, so that the map stays in the middle.
        room = (longest * wide + 2 * _APART) * letter
        metre = min(
            max(width - 2 * room, width / 2) / (right - left), height / (top - low)
        )
        blocks = _kept_apart(part.areas, circles, letter / metre, wide)
    high = letter / metre
    boxes = [
        _box(middle, lines, high, wide)
        for middle, lines in zip(middles, blocks, strict=True)
    ]
    spare = max(0.0, height / metre - (top - low)) / 2
    # Beside what is written on the map too, which may stick out of it.
    outer = shapely.total_bounds([*outlines, *boxes])
    around = (float(outer[0]), low - spare, float(outer[2]), top + spare)
    beside = _beside(part.areas, blocks, boxes, around, (high, wide))
    return [
        Placed(
            area,
            outline,
            _words(lines, middle, high),
            box,
            beside.get(area.code),
            shade,
        )
        for area, outline, middle, lines, box, shade in zip(
            part.areas,
            outlines,
            middles,
            blocks,
            boxes,
            _shades(part.areas),
            strict=True,
        )
    ]


def _beside(
    areas: Sequence[Area],
    blocks: Sequence[Sequence[str]],
    boxes: Sequence[shapely.Polygon],
    around: tuple[float, float, float, float],
    letter: tuple[float, float],
) -> dict[str, Beside]:
    """Return the names that have no room on the map, by code of the buurt."""
    left, low, right, top = around
    sides: tuple[list[int], list[int]] = ([], [])
    without = [at for at, lines in enumerate(blocks) if len(lines) == 1]
    for at in without:
        across, up = boxes[at].centroid.coords[0]
        others = [box for order, box in enumerate(boxes) if order != at]
        # Few words in between, few names there already, and else the nearest side.
        cost = [
            (
                sum(box.intersects(line) for box in others) + len(side) / 2,
                abs(across - edge),
            )
            for edge, side in zip((left, right), sides, strict=True)
            for line in [shapely.LineString([(across, up), (edge, up)])]
        ]
        sides[cost.index(min(cost))].append(at)
    high, wide = letter
    found: dict[str, Beside] = {}
    for chosen, edge, outward in zip(sides, (left, right), (-1, 1), strict=True):
        named = [(at, in_lines(areas[at].name, _LONG_LINE)) for at in chosen]
        for (at, lines), y in _stacked(areas, boxes, named, (low, top), high):
            half = max(map(len, lines)) * wide * high / 2
            x = edge + outward * (_APART * high + half)
            tall = len(lines) * _LINE_HEIGHT * high / 2
            to = boxes[at].bounds[2 if outward > 0 else 0]
            found[areas[at].code] = Beside(
                tuple(
                    Word(line, x, y + tall - (n + 0.5) * _LINE_HEIGHT * high, False)
                    for n, line in enumerate(lines)
                ),
                ((x - outward * (half + _APART * high / 4), y),
                 (to, boxes[at].centroid.y)),
                shapely.box(x - half, y - tall, x + half, y + tall),
            )  # fmt: skip
    return found


def _stacked(
    areas: Sequence[Area],
    boxes: Sequence[shapely.Polygon],
    named: Sequence[tuple[int, list[str]]],
    ends: tuple[float, float],
    high: float,
) -> list[tuple[tuple[int, list[str]], float]]:
    """Return names with their height beside the map, each as near as others allow."""
    low, top = ends

    def tall(one: tuple[int, list[str]]) -> float:
        return (len(one[1]) * _LINE_HEIGHT + _APART) * high

    kept = sorted(named, key=lambda one: -(areas[one[0]].value or 0))
    while kept and sum(map(tall, kept)) > top - low:
        kept.pop()
    kept.sort(key=lambda one: -boxes[one[0]].centroid.y)
    heights: list[float] = []
    below = top
    for one in kept:
        y = min(boxes[one[0]].centroid.y, below - tall(one) / 2)
        heights.append(y)
        below = y - tall(one) / 2
    above = low
    for order in range(len(kept) - 1, -1, -1):
        heights[order] = max(heights[order], above + tall(kept[order]) / 2)
        above = heights[order] + tall(kept[order]) / 2
    return list(zip(kept, heights, strict=True))


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
    order = sorted(
        range(len(areas)), key=lambda at: (-(areas[at].value or 0), -circles[at].length)
    )
    for at in order:
        lines = [*in_lines(areas[at].name), areas[at].told]
        box = _box(middles[at], lines, high, wide)
        if not any(
            box.intersects(other) for place, other in enumerate(taken) if place != at
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


def in_lines(name: str, longest: int = _LINE) -> list[str]:
    """Return a name in lines of so many characters; a word is not broken."""
    lines = [""]
    for word in name.replace("-", "- ").replace(" en ", " en\u00a0").split(" "):
        together = f"{lines[-1]} {word}".strip().replace("- ", "-")
        if lines[-1] and len(together) > longest:
            lines.append(word)
        else:
            lines[-1] = together
    return lines
