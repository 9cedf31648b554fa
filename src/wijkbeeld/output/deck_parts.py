"""The parts of a slide in the deck: lists, numbers, charts, maps and tables."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from wijkbeeld.language import say
from wijkbeeld.output import areas, deck_text, fitting, look, pictures
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Lines,
    Numbers,
    Table,
)
from wijkbeeld.spreadsheets import harmless

ROOM = 12.13
"""Inches from the left to the right of what is on a slide."""
GAP = 0.3
"""Inches between parts."""
LEAST_PT = 12
_NUMBERS_ACROSS = 2.6
_MAP_LETTER_PT = 11


def lines(drawn: Any, part: Lines, box: deck_text.Box) -> None:
    """Draw lines of text as a list."""
    shape = deck_text.text_box(
        drawn.shapes,
        "\n".join(part.items),
        box,
        deck_text.Letters(28 if box.width > ROOM / 2 else 20, LEAST_PT, gap=0.45),
    )
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Inches(0.35)))
        properties.set("indent", str(-Inches(0.35)))
        bullet = OxmlElement("a:buChar")
        bullet.set("char", "•")
        properties.append(bullet)


def numbers(drawn: Any, part: Numbers, box: deck_text.Box) -> None:
    """Draw large numbers, beside one another where there is room."""
    if not part.items:
        return
    lying = box.width > _NUMBERS_ACROSS * len(part.items)
    count = len(part.items)
    wide = (box.width - GAP * (count - 1)) / count if lying else box.width
    high = box.height if lying else (box.height - 0.12 * (count - 1)) / count
    for at, number in enumerate(part.items):
        place = (
            deck_text.Box(box.left + at * (wide + GAP), box.top, wide, min(high, 3.0))
            if lying
            else deck_text.Box(box.left, box.top + at * (high + 0.12), wide, high)
        )
        shape = drawn.shapes.add_textbox(*place.emu)
        shape.name = number.label
        frame = deck_text.frame_of(shape)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.fill.solid()
        shape.fill.fore_color.rgb = deck_text.rgb(look.PALE)
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
            deck_text.paragraph_in(frame, text, points, colour, is_bold=is_bold)


def bars(drawn: Any, part: Bars, box: deck_text.Box) -> None:
    """Draw a chart that can be edited."""
    if not part.categories or not part.series:
        deck_text.text_box(drawn.shapes, part.alt, box, deck_text.Letters(20, LEAST_PT))
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
    deck_text.say_instead(frame, part.title, part.alt)
    chart, count = frame.chart, len(part.categories) * len(part.series)
    across = box.height if lying else box.width
    points = max(8, min(16, int(across * 72 / count / 2.2)))
    chart.font.size, chart.font.color.rgb = (
        Pt(max(9, min(14, points))),
        deck_text.rgb(look.INK),
    )
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
    axis.format.line.color.rgb = deck_text.rgb(look.EDGE)
    value = chart.value_axis
    value.visible, value.has_major_gridlines, value.minimum_scale = False, False, 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 0
    plot.vary_by_categories = False
    for row, (series, colour) in enumerate(zip(plot.series, look.SERIES, strict=False)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = deck_text.rgb(colour)
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


def area_map(drawn: Any, part: AreaMap, box: deck_text.Box) -> None:
    """Draw a map of which each buurt is a shape."""
    heading = 0.4
    over = deck_text.Box(box.left, box.top, box.width, heading)
    deck_text.text_box(
        drawn.shapes, part.title, over, deck_text.Letters(16, 10, is_bold=True)
    )
    room = deck_text.Box(box.left, box.top + heading, box.width, box.height - heading)
    letter = _MAP_LETTER_PT / fitting.POINTS_AN_INCH
    laid = areas.placed(part, room.width, room.height, letter, wide=0.6)
    if not laid:
        deck_text.text_box(
            drawn.shapes, part.alt, room, deck_text.Letters(20, LEAST_PT)
        )
        return
    at = areas.frame(laid, room.width, room.height)
    group = drawn.shapes.add_group_shape()
    for each in laid:
        shape = _outline(group, each.outline, at, room)
        shape.name = each.area.name
        deck_text.plainly(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = deck_text.rgb(areas.colour(each.shade))
        shape.line.color.rgb, shape.line.width = deck_text.rgb(look.EDGE), Pt(0.75)
    for each in laid:
        name = f"{each.area.name}: {each.area.told}"
        _on_map(group, at, room, each.words, name)
        if each.beside:
            _on_map(group, at, room, each.beside.words, each.area.name)
            _line(group, at, room, each.beside)
    deck_text.say_instead(group, part.title, part.alt)


def _on_map(
    group: Any,
    at: areas.Frame,
    room: deck_text.Box,
    words: Sequence[areas.Word],
    name: str,
) -> None:
    """Write words that stand in one block in a buurt, or beside the map."""
    x, y, wide, high = at.box(words, _MAP_LETTER_PT / fitting.POINTS_AN_INCH)
    shape = group.shapes.add_textbox(
        *deck_text.Box(room.left + x, room.top + y, wide, high).emu
    )
    shape.name = name
    frame = deck_text.frame_of(shape, margin=0)
    frame.word_wrap = False
    for word in words:
        points = _MAP_LETTER_PT * (1.4 if word.is_figure else 1)
        line = deck_text.paragraph_in(frame, word.text, points, look.INK, is_bold=True)
        line.alignment = PP_ALIGN.CENTER


def _line(group: Any, at: areas.Frame, room: deck_text.Box, name: areas.Beside) -> None:
    """Draw the line from a name beside the map to the figure of its buurt."""
    ends = [
        Inches(start + along)
        for point in map(at.point, name.line)
        for start, along in zip((room.left, room.top), point, strict=True)
    ]
    drawn = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    deck_text.plainly(drawn)
    drawn.line.color.rgb, drawn.line.width = deck_text.rgb(look.INK), Pt(0.75)


def _outline(group: Any, outline: Any, at: areas.Frame, room: deck_text.Box) -> Any:
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


def table(drawn: Any, part: Table, box: deck_text.Box) -> None:
    """Draw a table."""
    rows = [part.columns, *part.rows]
    widths = column_widths(part, box.width)
    points = next(
        (
            points
            for points in range(18, 9, -1)
            if sum(row_height(row, widths, points) for row in rows) <= box.height
            and all(
                fitting.width("m" * _longest_word(part, at), points) <= width - 0.22
                for at, width in enumerate(widths)
            )
        ),
        9,
    )
    heights = [row_height(row, widths, points) for row in rows]
    place = deck_text.Box(box.left, box.top, box.width, sum(heights))
    frame = drawn.shapes.add_table(len(rows), len(part.columns), *place.emu)
    deck_text.say_instead(frame, say("Tabel"), part.alt)
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
            cell.fill.fore_color.rgb = deck_text.rgb(pale if at else look.BLUE)
            deck_text.paragraph_in(cell.text_frame, text, points,
                       look.INK if at else "#ffffff", is_bold=not at)  # fmt: skip


def column_widths(table: Table, width: float) -> list[float]:
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


def row_height(row: Sequence[str], widths: Sequence[float], points: float) -> float:
    """Return how high a row is, in inches."""
    return 0.12 + max(
        fitting.needed(text, width - 0.22, points * 1.04)
        for text, width in zip(row, widths, strict=True)
    )
