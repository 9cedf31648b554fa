"""All figures of a briefing as a workbook, and as one CSV.

Figures are numbers; what may not be told is the text that stands for it on the slide.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import xlsxwriter

from wijkbeeld.language import say
from wijkbeeld.output import archives, look, marks, pictures
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Numbers,
    Part,
    Presentation,
    Slide,
    Table,
)
from wijkbeeld.spreadsheets import harmless
from wijkbeeld.spreadsheets import written as as_csv

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDEST = 60
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+|-?\d+")

Cell = str | int | None


class Rows(NamedTuple):
    """The figures of one part."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rows_of(part: Part) -> Rows | None:
    """Return the figures of a part; none if it holds only text."""
    columns: tuple[str, ...]
    match part:
        case Numbers(items) if items:
            columns = (say("Onderwerp"), say("Aantal"), say("Toelichting"))
            told = tuple((n.label, as_number(n.told), n.note) for n in items)
            return Rows(say("Aantallen"), columns, told)
        case Bars(title, categories, series):
            told_at = pictures.written(part)
            columns = (say("Onderwerp"), *(row.name for row in series))
            bars = tuple(
                (name, *(_bar(row.values[at], told_at[of][at])
                         for of, row in enumerate(series)))
                for at, name in enumerate(categories)
            )  # fmt: skip
            return Rows(title, columns, bars)
        case AreaMap(title, areas):
            columns = (say("Buurt"), say("Code"), say("Aantal"))
            buurten = tuple((a.name, a.code, _bar(a.value, a.told)) for a in areas)
            return Rows(title, columns, buurten)
        case Table(columns, rows):
            cells = tuple(tuple(as_number(text) for text in row) for row in rows)
            return Rows(say("Tabel"), columns, cells)
        case _:
            return None


def as_number(told: str) -> Cell:
    """Return a figure as a number, and anything else as it is told."""
    if _GROUPED.fullmatch(told):
        return int(told.replace(".", "").replace(",", ""))
    return told


def _bar(value: int | None, told: str) -> Cell:
    """Return a value, unless what is told says more or less than it: ``<5``."""
    return value if value is not None and as_number(told) == value else told


def csv(presentation: Presentation) -> bytes:
    """Return all figures as CSV, one per row, as a Dutch spreadsheet opens it."""
    columns = [
        say("Dia"), say("Wat"), say("Onderwerp"), say("Reeks"), say("Waarde")
    ]  # fmt: skip
    text = as_csv(
        columns,
        _single(presentation),
        has_demo=presentation.has_demo,
        dutch=presentation.language == "nl",
    )
    return text.encode("utf-8-sig")


def _single(presentation: Presentation) -> Iterator[tuple[Cell, ...]]:
    for slide in presentation.slides:
        for part in slide.parts:
            if (found := rows_of(part)) is None:
                continue
            for row in found.rows:
                for name, cell in zip(found.columns[1:], row[1:], strict=True):
                    yield slide.title, found.title, str(row[0]), name, cell


def xlsx(presentation: Presentation) -> bytes:
    """Return all figures as a workbook; the same presentation gives the same bytes."""
    at = archives.moment(presentation.publication)
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties(
            {
                "title": presentation.title,
                "author": presentation.team,
                "subject": marks.source(presentation),
                "keywords": marks.mark(presentation),
                "created": at.replace(tzinfo=None),
            }
        )
        looks = {
            "head": book.add_format(
                {"bold": True, "bg_color": look.BLUE, "font_color": "#ffffff"}
            ),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "small": book.add_format({"font_color": look.SMALL_PRINT}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0"}),
        }
        _explanation(book, presentation, looks)
        taken = {say("Uitleg").lower()}
        for slide in presentation.slides:
            found = [rows for part in slide.parts if (rows := rows_of(part))]
            if found:
                name = _sheet_name(slide.title, taken)
                _sheet(book.add_worksheet(name), presentation, slide, found, looks)
    return archives.settled(written.getvalue(), at)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that a spreadsheet accepts, and that no other sheet has."""
    plain = _NOT_IN_A_NAME.sub(" ", title).strip() or say("Dia")
    name, number = plain[:_LONGEST_NAME], 2
    while name.lower() in taken:
        end = f" {number}"
        name, number = plain[: _LONGEST_NAME - len(end)] + end, number + 1
    taken.add(name.lower())
    return name


def _explanation(book: Any, presentation: Presentation, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(say("Uitleg"))
    is_public = presentation.role == "public"
    lines = [
        marks.footer(presentation),
        say("De cijfers zijn die van de presentatie. Zij zijn niet opnieuw berekend."),
        say(
            "De aantallen zijn afgerond op vijf. <5 betekent: 1, 2, 3 of 4. "
            "Een 0 is echt nul."
        )
        if is_public
        else marks.for_the_police(),
        say("Een streepje (–) betekent: dit is niet bekend. Het is geen nul."),
        say(
            "De bronnen zijn de aangiften bij de politie, de rondes van de "
            "buurtpreventie en de berichten van het team."
        ),
    ]
    if presentation.has_demo:
        lines.append(marks.invented())
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, harmless(presentation.title), looks["title"])
    for at, line in enumerate(lines, start=2):
        sheet.write_string(at, 0, harmless(line), looks["wrapped"])
    _print_well(sheet, presentation)


def _sheet(
    sheet: Any,
    presentation: Presentation,
    slide: Slide,
    found: list[Rows],
    looks: dict[str, Any],
) -> None:
    sheet.write_string(0, 0, harmless(slide.title), looks["title"])
    sheet.write_string(1, 0, harmless(slide.message))
    at, widths = 3, dict[int, int]()
    for rows in found:
        sheet.write_string(at, 0, harmless(rows.title), looks["small"])
        for column, name in enumerate(rows.columns):
            sheet.write_string(at + 1, column, harmless(name), looks["head"])
        for down, row in enumerate(rows.rows, start=at + 2):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(down, column, cell, looks["number"])
                else:
                    sheet.write_string(down, column, harmless(cell or ""))
        for column, name in enumerate(rows.columns):
            texts = [name, *(str(row[column] or "") for row in rows.rows)]
            widest = max(map(len, texts)) + 2
            widths[column] = min(_WIDEST, max(widths.get(column, 10), widest))
        at += len(rows.rows) + 3
    for remark in [*slide.remarks, slide.annotation]:
        if remark:
            sheet.write_string(at, 0, harmless(remark), looks["small"])
            at += 1
    sheet.write_string(at + 1, 0, harmless(marks.footer(presentation)), looks["small"])
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    _print_well(sheet, presentation)


def _print_well(sheet: Any, presentation: Presentation) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    # An ampersand begins a code in a header.
    sheet.set_footer("&L" + marks.footer(presentation).replace("&", "&&"))
    if presentation.role != "public":
        sheet.set_tab_color(look.WARNING)
        sheet.set_header("&R" + marks.for_the_police())
