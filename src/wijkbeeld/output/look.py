"""Colours and letters of everything that leaves the house."""

from pathlib import Path

import font_source_sans_pro

FONT = "Source Sans Pro"
FONTS = Path(font_source_sans_pro.__file__).parent / "files"
"""The letters themselves, so that no machine has to have them."""

# Told apart by colour-blind readers, and in print without colours.
BLUE, ORANGE, GREY, INK = "#0b4f8a", "#a84300", "#9fb3c4", "#0b1620"
SERIES = (BLUE, ORANGE, GREY, INK)
"""Of the first row of a chart, the second, and so on."""
PALE = "#eef3f7"
EDGE = "#5c6873"
SMALL_PRINT = "#4a5763"
WARNING = "#a3182e"
# Pale enough for dark words on the darkest buurt.
LEAST, MOST = "#eaf2f9", "#5d9fd0"
NO_FIGURE = "#e4e4e4"
