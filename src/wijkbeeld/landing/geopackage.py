"""Read the outlines of buurten from a GeoPackage (OGC 12-128)."""

import contextlib
import sqlite3
import struct
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wijkbeeld.landing import headers
from wijkbeeld.landing.rejected import RejectedError, told
from wijkbeeld.language import later, say

Geometries = npt.NDArray[np.object_]
Batches = Iterator[tuple[list[Any], Geometries]]

BUURTEN = later("download de buurten (niet de wijken) van GM0518, met alle objecten")
AGAIN = later("download het bestand opnieuw")
_LONGEST_VALUE = 1 << 25
_DAMAGE = (sqlite3.Error, shapely.errors.ShapelyError, struct.error, UnicodeError)
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes, per kind of envelope
_POLYGON, _MULTIPOLYGON = 3, 6
_AXES_OF = {0: 2, 1000: 3, 2000: 3, 3000: 4,
            1 << 31: 3, 1 << 30: 3, 3 << 30: 4}  # fmt: skip
"""Numbers per corner, by what ISO adds to the type of a WKB and what PostGIS does."""


def read(path: Path, codes: Collection[str], at_once: int) -> Batches:
    """Yield attributes and outlines of the layer of buurten.

    Args:
        path: A GeoPackage, which is not trusted.
        codes: Names that the column of codes can have; the layer has one of them.
        at_once: Features that are yielded together.

    Raises:
        RejectedError: It is damaged, or has no such layer.
    """
    try:
        with contextlib.closing(_opened(path)) as con:
            yield from _features(con, codes, at_once)
    except _DAMAGE as fault:
        raise RejectedError(
            say(
                "de GeoPackage is beschadigd ({fault}); {remedy}",
                fault=told(fault),
                remedy=say(AGAIN),
            )
        ) from None


def _opened(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    con.execute("pragma trusted_schema = off")
    con.execute("pragma cell_size_check = on")
    return con


def _features(con: sqlite3.Connection, codes: Collection[str], at_once: int) -> Batches:
    table, geometry = _layer(con, codes)
    rows = con.execute(f"select * from {_quoted(table)}")
    names = [column[0] for column in rows.description]
    place = names.index(geometry)
    while batch := rows.fetchmany(at_once):
        records = [
            {n: _text(v) for n, v in zip(names, row, strict=True) if n != geometry}
            for row in batch
        ]
        blobs = [_wkb(row[place]) for row in batch]
        with np.errstate(invalid="ignore"):  # corners are looked at later
            outlines = shapely.from_wkb(np.array([*blobs, None], object))[:-1]
        yield records, outlines


def _layer(con: sqlite3.Connection, codes: Collection[str]) -> tuple[str, str]:
    """Return the table of buurten and its column of outlines."""
    layers = con.execute(
        "select table_name, column_name from gpkg_geometry_columns "
        "where table_name in (select name from sqlite_master where type = 'table' "
        "and sql like 'create table%') order by table_name <> 'buurten', table_name"
    ).fetchall()
    for table, geometry in layers:
        described = con.execute(f"pragma table_info({_quoted(table)})").fetchall()
        names = {column[1] for column in described}
        if geometry in names and not names.isdisjoint(codes):
            return table, geometry
    shown = ", ".join(headers.one(table) for table, _ in layers) or say("geen")
    raise RejectedError(
        say(
            "er is geen laag met buurten (wel deze lagen: {shown}); {remedy}",
            shown=shown,
            remedy=say(BUURTEN),
        )
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str | None:
    if value is None or isinstance(value, bytes):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _wkb(blob: object) -> bytes | None:
    """Return the geometry in a GeoPackage value, behind its header."""
    if not isinstance(blob, bytes):
        return None
    magic, _, flags, _ = struct.unpack_from("2sBBi", blob)
    size = _ENVELOPES.get(flags >> 1 & 0b111)
    if magic != b"GP" or size is None:
        raise struct.error(say("een omtrek heeft niet de vorm van een GeoPackage"))
    outline = blob[8 + size :]
    return outline if _is_flat(outline) else None


def _is_flat(wkb: bytes) -> bool:
    """Tell whether a WKB is a polygon, or polygons beside each other.

    It is looked at before GEOS sees it, because that calls itself for every collection
    in a collection, also for one that stands where a polygon should: nested deep
    enough, it takes the whole process down.
    """
    if not wkb:
        return True
    kind, _, order = _kind(wkb, 0)
    if kind != _MULTIPOLYGON:
        return kind == _POLYGON
    (parts,) = struct.unpack_from(f"{order}I", wkb, 5)
    at = 9
    for _ in range(parts):
        kind, axes, order = _kind(wkb, at)
        if kind != _POLYGON:
            return False
        (rings,) = struct.unpack_from(f"{order}I", wkb, at + 5)
        at += 9
        for _ in range(rings):
            (corners,) = struct.unpack_from(f"{order}I", wkb, at)
            at += 4 + corners * axes * 8
    return True


def _kind(wkb: bytes, at: int) -> tuple[int, int, str]:
    """Return what begins here: its kind, numbers per corner, and order of bytes."""
    order = {0: ">", 1: "<"}.get(wkb[at] if at < len(wkb) else 0, "")
    (code,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    for kind in (_POLYGON, _MULTIPOLYGON):
        if order and code - kind in _AXES_OF:
            return kind, _AXES_OF[code - kind], order
    return 0, 0, order
