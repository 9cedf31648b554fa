"""From the one file of rows to raw fields in DuckDB, whatever its form."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from wijkbeeld.landing import (
    chat,
    delimited,
    gpx,
    loading,
    mapping,
    matching,
    odata,
    open_data,
    page_days,
    shapes,
    street_crimes,
    text,
    values,
    workbook,
)
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.delimited import Layout
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.mapping import Mapping
from wijkbeeld.landing.matching import Match
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.unpack import Unpacked
from wijkbeeld.landing.values import Reading
from wijkbeeld.landing.walks import Track
from wijkbeeld.language import say

MAPPED = (mapping.INCIDENTS, mapping.CALLS)
"""Sources whose headers come from a mapping, and that are placed in a buurt."""


class Delivered(NamedTuple):
    """The table ``delivered`` holds the raw fields; this is what was seen on the way.

    The number of a row is in ``_row_number``.
    A time is in ``<field>__at`` where it is plain, and in ``<field>`` where it is not.
    """

    source: Source
    """The agreement, with the headers of the mapping where there is one."""
    mapping: Mapping | None
    match: Match
    reading: Reading
    has_reading_problems: bool
    facts: dict[str, str]
    warnings: list[str]
    load: Callable[[Reading], object]
    """Loads the raw fields again, reading dates another way."""
    loaded: loading.Loaded = loading.Loaded()

    def times(self) -> list[str]:
        """Return the delivered fields that are times."""
        return [
            name
            for name, field in self.source.fields.items()
            if field.kind == "datetime" and name in self.match.positions
        ]


def read(
    con: duckdb.DuckDBPyConnection, content: Unpacked, source: Source, scratch: Path
) -> Delivered:
    """Load the raw fields of a file.

    Raises:
        RejectedError: The file is not what was agreed.
    """
    if source.name == gpx.SOURCE and content.form != "gpx":
        raise RejectedError(say("dit is geen GPX-bestand; exporteer de track als GPX"))
    if content.form == "delimited" and source.name != page_days.SOURCE:
        return _delimited(con, content, source, scratch)
    found, agreed, chosen, match = _found(content, source, scratch)
    return _load_document(con, found, agreed, chosen, match)


def document(
    content: Unpacked, source: Source, scratch: Path
) -> tuple[Document, Delivered]:
    """Return the records of a file that is not delimited, without loading them.

    Raises:
        RejectedError: The file is not what was agreed.
    """
    found, agreed, chosen, match = _found(content, source, scratch)
    return found, _delivered(found, agreed, chosen, match, lambda _: None)


def of_tracks(
    tracks: list[tuple[Track, str]], source: Source
) -> list[tuple[Document, Delivered] | None]:
    """Return the points of files, each with its name, without loading them.

    It is None for a file of which hardly any point can be used.

    Raises:
        NoShapesError: Their points cannot be placed yet.
    """
    found = gpx.read_together(tracks)
    # We made the columns ourselves, and they are the same in all.
    first = next((one for one in found if one), None)
    if first is None:
        return [None] * len(found)
    _, agreed, chosen, match = _matched(first, source, is_workbook=False)
    return [
        one
        and (
            one._replace(table=_renamed(one.table)),
            _delivered(one, agreed, chosen, match, lambda _: None),
        )
        for one in found
    ]


def _found(
    content: Unpacked, source: Source, scratch: Path
) -> tuple[Document, Source, Mapping | None, Match]:
    found = (
        gpx.read(content.path, content.name)
        if content.form == "gpx"
        else _document(content, source, scratch)
    )
    return _matched(found, source, is_workbook=content.form == "workbook")


def _matched(
    found: Document, source: Source, *, is_workbook: bool
) -> tuple[Document, Source, Mapping | None, Match]:
    headers = found.table.column_names
    agreed, chosen = _agreed(source, headers)
    match = matching.match(agreed, headers)
    found = found._replace(table=_renamed(found.table))
    if not is_workbook:
        # JSON knows one notation only.
        match = match._replace(is_english=True)
    return found, agreed, chosen, match


def _renamed(table: pa.Table) -> pa.Table:
    return table.rename_columns([f"c{i}" for i in range(table.num_columns)])


def settle_order(con: duckdb.DuckDBPyConnection, seen: Delivered) -> Delivered:
    """Read the dates in the other order of day and month where only that one fits.

    Raises:
        RejectedError: They fit only the other order, and the sender's system cannot
            have written that.
    """
    if seen.source.named_dates:
        _require_names(con, seen)
        return seen
    agreed = "month" if seen.reading.month_first else "day"
    orders = Counter(
        values.order_of(odd)
        for name in seen.times()
        for odd in loading.odd_dates(con, name)
    )
    other = "day" if seen.reading.month_first else "month"
    if not orders[other] or orders[agreed] or _has_days(con, seen):
        return seen
    if seen.source.month_first:
        raise RejectedError(
            say(
                "de datums kloppen alleen met de dag voorop, dus het bestand is "
                "opnieuw opgeslagen in Excel; gebruik het bestand zoals het is "
                "gedownload"
            )
        )
    flipped = seen.reading._replace(month_first=True)
    seen.load(flipped)
    warning = say("de datums kloppen alleen met de maand voorop, en zijn zo gelezen")
    return seen._replace(reading=flipped, warnings=[*seen.warnings, warning])


def _has_days(con: duckdb.DuckDBPyConnection, seen: Delivered) -> bool:
    later = " or ".join(f"max(day({name}__at)) > 12" for name in seen.times())
    found = con.execute(f"select coalesce({later}, false) from delivered").fetchall()
    return bool(found[0][0])


def _require_names(con: duckdb.DuckDBPyConnection, seen: Delivered) -> None:
    for name in seen.times():
        for shown in loading.odd_dates(con, name):
            if values.is_without_name(shown):
                raise RejectedError(
                    say(
                        "datums als {shown} zijn die van Excel; gebruik het bestand "
                        "zoals het is gedownload",
                        shown=shown,
                    )
                )


def _document(content: Unpacked, source: Source, scratch: Path) -> Document:
    if content.form == "delimited":
        return page_days.read(content.path, scratch)
    if content.form == "chat":
        return chat.read(content.path)
    if content.form == "workbook":
        return workbook.read(
            content.path, source.sheet, lambda headers: is_agreed(source, headers)
        )
    if content.form == "geopackage" or _is_map(content.path):
        return shapes.read(content.path, content.name)
    with content.path.open("rb") as handle:
        if street_crimes.is_answer(handle.read(1 << 14)):
            return street_crimes.read(content.path)
    return odata.read(content.path, content.name)


def _is_map(path: Path) -> bool:
    with path.open("rb") as handle:
        start = handle.read(4096)
    return b"FeatureCollection" in start and b"odata" not in start


def _delimited(
    con: duckdb.DuckDBPyConnection, content: Unpacked, source: Source, scratch: Path
) -> Delivered:
    clean = text.as_utf8(content.path, scratch)
    form = delimited.layout(clean.path, lambda found: is_agreed(source, found))
    agreed, chosen = _agreed(source, form.headers)
    match = matching.match(agreed, form.headers)
    reading = Reading(month_first=agreed.month_first)
    load = partial(_load_strict, con, _Plain(clean, form, agreed, match))
    loaded = load(reading)
    if loaded is not None:
        warnings = clean.warnings + match.warnings
        return Delivered(
            agreed, chosen, match, reading, False, {}, warnings, load, loaded
        )
    document = delimited.careful(clean.path, form, list(match.positions.values()))
    document = document._replace(warnings=clean.warnings)
    return _load_document(con, document, agreed, chosen, match)


class _Plain(NamedTuple):
    """A delimited file, and what was agreed of it."""

    text: text.Text
    form: Layout
    agreed: Source
    match: Match


def _load_strict(
    con: duckdb.DuckDBPyConnection, file: _Plain, reading: Reading
) -> loading.Loaded | None:
    """Load a plain file; None if it is none."""
    clean, form, agreed, match = file
    keep = list(match.positions.values())
    with ThreadPoolExecutor(1) as beside:
        judging = beside.submit(_is_plain, clean, form)
        rows = delimited.strict(clean.path, form, keep, may_quote=clean.may_quote)
        if rows is None or not judging.result():
            return None
    delimited.give_back()
    return loading.recurring(con, rows, agreed, match.positions, reading)


def _is_plain(clean: text.Text, form: Layout) -> bool:
    return not clean.may_quote or delimited.quotes_are_plain(clean.path, form.separator)


def _load_document(
    con: duckdb.DuckDBPyConnection,
    document: Document,
    agreed: Source,
    chosen: Mapping | None,
    match: Match,
) -> Delivered:
    table = document.table.append_column("_row_number", document.row_numbers)
    table = table.append_column("_reading", document.problems)
    judged = loading.texts(agreed, match.positions, document.table)

    def load(how: Reading) -> None:
        columns = loading.columns(agreed, match.positions, how, judged=judged)
        con.register("document", table)
        con.execute(
            "create or replace table delivered as select _row_number, _reading, "
            f"{', '.join(columns)} from document"
        )
        con.unregister("document")

    seen = _delivered(document, agreed, chosen, match, load)
    load(seen.reading)
    return seen._replace(loaded=loading.Loaded(judged=judged))


def _delivered(
    document: Document,
    agreed: Source,
    chosen: Mapping | None,
    match: Match,
    load: Callable[[Reading], object],
) -> Delivered:
    reading = Reading(agreed.month_first, document.facts.get("date_system"))
    has_problems = document.problems.null_count < len(document.problems)
    return Delivered(
        agreed, chosen, match, reading, has_problems, document.facts,
        document.warnings + match.warnings, load,
    )  # fmt: skip


def _agreed(source: Source, headers: list[str]) -> tuple[Source, Mapping | None]:
    if source.name not in MAPPED:
        return open_data.agreed(source, headers), None
    chosen = mapping.choose(source.name, headers)
    return mapping.agreed(source, chosen), chosen


def is_agreed(source: Source, headers: list[str]) -> bool:
    """Tell whether headers hold all required columns."""
    try:
        agreed, _ = _agreed(source, headers)
        matching.match(agreed, headers)
    except RejectedError:
        return False
    return True
