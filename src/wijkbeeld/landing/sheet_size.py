"""How large the sheets of a workbook are, before anything is made of that size.

A reader of workbooks makes room for every cell up to the last one, so a few KB can
ask for more memory than there is. What is looked at here is read as a stream.
"""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say

ROWS, COLUMNS = 1_048_576, 16_384
"""The last row and column that a sheet can have."""
CELLS = 10_000_000
"""What all sheets together may take, empty cells before the last one included."""
_BLOCK = 1 << 20
_SHEET = b"sheetData"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)


def check(path: Path) -> None:
    """Refuse a workbook with a cell where none can be, or with too many cells.

    Raises:
        RejectedError: It has; the reason says what to do.
        ValueError, OSError, zipfile.BadZipFile, zlib.error: It is damaged.
    """
    cells = 0
    with zipfile.ZipFile(path) as packed:
        for member in packed.infolist():
            if _is_sheet(packed, member):
                cells += _size(packed, member)
            if cells > CELLS:
                raise RejectedError(
                    say(
                        "de bladen van de werkmap zijn samen meer dan {cells} cellen "
                        "groot, ook al zijn die leeg; bewaar het blad als CSV, of "
                        "verwijder de cellen ver onder en naast de tabel",
                        cells=CELLS,
                    )
                )


def _is_sheet(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Tell whether a member has rows, whatever its name."""
    before = b""
    with packed.open(member) as content:
        while block := content.read(_BLOCK):
            if _SHEET in before + block:
                return True
            before = block[-len(_SHEET) :]
    return False


def _size(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    place = Place()
    place.follow(packed, member)
    return place.last_row * place.last_column


class Place:
    """Where the reader of a sheet is, counted from 1, and the last filled place."""

    def __init__(self) -> None:
        """Begin before the first cell."""
        self.last_row = self.last_column = 0
        self._row, self._column = 1, 0
        self.cell = (0, 0)

    def follow(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> None:
        """Read a sheet as a stream.

        Raises:
            ValueError: It is damaged.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            with packed.open(member) as content:
                parser.ParseFile(content)
        except expat.ExpatError as fault:
            raise ValueError(str(fault)) from None

    def text(self, text: str) -> None:
        """Pass over what is written in a cell."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Pass the beginning of an element."""
        element = name.rpartition(":")[2]
        if element == "row":
            self._column = 0
            if "r" in attributes:
                self._row = int(attributes["r"])
        elif element == "c":
            self._column += 1
            self.cell = (self._row, self._column)
            if "r" in attributes:
                self.cell = _place(attributes["r"])
                self._column = self.cell[1]
        elif element in {"v", "is", "f"}:
            row, column = self.cell
            if row > ROWS or column > COLUMNS:
                raise _no_such_cell()
            self.last_row = max(self.last_row, row)
            self.last_column = max(self.last_column, column)

    def end(self, name: str) -> None:
        """Pass the end of an element."""
        if name.rpartition(":")[2] == "row":
            self._row += 1


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if not found or int(found[2]) == 0:
        raise _no_such_cell()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _no_such_cell() -> RejectedError:
    return RejectedError(
        say(
            "de werkmap noemt een cel die niet kan bestaan, dus het bestand is "
            "beschadigd; open het in Excel en bewaar het opnieuw als .xlsx of CSV"
        )
    )
