"""In which buurt does a point lie?

Points are placed here, at landing, so that no model needs a spatial extension.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from wijkbeeld.reference import buurten

Crs = Literal["EPSG:28992", "EPSG:4326", "EPSG:27700"]
Floats = npt.NDArray[np.float64]
Spots = npt.NDArray[np.int16]

NEAR_M = 150.0
"""Published polygons are generalised: this far outside still counts as inside."""

# A spot below zero is no buurt; from zero up it is the position of a buurt, and
# that position plus the number of buurten is "near that buurt".
OUTSIDE, BAD, SWAPPED, _UNDECIDED = -1, -2, -3, -4
_PROBLEMS = {OUTSIDE: "outside_area", BAD: "bad_coordinates", SWAPPED: "swapped_axes"}

_CELL_M = 5.0
_HALVINGS = 6  # the first cells are 320 m wide
_MARGIN_M = 0.001  # more than rounding can move a point across the edge of a cell
_FEW = 20_000  # points that are placed sooner one by one than a raster is made
_CHUNK = 1 << 17  # points at a time: what is in hand stays in the cache

_RD_X, _RD_Y = (0.0, 280_000.0), (300_000.0, 625_000.0)
_RD_X_SWAPPED = 300_000.0  # no x lies above it, every y does
_LONGITUDES, _LATITUDES = (3.0, 8.0), (50.0, 54.0)

_SHAPES = """
    select
        region_code, kind, vintage_year, is_water, geometry_wkt, _exported_on,
        _file_sha256
    from read_parquet($files, union_by_name = true, hive_partitioning = false)
    where
        kind in ('shapes', 'generalised') and region_type = 'buurt'
        and geometry_wkt is not null and _problem is null
"""


class Placed(NamedTuple):
    """Where points lie: for each a buurt or a problem, never both."""

    buurt_code: npt.NDArray[np.object_]
    problem: npt.NDArray[np.object_]
    near: npt.NDArray[np.bool_]
    """Whether the point lies outside its buurt, but less than ``NEAR_M``."""


class Geography:
    """Polygons of buurten, ready to place many points.

    A raster tells for most of the ground at once what all points in a cell have in
    common; shapely decides for the cells that hold a border.
    """

    def __init__(
        self,
        codes: Sequence[str],
        wkt: Sequence[str],
        neighbours: Sequence[str] = (),
    ) -> None:
        """Take the polygons of an area.

        Args:
            codes: Codes of the buurten. On a shared border the first in order of
                code holds.
            wkt: Their polygons in RD (EPSG:28992), valid.
            neighbours: Polygons of others; a point in one of them, or nearest to
                one, lies outside the area.

        Raises:
            ValueError: There is no polygon, or one lies outside the Netherlands.
        """
        order = sorted(range(len(codes)), key=codes.__getitem__)
        self.codes = tuple(codes[at] for at in order)
        texts = [wkt[at] for at in order] + sorted(neighbours)
        identity = "\n".join([f"{NEAR_M}", *self.codes, *texts])
        self.fingerprint = hashlib.sha256(identity.encode()).hexdigest()
        self._polygons = shapely.from_wkt(texts)
        if not texts or shapely.is_empty(self._polygons).any():
            raise ValueError("a geography needs polygons that are not empty")
        west, south, east, north = shapely.total_bounds(self._polygons[: len(codes)])
        if west < _RD_X[0] or east > _RD_X[1] or south < _RD_Y[0] or north > _RD_Y[1]:
            raise ValueError("a polygon lies outside the Netherlands; is it in RD?")

    def place(self, x: Floats, y: Floats, crs: Crs = "EPSG:28992") -> Placed:
        """Place points in a buurt, as shapely would one by one.

        Args:
            x: X in metres, or longitude; NaN where it is missing.
            y: Y in metres, or latitude; NaN where it is missing.
            crs: What x and y are.
        """
        spots = self.locate(x, y, crs)
        return Placed(
            self.code_of_spot[spots],
            self.problem_of_spot[spots],
            spots >= len(self.codes),
        )

    def locate(self, x: Floats, y: Floats, crs: Crs = "EPSG:28992") -> Spots:
        """Return for each point its spot: an index in ``code_of_spot``.

        The same answer as ``place`` in a fraction of the memory.
        """
        x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
        few = len(x) < _FEW and "_raster" not in self.__dict__
        locate = self._locate_rd if crs == "EPSG:28992" else self._locate_wgs84
        spots = np.empty(len(x), np.int16)
        for start in range(0, len(x), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            spots[chunk] = locate(x[chunk], y[chunk], few=few)
        return spots

    @cached_property
    def code_of_spot(self) -> npt.NDArray[np.object_]:
        """Code of the buurt per spot, null for none."""
        return np.array([*self.codes * 2, *[None] * -_UNDECIDED], object)

    @cached_property
    def problem_of_spot(self) -> npt.NDArray[np.object_]:
        """Problem code per spot, null for none."""
        problems = np.full(len(self.code_of_spot), None, object)
        for spot, problem in _PROBLEMS.items():
            problems[spot] = problem
        return problems

    def _locate_rd(self, x: Floats, y: Floats, *, few: bool) -> Spots:
        spots = self._spots(x, y, few=few)
        off = np.flatnonzero(spots < 0)
        x, y, doubtful = x[off], y[off], spots[off]
        doubtful[(x < _RD_X[0]) | (x > _RD_X[1]) | (y > _RD_Y[1])] = BAD
        doubtful[(x > _RD_X_SWAPPED) | (y < _RD_Y[0])] = SWAPPED
        doubtful[~(np.isfinite(x) & np.isfinite(y)) | ((x == 0) & (y == 0))] = BAD
        spots[off] = doubtful
        return spots

    def _locate_wgs84(self, lon: Floats, lat: Floats, *, few: bool) -> Spots:
        spots = self._spots(*rd_of(lon, lat), few=few)
        off = np.flatnonzero(spots < 0)
        lon, lat, doubtful = lon[off], lat[off], spots[off]
        doubtful[_between(lat, _LONGITUDES) & _between(lon, _LATITUDES)] = SWAPPED
        on_earth = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004 degrees
        doubtful[~on_earth | ((lon == 0) & (lat == 0))] = BAD
        spots[off] = doubtful
        return spots

    def _spots(self, x: Floats, y: Floats, *, few: bool) -> Spots:
        west, south, rows, columns = self._frame
        across, up = (x - west) / _CELL_M, (y - south) / _CELL_M
        framed = np.flatnonzero(
            (across >= 0) & (across < columns) & (up >= 0) & (up < rows)
        )
        spots = np.full(len(x), OUTSIDE, np.int16)
        if few:
            undecided = framed
        else:
            at = up[framed].astype(np.intp) * columns + across[framed].astype(np.intp)
            spots[framed] = self._raster.ravel()[at]
            undecided = np.flatnonzero(spots == _UNDECIDED)
        spots[undecided] = self._exact(shapely.points(x[undecided], y[undecided]))
        return spots

    def _exact(self, points: npt.NDArray[np.object_]) -> Spots:
        ours, none = len(self.codes), len(self._polygons)
        point, polygon = self._tree.query(points)
        hit = shapely.intersects(self._polygons[polygon], points[point])
        inside = np.full(len(points), none)
        np.minimum.at(inside, point[hit], polygon[hit])
        spots = np.where(inside < ours, inside, OUTSIDE).astype(np.int16)

        missed = np.flatnonzero(inside == none)
        edges, polygon_of_edge = self._edges
        (point, edge), distance = edges.query_nearest(
            points[missed], max_distance=2 * NEAR_M, return_distance=True
        )
        near = distance <= NEAR_M
        nearest = np.full(len(missed), none)
        np.minimum.at(nearest, point[near], polygon_of_edge[edge[near]])
        spots[missed] = np.where(nearest < ours, nearest + ours, OUTSIDE)
        return spots

    @cached_property
    def _tree(self) -> shapely.STRtree:
        shapely.prepare(self._polygons)
        return shapely.STRtree(self._polygons)

    @cached_property
    def _edges(self) -> tuple[shapely.STRtree, npt.NDArray[np.intp]]:
        """Return the edges, and the polygon of each.

        A point outside a polygon is as far from it as from its nearest edge.
        """
        parts, polygon_of_part = shapely.get_parts(self._polygons, return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        edges = shapely.linestrings(np.stack([corners[:-1], corners[1:]], 1)[same])
        return shapely.STRtree(edges), polygon_of_part[part_of_ring][ring[:-1][same]]

    @cached_property
    def _frame(self) -> tuple[float, float, int, int]:
        """Return west and south edge of the raster, its rows and columns.

        Whatever lies outside it is further than ``NEAR_M`` from the area.
        """
        size = _CELL_M * 2**_HALVINGS
        west, south, east, north = shapely.total_bounds(
            self._polygons[: len(self.codes)]
        )
        west, south = ((edge - NEAR_M) // size * size for edge in (west, south))
        rows = int((north + NEAR_M - south) // size + 1) << _HALVINGS
        columns = int((east + NEAR_M - west) // size + 1) << _HALVINGS
        return west, south, rows, columns

    @cached_property
    def _raster(self) -> Spots:
        """Return per cell the spot that all its points have."""
        west, south, rows, columns = self._frame
        size = _CELL_M * 2**_HALVINGS
        cells = np.full((rows >> _HALVINGS, columns >> _HALVINGS), _UNDECIDED, np.int16)
        while True:
            row, column = np.nonzero(cells == _UNDECIDED)
            cells[row, column] = self._common_spots(
                west + (column + 0.5) * size, south + (row + 0.5) * size, size
            )
            if size == _CELL_M:
                return cells
            cells = cells.repeat(2, 0).repeat(2, 1)
            size /= 2

    def _common_spots(self, x: Floats, y: Floats, size: float) -> Spots:
        """Return per square cell the spot of all its points, or undecided.

        Args:
            x: Middles of the cells.
            y: Middles of the cells.
            size: Width of a cell.
        """
        spots = np.full(len(x), _UNDECIDED, np.int16)
        ours = len(self.codes)
        half = size / 2 + _MARGIN_M
        boxes = shapely.box(x - half, y - half, x + half, y + half)
        cell, polygon = self._tree.query(boxes)
        touching = shapely.intersects(self._polygons[polygon], boxes[cell])
        cell, polygon = cell[touching], polygon[touching]
        touched = np.bincount(cell, minlength=len(x))
        alone = touched[cell] == 1
        cell, polygon = cell[alone], polygon[alone]
        whole = shapely.contains_properly(self._polygons[polygon], boxes[cell])
        spots[cell[whole]] = np.where(polygon < ours, polygon, OUTSIDE)[whole]

        # No point of a cell is further from its middle than the reach, so distances
        # differ from that of the middle by no more.
        reach = half * np.sqrt(2) + _MARGIN_M
        free = np.flatnonzero(touched == 0)
        first, second, nearest = self._two_nearest(x[free], y[free], NEAR_M + reach)
        sure = (first + reach < NEAR_M) & (first + 2 * reach < second)
        spots[free[sure]] = np.where(nearest < ours, nearest + ours, OUTSIDE)[sure]
        spots[free[np.isinf(first)]] = OUTSIDE
        return spots

    def _two_nearest(
        self, x: Floats, y: Floats, radius: float
    ) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
        """Return per point the two least distances, and the polygon of the first.

        What is beyond the radius is infinitely far.
        """
        points = shapely.points(x, y)
        first, second = np.full((2, len(points)), np.inf)
        nearest = np.zeros(len(points), np.intp)
        point, polygon = self._tree.query(points, "dwithin", radius)
        away = shapely.distance(points[point], self._polygons[polygon])
        order = np.lexsort((away, point))
        point, polygon, away = point[order], polygon[order], away[order]
        rank = np.arange(len(point)) - np.searchsorted(point, point)
        first[point[rank == 0]], second[point[rank == 1]] = (
            away[rank == 0],
            away[rank == 1],
        )
        nearest[point[rank == 0]] = polygon[rank == 0]
        return first, second, nearest


@cache
def to_rd() -> pyproj.Transformer:
    """Return the way from longitude and latitude to RD, in that order of axes."""
    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def rd_of(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return x and y in RD, to the centimetre.

    They are placed as they are kept: to place what was kept again gives the same.
    """
    x, y = to_rd().transform(lon, lat)
    return np.round(x, 2), np.round(y, 2)


def wgs84_of_british(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude of points of the British National Grid."""
    lon, lat = _from_british().transform(x, y)
    return np.asarray(lon, np.float64), np.asarray(lat, np.float64)


@cache
def _from_british() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def load(landing: Path) -> Geography | None:
    """Return the geography of the newest shapes that were landed, if any.

    Newest is the latest year; within a year exact shapes before generalised ones,
    then what was exported last. Only a delivery with a shape for each buurt of the
    team counts. Land around the team's keeps its own points, water does not.

    Args:
        landing: Root of the landing zone.
    """
    shapes = _shapes(landing)
    ours = {buurt.buurt_code for buurt in buurten()}
    for file in sorted(_deliveries(shapes), reverse=True):
        rows = [row for row in shapes if row["_file_sha256"] == file[-1]]
        wkt = {row["region_code"]: row["geometry_wkt"] for row in rows}
        if not ours <= wkt.keys():
            continue
        dry = {row["region_code"] for row in rows if row["is_water"] != "true"}
        codes = sorted(ours)
        return Geography(
            codes,
            [wkt[code] for code in codes],
            _around(
                [wkt[code] for code in codes], [wkt[c] for c in sorted(dry - ours)]
            ),
        )
    return None


def _shapes(landing: Path) -> list[dict[str, Any]]:
    files = sorted(map(str, (landing / "cbs__buurten").glob("*.parquet")))
    if not files:
        return []
    # Not by pyarrow, which loads pandas for a filter: every build and every landing
    # would wait for it.
    with duckdb.connect() as con:
        found = con.sql(_SHAPES, params={"files": files})
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def _deliveries(shapes: list[dict[str, Any]]) -> set[tuple[str, bool, object, str]]:
    """Return what orders the deliveries, the name of the file last."""
    return {
        (
            row["vintage_year"],
            row["kind"] == "shapes",
            row["_exported_on"],
            row["_file_sha256"],
        )
        for row in shapes
    }


def _around(wkt: list[str], others: list[str]) -> list[str]:
    """Return those of the others that a point near the area can lie in or near."""
    area = shapely.union_all(shapely.from_wkt(wkt))
    shapely.prepare(area)
    within = shapely.dwithin(area, shapely.from_wkt(others), 2 * NEAR_M)
    return [text for text, near in zip(others, within, strict=True) if near]


def _between(values: Floats, limits: tuple[float, float]) -> npt.NDArray[np.bool_]:
    return (values >= limits[0]) & (values <= limits[1])
