"""The contrast of two colours, as WCAG 2.2 defines it."""

from PIL import ImageColor

LEAST_CONTRAST = 4.5
"""Level AA, success criterion 1.4.3."""

_NEARLY_BLACK = 0.04045
"""Below it, the curve of sRGB is a straight line."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, 1 to 21."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    linear = [
        part / 12.92 if part <= _NEARLY_BLACK else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
