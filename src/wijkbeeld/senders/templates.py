"""Templates of the lists that are kept by hand: a workbook and a CSV of each."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from wijkbeeld import files, reference
from wijkbeeld.landing import agreement, schema, values
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.values import Reading
from wijkbeeld.language import say
from wijkbeeld.senders.columns import Column, columns_of, sentence
from wijkbeeld.settings import settings
from wijkbeeld.spreadsheets import harmless

EXAMPLE_SHEET = "voorbeeld"
_EXPLAINED_SHEET = "uitleg"
_EXPLAINED_FROM = 12
"""Below the rows in which a header is looked for, so that none is found here."""
_LIST_CHARACTERS = 255
"""Excel takes no longer list of choices."""
_WIDEST, _NARROWEST = 32, 11
_ROWS = 1000
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - of every copy, so that it is the same
_AT, _DAY, _CLOCK = "dd-mm-yyyy hh:mm", "dd-mm-yyyy", "hh:mm"


def sources() -> list[str]:
    """Return the sources whose list is kept by hand."""
    return [name for name in schema.SOURCES if agreement.source(name).is_template]


def write(out: Path) -> list[Path]:
    """Write a workbook, an empty CSV and an example CSV of each list kept by hand.

    Returns:
        The files.
    """
    written = []
    for name in sources():
        agreed = agreement.source(name)
        for file_name, content in {
            f"{name}.xlsx": workbook(agreed),
            f"{name}.csv": as_csv(agreed, ()),
            f"{name}.voorbeeld.csv": as_csv(agreed, agreed.examples),
        }.items():
            with files.appearing(out / file_name) as scratch:
                scratch.write_bytes(content)
            written.append(out / file_name)
    return written


def as_csv(agreed: Source, rows: Sequence[dict[str, str]]) -> bytes:
    """Return a CSV with the columns of a source, as a Dutch Excel opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = columns_of(agreed)
    writer.writerow([harmless(column.header) for column in columns])
    writer.writerows(
        [_harmless(column, row.get(column.header, "")) for column in columns]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def workbook(agreed: Source) -> bytes:
    """Return a workbook with an empty sheet, a filled example, and what to fill in."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False}
    )
    book.set_properties({"created": _MADE})
    formats = _Formats(
        book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        {
            form: book.add_format({"num_format": form})
            for form in ("@", _AT, _DAY, _CLOCK, "0", "0.##")
        },
    )
    columns = columns_of(agreed)
    name = agreed.sheet or agreed.name.partition("__")[2]
    _add_rows(book.add_worksheet(name), columns, (), formats)
    _add_rows(book.add_worksheet(EXAMPLE_SHEET), columns, agreed.examples, formats)
    _explain(book.add_worksheet(_EXPLAINED_SHEET), agreed, columns, formats)
    book.close()
    return target.getvalue()


class _Formats(NamedTuple):
    header: Any
    wrapped: Any
    cells: dict[str, Any]


def _add_rows(
    sheet: Any,
    columns: list[Column],
    rows: Sequence[dict[str, str]],
    formats: _Formats,
) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        examples = [row.get(column.header, "") for row in rows]
        widest = max(map(len, [column.header, *examples])) + 2
        width = min(max(widest, _NARROWEST), _WIDEST)
        sheet.set_column(at, at, width, formats.cells[_format_of(column)])
        sheet.write_string(0, at, harmless(column.header), formats.header)
        choices = column.choices()
        is_one = column.field.kind != "themes"
        if choices and is_one and len(",".join(choices)) <= _LIST_CHARACTERS:
            sheet.data_validation(
                1, at, _ROWS, at,
                {"validate": "list", "source": choices, "error_type": "warning"},
            )  # fmt: skip
        for number, text in enumerate(examples, 1):
            _write(sheet, (number, at), column, text, formats)


def _format_of(column: Column) -> str:
    """Return the format of a column: what Excel must not turn into a date is text."""
    kind = column.field.kind
    if column.is_clock or kind == "clock":
        return _CLOCK
    if kind == "datetime":
        return _DAY
    return {"count": "0", "decimal": "0.##"}.get(kind, "@")


def _write(
    sheet: Any, place: tuple[int, int], column: Column, text: str, formats: _Formats
) -> None:
    if not text:
        return
    number = _number(column, text)
    if number is not None:
        sheet.write_number(*place, number)
        return
    moment = _moment(column, text)
    if moment:
        form = formats.cells[
            _CLOCK if isinstance(moment, time) else _DAY if _is_day(moment) else _AT
        ]
        sheet.write_datetime(*place, moment, form)
        return
    sheet.write_string(*place, harmless(text))


def _is_day(moment: datetime) -> bool:
    return moment.time() == time()


def _moment(column: Column, text: str) -> datetime | time | None:
    """Return a date or a time of day as Excel keeps it; None for any other value."""
    if column.is_clock or column.field.kind == "clock":
        clock = values.clock(text, Reading()).text
        return time.fromisoformat(clock) if clock and clock < "24" else None
    if column.field.kind != "datetime":
        return None
    value = values.local_time(text, "", Reading())
    if value.problem or not value.text:
        return None
    return datetime.fromisoformat(value.text)


def _number(column: Column, text: str) -> float | None:
    if column.field.kind not in {"count", "decimal"}:
        return None
    value = values.numbers([text], is_english=False, is_count=False)[text]
    return float(value.text) if value.text and not value.problem else None


def _harmless(column: Column, text: str) -> str:
    """Return a cell; a number may begin with a sign."""
    return text if _number(column, text) is not None else harmless(text)


def _explain(
    sheet: Any, agreed: Source, columns: list[Column], formats: _Formats
) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 90, formats.wrapped)
    sheet.write_string(0, 0, name_of(agreed.name), formats.header)
    if agreed.about:
        sheet.write_string(1, 0, harmless(sentence(agreed.about.said())))
    heads = [say("kolom"), say("verplicht"), say("wat u invult")]
    for at, head in enumerate(heads):
        sheet.write_string(_EXPLAINED_FROM, at, head, formats.header)
    number = _EXPLAINED_FROM
    for column in columns:
        number += 1
        cells = [column.header, column.must_be_there(), column.about()]
        for at, text in enumerate(cells):
            sheet.write_string(number, at, harmless(text))
    for step in agreed.getting:
        number += 1
        sheet.write_string(number + 1, 0, harmless(sentence(step.said())))


def name_of(source: str) -> str:
    """Return the name of a source in the language of this installation."""
    known = {row.source: row for row in reference.delivery_sources()}[source]
    return known.name_en if settings().language == "en" else known.name_nl
