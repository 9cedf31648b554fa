"""The landing zone as a whole: what is always there, and where its points lie."""

import shutil
import time
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wijkbeeld import files
from wijkbeeld.landing import (
    chat,
    forecasts,
    geography,
    gpx,
    land,
    outcomes,
    record,
    schema,
)
from wijkbeeld.settings import make_home, settings

_GEOGRAPHY, _LATER = b"geography", b"personal_rows"
_MOVING = (None, "outside_area", "personal_data_found")
"""Problems that a change of shapes can bring or take away, and what is ranked below."""
_STALE_SECONDS = 24 * 3600


def prepare() -> None:
    """Make what is missing in the landing zone, and place rows anew if need be.

    Each source has a file ``empty.parquet`` without rows: a pattern that matches
    nothing is an error to who reads it.
    """
    make_home()
    settings().landing.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        for source, columns in schema.COLUMNS.items():
            empty = settings().landing / source / "empty.parquet"
            _make_empty(con, empty, columns | schema.LOADED)
    empty = record.folder() / "empty.parquet"
    if not empty.exists():
        with files.appearing(empty) as scratch:
            pq.write_table(record.SCHEMA.empty_table(), scratch)
    outcomes.make_empty()
    _sweep()
    place_again()


def geography_fingerprint() -> str:
    """Return what identifies the shapes that rows are placed with, or nothing."""
    places = geography.load(settings().landing)
    return places.fingerprint if places else ""


def place_again() -> int:
    """Place landed rows with the newest shapes; return how many files changed.

    The record is counted anew before the rows are: whoever is cut short between the
    two finds the rows placed with the old shapes, and does both again. A file keeps
    its name, since it still is the landing of the same delivery.
    """
    places = geography.load(settings().landing)
    if places is None:
        return 0
    changed = 0
    landed = [
        settings().landing.joinpath(source).glob("*.parquet") for source in land.PLACED
    ]
    for parquet in sorted(chain(*landed)):
        placed_with = pq.read_schema(parquet).metadata or {}
        known = placed_with.get(_GEOGRAPHY, b"").decode()
        if parquet.stem != "empty" and known != places.fingerprint:
            _place_again(parquet, places)
            changed += 1
    return changed + gpx.place_again(places)


def _place_again(parquet: Path, places: geography.Geography) -> None:
    with parquet.open("rb") as handle:
        # Opened once: another landing may place the same rows just now.
        table = pq.read_table(handle)
    names = table.column_names
    kept = table.schema.metadata or {}
    problems, numbers = (table[c].to_pylist() for c in ("_problem", "_row_number"))
    personal = {int(number) for number in kept.get(_LATER, b"").split()}
    personal |= {
        number
        for number, problem in zip(numbers, problems, strict=True)
        if problem == "personal_data_found"
    }
    is_open = [problem in _MOVING for problem in problems]
    x, y = (_numbers(table[column]) for column in ("x_rd", "y_rd"))
    moves = np.array(is_open) & np.isfinite(x) & np.isfinite(y)
    is_grid = parquet.parent.name == forecasts.SOURCE
    half = forecasts.HALF_M if is_grid else 0
    placed = places.place(x + half, y + half, "EPSG:28992")
    below = np.array([number in personal for number in numbers], bool)
    is_personal = below & ~placed.problem.astype(bool)
    problem = np.where(is_personal, "personal_data_found", placed.problem)
    changes = [("buurt_code", placed.buurt_code)]
    if not is_grid:
        # A cell may lie outside the area: only its buurt depends on the shapes.
        changes.append(("_problem", problem))
    for column, value in changes:
        was = np.array(table[column].to_pylist(), object)
        new = pa.array(np.where(moves, value, was), pa.string())
        table = table.set_column(names.index(column), column, new)
    marked = kept | {
        _GEOGRAPHY: places.fingerprint.encode(),
        _LATER: " ".join(map(str, sorted(personal))).encode(),
    }
    problem_count = len(table) - table["_problem"].null_count
    record.recount(parquet.parent.name, parquet.stem, problem_count)
    with files.appearing(parquet) as scratch:
        pq.write_table(
            table.replace_schema_metadata(marked), scratch, compression="zstd"
        )


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    texts = column.to_pylist()
    numbers = np.full(len(texts), np.nan)
    for at, text in enumerate(texts):
        if text is not None:
            try:
                numbers[at] = float(text)
            except ValueError:
                continue
    return numbers


def _make_empty(
    con: duckdb.DuckDBPyConnection, target: Path, types: dict[str, str]
) -> None:
    if target.exists():
        return
    columns = ", ".join(f"null::{kind} as {name}" for name, kind in types.items())
    with files.appearing(target) as scratch:
        con.sql(f"select {columns} limit 0").write_parquet(str(scratch))


def _sweep() -> None:
    """Take away what was cut short, once nothing can be at it still."""
    before = time.time() - _STALE_SECONDS
    # One that takes in a chat may have been killed halfway, too.
    chats = (settings().inbox / chat.SOURCE).glob(".*.scratch")
    for left in (*settings().landing.rglob(".*.scratch"), *chats):
        try:
            if left.stat().st_mtime < before:
                left.unlink()
        except FileNotFoundError:
            continue
    # These hold what was delivered, with its times: when they were made tells.
    copies = settings().inbox.glob("*/.*.scratch")
    folders = (settings().home / "scratch").glob(".*")
    for left in chain(copies, folders):
        try:
            if left.lstat().st_ctime < before:
                _remove(left)
        except FileNotFoundError:
            continue


def _remove(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()
