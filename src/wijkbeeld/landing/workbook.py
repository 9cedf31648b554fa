"""Workbooks: the first visible sheet that holds the agreed columns."""

import math
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetVisibleEnum,
)

from wijkbeeld.landing import sheet_size, unpack
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.rejected import RejectedError, told
from wijkbeeld.language import say

_TITLE_ROWS = 10
_EXACT = 10**15
"""Excel keeps 15 digits; a longer whole number is no longer what was typed."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DAMAGED = (
    *(OSError, LookupError, ElementTree.ParseError),
    *unpack.DAMAGE,
)
"""What the parts of a damaged workbook raise."""
_MAY_HOLD_ERRORS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt=["']e["']""")
"""What a sheet has in it that has an error or a formula."""


def read(
    path: Path, sheet: str | None, is_agreed: Callable[[list[str]], bool]
) -> Document:
    """Read the rows of a workbook as text.

    Args:
        path: An ``.xlsx`` file.
        sheet: The sheet to look at first.
        is_agreed: Whether headers hold all required columns.

    Raises:
        RejectedError: It cannot be opened, or no visible sheet has the columns.
    """
    try:
        with _opened(path) as book:
            shown = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == SheetVisibleEnum.Visible
            ]
            hidden = [m.name for m in book.sheets_metadata if m.name not in shown]
            first = [n for n in shown if sheet and n.strip().casefold() == sheet]
            errors = _errors(path)
            sheets = [
                (n, _with_errors(_cells(book, n), errors.get(n, {})))
                for n in dict.fromkeys(first + shown)
            ]
        date_system = _date_system(path)
    except RejectedError:
        raise
    except (CalamineError, *_DAMAGED) as fault:
        raise RejectedError(
            say(
                "de werkmap is niet te openen ({fault}); sla het bestand op als .xlsx "
                "of CSV",
                fault=told(fault),
            )
        ) from None
    warnings = (
        [say("{count} verborgen bladen zijn niet gelezen", count=len(hidden))]
        if hidden
        else []
    )
    for name, cells in sheets:
        for number, row in enumerate(cells[:_TITLE_ROWS]):
            if is_agreed([_header(cell) for cell in row]):
                facts = {"date_system": date_system, "sheet": name}
                return _document(cells, number, facts, warnings)
    filled = [(name, cells) for name, cells in sheets if any(map(any, cells))]
    if not filled:
        raise RejectedError(say("de werkmap is leeg; exporteer het opnieuw"))
    cells = filled[0][1]
    header = max(range(min(len(cells), _TITLE_ROWS)), key=lambda i: _texts(cells[i]))
    return _document(cells, header, {"date_system": date_system}, warnings)


def first_rows(path: Path, count: int) -> list[list[str]]:
    """Return the first rows of the visible sheets, to look at.

    Raises:
        RejectedError: They are too large to look at.
    """
    try:
        with _opened(path) as book:
            return [
                [_header(cell) for cell in row]
                for meta in book.sheets_metadata
                if meta.visible == SheetVisibleEnum.Visible
                for row in _cells(book, meta.name)[:count]
            ]
    except RejectedError:
        raise
    except (CalamineError, *_DAMAGED):
        return []


@contextmanager
def _opened(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook whose size was looked at; a panic of its reader is a fault."""
    sheet_size.check(path)
    try:
        yield CalamineWorkbook.from_path(str(path))
    except BaseException as fault:
        # It is no Exception, and its type has no name that can be imported.
        if type(fault).__name__ != "PanicException":
            raise
        raise ValueError(str(fault)) from None


def _cells(book: CalamineWorkbook, name: str) -> list[list[object]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [list(row) for row in rows]


def _texts(row: list[object]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in row)


def _header(cell: object) -> str:
    return _text(cell) or ""


def _document(
    cells: list[list[object]],
    header: int,
    facts: dict[str, str],
    warnings: list[str],
) -> Document:
    names = [_header(cell) for cell in cells[header]]
    width = max((i + 1 for i, name in enumerate(names) if name.strip()), default=0)
    rows, numbers, problems = [], [], []
    for at, row in enumerate(cells[header + 1 :], start=header + 1):
        texts = [_text(cell) for cell in row]
        if not any(texts):
            continue
        rows.append(texts[:width])
        numbers.append(at + 1)  # As Excel shows it beside the row.
        problems.append("ragged_row" if any(texts[width:]) else None)
    columns = zip(*rows, strict=True) if rows else [()] * width
    return Document(
        pa.Table.from_arrays(
            [pa.array(column, pa.string()) for column in columns], names[:width]
        ),
        pa.array(numbers, pa.int64()),
        pa.array(problems, pa.string()),
        facts,
        warnings,
    )


def _text(cell: object) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            text = "true" if cell else "false"
        case float():
            text = _number(cell)
        case datetime():
            text = f"{cell:%Y-%m-%d %H:%M:%S}"
        case time():
            text = f"{cell:%H:%M:%S}"
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            text = f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
        case _:
            text = str(cell)
    return text


def _number(cell: float) -> str:
    """Return a number as text that can be read in one notation only."""
    if not math.isfinite(cell):
        return str(cell)
    if cell.is_integer():
        return str(int(cell)) if abs(cell) < _EXACT else f"{cell:.14E}"
    text = f"{cell:.15g}"
    if "e" in text:
        text = f"{cell:.15f}".rstrip("0")
    fraction = text.partition(".")[2]
    # Three decimals could be thousands: a fourth cannot.
    return text + "0" if len(fraction) == 3 else text  # noqa: PLR2004 thousands


def _date_system(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        book = packed.read("xl/workbook.xml")
    return "1904" if re.search(rb'date1904="(1|true)"', book) else "1900"


def _errors(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Find the cells that hold an error, or a formula of which nobody kept the outcome.

    Calamine returns both empty, and leaves out what is below the last filled cell.
    """
    with zipfile.ZipFile(path) as packed:
        found = {}
        for name, member in _sheet_files(packed).items():
            if _MAY_HOLD_ERRORS.search(packed.read(member)):
                cells = _ErrorCells()
                cells.follow(packed, member)
                found[name] = cells.errors
    return found


class _ErrorCells(sheet_size.Place):
    """Finds the cells of a sheet that have no value, though they should."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: dict[tuple[int, int], str] = {}
        self._kind = ""
        self._has_formula = self._has_value = self._is_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        element = name.rpartition(":")[2]
        if element == "c":
            self._kind, self._value = attributes.get("t", ""), ""
            self._has_formula = self._has_value = False
        self._has_formula |= element == "f"
        self._is_value = element in {"v", "is", "t"}
        self._has_value |= self._is_value

    def text(self, text: str) -> None:
        if self._is_value:
            self._value += text

    def end(self, name: str) -> None:
        super().end(name)
        self._is_value = False
        if name.rpartition(":")[2] != "c":
            return
        # An outcome that is an empty text is stored as one, by type and value.
        is_kept = self._value or (self._has_value and self._kind == "str")
        if self._kind == "e" or (self._has_formula and not is_kept):
            row, column = self.cell
            self.errors[row - 1, column - 1] = self._value or "#N/A"


def _with_errors(
    cells: list[list[object]], errors: dict[tuple[int, int], str]
) -> list[list[object]]:
    """Put errors in the cells where they are, also beyond the last that is filled."""
    if not errors:
        return cells
    cells += [[] for _ in range(max(errors)[0] + 1 - len(cells))]
    width = max(*map(len, cells), *(column + 1 for _, column in errors))
    for row in cells:
        row.extend([None] * (width - len(row)))
    for (at, column), value in errors.items():
        cells[at][column] = value
    return cells


def _sheet_files(packed: zipfile.ZipFile) -> dict[str, str]:
    links = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    members = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= members:
        return {}
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    }
    sheets = {}
    for sheet in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter(  # noqa: S314
        f"{_MAIN}sheet"
    ):
        target = targets.get(sheet.get(links), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member in members:
            sheets[sheet.get("name", "")] = member
    return sheets
