"""Landing 2,000,000 rows of every source that comes as CSV, beside DuckDB's own.

The rows are those of the demo, or else of the samples of the tests, over and over
with keys of their own, so that hardly any has a problem that it did not have. As in
``landing``, DuckDB only turns the file into Parquet, and each run is a process of its
own. ``BENCH_ROWS`` is how many rows, and ``BENCH_SOURCES`` which sources, with spaces
between them.
"""

import csv
import math
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import NamedTuple

from bench.figure import Figure
from bench.landing import DUCKDB, LANDING_OF, forget, offered, run, shapes
from wijkbeeld import demo
from wijkbeeld.landing import agreement, delimited, schema
from wijkbeeld.landing.headers import plain

ROWS = int(os.environ.get("BENCH_ROWS", "2000000"))
SOURCES = os.environ.get("BENCH_SOURCES", "").split()
# Measured elsewhere, or never long: a country has 14,000 buurten, and a day may
# stand in a file once.
_ELSEWHERE = {
    *("police__incidents", "watch__tracks", "cbs__buurten"),
    *("social__facebook_page_days", "social__x_days"),
}
_WEEKS = "whatsapp__group_weeks"
_FORECASTS = "grid__forecasts"
_GROUPS = 1_000
"""Groups that there can be, by the form of their number (``WA-000``)."""
_MOST = {_WEEKS: 900_000}
"""Rows of a source at most: there are no more weeks since 2009."""
_LAST = date(2026, 6, 1)
"""A Monday: the last day of which something is told."""
_SAMPLES = Path(__file__).parents[1] / "tests" / "landing" / "samples"
_DIGITS = re.compile(r"\d+$")
_PLACES = 7
_WORDS = 3
"""Words in a value, of which a column of free text has at least as many."""


class _Sample(NamedTuple):
    path: Path
    rows: list[list[str]]
    """The header first."""
    separator: str


def rows() -> list[Figure]:
    """Return the ratio of every source, and what it held in memory at most."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "demo"
        demo.write(written, months=3, seed=1, scale=1, end=date(2026, 10, 1))
        home = Path(folder) / "home"
        shapes(home)
        for source in SOURCES or schema.SOURCES:
            sample = _sample(source, written) if source not in _ELSEWHERE else None
            if sample:
                figures += _measured(source, sample, home)
    return figures


def _measured(source: str, sample: _Sample, home: Path) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / sample.path.name
        rows = min(ROWS, _MOST.get(source, ROWS))
        _repeat(source, sample, export, rows)
        size = export.stat().st_size / 1024**2
        bare, *_ = run(DUCKDB, [export, Path(folder) / "duckdb.parquet"], home)
        what = f"landing {rows:,} rows of {source}"
        try:
            took, peak, problems = run(
                LANDING_OF, [offered(export, home, source), source, rows], home
            )
        except RuntimeError as reason:  # The others are worth knowing.
            yield Figure(what, math.inf, "×", str(reason)[-300:], at_most=1.5)
            return
        # Else every message would be held against a thousand groups.
        forget(home, source)
    how = f"{took:.1f} s against {bare:.1f} s, {size:.0f} MiB, {problems:.0%} problems"
    yield Figure(
        f"{what} / DuckDB's read_csv to zstd", took / bare, "×", how, at_most=1.5
    )
    yield Figure(f"{what}, peak memory", peak, "GiB", "one run", at_most=1.5)


def _sample(source: str, written: Path) -> _Sample | None:
    """Return the largest CSV of a source; None if it comes in no such form."""
    found = [*(written / source).rglob("*.csv"), *(_SAMPLES / source).glob("*.csv")]
    for path in sorted(found, key=lambda f: f.stat().st_size, reverse=True):
        try:
            text = path.read_text("utf-8-sig")
            form = delimited.layout(path, lambda found: len(found) > 1)
        except ValueError:
            continue
        listed = list(
            csv.reader(text.splitlines(keepends=True), delimiter=form.separator)
        )
        whole = [row for row in listed if len(row) == len(listed[0])]
        if len(whole) > 1:
            return _Sample(path, whole, form.separator)
    return None


def _repeat(source: str, sample: _Sample, target: Path, rows: int) -> None:
    """Write the rows again and again; keys and free texts are new in each."""
    header, *body = sample.rows
    places = _fields(agreement.source(source), header)
    at = {field: place for place, field in places.items()}
    key, texts = _key(source, header), _texts(source, header, body)
    with target.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, delimiter=sample.separator)
        write.writerow(header)
        for number, was in zip(count(1), cycle(body), strict=False):
            if number > rows:
                break
            row = list(was)
            if number > len(body):
                _tell_apart(source, row, at, number, (number - 1) // len(body))
            if key is not None and was[key]:
                # A link to it has it, too.
                new = _numbered(was[key], number)
                row = [cell.replace(was[key], new) for cell in row]
                if source == "social__x_posts" and new not in row[at["permalink"]]:
                    # Excel has spoilt the number, and the link still has it.
                    row[at["permalink"]] = _numbered(row[at["permalink"]], number)
            for text in texts:
                row[text] = row[text] and f"{row[text]} {_word(number)}"
            write.writerow(row)


def _tell_apart(
    source: str, row: list[str], at: dict[str, int], number: int, turn: int
) -> None:
    """Make a row that stands there again another one, where that takes more columns.

    Args:
        source: Its source.
        row: Its cells, which are changed.
        at: Where the fields stand.
        number: Its number.
        turn: How often all rows were there before.
    """
    block, group = divmod(number, _GROUPS)
    if source == _FORECASTS:
        # All of it again, since the ranks of its cells follow upon each other.
        row[at["model"]] += f"_{turn}"
    elif source == "whatsapp__groups":
        row[at["group_id"]] = f"WA-{group:03d}"
        row[at["group_name"]] += f" {group}"
        row[at["exported"]] = f"{_LAST - timedelta(days=block):%d-%m-%Y}"
    elif source == _WEEKS:
        week = (_LAST - timedelta(weeks=block)).isocalendar()
        row[at["group_id"]] = f"WA-{group:03d}"
        row[at["iso_year"]], row[at["iso_week"]] = str(week.year), str(week.week)


def _key(source: str, header: list[str]) -> int | None:
    """Return the column of the number that a row is known by."""
    if source == _FORECASTS:
        return None  # The model: all cells of a forecast have the same one.
    agreed = agreement.source(source)
    found = [
        at
        for at, field in _fields(agreed, header).items()
        if field in agreed.key and agreed.fields[field].kind == "id"
    ]
    return found[0] if found else None


def _numbered(key: str, number: int) -> str:
    ends = _DIGITS.search(key)
    kept = key[:-_PLACES] if ends and len(ends[0]) > _PLACES else _DIGITS.sub("", key)
    return f"{kept}{number:0{_PLACES}d}"


def _texts(source: str, header: list[str], body: list[list[str]]) -> list[int]:
    """Return the columns of free text, and of keys that are one.

    People do not write the same twice.
    """
    agreed, found = agreement.source(source), []
    for at, field in _fields(agreed, header).items():
        written = [row[at] for row in body if row[at]]
        is_free = agreed.fields[field].personal and written
        words = sum(len(text.split()) for text in written)
        is_key = field in agreed.key and agreed.fields[field].kind == "text"
        if is_key or (is_free and words >= _WORDS * len(written)):
            found.append(at)
    return found


def _fields(agreed: agreement.Source, header: list[str]) -> dict[int, str]:
    named = {
        plain(name): field
        for field in agreed.fields
        for name in agreed.spellings(field)
    }
    return {
        at: named[plain(name)] for at, name in enumerate(header) if plain(name) in named
    }


def _word(number: int) -> str:
    """Return a word of letters that no other number has."""
    letters = ""
    while number:
        number, at = divmod(number, 26)
        letters += chr(ord("a") + at)
    return letters
