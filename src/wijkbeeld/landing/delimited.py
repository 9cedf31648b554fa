"""Delimited text: a strict reader for what is plain, a careful one for the rest.

Both give the same rows. Arrow reads fast, but passes over some faults without a word
(text after a closing quote, a quote that is never closed). So its answer counts only
for a file in which every quote stands at the edge of a field: as Arrow takes no row
that is longer or shorter than the header, none can then have been joined or shifted.
Any other file is read record by record.
"""

import codecs
import csv
import ctypes
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from wijkbeeld.landing.document import Document
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say

SEPARATORS = ";,\t"
_HEADER_LIMIT = 1 << 20
_BLOCK = 1 << 20
_ROWS = 50_000
_FIRST = 2
"""Number of the first row after the header."""
_CHUNK, _SAMPLE = 1 << 20, 4 << 20
"""Bytes that Arrow reads at once, and at the start to see which texts recur; a file
that is smaller has no dictionaries."""
_RECURS, _MORE = 20, 1.25
"""How often the texts of a column are there on average, if it has a dictionary; and
how many times as many there may be in twice the rows, if they recur less often."""
_DIVERSE = 60_000
"""Texts in a dictionary at most."""
_FIELD_LIMIT = 1 << 24
"""Characters of one field; a larger one is a quote that is never closed."""
_TOO_LARGE = "field larger than field limit"


class Layout(NamedTuple):
    """Where the header stands, and what parts its fields."""

    headers: list[str]
    separator: str
    lines_before: int
    header_lines: int


def layout(path: Path, is_agreed: Callable[[list[str]], bool]) -> Layout:
    """Read the header line; data lines tell nothing, since texts hold commas.

    Args:
        path: UTF-8, with or without BOM.
        is_agreed: Whether headers hold all required columns; it decides between
            separators.

    Raises:
        RejectedError: There is no header.
    """
    with _opened(path) as handle:
        before, first = 0, handle.readline(_HEADER_LIMIT)
        while first and not first.strip():
            before, first = before + 1, handle.readline(_HEADER_LIMIT)
        if not first:
            raise RejectedError(say("het bestand is leeg; exporteer het opnieuw"))
        separators = SEPARATORS
        named = first.strip().casefold()
        if named.startswith("sep=") and len(first.strip("\r\n")) == len("sep=;"):
            separators = first.strip("\r\n")[-1]
            before, first = before + 1, handle.readline(_HEADER_LIMIT)
        if len(first) >= _HEADER_LIMIT:
            raise RejectedError(
                say(
                    "de eerste regel bevat geen kolomnamen; exporteer het bestand "
                    "met kolomnamen"
                )
            )
        rest = [handle.readline(_HEADER_LIMIT) for _ in range(20)]
    found = [_layout(first, rest, s, before) for s in separators]
    readable = [form for form in found if form]
    if not readable:
        raise RejectedError(
            say(
                "in de regel met kolomnamen ontbreekt een aanhalingsteken; "
                "exporteer het bestand opnieuw"
            )
        )
    agreed = [form for form in readable if is_agreed(form.headers)]
    return max(agreed or readable, key=lambda form: len(form.headers))


class Coded(NamedTuple):
    """The rows of a file, and the texts that recur in them.

    Columns are ``c0``, ``c1``… and ``_row_number``.
    """

    batches: list[pa.RecordBatch]
    texts: dict[str, pa.Array]
    """Per column in which texts recur those texts: the rows hold their places in it."""


def strict(
    path: Path, form: Layout, keep: list[int], *, may_quote: bool = True
) -> Coded | None:
    """Read rows as long as their header; None if there is any other, or none at all.

    Texts that recur are told apart, because what they mean is then found out of each
    text, and not of each row. The caller sees to the quotes (``quotes_are_plain``), if
    there may be any.
    """
    if len(form.headers) < 2 or form.header_lines != 1 or form.lines_before > 1:  # noqa: PLR2004 two columns
        return None
    parsing = arrow_csv.ParseOptions(
        delimiter=form.separator, newlines_in_values=may_quote,
        quote_char='"' if may_quote else False,
    )  # fmt: skip
    types = dict.fromkeys((f"c{i}" for i in sorted(set(keep))), pa.string())
    # Arrow's own memory comes in huge pages: the kernel takes long to clear those.
    pool = pa.system_memory_pool()
    try:
        if path.stat().st_size > _SAMPLE:
            at_first = (_reading(form, _SAMPLE), parsing, _texts(types), pool)
            with arrow_csv.open_csv(path, *at_first) as rows:
                types |= _recurring(rows.read_next_batch())
        reading = _reading(form, _CHUNK)
        table = arrow_csv.read_csv(path, reading, parsing, _texts(types), pool)
    except pa.ArrowInvalid:
        return None
    if not len(table):
        return None
    columns, texts = {}, {}
    for name in types:
        column = table[name].unify_dictionaries(memory_pool=pool)
        if pa.types.is_dictionary(column.type):
            texts[name] = column.chunk(0).dictionary
            column = pa.chunked_array([chunk.indices for chunk in column.chunks])
            if len(texts[name]) > _DIVERSE:
                column = pc.take(texts.pop(name), column)
        columns[name] = column
    columns["_row_number"] = pa.array(np.arange(_FIRST, len(table) + _FIRST))
    return Coded(pa.table(columns).to_batches(), texts)


def give_back() -> None:
    """Give back what was read with, since Arrow and the C library would keep it."""
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError):  # Not every C library can.
        ctypes.CDLL(None).malloc_trim(0)


def _reading(form: Layout, block: int) -> arrow_csv.ReadOptions:
    return arrow_csv.ReadOptions(
        column_names=[f"c{i}" for i in range(len(form.headers))],
        skip_rows=form.lines_before + form.header_lines,
        block_size=block,
    )


def _texts(types: dict[str, pa.DataType]) -> arrow_csv.ConvertOptions:
    return arrow_csv.ConvertOptions(
        column_types=types, include_columns=list(types),
        strings_can_be_null=True, null_values=[""],
    )  # fmt: skip


def _recurring(rows: pa.RecordBatch) -> dict[str, pa.DataType]:
    """Return the type of the columns that are to have a dictionary."""
    coded = pa.dictionary(pa.int32(), pa.string())
    return {
        name: coded
        for name, column in zip(rows.schema.names, rows.columns, strict=True)
        if _recurs(column)
    }


def _recurs(column: pa.Array) -> bool:
    """Tell whether texts are few, or whether hardly any came after the first half."""
    different = pc.count_distinct(column).as_py()
    if different * _RECURS <= len(column):
        return True
    at_first = pc.count_distinct(column.slice(0, len(column) // 2)).as_py()
    return bool(different <= _MORE * at_first)


def quotes_are_plain(path: Path, separator: str) -> bool:
    """Tell whether quotes enclose whole fields, as far as there are any.

    A quote that opens stands at the start of a field, and one that closes at its
    end; two together within a field are one quote of its text.
    """
    edges = np.zeros(256, bool)
    edges[list(f'{separator}\r\n"'.encode())] = True
    is_quoted, last = False, ord("\n")
    with path.open("rb") as handle:
        block = handle.read(_BLOCK).removeprefix(codecs.BOM_UTF8)
        while block:
            following = handle.read(_BLOCK)
            data = np.frombuffer(block, np.uint8)
            quotes = np.flatnonzero(data == ord('"'))
            if len(quotes):
                # Beside the quotes only: to look at every byte takes ten times as long.
                before, after = data[quotes - 1], data[(quotes + 1) % len(data)]
                if quotes[0] == 0:
                    before[0] = last
                if quotes[-1] == len(data) - 1:
                    after[-1] = following[0] if following else ord("\n")
                opening, closing = before[is_quoted::2], after[not is_quoted :: 2]
                if not (edges[opening].all() and edges[closing].all()):
                    return False
                is_quoted ^= bool(len(quotes) % 2)
            last, block = block[-1], following
    return not is_quoted


def careful(path: Path, form: Layout, keep: list[int]) -> Document:
    """Read record by record; a record with a fault keeps its place and number.

    Args:
        path: UTF-8, with or without BOM.
        form: What ``layout`` found.
        keep: Positions of the columns to keep; no other is held in memory.

    Raises:
        RejectedError: A quote is never closed.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    kept = sorted(set(keep))
    schema = pa.schema([(f"c{i}", pa.string()) for i in kept])
    batches: list[pa.RecordBatch] = []
    faults: list[str | None] = []
    rows: list[list[str | None]] = []
    blank: list[str | None] = [None] * len(kept)
    for record in _records(path, form):
        if record is None or len(record) != len(form.headers):
            rows.append(blank)
            faults.append("ragged_row")
        else:
            rows.append([record[i] or None for i in kept])
            faults.append(None)
        if len(rows) == _ROWS:
            batches.append(_batch(rows, schema))
            rows = []
    batches.append(_batch(rows, schema))
    return Document(
        pa.Table.from_batches(batches, schema),
        pa.array(np.arange(_FIRST, len(faults) + _FIRST)),
        pa.array(faults, pa.string()),
        {},
        [],
    )


def _batch(rows: list[list[str | None]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch(
        [pa.array(column, pa.string()) for column in columns], schema=schema
    )


def _records(path: Path, form: Layout) -> Iterator[list[str] | None]:
    """Yield the records after the header, None for one that cannot be parsed."""
    with _opened(path) as handle:
        lines = _Lines(handle)
        for _ in range(form.lines_before + form.header_lines):
            next(lines)
        while True:
            lines.begin()
            reader = csv.reader(lines, delimiter=form.separator, strict=True)
            try:
                for record in reader:
                    if record:
                        yield record
                    lines.begin()
            except csv.Error as fault:
                if lines.ended or _TOO_LARGE in str(fault):
                    raise _unclosed(lines) from None
                yield None
                continue
            return


class _Lines:
    """The lines of a file, and where the last quote in the present record stands."""

    def __init__(self, handle: TextIO) -> None:
        self._lines = iter(handle)
        self.number = 0
        self.opened = 0
        self.ended = False

    def begin(self) -> None:
        """Begin a record with the next line."""
        self.opened = self.number + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        if '"' in line and '"' in line.replace('""', ""):
            self.opened = self.number
        return line


def _unclosed(lines: _Lines) -> RejectedError:
    return RejectedError(
        say(
            "het aanhalingsteken op regel {line} wordt nergens gesloten, dus het "
            "bestand is afgebroken of beschadigd; exporteer het bestand opnieuw",
            line=lines.opened,
        )
    )


def _layout(first: str, rest: list[str], separator: str, before: int) -> Layout | None:
    reader = csv.reader(chain([first], rest), delimiter=separator, strict=True)
    try:
        headers = next(reader)
    except (csv.Error, StopIteration):
        return None
    return Layout(headers, separator, before, reader.line_num)


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")
