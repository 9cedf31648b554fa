"""The pictures of the video: one per scene and caption, drawn by code.

The story is told in one box that no app covers, in both sizes alike. On the tall one,
the apps of Facebook and Instagram lay names over the top and buttons over the bottom:
Meta's specification of its placements keeps 14 % at the top, 35 % at the bottom and
6 % at either side free of text and logos. What is drawn there may be missed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import shapely
from PIL import Image
from shapely.geometry.base import BaseGeometry

from wijkbeeld.language import say
from wijkbeeld.output import icons
from wijkbeeld.output.drawing import (
    BLUE,
    INK,
    LEAST_TEXT_PX,
    LINE,
    ORANGE,
    PALE,
    WHITE,
    Box,
    Letters,
    Pen,
    Point,
    Tone,
    font,
)
from wijkbeeld.output.slide import Area, AreaMap
from wijkbeeld.output.storyboard import (
    Advice,
    Bar,
    Closing,
    Count,
    Opening,
    Places,
    Scene,
    Storyboard,
)
from wijkbeeld.output.told import SMALL

CAPTION_PX: Final = 60
"""Twenty on a phone that is 360 wide."""
CAPTION_LINES: Final = 3
_CAPTION_HEIGHT, _HEAD_HEIGHT = 222, 78
_NAMED = 4
"""No more buurten are named than are read in one caption."""
_CAPTION: Final = Letters(
    CAPTION_PX, Tone.CAPTION, "Semibold", most_lines=CAPTION_LINES, is_centred=True
)
_STEPS = (Tone.FEW, Tone.SOME, Tone.MORE, Tone.MOST)


@dataclass(frozen=True)
class Format:
    """A size of the video, and the box that nothing lies over."""

    width: int
    height: int
    safe: Box

    @property
    def name(self) -> str:
        """Return the size as files are named by it."""
        return f"{self.width}x{self.height}"

    @property
    def head(self) -> Box:
        """Return where the team and the month stand, all the time."""
        return self.safe._replace(bottom=self.safe.top + _HEAD_HEIGHT)

    @property
    def caption(self) -> Box:
        """Return where the caption stands."""
        return self.safe._replace(top=self.safe.bottom - _CAPTION_HEIGHT)

    @property
    def stage(self) -> Box:
        """Return where the picture of a scene is."""
        return self.safe._replace(
            top=self.head.bottom + 28, bottom=self.caption.top - 36
        )


SQUARE = Format(1080, 1080, Box(54, 44, 1026, 1046))
TALL = Format(1080, 1920, Box(65, 269, 1015, 1248))
FORMATS: Final = (SQUARE, TALL)


def drawn(board: Storyboard, number: int, caption: str, size: Format) -> Image.Image:
    """Return one frame: a scene with a caption under it, or with none.

    Raises:
        UnfitError: A text does not fit at a size that can be read; says which.
    """
    frame = staged(board, number, size).copy()
    frame.paste(captioned(caption, size), (0, round(size.caption.top)))
    return frame


@lru_cache(maxsize=1)
def staged(board: Storyboard, number: int, size: Format) -> Image.Image:
    """Return a scene without a caption; kept for the captions that follow."""
    pen = Pen(size.width, size.height, PALE)
    _surroundings(pen, board, size)
    _drawer(board.scenes[number])(pen, size.stage)
    return pen.frame()


def _drawer(scene: Scene) -> Callable[[Pen, Box], None]:
    match scene:
        case Opening():
            return partial(_opening, scene)
        case Count():
            return partial(_count, scene)
        case Places():
            return partial(_places, scene)
        case Advice():
            return partial(_advice, scene)
        case Closing():
            return partial(_closing, scene)


def captioned(text: str, size: Format) -> Image.Image:
    """Draw the band with the caption; it is as high in every frame."""
    pen = Pen(size.width, _CAPTION_HEIGHT, INK)
    if text:
        band = Box(size.caption.left, 0, size.caption.right, _CAPTION_HEIGHT)
        pen.block(band, text, _CAPTION)
    return pen.frame()


def _surroundings(pen: Pen, board: Storyboard, size: Format) -> None:
    whole = Box(0, 0, size.width, size.height)
    pen.box(whole._replace(bottom=size.head.bottom + 6), BLUE)
    pen.box(whole._replace(top=size.caption.top - 14), INK)
    below = whole._replace(top=size.safe.bottom + 60)
    if below.height > 0:
        icons.street(pen, below)
    left, right = size.head.left, size.head.right
    line = size.head.bottom - 24
    if board.has_demo:
        word, letters = say("DEMODATA"), Letters(40, Tone.DEMO)
        begin = right - font(letters.size, letters.weight).getlength(word) - 32
        pen.box(Box(begin, line - 44, right, line + 14), ORANGE, 8)
        pen.text((begin + 16, line), word, letters)
        right = begin - 24
    pen.text((left, line), board.team, Letters(44, Tone.HEAD))
    pen.text((right, line), board.month, Letters(40, Tone.HEAD, "Semibold"), "rs")


# ------------------------------------------------------------------ the scenes


def _opening(scene: Opening, pen: Pen, stage: Box) -> None:
    pen.box(stage, WHITE, 24)
    inside = _within(stage, 48)
    picture = inside._replace(bottom=inside.top + 0.36 * inside.height)
    width = inside.width / len(icons.THEMES)
    for place, theme in enumerate(icons.THEMES):
        left = inside.left + place * width
        icons.sign(pen, theme, picture._replace(left=left, right=left + width))
    pen.block(
        inside._replace(top=picture.bottom + 24, bottom=inside.bottom - 96),
        scene.title,
        Letters(92, Tone.CARD, least=60, most_lines=2, is_centred=True),
    )
    pen.block(
        inside._replace(top=inside.bottom - 88),
        scene.month,
        Letters(68, Tone.CARD_BLUE, least=44, is_centred=True),
    )


def _count(scene: Count, pen: Pen, stage: Box) -> None:
    pen.box(stage, WHITE, 24)
    inside = _within(stage, 40)
    title = inside._replace(bottom=inside.top + 80)
    pen.block(title, scene.offence, Letters(68, Tone.CARD, least=48))
    upper = inside._replace(top=title.bottom + 12, bottom=title.bottom + 250)
    half = upper.left + 0.42 * upper.width
    pen.block(
        upper._replace(right=half), scene.told, Letters(250, Tone.CARD_BLUE, least=64)
    )
    change = upper._replace(left=half + 24)
    if scene.direction is not None:
        icons.arrow(pen, change._replace(right=change.left + 110), scene.direction)
        change = change._replace(left=change.left + 134)
    pen.block(change, scene.change, Letters(60, Tone.CARD, least=40, most_lines=3))
    _bars(pen, inside._replace(top=upper.bottom + 20), scene.bars)


def _bars(pen: Pen, box: Box, bars: tuple[Bar, ...]) -> None:
    """Draw a bar per year, all on one scale; a dashed one where it is 1 to 4."""
    label, told = Letters(44, Tone.CARD, "Semibold"), Letters(52, Tone.CARD)
    largest = max(5, *(bar.value or 0 for bar in bars))
    left = box.left + 28 + _widest([bar.label for bar in bars], label)
    room = box.right - left - 24 - _widest([bar.told for bar in bars], told)
    height = box.height / len(bars)
    for place, bar in enumerate(bars):
        top = box.top + (place + 0.14) * height
        drawn = Box(left, top, left + 6, top + 0.72 * height)
        if bar.value:
            drawn = drawn._replace(right=left + room * bar.value / largest)
            is_last = place == len(bars) - 1
            pen.box(drawn, BLUE if is_last else LINE, 6)
        elif bar.value == 0:
            pen.box(drawn, LINE)
        elif bar.is_few:
            drawn = drawn._replace(right=left + room * 5 / largest)
            pen.frame_of(drawn, LINE, 4)
        pen.text((box.left, drawn.middle[1] + 15), bar.label, label)
        pen.text((drawn.right + 18, drawn.middle[1] + 18), bar.told, told)


def _widest(texts: list[str], letters: Letters) -> float:
    drawn = font(letters.size, letters.weight)
    return max(drawn.getlength(text) for text in texts)


def _places(scene: Places, pen: Pen, stage: Box) -> None:
    pen.box(stage, WHITE, 24)
    inside = _within(stage, 30)
    half = inside.left + 0.55 * inside.width
    _map(scene.map, pen, inside._replace(right=half))
    beside = inside._replace(left=half + 22)
    title = beside._replace(bottom=beside.top + 112)
    pen.block(title, scene.title, Letters(52, Tone.CARD, least=40, most_lines=2))
    period = beside._replace(top=beside.bottom - 92)
    pen.block(
        period,
        scene.period,
        Letters(40, Tone.CARD, "Semibold", LEAST_TEXT_PX, most_lines=2),
    )
    between = beside._replace(top=title.bottom, bottom=period.top)
    if most(scene.map.areas):
        _names(scene.map, pen, between)


def _map(drawn: AreaMap, pen: Pen, box: Box) -> None:
    outlines = {area.code: shapely.from_wkt(area.wkt) for area in drawn.areas}
    place = _projection(list(outlines.values()), box)

    def outline(area: Area, fill: str | None, edge: str, width: float) -> None:
        for ring in _rings(outlines[area.code]):
            pen.shape([place(point) for point in ring], fill, edge, width)

    for area in drawn.areas:
        outline(area, tone(area, drawn).ground, LINE, 2.5)
    for area in most(drawn.areas):
        outline(area, None, INK, 6)
    for area in drawn.areas:
        at = place(_label(outlines[area.code]))
        pen.text(at, area.told, Letters(38, tone(area, drawn)), "mm")


def _names(drawn: AreaMap, pen: Pen, box: Box) -> None:
    row = box.height / _NAMED
    for number, area in enumerate(most(drawn.areas)):
        top = box.top + number * row
        shade = tone(area, drawn)
        mark = Box(box.left, top + 7, box.left + 72, top + row - 7)
        pen.box(mark, shade.ground, 8)
        pen.text(mark.middle, area.told, Letters(42, shade), "mm")
        pen.block(
            Box(mark.right + 14, top, box.right, top + row),
            area.name,
            Letters(44, Tone.CARD, "Semibold", LEAST_TEXT_PX, most_lines=2),
        )


def most(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Return the areas that stand out: never one of several that have as many.

    Rounded values tie often. Who ties with a named one is named, or neither is.
    """
    values = sorted({area.value for area in areas if area.value}, reverse=True)
    named: tuple[Area, ...] = ()
    for value in values:
        alike = tuple(area for area in areas if area.value == value)
        if len(named) + len(alike) > _NAMED or len(alike) == len(areas):
            break
        named += alike
    return named


def tone(area: Area, drawn: AreaMap) -> Tone:
    """Return the colours of an area: darker where there is more."""
    if area.value is None:
        return Tone.FEW if area.told == SMALL else Tone.NO_FIGURE
    largest = max(other.value or 0 for other in drawn.areas)
    return _STEPS[len(_STEPS) * area.value // (largest + 1)]


def _projection(
    outlines: list[BaseGeometry], box: Box
) -> Callable[[tuple[float, float]], Point]:
    west, south, east, north = shapely.total_bounds(outlines)
    scale = min(box.width / (east - west), box.height / (north - south))
    left = box.middle[0] - scale * (east - west) / 2
    top = box.middle[1] - scale * (north - south) / 2

    def place(point: tuple[float, float]) -> Point:
        return left + scale * (point[0] - west), top + scale * (north - point[1])

    return place


def _rings(outline: BaseGeometry) -> list[list[tuple[float, float]]]:
    return [
        [(x, y) for x, y, *_ in part.exterior.coords]
        for part in getattr(outline, "geoms", [outline])
    ]


def _label(outline: BaseGeometry) -> tuple[float, float]:
    """Return where a word fits best: the middle of the widest circle within."""
    x, y = shapely.maximum_inscribed_circle(outline).coords[0]
    return x, y


def _advice(scene: Advice, pen: Pen, stage: Box) -> None:
    icons.picture(pen, stage, scene.theme, scene.season)
    letters = Letters(64, Tone.HEAD)
    width = _widest([scene.title], letters) + 64
    tag = Box(stage.left + 36, stage.top + 36, stage.left + 36 + width, stage.top + 132)
    pen.box(tag, BLUE, 16)
    pen.block(tag, scene.title, letters._replace(is_centred=True))


def _closing(scene: Closing, pen: Pen, stage: Box) -> None:
    pen.box(stage, WHITE, 24)
    inside = _within(stage, 36)
    title = inside._replace(bottom=inside.top + 76)
    pen.block(title, scene.title, Letters(64, Tone.CARD, least=44))
    height = (inside.bottom - title.bottom) / len(scene.ways)
    for number, (what, when) in enumerate(scene.ways):
        top = title.bottom + number * height
        row = inside._replace(top=top + 16, bottom=top + height)
        pen.box(row, PALE, 16)
        half = row.left + 430
        pen.block(
            row._replace(left=row.left + 28, right=half),
            what,
            Letters(80, Tone.PAGE_BLUE, least=60),
        )
        pen.block(
            row._replace(left=half + 24, right=row.right - 20),
            when,
            Letters(50, Tone.PAGE, "Semibold", 40, most_lines=2),
        )


def _within(box: Box, margin: float) -> Box:
    return Box(
        box.left + margin, box.top + margin, box.right - margin, box.bottom - margin
    )
