"""Lists that people keep by hand, as they come: CSV in some encoding, or a workbook."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

import xlsxwriter

Row = dict[str, str]

_DAY = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:,[0-9]+)?")


class Sheet(NamedTuple):
    """A sheet of a workbook; rows may lack columns."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Row]
    title: str = ""
    """A text above the header, if any."""


def as_csv(columns: Sequence[str], rows: Sequence[Row], encoding: str) -> bytes:
    """Return rows under a header, parted by semicolons; rows may lack columns."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, "", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_workbook(*sheets: Sheet) -> bytes:
    """Return sheets in which dates, times and numbers are what they are."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    # The time of making would make every copy another file.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - as the file
    as_date = book.add_format({"num_format": "dd-mm-yyyy"})
    as_time = book.add_format({"num_format": "hh:mm"})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        top = 2 if one.title else 0
        sheet.write(0, 0, one.title)
        sheet.write_row(top, 0, one.columns)
        for at, row in enumerate(one.rows, start=top + 1):
            for column, name in enumerate(one.columns):
                text = row.get(name, "")
                if found := _DAY.fullmatch(text):
                    day, month, year = map(int, found.groups())
                    sheet.write_datetime(at, column, date(year, month, day), as_date)
                elif _CLOCK.fullmatch(text):
                    sheet.write_datetime(at, column, time.fromisoformat(text), as_time)
                elif _NUMBER.fullmatch(text):
                    sheet.write_number(at, column, float(text.replace(",", ".")))
                else:
                    sheet.write_string(at, column, text)
    book.close()
    return target.getvalue()
