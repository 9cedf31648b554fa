"""How large text can be that has to fit in a box, without asking who draws it."""

import math
import textwrap

_LETTER, _LINE = 0.58, 1.22
"""Of the size: the width of a letter of the widest type that an office program has
to stand in for ours, and the height of a line."""
POINTS_AN_INCH = 72


def size(text: str, width: float, height: float, *, most: int, least: int) -> int:
    """Return the largest size, in points, at which a text fits; ``least`` if none does.

    Args:
        text: Its lines are kept; what is too long for one is wrapped.
        width: Of the box, in inches.
        height: Of the box, in inches.
        most: Never larger.
        least: Never smaller, whatever fits.
    """
    for points in range(most, least, -1):
        if needed(text, width, points) <= height:
            return points
    return least


def needed(text: str, width: float, points: float) -> float:
    """Return the height in inches that a text needs in a box of a width."""
    return line_count(text, width, points) * points * _LINE / POINTS_AN_INCH


def width(text: str, points: float) -> float:
    """Return the width in inches of a text on one line."""
    return len(text) * points * _LETTER / POINTS_AN_INCH


def line_count(text: str, width: float, points: float) -> int:
    """Return how many lines a text takes in a box of a width in inches."""
    room = max(1, math.floor(width * POINTS_AN_INCH / (points * _LETTER)))
    return sum(len(textwrap.wrap(line, room)) or 1 for line in text.split("\n"))


def cut(text: str, characters: int) -> str:
    """Return a text of at most so many characters, which says that it goes on."""
    if len(text) <= characters:
        return text
    return textwrap.shorten(text, characters, placeholder=" …")
