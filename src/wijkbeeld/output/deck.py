"""The deck: a PPTX of which every chart, table and map can be edited.

Titles and messages are placeholders of a layout, so that the outline of the program
and a screen reader find them. Nothing is a picture.
"""

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Length, Pt

from wijkbeeld.language import say
from wijkbeeld.output import archives, areas, fitting, look, marks, pictures
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Lines,
    Numbers,
    Part,
    Presentation,
    Slide,
    Table,
)
from wijkbeeld.spreadsheets import harmless

_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _ROOM = 0.6, 12.13
_TITLE_TOP, _MESSAGE_TOP, _BODY_TOP = 0.4, 1.25, 2.15
_FOOTER_TOP, _FOOTER_HEIGHT = 7.0, 0.35
_GAP, _SIDE = 0.3, 3.4
_NUMBERS_ACROSS = 2.6
_MAP_LETTER_PT = 11
_LEAST_PT = 12
_SHARES: dict[type[Part], float] = {Table: 2.6, AreaMap: 2.6, Bars: 3.0}
"""How much of the width a part takes beside lines of text, which take 1."""
_MOST_ANNOTATION_IN, _MOST_CHARACTERS = 1.9, 900
_FONT = "Arial"
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


def write(presentation: Presentation) -> bytes:
    """Return the deck as PPTX; the same presentation gives the same bytes."""
    deck = _empty()
    for slide in presentation.slides:
        for page in _pages(slide):
            _draw(deck, presentation, page)
    _in_language(deck, presentation.language)
    at = archives.moment(presentation.publication)
    about = deck.core_properties
    about.title, about.author = presentation.title, presentation.team
    about.language, about.last_modified_by = presentation.language, presentation.team
    about.subject = marks.source(presentation)
    about.created = about.modified = at.replace(tzinfo=None)
    about.revision, about.keywords = 1, marks.mark(presentation)
    written = io.BytesIO()
    deck.save(written)
    return archives.settled(written.getvalue(), at)


def _empty() -> Any:
    """Return a deck of our size, with one layout: title, message, footer, number."""
    deck: Any = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    chosen = deck.slide_layouts[1]
    for layout in list(deck.slide_layouts):
        if layout is not chosen and layout.name != chosen.name:
            deck.slide_layouts.remove(layout)
    sheets: list[Any] = [deck.slide_master, deck.slide_layouts[0]]
    for each in sheets:
        for holder in each.placeholders:
            _place(holder)
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = relation.target_part
            theme._blob = theme.blob.replace(b"Calibri", _FONT.encode())
    return deck


def _place(holder: Any) -> None:
    kind = holder.placeholder_format.type
    boxes = {
        PP_PLACEHOLDER.TITLE: Box(_LEFT, _TITLE_TOP, _ROOM, 0.85),
        PP_PLACEHOLDER.BODY: Box(_LEFT, _MESSAGE_TOP, _ROOM, 0.8),
        PP_PLACEHOLDER.OBJECT: Box(_LEFT, _MESSAGE_TOP, _ROOM, 0.8),
        PP_PLACEHOLDER.FOOTER: Box(_LEFT, _FOOTER_TOP, 11, _FOOTER_HEIGHT),
        PP_PLACEHOLDER.SLIDE_NUMBER: Box(11.73, _FOOTER_TOP, 1, _FOOTER_HEIGHT),
    }
    if kind not in boxes:
        holder._element.getparent().remove(holder._element)
        return
    holder.left, holder.top, holder.width, holder.height = boxes[kind].emu


def _pages(slide: Slide) -> Iterator[Slide]:
    """Yield a slide, and further ones with the rows of a table that do not fit."""
    for at, part in enumerate(slide.parts):
        if not isinstance(part, Table):
            continue
        chunks = list(_chunks(part))
        if len(chunks) > 1:
            for number, chunk in enumerate(chunks, start=1):
                title = f"{slide.title} ({number}/{len(chunks)})"
                parts = (*slide.parts[:at], chunk, *slide.parts[at + 1 :])
                yield replace(slide, title=title, parts=parts)
            return
    yield slide


def _chunks(table: Table) -> Iterator[Table]:
    room, rows = 3.3, list[tuple[str, ...]]()
    widths = _column_widths(table, _ROOM)
    taken = 0.0
    for row in table.rows:
        high = _row_height(row, widths, _LEAST_PT + 2)
        if rows and taken + high > room:
            yield replace(table, rows=tuple(rows))
            rows, taken = [], 0.0
        rows.append(row)
        taken += high
    yield replace(table, rows=tuple(rows))


def _draw(deck: Any, presentation: Presentation, slide: Slide) -> None:
    drawn = deck.slides.add_slide(deck.slide_layouts[0])
    title, message = drawn.shapes.title, drawn.placeholders[1]
    wide = _ROOM - 0.2
    _fill(title, slide.title, (wide, 0.75), Letters(36, 18, look.BLUE, is_bold=True))
    if slide.parts:
        _fill(message, slide.message, (wide, 0.7), Letters(26, 14))
    else:
        # There is nothing else to look at.
        alone = Box(_LEFT, _BODY_TOP, _ROOM, 2.6)
        message.left, message.top, message.width, message.height = alone.emu
        _fill(message, slide.message, (wide, 2.4), Letters(44, 20))
    annotation = fitting.cut(slide.annotation, _MOST_CHARACTERS)
    below = _below(annotation, slide.remarks)
    bottom = min((box.top for _, box, _ in below), default=_FOOTER_TOP)
    _body(drawn, slide.parts, Box(_LEFT, _BODY_TOP, _ROOM, bottom - _BODY_TOP - 0.1))
    for text, box, letters in below:
        shape = _text(drawn.shapes, text, box, letters)
        if text == annotation:
            shape.name = say("Toelichting van de chef")
            shape.fill.solid()
            shape.fill.fore_color.rgb = _rgb(look.PALE)
    _footer(drawn, presentation)
    if presentation.role != "public":
        _warn(drawn)
    # What had no room is not lost.
    rest = slide.annotation if annotation != slide.annotation else ""
    if notes := "\n\n".join(filter(None, [slide.notes, rest])):
        drawn.notes_slide.notes_text_frame.text = notes


def _below(annotation: str, remarks: Sequence[str]) -> list[tuple[str, Box, Letters]]:
    """Return what stands above the footer, from top to bottom."""
    bottom, below = _FOOTER_TOP - 0.05, list[tuple[str, Box, Letters]]()
    if remarks:
        text = "\n".join(remarks)
        high = min(1.0, fitting.needed(text, _ROOM - 0.2, 12) + 0.1)
        bottom -= high
        small = Letters(12, 9, look.SMALL_PRINT)
        below.append((text, Box(_LEFT, bottom, _ROOM, high), small))
    if annotation:
        room = _MOST_ANNOTATION_IN - 0.2
        points = fitting.size(annotation, _ROOM - 0.6, room, most=20, least=11)
        high = fitting.needed(annotation, _ROOM - 0.6, points) + 0.2
        bottom -= high + 0.05
        below.append((annotation, Box(_LEFT, bottom, _ROOM, high), Letters(20, 11)))
    return below[::-1]


def _body(drawn: Any, parts: Sequence[Part], box: Box) -> None:
    """Draw the parts beside one another, figures at the left of what they sum up."""
    numbers = [part for part in parts if isinstance(part, Numbers)]
    others = [part for part in parts if not isinstance(part, Numbers)]
    if numbers and others:
        high = (box.height - _GAP * (len(numbers) - 1)) / len(numbers)
        for at, each in enumerate(numbers):
            top = box.top + at * (high + _GAP)
            _numbers(drawn, each, Box(box.left, top, _SIDE, high))
        side = _SIDE + _GAP
        box = Box(box.left + side, box.top, box.width - side, box.height)
    shown: Sequence[Part] = others or numbers
    if len(shown) > 1 and all(isinstance(part, Table) for part in shown):
        _tables(drawn, shown, box)
    else:
        _beside(drawn, shown, box)


def _beside(drawn: Any, parts: Sequence[Part], box: Box) -> None:
    shares = [_SHARES.get(type(part), 1.0) for part in parts]
    room, left = box.width - _GAP * (len(parts) - 1), box.left
    for part, share in zip(parts, shares, strict=True):
        place = Box(left, box.top, room * share / sum(shares), box.height)
        left += place.width + _GAP
        match part:
            case Lines():
                _lines(drawn, part, place)
            case Numbers():
                _numbers(drawn, part, place)
            case Bars():
                _bars(drawn, part, place)
            case AreaMap():
                _map(drawn, part, place)
            case Table():
                _table(drawn, part, place)


def _tables(drawn: Any, tables: Sequence[Any], box: Box) -> None:
    """Draw tables under one another, each as high as its rows ask."""
    rows = [len(table.rows) + 1 for table in tables]
    room, top = box.height - _GAP * (len(tables) - 1), box.top
    for table, count in zip(tables, rows, strict=True):
        high = room * count / sum(rows)
        _table(drawn, table, Box(box.left, top, box.width, high))
        top += high + _GAP


def _lines(drawn: Any, part: Lines, box: Box) -> None:
    shape = _text(
        drawn.shapes,
        "\n".join(part.items),
        box,
        Letters(28 if box.width > _ROOM / 2 else 20, _LEAST_PT, gap=0.45),
    )
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Inches(0.35)))
        properties.set("indent", str(-Inches(0.35)))
        bullet = OxmlElement("a:buChar")
        bullet.set("char", "•")
        properties.append(bullet)


def _numbers(drawn: Any, part: Numbers, box: Box) -> None:
    if not part.items:
        return
    lying = box.width > _NUMBERS_ACROSS * len(part.items)
    count = len(part.items)
    wide = (box.width - _GAP * (count - 1)) / count if lying else box.width
    high = box.height if lying else (box.height - 0.12 * (count - 1)) / count
    for at, number in enumerate(part.items):
        place = (
            Box(box.left + at * (wide + _GAP), box.top, wide, min(high, 3.0))
            if lying
            else Box(box.left, box.top + at * (high + 0.12), wide, high)
        )
        shape = drawn.shapes.add_textbox(*place.emu)
        shape.name = number.label
        frame = _frame(shape)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(look.PALE)
        room, tall = place.width - 0.2, place.height - 0.1
        told = fitting.size(number.told, room, 0.5 * tall, most=60, least=16)
        for text, most, share, colour, is_bold in (
            (number.label, 20, 0.25, look.INK, False),
            (number.told, told, 0.5, look.BLUE, True),
            (number.note, 16, 0.25, look.SMALL_PRINT, False),
        ):
            if not text:
                continue
            points = fitting.size(text, room, share * tall, most=most, least=10)
            _paragraph(frame, text, points, colour, is_bold=is_bold)


def _bars(drawn: Any, part: Bars, box: Box) -> None:
    if not part.categories or not part.series:
        _text(drawn.shapes, part.alt, box, Letters(20, _LEAST_PT))
        return
    told, lying = pictures.written(part), pictures.lies_down(part)
    data = CategoryChartData(number_format="#,##0")
    data.categories = [
        harmless(_category(part, told, at)) for at in range(len(part.categories))
    ]
    for series in part.series:
        data.add_series(harmless(series.name), series.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if lying else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = drawn.shapes.add_chart(kind, *box.emu, data)
    _say_instead(frame, part.title, part.alt)
    chart, count = frame.chart, len(part.categories) * len(part.series)
    across = box.height if lying else box.width
    points = max(8, min(16, int(across * 72 / count / 2.2)))
    chart.font.size, chart.font.color.rgb = Pt(max(9, min(14, points))), _rgb(look.INK)
    chart.has_title = True
    chart.chart_title.text_frame.text = part.title
    heading = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    heading.size, heading.bold = Pt(16), True
    chart.has_legend = len(part.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    axis = chart.category_axis
    axis.reverse_order = lying
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = _rgb(look.EDGE)
    value = chart.value_axis
    value.visible, value.has_major_gridlines, value.minimum_scale = False, False, 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 0
    plot.vary_by_categories = False
    for row, (series, colour) in enumerate(zip(plot.series, look.SERIES, strict=False)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
        labels = series.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size, labels.font.bold = Pt(points), True
        _label_otherwise(series, part.series[row].values, told[row], points)


def _category(part: Bars, told: Sequence[Sequence[str]], at: int) -> str:
    """Return what stands under bars, with what is told where there is no bar."""
    without = [
        (series.name, said[at])
        for series, said in zip(part.series, told, strict=True)
        if series.values[at] is None
    ]
    if len(part.series) == 1:
        return " ".join([part.categories[at], *(f"({said})" for _, said in without)])
    named = ", ".join(f"{name}: {said}" for name, said in without)
    return f"{part.categories[at]} ({named})" if named else part.categories[at]


def _label_otherwise(
    series: Any, values: Sequence[int | None], told: Sequence[str], points: int
) -> None:
    for at, (value, text) in enumerate(zip(values, told, strict=True)):
        is_number = text.replace(".", "").replace(",", "") == str(value)
        if value is None or is_number:
            continue
        label = series.points[at].data_label
        label.has_text_frame = True
        label.text_frame.text = text
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(points), True
        label.position = XL_LABEL_POSITION.OUTSIDE_END


def _map(drawn: Any, part: AreaMap, box: Box) -> None:
    heading = 0.4
    over = Box(box.left, box.top, box.width, heading)
    _text(drawn.shapes, part.title, over, Letters(16, 10, is_bold=True))
    room = Box(box.left, box.top + heading, box.width, box.height - heading)
    letter = _MAP_LETTER_PT / fitting.POINTS_AN_INCH
    laid = areas.placed(part, room.width, room.height, letter, wide=0.6)
    if not laid:
        _text(drawn.shapes, part.alt, room, Letters(20, _LEAST_PT))
        return
    at = areas.frame(laid, room.width, room.height)
    group = drawn.shapes.add_group_shape()
    for each in laid:
        shape = _outline(group, each.outline, at, room)
        shape.name = each.area.name
        _plainly(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(areas.colour(each.shade))
        shape.line.color.rgb, shape.line.width = _rgb(look.EDGE), Pt(0.75)
    for each in laid:
        name = f"{each.area.name}: {each.area.told}"
        _on_map(group, at, room, each.words, name)
        if each.beside:
            _on_map(group, at, room, each.beside.words, each.area.name)
            _line(group, at, room, each.beside)
    _say_instead(group, part.title, part.alt)


def _on_map(
    group: Any, at: areas.Frame, room: Box, words: Sequence[areas.Word], name: str
) -> None:
    """Write words that stand in one block in a buurt, or beside the map."""
    x, y, wide, high = at.box(words, _MAP_LETTER_PT / fitting.POINTS_AN_INCH)
    shape = group.shapes.add_textbox(*Box(room.left + x, room.top + y, wide, high).emu)
    shape.name = name
    frame = _frame(shape, margin=0)
    frame.word_wrap = False
    for word in words:
        points = _MAP_LETTER_PT * (1.4 if word.is_figure else 1)
        line = _paragraph(frame, word.text, points, look.INK, is_bold=True)
        line.alignment = PP_ALIGN.CENTER


def _line(group: Any, at: areas.Frame, room: Box, name: areas.Beside) -> None:
    """Draw the line from a name beside the map to the figure of its buurt."""
    ends = [
        Inches(start + along)
        for point in map(at.point, name.line)
        for start, along in zip((room.left, room.top), point, strict=True)
    ]
    drawn = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    _plainly(drawn)
    drawn.line.color.rgb, drawn.line.width = _rgb(look.INK), Pt(0.75)


def _outline(group: Any, outline: Any, at: areas.Frame, room: Box) -> Any:
    rings = [
        [
            (Inches(room.left + x), Inches(room.top + y))
            for x, y in map(at.point, polygon.exterior.coords[:-1])
        ]
        for polygon in getattr(outline, "geoms", [outline])
    ]
    builder = group.shapes.build_freeform(*rings[0][0], scale=1.0)
    builder.add_line_segments(rings[0][1:], close=True)
    for ring in rings[1:]:
        builder.move_to(*ring[0])
        builder.add_line_segments(ring[1:], close=True)
    return builder.convert_to_shape()


def _table(drawn: Any, part: Table, box: Box) -> None:
    rows = [part.columns, *part.rows]
    widths = _column_widths(part, box.width)
    points = next(
        (
            points
            for points in range(18, 9, -1)
            if sum(_row_height(row, widths, points) for row in rows) <= box.height
            and all(
                fitting.width("m" * _longest_word(part, at), points) <= width - 0.22
                for at, width in enumerate(widths)
            )
        ),
        9,
    )
    heights = [_row_height(row, widths, points) for row in rows]
    place = Box(box.left, box.top, box.width, sum(heights))
    frame = drawn.shapes.add_table(len(rows), len(part.columns), *place.emu)
    _say_instead(frame, say("Tabel"), part.alt)
    table = frame.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = Inches(height)
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.margin_top = cell.margin_bottom = Inches(0.04)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            pale = look.PALE if at % 2 else "#ffffff"
            cell.fill.fore_color.rgb = _rgb(pale if at else look.BLUE)
            _paragraph(cell.text_frame, text, points,
                       look.INK if at else "#ffffff", is_bold=not at)  # fmt: skip


def _column_widths(table: Table, width: float) -> list[float]:
    """Return widths by the longest text, and never less than the longest word."""
    wanted = [
        max(
            _longest_word(table, at) + 3,
            min(34, max((len(row[at]) for row in table.rows), default=0)),
        )
        for at in range(len(table.columns))
    ]
    return [width * each / sum(wanted) for each in wanted]


def _longest_word(table: Table, at: int) -> int:
    words = [word for row in [table.columns, *table.rows] for word in row[at].split()]
    return max(map(len, words), default=1)


def _row_height(row: Sequence[str], widths: Sequence[float], points: float) -> float:
    return 0.12 + max(
        fitting.needed(text, width - 0.22, points * 1.04)
        for text, width in zip(row, widths, strict=True)
    )


def _footer(drawn: Any, presentation: Presentation) -> None:
    """Put footer and number on a slide: the library leaves them on its layout."""
    for holder in drawn.slide_layout.placeholders:
        kind = holder.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        copied = deepcopy(holder._element)
        drawn.shapes._spTree.append(copied)
        if kind == PP_PLACEHOLDER.FOOTER:
            shape = drawn.shapes[-1]
            shape.text_frame.text = marks.footer(presentation)
            for paragraph in shape.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.LEFT
                text = paragraph.runs[0].text
                points = fitting.size(text, 10.8, 0.25, most=11, least=8)
                paragraph.runs[0].font.size = Pt(points)
                paragraph.runs[0].font.color.rgb = _rgb(look.SMALL_PRINT)


def _warn(drawn: Any) -> None:
    """Put a frame around the slide that says it is not for residents."""
    edge = drawn.shapes.add_shape(
        MSO_SHAPE.FRAME, 0, 0, Inches(_WIDTH), Inches(_HEIGHT)
    )
    edge.adjustments[0] = 0.012
    edge.name = say("Rand")
    _plainly(edge)
    edge.fill.solid()
    edge.fill.fore_color.rgb = _rgb(look.WARNING)
    edge.line.fill.background()
    shape = _text(
        drawn.shapes,
        marks.for_the_police(),
        Box(_WIDTH - 4.1, 0.0, 4.1, 0.4),
        Letters(16, 12, "#ffffff", is_bold=True),
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(look.WARNING)
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _fill(holder: Any, text: str, room: tuple[float, float], letters: Letters) -> None:
    """Write in a placeholder, without a bullet, at a size that fits."""
    frame = holder.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    points = fitting.size(text, *room, most=letters.most, least=letters.least)
    paragraph = _paragraph(frame, text, points, letters.colour, is_bold=letters.is_bold)
    paragraph.alignment = PP_ALIGN.LEFT
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(OxmlElement("a:buNone"))


def _text(shapes: Any, text: str, box: Box, letters: Letters) -> Any:
    shape = shapes.add_textbox(*box.emu)
    frame = _frame(shape)
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
        paragraph = _paragraph(
            frame, line, points, letters.colour, is_bold=letters.is_bold
        )
        paragraph.space_after = Pt(letters.gap * points)
    return shape


def _frame(shape: Any, margin: float = 0.08) -> Any:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = Inches(margin)
    frame.margin_top = frame.margin_bottom = Inches(margin / 2)
    return frame


def _paragraph(
    frame: Any, text: str, points: float, colour: str, *, is_bold: bool
) -> Any:
    """Write in the first paragraph of a frame, or in a new one if it has text."""
    first = frame.paragraphs[0]
    paragraph = frame.add_paragraph() if first.runs else first
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(points), is_bold
    run.font.color.rgb = _rgb(colour)
    return paragraph


def _plainly(shape: Any) -> None:
    """Take the shadow and the border of the theme away."""
    for style in shape._element.xpath("./p:style"):
        style.getparent().remove(style)


def _say_instead(shape: Any, name: str, alt: str) -> None:
    """Say what a chart, table or map shows, for who cannot see it."""
    shape.name = name
    [described] = shape._element.xpath("./*[1]/p:cNvPr")
    described.set("descr", alt)


def _in_language(deck: Any, language: str) -> None:
    """Let the program check the spelling in, and read aloud, the right language."""
    spoken = {"nl": "nl-NL", "en": "en-GB"}.get(language, language)
    for slide in deck.slides:
        trees = [slide._element]
        if slide.has_notes_slide:
            trees.append(slide.notes_slide._element)
        trees += [s.chart._chartSpace for s in slide.shapes if s.has_chart]
        for tree in trees:
            for run in tree.iter(qn("a:r")):
                run.get_or_add_rPr().set("lang", spoken)
            for default in tree.iter(qn("a:defRPr")):
                default.set("lang", spoken)


def _rgb(colour: str) -> RGBColor:
    coloured: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return coloured
