"""The deck: a PPTX of which every chart, table and map can be edited.

Titles and messages are placeholders of a layout, so that the outline of the program
and a screen reader find them. Nothing is a picture.
"""

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from wijkbeeld.language import say
from wijkbeeld.output import (
    archives,
    deck_parts,
    deck_text,
    fitting,
    look,
    marks,
)
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

_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT = 0.6
_TITLE_TOP, _MESSAGE_TOP, _BODY_TOP = 0.4, 1.25, 2.15
_FOOTER_TOP, _FOOTER_HEIGHT = 7.0, 0.35
_SIDE = 3.4
_SHARES: dict[type[Part], float] = {Table: 2.6, AreaMap: 2.6, Bars: 3.0}
"""How much of the width a part takes beside lines of text, which take 1."""
_MOST_ANNOTATION_IN, _MOST_CHARACTERS = 1.9, 900


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
            theme._blob = theme.blob.replace(b"Calibri", deck_text.FONT.encode())
    return deck


def _place(holder: Any) -> None:
    kind = holder.placeholder_format.type
    boxes = {
        PP_PLACEHOLDER.TITLE: deck_text.Box(_LEFT, _TITLE_TOP, deck_parts.ROOM, 0.85),
        PP_PLACEHOLDER.BODY: deck_text.Box(_LEFT, _MESSAGE_TOP, deck_parts.ROOM, 0.8),
        PP_PLACEHOLDER.OBJECT: deck_text.Box(_LEFT, _MESSAGE_TOP, deck_parts.ROOM, 0.8),
        PP_PLACEHOLDER.FOOTER: deck_text.Box(_LEFT, _FOOTER_TOP, 11, _FOOTER_HEIGHT),
        PP_PLACEHOLDER.SLIDE_NUMBER: deck_text.Box(
            11.73, _FOOTER_TOP, 1, _FOOTER_HEIGHT
        ),
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
    widths = deck_parts.column_widths(table, deck_parts.ROOM)
    taken = 0.0
    for row in table.rows:
        high = deck_parts.row_height(row, widths, deck_parts.LEAST_PT + 2)
        if rows and taken + high > room:
            yield replace(table, rows=tuple(rows))
            rows, taken = [], 0.0
        rows.append(row)
        taken += high
    yield replace(table, rows=tuple(rows))


def _draw(deck: Any, presentation: Presentation, slide: Slide) -> None:
    drawn = deck.slides.add_slide(deck.slide_layouts[0])
    title, message = drawn.shapes.title, drawn.placeholders[1]
    wide = deck_parts.ROOM - 0.2
    deck_text.fill(
        title,
        slide.title,
        (wide, 0.75),
        deck_text.Letters(36, 18, look.BLUE, is_bold=True),
    )
    if slide.parts:
        deck_text.fill(message, slide.message, (wide, 0.7), deck_text.Letters(26, 14))
    else:
        # There is nothing else to look at.
        alone = deck_text.Box(_LEFT, _BODY_TOP, deck_parts.ROOM, 2.6)
        message.left, message.top, message.width, message.height = alone.emu
        deck_text.fill(message, slide.message, (wide, 2.4), deck_text.Letters(44, 20))
    annotation = fitting.cut(slide.annotation, _MOST_CHARACTERS)
    below = _below(annotation, slide.remarks)
    bottom = min((box.top for _, box, _ in below), default=_FOOTER_TOP)
    _body(
        drawn,
        slide.parts,
        deck_text.Box(_LEFT, _BODY_TOP, deck_parts.ROOM, bottom - _BODY_TOP - 0.1),
    )
    for text, box, letters in below:
        shape = deck_text.text_box(drawn.shapes, text, box, letters)
        if text == annotation:
            shape.name = say("Toelichting van de chef")
            shape.fill.solid()
            shape.fill.fore_color.rgb = deck_text.rgb(look.PALE)
    _footer(drawn, presentation)
    if presentation.role != "public":
        _warn(drawn)
    # What had no room is not lost.
    rest = slide.annotation if annotation != slide.annotation else ""
    if notes := "\n\n".join(filter(None, [slide.notes, rest])):
        drawn.notes_slide.notes_text_frame.text = notes


def _below(
    annotation: str, remarks: Sequence[str]
) -> list[tuple[str, deck_text.Box, deck_text.Letters]]:
    """Return what stands above the footer, from top to bottom."""
    bottom, below = (
        _FOOTER_TOP - 0.05,
        list[tuple[str, deck_text.Box, deck_text.Letters]](),
    )
    if remarks:
        text = "\n".join(remarks)
        high = min(1.0, fitting.needed(text, deck_parts.ROOM - 0.2, 12) + 0.1)
        bottom -= high
        small = deck_text.Letters(12, 9, look.SMALL_PRINT)
        below.append((text, deck_text.Box(_LEFT, bottom, deck_parts.ROOM, high), small))
    if annotation:
        room = _MOST_ANNOTATION_IN - 0.2
        points = fitting.size(
            annotation, deck_parts.ROOM - 0.6, room, most=20, least=11
        )
        high = fitting.needed(annotation, deck_parts.ROOM - 0.6, points) + 0.2
        bottom -= high + 0.05
        below.append(
            (
                annotation,
                deck_text.Box(_LEFT, bottom, deck_parts.ROOM, high),
                deck_text.Letters(20, 11),
            )
        )
    return below[::-1]


def _body(drawn: Any, parts: Sequence[Part], box: deck_text.Box) -> None:
    """Draw the parts beside one another, figures at the left of what they sum up."""
    numbers = [part for part in parts if isinstance(part, Numbers)]
    others = [part for part in parts if not isinstance(part, Numbers)]
    if numbers and others:
        high = (box.height - deck_parts.GAP * (len(numbers) - 1)) / len(numbers)
        for at, each in enumerate(numbers):
            top = box.top + at * (high + deck_parts.GAP)
            deck_parts.numbers(drawn, each, deck_text.Box(box.left, top, _SIDE, high))
        side = _SIDE + deck_parts.GAP
        box = deck_text.Box(box.left + side, box.top, box.width - side, box.height)
    shown: Sequence[Part] = others or numbers
    if len(shown) > 1 and all(isinstance(part, Table) for part in shown):
        _tables(drawn, shown, box)
    else:
        _beside(drawn, shown, box)


def _beside(drawn: Any, parts: Sequence[Part], box: deck_text.Box) -> None:
    shares = [_SHARES.get(type(part), 1.0) for part in parts]
    room, left = box.width - deck_parts.GAP * (len(parts) - 1), box.left
    for part, share in zip(parts, shares, strict=True):
        place = deck_text.Box(left, box.top, room * share / sum(shares), box.height)
        left += place.width + deck_parts.GAP
        match part:
            case Lines():
                deck_parts.lines(drawn, part, place)
            case Numbers():
                deck_parts.numbers(drawn, part, place)
            case Bars():
                deck_parts.bars(drawn, part, place)
            case AreaMap():
                deck_parts.area_map(drawn, part, place)
            case Table():
                deck_parts.table(drawn, part, place)


def _tables(drawn: Any, tables: Sequence[Any], box: deck_text.Box) -> None:
    """Draw tables under one another, each as high as its rows ask."""
    rows = [len(table.rows) + 1 for table in tables]
    room, top = box.height - deck_parts.GAP * (len(tables) - 1), box.top
    for table, count in zip(tables, rows, strict=True):
        high = room * count / sum(rows)
        deck_parts.table(drawn, table, deck_text.Box(box.left, top, box.width, high))
        top += high + deck_parts.GAP


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
                paragraph.runs[0].font.color.rgb = deck_text.rgb(look.SMALL_PRINT)


def _warn(drawn: Any) -> None:
    """Put a frame around the slide that says it is not for residents."""
    edge = drawn.shapes.add_shape(
        MSO_SHAPE.FRAME, 0, 0, Inches(_WIDTH), Inches(_HEIGHT)
    )
    edge.adjustments[0] = 0.012
    edge.name = say("Rand")
    deck_text.plainly(edge)
    edge.fill.solid()
    edge.fill.fore_color.rgb = deck_text.rgb(look.WARNING)
    edge.line.fill.background()
    shape = deck_text.text_box(
        drawn.shapes,
        marks.for_the_police(),
        deck_text.Box(_WIDTH - 4.1, 0.0, 4.1, 0.4),
        deck_text.Letters(16, 12, "#ffffff", is_bold=True),
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = deck_text.rgb(look.WARNING)
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


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
