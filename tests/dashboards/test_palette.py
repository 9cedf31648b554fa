"""The colours of the charts are told apart by readers who see fewer of them."""

import tomllib
from itertools import combinations

import numpy as np
import pytest
from tests.dashboards.conftest import APP

from dashboards.components import charts

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
EYES = {
    "all": np.eye(3),
    "no red": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992],
               [-0.0039, -0.0481, 1.0521]],
    "no green": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474],
                 [-0.0118, 0.0429, 0.9689]],
    "no blue": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476],
                [0.0047, 0.6914, 0.3039]],
}  # fmt: skip
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
# A difference of 2.3 can just be seen beside each other; across a room takes more.
LEAST = 20


def seen(colour: str, eye: str) -> np.ndarray:
    """Return a colour in CIELAB, as an eye sees it."""
    given = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_colours_apart(eye):
    palette = (charts.BLUE, charts.ORANGE, charts.GREY, charts.INK)
    for one, other in combinations(palette, 2):
        assert np.linalg.norm(seen(one, eye) - seen(other, eye)) > LEAST, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_sees_dark_from_light_and_the_mark_on_both(eye):
    lightest, darkest = (seen(c, eye) for c in (charts.PALE, charts.BLUE))
    assert lightest[0] - darkest[0] > 2 * LEAST
    for cell in (lightest, darkest):
        edge = np.linalg.norm(seen(charts.INK, eye) - cell)
        assert max(edge, np.linalg.norm(seen("#ffffff", eye) - cell)) > 2 * LEAST


def test_small_print_has_the_contrast_that_is_asked_of_words():
    """WCAG 1.4.3; Streamlit draws a caption at three fifths of the colour of words."""
    config = APP.parent / ".streamlit" / "config.toml"
    theme = tomllib.loads(config.read_text("utf-8"))["theme"]

    def light(colour, over=(255, 255, 255), opacity=1.0):
        given = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        mixed = (opacity * np.array(given) + (1 - opacity) * np.array(over)) / 255
        linear = np.where(
            mixed <= 0.04045, mixed / 12.92, ((mixed + 0.055) / 1.055) ** 2.4
        )
        return linear @ [0.2126, 0.7152, 0.0722]

    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        over = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
        words = light(theme["textColor"], over, opacity=0.6)
        assert (light(ground) + 0.05) / (words + 0.05) >= 4.5
