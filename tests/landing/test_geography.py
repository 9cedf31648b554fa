import subprocess
import sys
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld.landing.geography import NEAR_M, Geography, load, rd_of, to_rd
from wijkbeeld.reference import buurten

CODES = [buurt.buurt_code for buurt in buurten()]
WEST, SOUTH, EAST, NORTH = 73_300, 449_800, 77_900, 455_200


def jigsaw(columns: int = 4, rows: int = 4, *, gap: float = 0) -> list[shapely.Polygon]:
    """Return polygons that share crooked borders, as the buurten do."""
    width, height = (EAST - WEST) / columns, (NORTH - SOUTH) / rows

    def crooked(xy):
        x, y = xy[:, 0], xy[:, 1]
        return np.c_[x + 40 * np.sin(y / 90), y + 25 * np.cos(x / 70) + x / 11]

    pieces = [
        shapely.segmentize(
            shapely.box(
                WEST + column * width,
                SOUTH + row * height,
                WEST + (column + 1) * width - gap,
                SOUTH + (row + 1) * height - gap,
            ),
            30,
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return [shapely.transform(piece, crooked) for piece in pieces]


def one_by_one(polygons, x, y):
    """Place points with nothing but shapely: the first that holds, else the nearest."""
    points = shapely.points(x, y)
    holds = np.array([shapely.intersects(polygon, points) for polygon in polygons])
    away = np.array([shapely.distance(polygon, points) for polygon in polygons])
    first, nearest = holds.argmax(axis=0), away.argmin(axis=0)
    is_near = away.min(axis=0) <= NEAR_M
    return [
        (int(first[at]), False)
        if holds[:, at].any()
        else (int(nearest[at]), True)
        if is_near[at]
        else (None, False)
        for at in range(len(points))
    ]


def answers(place: Geography, x, y):
    placed = place.place(x, y)
    position = {code: at for at, code in enumerate(place.codes)}
    assert [problem == "outside_area" for problem in placed.problem] == [
        code is None for code in placed.buurt_code
    ]
    return [
        (position.get(code), bool(near))
        for code, near in zip(placed.buurt_code, placed.near, strict=True)
    ]


def made(polygons, *, with_raster: bool = True) -> Geography:
    place = Geography(CODES[: len(polygons)], [exact_wkt(p) for p in polygons])
    if with_raster:
        assert place._raster is not None
    return place


def exact_wkt(polygon) -> str:
    return shapely.to_wkt(polygon, rounding_precision=-1)


AREAS = {
    "crooked": jigsaw(3, 4),
    "with gaps": jigsaw(3, 4, gap=190),
    "overlapping": [piece.buffer(60) for piece in jigsaw(2, 2)],
    "with islands and holes": [
        shapely.MultiPolygon(
            [
                shapely.Point(75_000, 452_000).buffer(900, quad_segs=90),
                shapely.box(73_400, 454_000, 73_500, 454_100),
            ]
        ).difference(shapely.Point(75_000, 452_000).buffer(400)),
        shapely.box(74_900, 451_900, 75_100, 452_100),
        shapely.box(76_000, 452_000, 76_000.5, 455_000),
    ],
}


@pytest.mark.parametrize("with_raster", [True, False])
@pytest.mark.parametrize("area", AREAS)
def test_points_lie_where_shapely_says_one_by_one(area, with_raster):
    polygons = AREAS[area]
    random = np.random.default_rng(7)
    corners = shapely.get_coordinates(polygons)
    rims = [p.buffer(NEAR_M, quad_segs=64) for p in polygons]
    on_rims = shapely.get_coordinates(shapely.segmentize(rims, 40))
    halfway = (corners[1:] + corners[:-1]) / 2
    doubtful = np.vstack(
        [corners, halfway, on_rims]
        + [
            corners + random.normal(0, spread, corners.shape)
            for spread in (1e-9, 1, 99)
        ]
        + [on_rims + random.normal(0, spread, on_rims.shape) for spread in (1e-9, 3)]
    )
    anywhere = random.uniform(
        (WEST - 900, SOUTH - 900), (EAST + 900, NORTH + 9000), (2000, 2)
    )
    grid = np.floor(anywhere[:800] / 5) * 5
    doubtful = random.permutation(doubtful)[:6000]
    x, y = np.vstack([doubtful, anywhere, grid]).T

    placed = answers(made(polygons, with_raster=with_raster), x, y)

    assert placed == one_by_one(polygons, x, y)
    assert {None, 0} <= {position for position, _ in placed}


PLACE = made(AREAS["crooked"])


@settings(max_examples=300, deadline=None)
@given(
    x=st.floats(WEST - 400, EAST + 400, allow_nan=False),
    y=st.floats(SOUTH - 400, NORTH + 8000, allow_nan=False),
)
def test_any_point_lies_where_shapely_says(x, y):
    assert answers(PLACE, [x], [y]) == one_by_one(AREAS["crooked"], [x], [y])


@settings(max_examples=300, deadline=None)
@given(
    buurt=st.integers(0, 11),
    along=st.floats(0, 1),
    outward=st.one_of(st.floats(NEAR_M - 1e-6, NEAR_M + 1e-6), st.just(0.0)),
)
def test_a_point_at_the_edge_of_near_lies_where_shapely_says(buurt, along, outward):
    polygon = AREAS["crooked"][buurt]
    rim = (polygon.buffer(outward) if outward > 1 else polygon).exterior
    point = rim.interpolate(along, normalized=True)
    x, y = [point.x], [point.y]
    assert answers(PLACE, x, y) == one_by_one(AREAS["crooked"], x, y)


@pytest.mark.parametrize(
    ("x", "y", "problem"),
    [
        (np.nan, 452_530, "bad_coordinates"),
        (76_946, np.nan, "bad_coordinates"),
        (0, 0, "bad_coordinates"),
        (np.inf, 452_530, "bad_coordinates"),
        (-1, 452_530, "bad_coordinates"),
        (280_001, 452_530, "bad_coordinates"),
        (76_946, 625_001, "bad_coordinates"),
        (453_153, 75_751, "swapped_axes"),
        (300_001, 452_530, "swapped_axes"),
        (4.24, 52.05, "swapped_axes"),
        (121_000, 487_000, "outside_area"),
    ],
)
def test_a_point_that_cannot_be_placed_says_why(x, y, problem):
    placed = PLACE.place([x], [y])
    assert (placed.buurt_code[0], placed.problem[0]) == (None, problem)


@pytest.mark.parametrize(
    ("lon", "lat", "problem"),
    [
        (4.23, 52.055, None),
        (52.055, 4.23, "swapped_axes"),
        (0, 0, "bad_coordinates"),
        (np.nan, 52.055, "bad_coordinates"),
        (np.inf, 52.055, "bad_coordinates"),
        (76_946, 452_530, "bad_coordinates"),
        (4.9, 52.37, "outside_area"),
        (-0.12, 51.5, "outside_area"),
        (180, -90, "outside_area"),
    ],
)
def test_longitude_and_latitude_are_read_in_that_order(lon, lat, problem):
    placed = made([shapely.box(WEST, SOUTH, EAST, NORTH)]).place(
        [lon], [lat], "EPSG:4326"
    )
    assert placed.problem[0] == problem
    assert (placed.buurt_code[0] is None) == (problem is not None)


def test_longitude_and_latitude_are_placed_as_the_rd_that_is_kept_of_them():
    random = np.random.default_rng(3)
    corners = shapely.get_coordinates(AREAS["crooked"])
    near_borders = corners + random.normal(0, 0.005, corners.shape)
    anywhere = random.uniform((WEST, SOUTH), (EAST, NORTH), (2000, 2))
    x, y = np.vstack([near_borders, anywhere]).T
    lon, lat = to_rd().transform(x, y, direction="INVERSE")
    kept = [[float(f"{v:.2f}") for v in axis] for axis in rd_of(lon, lat)]
    assert np.abs(np.array(kept) - (x, y)).max() < 0.006
    spots = PLACE.locate(lon, lat, "EPSG:4326")
    assert (spots == PLACE.locate(*kept)).all()


def test_a_shared_border_belongs_to_the_first_code():
    left, right = (
        shapely.box(75_000, 452_000, 75_100, 452_100),
        shapely.box(75_100, 452_000, 75_200, 452_100),
    )
    for codes in (["BU1", "BU2"], ["BU2", "BU1"]):
        place = Geography(codes, [exact_wkt(left), exact_wkt(right)])
        assert place.place([75_100.0], [452_050.0]).buurt_code[0] == "BU1"


def test_the_order_of_the_polygons_does_not_matter():
    wkt = [exact_wkt(polygon) for polygon in AREAS["crooked"]]
    there = Geography(CODES[:12], wkt)
    back = Geography(CODES[:12][::-1], wkt[::-1])
    assert there.fingerprint == back.fingerprint
    assert there.fingerprint != Geography(CODES[:11], wkt[:11]).fingerprint


def test_land_of_others_keeps_its_points():
    ours, theirs = (
        shapely.box(75_000, 452_000, 76_000, 453_000),
        shapely.box(76_000, 452_000, 77_000, 453_000),
    )
    alone = Geography(["BU1"], [exact_wkt(ours)])
    beside = Geography(["BU1"], [exact_wkt(ours)], [exact_wkt(theirs)])
    x, y = [76_000.0, 76_010.0, 75_990.0], [452_500.0] * 3
    assert alone.place(x, y).buurt_code.tolist() == ["BU1", "BU1", "BU1"]
    assert beside.place(x, y).buurt_code.tolist() == ["BU1", None, "BU1"]
    assert beside.place(x, y).problem.tolist() == [None, "outside_area", None]
    many = np.repeat(x, 20_000), np.repeat(y, 20_000)
    assert (beside.place(*many).buurt_code[::20_000] == ["BU1", None, "BU1"]).all()


@pytest.mark.parametrize("wkt", ["POLYGON EMPTY", "POLYGON ((4 52, 5 52, 5 53, 4 52))"])
def test_a_geography_without_ground_is_refused(wkt):
    with pytest.raises(ValueError, match="polygon"):
        Geography(["BU1"], [wkt])


def test_no_points_are_no_problem():
    assert len(PLACE.place([], []).buurt_code) == 0


SHAPES = {
    "region_code": pa.string(),
    "region_type": pa.string(),
    "vintage_year": pa.string(),
    "kind": pa.string(),
    "is_water": pa.string(),
    "geometry_wkt": pa.string(),
    "_problem": pa.string(),
    "_file_sha256": pa.string(),
    "_exported_on": pa.timestamp("us"),
}


@pytest.fixture
def land_shapes(tmp_path):
    folder = tmp_path / "cbs__buurten"
    folder.mkdir()
    pq.write_table(pa.schema(SHAPES).empty_table(), folder / "empty.parquet")

    def write(sha256, **differs):
        given = {"year": "2023", "day": 1, "kind": "shapes", "codes": CODES, "at": 0}
        given |= {"problem_of": None, "extra": ()} | differs
        own = [
            (
                code,
                exact_wkt(
                    shapely.box(
                        75_000 + given["at"],
                        450_000 + 90 * at,
                        75_900,
                        450_090 + 90 * at,
                    )
                ),
                None,
            )
            for at, code in enumerate(given["codes"])
        ]
        rows = [
            {
                "region_code": code,
                "region_type": "buurt",
                "vintage_year": given["year"],
                "kind": given["kind"],
                "is_water": is_water,
                "geometry_wkt": wkt,
                "_problem": "negative_count" if code == given["problem_of"] else None,
                "_file_sha256": sha256,
                "_exported_on": datetime(2026, 1, given["day"]),  # noqa: DTZ001 local
            }
            for code, wkt, is_water in [*own, *given["extra"]]
        ]
        table = pa.Table.from_pylist(rows, pa.schema(SHAPES))
        pq.write_table(table, folder / f"{sha256}.parquet")
        return Geography([row[0] for row in own], [row[1] for row in own])

    return write


def test_without_shapes_there_is_no_geography(tmp_path, land_shapes):
    assert load(tmp_path) is None
    assert load(tmp_path / "nowhere") is None
    land_shapes("a", kind="key_figures")
    assert load(tmp_path) is None


def test_the_newest_shapes_count(tmp_path, land_shapes):
    land_shapes("f", year="2022", day=9)
    land_shapes("e", year="2023", kind="generalised", day=8, at=1)
    land_shapes("d", year="2023", day=2, at=2)
    land_shapes("b", year="2023", day=3, at=3)
    newest = land_shapes("c", year="2023", day=3, at=4)
    assert load(tmp_path).fingerprint == newest.fingerprint


def test_nobody_waits_for_pandas_to_know_the_shapes(tmp_path, land_shapes):
    land_shapes("a")
    code = (
        "import sys; from pathlib import Path; from wijkbeeld.landing import zone; "
        f"assert zone.geography.load(Path({str(tmp_path)!r})); "
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stdout == "False\n", done.stderr


def test_shapes_that_lack_a_buurt_do_not_count(tmp_path, land_shapes):
    whole = land_shapes("a", year="2022")
    land_shapes("b", year="2023", codes=CODES[1:])
    land_shapes("c", year="2024", problem_of=CODES[0])
    assert load(tmp_path).fingerprint == whole.fingerprint


def test_neighbours_on_land_and_nearby_count_and_no_others(tmp_path, land_shapes):
    nearby = exact_wkt(shapely.box(75_900, 450_000, 76_500, 452_000))
    far = exact_wkt(shapely.box(79_900, 450_000, 80_000, 452_000))
    sea = exact_wkt(shapely.box(73_000, 450_000, 75_000, 452_000))
    land_shapes(
        "a",
        extra=[
            ("BU05180271", nearby, "false"),
            ("BU05180111", far, None),
            ("BU05189997", sea, "true"),
        ],
    )
    placed = load(tmp_path).place([75_950.0, 74_950.0], [450_500.0, 450_500.0])
    assert placed.problem.tolist() == ["outside_area", None]
    assert placed.near.tolist() == [False, True]
