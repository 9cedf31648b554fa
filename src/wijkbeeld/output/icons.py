"""Simple drawings: what a tip is about, in which season, and a street of houses."""

from collections.abc import Callable
from math import cos, pi, sin
from typing import Final

from wijkbeeld.output.drawing import BLUE, INK, LINE, PALE, SKY, WHITE, Box, Pen, Point

BURGLARY, CAR, BICYCLE = "1.1.1", "1.2.1", "1.2.3"
THEMES: Final = (BURGLARY, CAR, BICYCLE)
DARK: Final = "dark"
_NIGHT, _DAY, _WARM = "#16324f", "#bfdcf2", "#ffe2b0"
_LAMP, _SUN, _GRASS, _BRICK, _ROOF = (
    "#ffd766", "#f5b323", "#5b8f5a", "#b5563a", "#6b2f22"
)  # fmt: skip
_STREET, _GREEN = "#4a5763", "#146246"


def sign(pen: Pen, theme: str, box: Box) -> None:
    """Draw the sign of a theme in one colour."""
    _signs(theme)(pen, box, BLUE)


def _signs(theme: str) -> Callable[[Pen, Box, str], None]:
    return {BURGLARY: _house_sign, CAR: _car, BICYCLE: _bicycle}.get(theme, _phone)


def arrow(pen: Pen, box: Box, direction: int) -> None:
    """Draw an arrow up or down, or a sign for as many."""
    x, y = box.middle
    if direction == 0:
        for up in (-24, 24):
            pen.box(Box(x - 48, y + up - 11, x + 48, y + up + 11), INK)
        return
    tip = y - 70 * direction
    neck, end = y + 4 * direction, y + 70 * direction
    pen.shape(
        [
            (x, tip), (x + 52, neck), (x + 20, neck), (x + 20, end), (x - 20, end),
            (x - 20, neck), (x - 52, neck),
        ],
        INK,
    )  # fmt: skip


def street(pen: Pen, box: Box) -> None:
    """Draw a row of houses, where an app may lay its buttons over."""
    foot = box.bottom
    width = box.width / 6
    for number, height in enumerate((0.46, 0.62, 0.4, 0.56, 0.44, 0.6)):
        left = box.left + number * width
        top = foot - height * box.height
        pen.box(Box(left + 6, top, left + width - 6, foot), BLUE)
        pen.shape(
            [(left - 4, top), (left + width / 2, top - 78), (left + width + 4, top)],
            BLUE,
        )
        for floor in range(3):
            for side in (0.26, 0.6):
                window = Box(
                    left + side * width, top + 36 + floor * 96,
                    left + side * width + 30, top + 36 + floor * 96 + 46,
                )  # fmt: skip
                lit = (number * 5 + floor * 3 + round(side * 10)) % 4 == 0
                pen.box(window, _LAMP if lit else "#0a3d6b", 3)


def picture(pen: Pen, box: Box, theme: str, season: str) -> None:
    """Draw what a tip is about, under the sky of the season."""
    is_dark = season == DARK
    pen.box(box, _NIGHT if is_dark else _DAY if season == "spring" else _WARM, 24)
    ground = box._replace(top=box.bottom - 0.2 * box.height)
    pen.box(ground, _STREET if is_dark else _GRASS)
    _sky(pen, box, season)
    middle, foot = box.left + 0.5 * box.width, ground.top + 0.06 * box.height
    size = (0.8 if theme == BURGLARY else 0.66) * box.height
    place = Box(middle - size, foot - size, middle + size, foot)
    if theme == BURGLARY:
        for side in (-0.33, 0.33):
            _neighbour(pen, box, middle + side * box.width, foot, is_dark)
        _home(pen, place, is_dark)
    elif theme == CAR:
        _lamp_post(pen, (box.left + 0.12 * box.width, foot), 0.5 * box.height, is_dark)
        _car(pen, place, WHITE if is_dark else BLUE)
    elif theme == BICYCLE:
        _lamp_post(pen, (box.left + 0.12 * box.width, foot), 0.5 * box.height, is_dark)
        _rack(pen, place, is_dark)
        _bicycle(pen, place, WHITE if is_dark else BLUE)
        _lock(pen, (box.right - 0.17 * box.width, box.top + 0.5 * box.height))
    else:
        _phone(pen, place, WHITE if is_dark else BLUE)


def _sky(pen: Pen, box: Box, season: str) -> None:
    at = (box.right - 0.14 * box.width, box.top + 0.24 * box.height)
    around = 0.11 * box.height
    if season == DARK:
        pen.circle(at, around, _LAMP)
        pen.circle((at[0] + 0.5 * around, at[1] - 0.3 * around), around, _NIGHT)
        for x, y in ((0.08, 0.2), (0.2, 0.1), (0.33, 0.24), (0.63, 0.12), (0.74, 0.3)):
            pen.circle((box.left + x * box.width, box.top + y * box.height), 4, WHITE)
        return
    pen.circle(at, around, _SUN)
    for turn in range(12):
        angle = turn * pi / 6
        reach = [
            (at[0] + far * around * cos(angle), at[1] + far * around * sin(angle))
            for far in (1.25, 1.55)
        ]
        pen.line(reach, _SUN, 7)
    if season == "spring":
        for x in (0.06, 0.12, 0.19, 0.82, 0.88, 0.94):
            foot = (box.left + x * box.width, box.bottom - 0.12 * box.height)
            head = (foot[0], foot[1] - 0.12 * box.height)
            pen.line([foot, head], _GREEN, 6)
            pen.circle(head, 15, "#d0457a")
            pen.circle(head, 6, _LAMP)


def _house_sign(pen: Pen, box: Box, colour: str) -> None:
    unit = min(box.width, box.height) / 2
    x, y = box.middle
    pen.shape([(x - unit, y), (x, y - 0.9 * unit), (x + unit, y)], colour)
    pen.box(Box(x - 0.72 * unit, y, x + 0.72 * unit, y + 0.9 * unit), colour)
    pen.box(Box(x - 0.2 * unit, y + 0.3 * unit, x + 0.2 * unit, y + 0.9 * unit), WHITE)


def _home(pen: Pen, box: Box, is_dark: bool) -> None:
    width, height = 0.8 * box.height, 0.62 * box.height
    x, foot = box.middle[0], box.bottom
    left, right, top = x - width / 2, x + width / 2, foot - height
    pen.box(Box(left, top, right, foot), _BRICK)
    pen.shape([(left - 24, top), (x, box.top - 6), (right + 24, top)], _ROOF)
    glass = _LAMP if is_dark else "#e8f3fb"
    for side in (0.12, 0.62):
        window = Box(
            left + side * width, top + 0.16 * height,
            left + (side + 0.26) * width, top + 0.56 * height,
        )  # fmt: skip
        pen.box(window, glass, 4)
        pen.line([(window.middle[0], window.top), (window.middle[0], window.bottom)],
                 WHITE, 6)  # fmt: skip
    door = Box(x - 0.1 * width, foot - 0.5 * height, x + 0.1 * width, foot)
    pen.box(door, INK, 4)
    pen.circle((door.right - 12, door.middle[1] + 8), 5, _LAMP)
    if is_dark:
        pen.circle((x, door.top - 18), 11, _LAMP)


def _neighbour(pen: Pen, box: Box, x: float, foot: float, is_dark: bool) -> None:
    """Draw a house beside it; after dark its windows tell that nobody is in."""
    wall, glass = ("#24435f", "#16324f") if is_dark else ("#d9c7a8", WHITE)
    half, top = 0.13 * box.width, foot - 0.42 * box.height
    pen.box(Box(x - half, top, x + half, foot), wall)
    pen.shape([(x - half - 14, top), (x, top - 76), (x + half + 14, top)], wall)
    for side in (-0.55, 0.55):
        at = x + side * half
        pen.box(Box(at - 26, top + 30, at + 26, top + 96), glass, 3)


def _car(pen: Pen, box: Box, colour: str) -> None:
    """Draw a car from the side; its windows are empty, as the tip asks."""
    unit = min(box.width / 2.6, box.height) * 1.0
    x, foot = box.middle[0], box.bottom
    wheel = 0.17 * unit
    body = Box(x - 1.05 * unit, foot - 0.55 * unit, x + 1.05 * unit, foot - wheel)
    pen.box(body, colour, 0.14 * unit)
    roof, sill = foot - 0.95 * unit, body.top + 0.06 * unit
    pen.shape(
        [
            (x - 0.72 * unit, sill), (x - 0.42 * unit, roof), (x + 0.34 * unit, roof),
            (x + 0.7 * unit, sill),
        ],
        colour,
    )  # fmt: skip
    glass = SKY if colour == WHITE else PALE
    low, high = body.top - 0.02 * unit, roof + 0.07 * unit
    for shape in (
        [(-0.58, low), (-0.37, high), (-0.06, high), (-0.06, low)],
        [(0.02, low), (0.02, high), (0.29, high), (0.53, low)],
    ):
        pen.shape([(x + side * unit, y) for side, y in shape], glass)
    for side in (-0.6, 0.6):
        at = (x + side * unit, foot - wheel)
        pen.circle(at, wheel, INK)
        pen.circle(at, 0.45 * wheel, PALE)
    pen.circle((x + 0.96 * unit, body.top + 0.14 * unit), 0.05 * unit, _LAMP)


def _bicycle(pen: Pen, box: Box, colour: str) -> None:
    unit = min(box.width / 2.4, box.height)
    x, foot = box.middle[0], box.bottom
    wheel, width = 0.31 * unit, 0.045 * unit
    back, front = (x - 0.52 * unit, foot - wheel), (x + 0.52 * unit, foot - wheel)
    for hub in (back, front):
        pen.circle(hub, wheel, None, colour, width)
        pen.circle(hub, 0.04 * unit, colour)
    pedals = (x - 0.08 * unit, foot - wheel)
    saddle = (x - 0.24 * unit, foot - 0.8 * unit)
    head = (x + 0.36 * unit, foot - 0.76 * unit)
    pen.line([back, pedals, saddle, back], colour, width)
    seat = (x - 0.2 * unit, foot - 0.68 * unit)
    pen.line(
        [pedals, (head[0] + 0.02 * unit, head[1] + 0.1 * unit), seat], colour, width
    )
    bar = (head[0] - 0.03 * unit, head[1] - 0.18 * unit)
    pen.line([front, head, bar, (bar[0] - 0.14 * unit, bar[1])], colour, width)
    pen.line(
        [(saddle[0] - 0.13 * unit, saddle[1]), (saddle[0] + 0.11 * unit, saddle[1])],
        colour, 1.7 * width,
    )  # fmt: skip
    pen.circle(pedals, 0.08 * unit, None, colour, width)


def _rack(pen: Pen, box: Box, is_dark: bool) -> None:
    colour = SKY if is_dark else LINE
    x, foot = box.middle[0] + 0.36 * box.height, box.bottom
    for side in (0, 70):
        pen.arc((x + side, foot - 120), 34, (180, 360), colour, 10)
        for edge in (-29, 29):
            pen.line(
                [(x + side + edge, foot - 122), (x + side + edge, foot)], colour, 10
            )


def _lock(pen: Pen, at: Point) -> None:
    x, y = at[0], at[1] + 70
    pen.arc((x, y - 34), 40, (180, 360), LINE, 14)
    for edge in (-33, 33):
        pen.line([(x + edge, y - 36), (x + edge, y)], LINE, 14)
    pen.box(Box(x - 54, y - 6, x + 54, y + 78), _SUN, 10)
    pen.circle((x, y + 28), 11, INK)
    pen.line([(x, y + 28), (x, y + 54)], INK, 9)


def _lamp_post(pen: Pen, foot: Point, height: float, is_dark: bool) -> None:
    x, y = foot
    if is_dark:
        pen.shape([(x + 46, y - height), (x + 150, y), (x - 58, y)], "#2c4a68")
    pen.line([(x, y), (x, y - height), (x + 56, y - height)], LINE, 12)
    pen.box(Box(x + 24, y - height - 8, x + 72, y - height + 16),
            _LAMP if is_dark else WHITE, 6)  # fmt: skip


def _phone(pen: Pen, box: Box, colour: str) -> None:
    unit = min(box.width, box.height) / 2
    x, y = box.middle
    pen.box(Box(x - 0.5 * unit, y - 0.9 * unit, x + 0.5 * unit, y + 0.9 * unit),
            colour, 0.14 * unit)  # fmt: skip
    pen.box(Box(x - 0.4 * unit, y - 0.7 * unit, x + 0.4 * unit, y + 0.56 * unit), PALE)
    pen.circle((x, y + 0.73 * unit), 0.08 * unit, PALE)
