"""Text on a slide of the deck: where it stands, how it looks, what size fits."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Length, Pt

from wijkbeeld.output import fitting, look

FONT = "Arial"
"""What every office program has, or letters as wide: nobody has to install ours."""


class Letters(NamedTuple):
    """How text looks that may be of several sizes, in points."""

    most: int
    least: int
    colour: str = look.INK
    is_bold: bool = False
    gap: float = 0.0
    """Between paragraphs, of their size."""


@dataclass(frozen=True)
class Box:
    """A part of a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Return left, top, width and height as the file counts them."""
        left, top, width, height = (
            Inches(side) for side in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


def fill(holder: Any, text: str, room: tuple[float, float], letters: Letters) -> None:
    """Write in a placeholder, without a bullet, at a size that fits."""
    frame = holder.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    points = fitting.size(text, *room, most=letters.most, least=letters.least)
    paragraph = paragraph_in(
        frame, text, points, letters.colour, is_bold=letters.is_bold
    )
    paragraph.alignment = PP_ALIGN.LEFT
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(OxmlElement("a:buNone"))


def text_box(shapes: Any, text: str, box: Box, letters: Letters) -> Any:
    """Write in a box, at the largest size that fits."""
    shape = shapes.add_textbox(*box.emu)
    frame = frame_of(shape)
    between = (text.count("\n") + 1) * letters.gap / fitting.POINTS_AN_INCH
    points = next(
        (
            size
            for size in range(letters.most, letters.least, -1)
            if fitting.needed(text, box.width - 0.6, size) + between * size
            <= box.height - 0.1
        ),
        letters.least,
    )
    for line in text.split("\n"):
        paragraph = paragraph_in(
            frame, line, points, letters.colour, is_bold=letters.is_bold
        )
        paragraph.space_after = Pt(letters.gap * points)
    return shape


def frame_of(shape: Any, margin: float = 0.08) -> Any:
    """Return the frame of a shape, with a margin in inches."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = Inches(margin)
    frame.margin_top = frame.margin_bottom = Inches(margin / 2)
    return frame


def paragraph_in(
    frame: Any, text: str, points: float, colour: str, *, is_bold: bool
) -> Any:
    """Write in the first paragraph of a frame, or in a new one if it has text."""
    first = frame.paragraphs[0]
    paragraph = frame.add_paragraph() if first.runs else first
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(points), is_bold
    run.font.color.rgb = rgb(colour)
    return paragraph


def plainly(shape: Any) -> None:
    """Take the shadow and the border of the theme away."""
    for style in shape._element.xpath("./p:style"):
        style.getparent().remove(style)


def say_instead(shape: Any, name: str, alt: str) -> None:
    """Say what a chart, table or map shows, for who cannot see it."""
    shape.name = name
    [described] = shape._element.xpath("./*[1]/p:cNvPr")
    described.set("descr", alt)


def rgb(colour: str) -> RGBColor:
    """Return a colour such as ``#0b4f8a``."""
    coloured: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return coloured
