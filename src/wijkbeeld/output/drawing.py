"""The pen with which frames are drawn: the letters, colours and sizes there are.

Nothing can be written that a phone does not show: a size below the least is refused,
and text comes in pairs of colours that were measured.
"""

import re
from enum import Enum
from functools import cache
from typing import Final, Literal, NamedTuple

import font_source_sans_pro as fonts
from PIL import Image, ImageDraw, ImageFont

from wijkbeeld.language import say

LEAST_TEXT_PX: Final = 36
"""Of 1080 pixels: 12 on a phone that is 360 wide, as small as an app writes."""

_FINE: Final = 2
"""Everything is drawn this many times larger, so that no edge is jagged."""

_LEADING, _BASELINE = 1.16, 0.79
"""From line to line, and where in it the letters stand, in sizes of the letters."""

INK, WHITE, BLUE, PALE = "#0b1620", "#ffffff", "#0b4f8a", "#eef3f7"
ORANGE, GREY, SKY, LINE = "#a84300", "#e4e4e4", "#5d9fd0", "#5c6873"
STEPS: Final = ("#eaf2f9", "#b9d4ea", SKY, BLUE)
"""Of the map, from few to many."""


class Tone(Enum):
    """A ground and the ink that is read on it."""

    PAGE = (PALE, INK)
    PAGE_BLUE = (PALE, BLUE)
    HEAD = (BLUE, WHITE)
    CAPTION = (INK, WHITE)
    DEMO = (ORANGE, WHITE)
    CARD = (WHITE, INK)
    CARD_BLUE = (WHITE, BLUE)
    NO_FIGURE = (GREY, INK)
    FEW = (STEPS[0], INK)
    SOME = (STEPS[1], INK)
    MORE = (STEPS[2], INK)
    MOST = (STEPS[3], WHITE)

    @property
    def ground(self) -> str:
        """Return the colour that is behind it."""
        return self.value[0]

    @property
    def ink(self) -> str:
        """Return the colour of the letters."""
        return self.value[1]


_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s+")


class UnfitError(Exception):
    """A text has no room at a size that can be read."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


Weight = Literal["Semibold", "Bold"]
Point = tuple[float, float]


class Letters(NamedTuple):
    """How a text is written."""

    size: int
    """In pixels of the frame, where there is room."""
    tone: Tone
    weight: Weight = "Bold"
    least: int = 0
    """How small it may become to fit; not at all unless given."""
    most_lines: int = 1
    is_centred: bool = False


@cache
def font(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """Return the letters of the package, so that every machine draws the same."""
    # The basic layout: the other one depends on a library of the system.
    return ImageFont.truetype(
        fonts.font_files_ttf[f"SourceSansPro{weight}"],
        size,
        layout_engine=ImageFont.Layout.BASIC,
    )


def lines(text: str, size: int, weight: Weight, width: float) -> list[str]:
    """Break a text into as few lines as fit, by sentence or else about as long."""
    letters = font(size, weight)
    fewest = _broken(text, letters, width)
    sentences = _SENTENCE_ENDS.split(text)
    if len(sentences) == len(fewest) and all(
        letters.getlength(sentence) <= width for sentence in sentences
    ):
        return sentences
    narrow, wide = 0.0, width
    # The narrowest that needs no further line is the most even one.
    while wide - narrow > 1:
        tried = (narrow + wide) / 2
        if len(_broken(text, letters, tried)) > len(fewest):
            narrow = tried
        else:
            wide = tried
    return _broken(text, letters, wide)


def _broken(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    broken: list[str] = []
    for word in text.split():
        if broken and letters.getlength(f"{broken[-1]} {word}") <= width:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return broken


def _fits(broken: list[str], letters: Letters, box: Box) -> bool:
    drawn = font(letters.size, letters.weight)
    return (
        len(broken) <= letters.most_lines
        and len(broken) * letters.size * _LEADING <= box.height
        and max(drawn.getlength(line) for line in broken) <= box.width
    )


class Pen:
    """Draws in pixels of the frame, with smooth edges."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        """Begin with an even ground."""
        self._image = Image.new("RGB", (width * _FINE, height * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def frame(self) -> Image.Image:
        """Return what was drawn, at the size of the frame."""
        return self._image.reduce(_FINE)

    def box(self, box: Box, colour: str, radius: float = 0) -> None:
        """Fill a rectangle."""
        left, top, right, bottom = (edge * _FINE for edge in box)
        self._draw.rounded_rectangle(
            (left, top, right - 1, bottom - 1), radius * _FINE, colour
        )

    def frame_of(self, box: Box, colour: str, width: float) -> None:
        """Draw the dashed edge of a rectangle that is not filled."""
        left, top, right, bottom = box
        for start, end in (
            ((left, top), (right, top)), ((right, top), (right, bottom)),
            ((right, bottom), (left, bottom)), ((left, bottom), (left, top)),
        ):  # fmt: skip
            self._dashes(start, end, colour, width)

    def _dashes(self, start: Point, end: Point, colour: str, width: float) -> None:
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        number = max(1, round(length / (6 * width))) * 2 - 1
        for dash in range(0, number, 2):
            begin, until = (
                (
                    start[0] + (end[0] - start[0]) * part / number,
                    start[1] + (end[1] - start[1]) * part / number,
                )
                for part in (dash, dash + 1)
            )
            self.line([begin, until], colour, width)

    def shape(
        self, points: list[Point], fill: str | None, edge: str = "", width: float = 0
    ) -> None:
        """Draw a polygon."""
        fine = self._fine(points)
        if fill:
            self._draw.polygon(fine, fill)
        if edge:
            closed = [*fine, *fine[:2]]
            self._draw.line(closed, edge, round(width * _FINE), joint="curve")

    def line(self, points: list[Point], colour: str, width: float) -> None:
        """Draw a line through points."""
        self._draw.line(self._fine(points), colour, round(width * _FINE), joint="curve")

    def circle(
        self, middle: Point, radius: float, fill: str | None, edge: str = "",
        width: float = 0,
    ) -> None:  # fmt: skip
        """Draw a circle."""
        x, y, around = (part * _FINE for part in (*middle, radius))
        self._draw.ellipse(
            (x - around, y - around, x + around, y + around),
            fill, edge or None, round(width * _FINE),
        )  # fmt: skip

    def arc(
        self, middle: Point, radius: float, angles: tuple[float, float], colour: str,
        width: float,
    ) -> None:  # fmt: skip
        """Draw a part of a circle, clockwise from three o'clock, in degrees."""
        x, y, around = (part * _FINE for part in (*middle, radius))
        self._draw.arc(
            (x - around, y - around, x + around, y + around),
            *angles, colour, round(width * _FINE),
        )  # fmt: skip

    def text(self, at: Point, text: str, letters: Letters, anchor: str = "ls") -> None:
        """Write one line.

        Raises:
            UnfitError: It is smaller than a phone shows.
        """
        if letters.size < LEAST_TEXT_PX:
            raise UnfitError(
                say(
                    "'{text}' zou {size} pixels hoog worden; onder {least} leest "
                    "niemand het op een telefoon",
                    text=text,
                    size=letters.size,
                    least=LEAST_TEXT_PX,
                )
            )
        self._draw.text(
            (at[0] * _FINE, at[1] * _FINE),
            text,
            letters.tone.ink,
            font(letters.size * _FINE, letters.weight),
            anchor,
        )

    def block(self, box: Box, text: str, letters: Letters) -> None:
        """Write a text halfway down a box; smaller where it may and has to be.

        Raises:
            UnfitError: It does not fit at any size that it may have; says which.
        """
        least = letters.least or letters.size
        for size in range(letters.size, least - 1, -2):
            fitted = letters._replace(size=size)
            broken = lines(text, size, letters.weight, box.width)
            if _fits(broken, fitted, box):
                break
        else:
            raise UnfitError(
                say(
                    "'{text}' past niet in beeld op {size} pixels, in {most} regels; "
                    "maak de tekst korter",
                    text=text,
                    size=least,
                    most=letters.most_lines,
                )
            )
        leading = fitted.size * _LEADING
        x = box.middle[0] if letters.is_centred else box.left
        y = box.middle[1] - len(broken) * leading / 2
        for number, line in enumerate(broken):
            at = (x, y + (number + _BASELINE) * leading)
            self.text(at, line, fitted, "ms" if letters.is_centred else "ls")

    @staticmethod
    def _fine(points: list[Point]) -> list[Point]:
        return [(x * _FINE, y * _FINE) for x, y in points]
