import json
import os
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld.landing import shapes
from wijkbeeld.landing.geography import Geography, to_rd
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurten

REAL = Path(__file__).parents[3] / "shared/data/cbs/loosduinen_buurten_2023.geojson"
CODES = [buurt.buurt_code for buurt in buurten()]


def square(at: int, west: float = 4.2, south: float = 52.04) -> shapely.Polygon:
    return shapely.box(west + at / 1000, south, west + (at + 1) / 1000, south + 0.001)


def feature(code, outline=None, **attributes):
    outline = outline or square(CODES.index(code) if code in CODES else 40)
    properties = {
        "buurtcode": code,
        "buurtnaam": f"Buurt {code}",
        "wijkcode": code.replace("BU", "WK")[:8],
        "gemeentenaam": "'s-Gravenhage",
        "water": "NEE",
        "aantal_inwoners": 12_000,
        "aantal_huishoudens": -99_997,
        "omgevingsadressendichtheid": 2_512.5,
        "percentage_ongehuwd": 51,
        "jaar": 2025,
    }
    return {
        "type": "Feature",
        "properties": properties | attributes,
        "geometry": json.loads(shapely.to_geojson(outline)),
    }


def team(**of_first):
    return [feature(CODES[0], **of_first), *map(feature, CODES[1:])]


def collection(features, **members):
    return {"type": "FeatureCollection", "features": features, **members}


def moved(features, function):
    """Return the features with other coordinates."""
    outlines = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
    elsewhere = shapely.transform(outlines, function)
    return [
        f | {"geometry": json.loads(shapely.to_geojson(g))}
        for f, g in zip(features, elsewhere, strict=True)
    ]


DROPPED = "deze kolommen worden nooit ingelezen en zijn weggelaten:"


def in_rd(corners):
    return np.column_stack(to_rd().transform(*corners.T))


@pytest.fixture
def read(tmp_path):
    def write_and_read(document, name="buurten.geojson"):
        path = tmp_path / name
        path.write_text(
            document if isinstance(document, str) else json.dumps(document), "utf-8"
        )
        return shapes.read(path)

    return write_and_read


def refused(read, document, **how) -> str:
    with pytest.raises(RejectedError) as reason:
        read(document, **how)
    rule, _, remedy = str(reason.value).partition("; ")
    assert rule
    assert remedy
    return str(reason.value)


def outlines(document):
    return shapely.from_wkt(document.table["geometry_wkt"].to_pylist())


def test_the_form_of_pdok_is_read(read):
    document = read(collection([*team(), feature("BU05180271")]))
    assert document.table.num_rows == 14
    assert document.facts == {"kind": "shapes", "vintage_year": "2025"}
    assert document.table.slice(0, 1).drop_columns("geometry_wkt").to_pylist() == [
        {
            "buurtcode": "BU05181481",
            "buurtnaam": "Buurt BU05181481",
            "wijkcode": "WK051814",
            "gemeentenaam": "'s-Gravenhage",
            "water": "NEE",
            "aantal_inwoners": "12000",
            "aantal_huishoudens": None,
            "omgevingsadressendichtheid": "2512.5",
            "jaar": "2025",
        }
    ]
    assert document.row_numbers.to_pylist() == list(range(1, 15))
    assert document.problems.null_count == 14
    assert document.warnings == [f"{DROPPED} percentage_ongehuwd"]


def test_a_name_among_the_properties_is_not_told_of(read):
    document = read(collection(team(**{"Jan de Vries, 0612345678": 1})))
    assert document.warnings
    assert "Vries" not in str(document.warnings)


def test_the_generalised_map_is_read(read):
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {
                "statcode": code,
                "statnaam": "x",
                "jrstatcode": f"2023{code}",
                "rubriek": "buurt",
                "wijkcode": "WK051817",
            },
            "geometry": feature(code)["geometry"],
        }
        for code in CODES
    ]
    document = read(collection(features))
    assert document.facts == {"kind": "generalised", "vintage_year": "2023"}
    assert document.warnings == []


def test_outlines_are_rd_to_the_centimetre(read):
    found = outlines(read(collection(team())))
    corners = shapely.get_coordinates(found)
    assert (corners == corners.round(2)).all()
    expected = shapely.get_coordinates([square(at) for at in range(13)])
    assert np.allclose(corners, in_rd(expected), atol=0.0051)


def test_rd_coordinates_in_geojson_are_taken_with_a_warning(read):
    degrees, metres = read(collection(team())), read(collection(moved(team(), in_rd)))
    assert not any("RD" in warning for warning in degrees.warnings)
    assert any("zijn RD" in warning for warning in metres.warnings)
    assert np.allclose(
        shapely.get_coordinates(outlines(degrees)),
        shapely.get_coordinates(outlines(metres)),
        atol=0.0101,
    )


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda xy: xy[:, ::-1], "breedtegraad staat voor de lengtegraad"),
        (lambda xy: xy * 1e300, "buiten Nederland"),
        (lambda xy: xy * 100_000, "buiten Nederland"),
        (lambda xy: xy - 60, "buiten Nederland"),
        (lambda xy: np.where(xy[:, :1] < 4.201, in_rd(xy), xy), "geen RD en ook geen"),
    ],
)
def test_coordinates_of_another_system_are_refused(read, function, said):
    assert said in refused(read, collection(moved(team(), function)))


def test_an_outline_that_crosses_itself_is_mended_with_a_warning(read):
    bowtie = shapely.Polygon([(4.2, 52.04), (4.21, 52.05), (4.21, 52.04), (4.2, 52.05)])
    document = read(collection(team(outline=bowtie)))
    assert f"hersteld: {CODES[0]}" in "".join(document.warnings)
    found = outlines(document)
    assert shapely.is_valid(found).all()
    assert found[0].geom_type == "MultiPolygon"
    assert not shapely.is_empty(found).any()


def test_a_spike_is_mended_to_a_polygon(read):
    spiked = shapely.Polygon(
        [
            (4.2, 52.04),
            (4.21, 52.04),
            (4.21, 52.05),
            (4.23, 52.07),
            (4.21, 52.05),
            (4.2, 52.05),
        ]
    )
    found = outlines(read(collection(team(outline=spiked))))
    assert shapely.is_valid(found).all()
    assert found[0].geom_type in {"Polygon", "MultiPolygon"}


def test_holes_and_islands_and_heights_are_read(read):
    ring = square(0).buffer(0.01).difference(square(0))
    parts = shapely.MultiPolygon([ring, square(500)])
    document = read(collection(team(outline=shapely.force_3d(parts, 7.5))))
    [found, *_] = outlines(document)
    assert (len(found.geoms), found.has_z) == (2, False)
    assert len(found.geoms[0].interiors) + len(found.geoms[1].interiors) == 1


NO_OUTLINE = [
    None,
    {"type": "Polygon", "coordinates": []},
    {"type": "MultiPolygon", "coordinates": []},
    {"type": "Point", "coordinates": [4.2, 52.04]},
    {"type": "LineString", "coordinates": [[4.2, 52.04], [4.21, 52.05]]},
    {"type": "GeometryCollection", "geometries": []},
    {"type": "Polygon", "coordinates": [[[4.2, 52.0], [4.21, 52.0], [4.2, 52.0]]]},
    {"type": "Polygon", "coordinates": [[[4.2, 52.0]] * 5]},
]


@pytest.mark.parametrize("geometry", NO_OUTLINE)
def test_a_feature_without_ground_is_refused(read, geometry):
    features = team()
    features[4]["geometry"] = geometry
    assert CODES[4] in refused(read, collection(features))


@pytest.mark.parametrize(
    "geometry",
    [
        17,
        "x",
        [],
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": 4.2},
        {"type": "Polygon", "coordinates": [4.2, 52]},
        {"type": "Polygon", "coordinates": [[4.2, 52]]},
        {"type": "Polygon", "coordinates": [[[4.2, 52], [4.3], [4.2, 53], [4.2, 52]]]},
        {"type": "Polygon", "coordinates": [[[4.2], [4.3], [4.2], [4.2]]]},
        {"type": "Polygon", "coordinates": [[[4.2, None], [4.3, 52], [4.2, 53]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [4.3, 52], [4.2, 53]]]},
        {"type": "Polygon", "coordinates": [[[4.2, 52], [4.3, 53]]]},
        {"type": "Polygon", "coordinates": {"a": [[4.2, 52], [4.3, 53]]}},
        {"type": "MultiPolygon", "coordinates": [[[4.2, 52], [4.3, 52], [4.2, 53]]]},
        {"type": ["Polygon"], "coordinates": []},
    ],
)
def test_an_outline_that_is_none_is_refused(read, geometry):
    features = team()
    features[4]["geometry"] = geometry
    refused(read, collection(features))


def test_a_coordinate_beyond_all_measure_is_refused(read):
    text = json.dumps(collection(team()))
    refused(read, text.replace("52.04,", "1e999,").replace("52.04]", "1e999]"))
    refused(read, text.replace("52.04]", "9" * 5000 + "]"))
    assert "NaN" in refused(read, text.replace("52.04]", "NaN]"))


def test_a_missing_buurt_is_named(read):
    features = [f for f in team() if f["properties"]["buurtcode"] != "BU05181590"]
    assert "BU05181590 Ockenburgh" in refused(read, collection(features))


def test_a_buurt_that_is_there_twice_is_refused(read):
    message = refused(read, collection([*team(), feature(CODES[3], square(300))]))
    assert CODES[3] in message


@pytest.mark.parametrize(
    ("name", "attributes", "year"),
    [
        ("buurten.geojson", {"jaar": 2024}, "2024"),
        ("buurten.geojson", {"jaar": None, "jrstatcode": "2023BU"}, "2023"),
        ("buurten_2022.geojson", {"jaar": None}, "2022"),
        ("buurten_2022.geojson", {"jaar": 2024}, "2024"),
    ],
)
def test_the_year_is_that_of_the_features_or_the_name(read, name, attributes, year):
    features = [feature(code, **attributes) for code in CODES]
    assert read(collection(features), name=name).facts["vintage_year"] == year


def test_without_a_year_or_with_two_it_is_refused(read):
    features = [feature(code, jaar=None) for code in CODES]
    assert "welk jaar" in refused(read, collection(features))
    assert "2024, 2025" in refused(read, collection(team(jaar=2024)))


def test_a_collection_without_codes_is_refused(read):
    wijken = collection(
        [
            {
                "type": "Feature",
                "properties": {"wijkcode": "WK051817"},
                "geometry": feature(CODES[0])["geometry"],
            }
        ]
    )
    assert "buurtcode of een statcode" in refused(read, wijken)


@pytest.mark.parametrize(
    "document",
    [
        "<html>",
        "",
        "[]",
        "{}",
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": []},
        {"type": "FeatureCollection", "features": {}},
        {"type": "FeatureCollection", "features": [None, 1, "x"]},
        {"type": "FeatureCollection", "features": [{"geometry": None}]},
        {"type": "Topology", "features": [feature(CODES[0])]},
        feature(CODES[0]),
    ],
)
def test_what_is_no_collection_is_refused(read, document):
    refused(read, document)


@settings(deadline=None, max_examples=60)
@given(end=st.floats(0, 1))
def test_a_cut_file_is_refused(tmp_path_factory, end):
    whole = json.dumps(collection(team()))
    path = tmp_path_factory.getbasetemp() / "cut.geojson"
    path.write_text(whole[: int(end * (len(whole) - 1))], "utf-8")
    with pytest.raises(RejectedError):
        shapes.read(path)


def geopackage(path, features, *, srs=28992, table="buurten", envelope=True):
    """Write a GeoPackage as PDOK does."""
    names = list(features[0]["properties"])
    with closing(sqlite3.connect(path)) as con:
        con.execute(
            "create table gpkg_geometry_columns (table_name text, column_name text, "
            "geometry_type_name text, srs_id int, z int, m int)"
        )
        con.execute(
            "insert into gpkg_geometry_columns values "
            "(?, 'geom', 'MULTIPOLYGON', ?, 0, 0)",
            [table, srs],
        )
        columns = ", ".join(f'"{name}"' for name in names)
        con.execute(
            f'CREATE TABLE "{table}" (fid integer primary key, geom blob, {columns})'
        )
        for f in features:
            wkb = None
            if f["geometry"]:
                outline = shapely.from_geojson(json.dumps(f["geometry"]))
                box = struct.pack("<4d", *outline.bounds) if envelope else b""
                header = struct.pack("<2sBBi", b"GP", 0, 3 if envelope else 1, srs)
                wkb = header + box + shapely.to_wkb(outline)
            marks = ", ".join("?" * (len(names) + 1))
            con.execute(
                f'insert into "{table}" (geom, {columns}) values ({marks})',
                [wkb, *f["properties"].values()],
            )
        con.commit()
    return path


@pytest.mark.parametrize("envelope", [True, False])
def test_a_geopackage_gives_what_geojson_gives(tmp_path, read, envelope):
    features = moved(team(), in_rd)
    packed = shapes.read(
        geopackage(tmp_path / "wijkenbuurten 2025?.gpkg", features, envelope=envelope)
    )
    plain = read(collection(features))
    assert packed.table.equals(plain.table)
    assert packed.facts == plain.facts
    assert packed.row_numbers.equals(plain.row_numbers)
    assert packed.warnings == [f"{DROPPED} fid, percentage_ongehuwd"]


def test_a_geopackage_in_degrees_is_read(tmp_path):
    path = geopackage(tmp_path / "a.gpkg", team(), srs=4326)
    corners = shapely.get_coordinates(outlines(shapes.read(path)))
    assert (corners > 1000).all()


def test_a_geopackage_is_not_changed_by_reading(tmp_path):
    path = geopackage(tmp_path / "a.gpkg", moved(team(), in_rd))
    before = path.read_bytes()
    shapes.read(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.gpkg"]


def test_a_geopackage_without_an_outline_names_the_buurt(tmp_path):
    features = moved(team(), in_rd)
    features[6]["geometry"] = None
    with pytest.raises(RejectedError, match=CODES[6]):
        shapes.read(geopackage(tmp_path / "a.gpkg", features))


def nested(wkb: bytes, depth: int = 100_000) -> bytes:
    return (b"\1" + struct.pack("<II", 7, 1)) * depth + wkb


POINT = b"\1" + struct.pack("<Idd", 1, 1, 2)
RING = struct.pack("<II8d", 1, 4, 0, 0, 1, 0, 0, 1, 0, 0)
FLAT_PART = b"\1" + struct.pack("<I", 3) + RING
HURTFUL = {
    "collections in collections": nested(POINT),
    "collections where a polygon should be": b"\1" + struct.pack("<II", 6, 1)
    + nested(POINT),
    "collections after a polygon": b"\1" + struct.pack("<II", 6, 2) + FLAT_PART
    + nested(POINT),
    "collections after a polygon of big end first": b"\0" + struct.pack(">II", 6, 2)
    + FLAT_PART + nested(POINT),
    "multipolygons in multipolygons": (b"\1" + struct.pack("<II", 6, 1)) * 100_000
    + FLAT_PART,
    "surfaces in surfaces": (b"\1" + struct.pack("<II", 12, 1)) * 100_000 + FLAT_PART,
    "a point": POINT,
    "no order of bytes": b"\2" + FLAT_PART[1:],
    "four billion parts": b"\1" + struct.pack("<II", 6, 0xFFFFFFFF),
    "four billion rings": b"\1" + struct.pack("<II", 3, 0xFFFFFFFF),
    "four billion corners": b"\1" + struct.pack("<III", 3, 1, 0xFFFFFFFF),
    "nothing but an order": b"\1",
}  # fmt: skip


@pytest.mark.parametrize("outline", HURTFUL.values(), ids=HURTFUL)
def test_an_outline_that_would_take_the_process_down_is_refused(tmp_path, outline):
    path = geopackage(tmp_path / "a.gpkg", moved(team(), in_rd))
    blob = struct.pack("<2sBBi", b"GP", 0, 1, 28992) + outline
    with closing(sqlite3.connect(path)) as con:
        con.execute("update buurten set geom = ? where fid = 7", [blob])
        con.commit()
    # In a process of its own, because what is tested for ends the process.
    child = os.fork()
    if not child:
        with suppress(RejectedError):
            shapes.read(path)
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("axes", ["Z", "M", "ZM", ""])
def test_outlines_with_heights_and_either_order_of_bytes_are_read(
    tmp_path, order, flavor, axes
):
    features = moved(team(), in_rd)
    path = geopackage(tmp_path / "a.gpkg", features)
    as_delivered = shapes.read(path).table["geometry_wkt"]
    with closing(sqlite3.connect(path)) as con:
        for fid, f in enumerate(features, 1):
            (ring,) = f["geometry"]["coordinates"]
            corners = ", ".join(f"{x!r} {y!r}{' 7' * len(axes)}" for x, y in ring)
            kind, text = [("POLYGON", f"(({corners}))"),
                          ("MULTIPOLYGON", f"((({corners})))")][fid % 2]  # fmt: skip
            wkb = shapely.to_wkb(
                shapely.from_wkt(f"{kind} {axes} {text}"),
                byte_order=order, flavor=flavor, output_dimension=4,
            )  # fmt: skip
            blob = struct.pack("<2sBBi", b"GP", 0, 1, 28992) + wkb
            con.execute("update buurten set geom = ? where fid = ?", [blob, fid])
        con.commit()
    found = shapely.from_wkt(shapes.read(path).table["geometry_wkt"].to_pylist())
    assert shapely.equals(found, shapely.from_wkt(as_delivered.to_pylist())).all()


def test_a_geopackage_of_wijken_only_is_refused(tmp_path):
    features = moved(team(), in_rd)
    for f in features:
        f["properties"] = {"wijkcode": "WK051817"}
    path = geopackage(tmp_path / "a.gpkg", features, table="wijken")
    with pytest.raises(RejectedError, match="deze lagen: wijken"):
        shapes.read(path)


def test_a_damaged_geopackage_is_refused(tmp_path):
    whole = geopackage(tmp_path / "a.gpkg", moved(team(), in_rd)).read_bytes()
    path = tmp_path / "damaged.gpkg"
    random = np.random.default_rng(5)
    refusals = 0
    for trial in range(120):
        content = bytearray(whole)
        if trial % 2:
            content = content[: random.integers(16, len(whole))]
        else:
            for at in random.integers(16, len(whole), 40):
                content[at] = random.integers(256)
        path.write_bytes(content)
        try:
            shapes.read(path)
        except RejectedError:
            refusals += 1
    assert refusals > 60


def test_a_layer_that_is_a_view_is_not_run(tmp_path):
    path = geopackage(tmp_path / "a.gpkg", moved(team(), in_rd))
    with closing(sqlite3.connect(path)) as con:
        con.execute("alter table buurten rename to hidden")
        con.execute(
            "create view buurten as with recursive n(i) as (select 1 union all "
            "select i + 1 from n) select hidden.*, i from hidden, n"
        )
        con.commit()
    with pytest.raises(RejectedError):
        shapes.read(path)


@pytest.mark.skipif(not REAL.exists(), reason="the shared real data is absent")
def test_the_real_map_of_loosduinen_places_points():
    document = shapes.read(REAL)
    assert document.facts == {"kind": "generalised", "vintage_year": "2023"}
    assert (document.table.num_rows, document.warnings) == (13, [])
    place = Geography(
        document.table["statcode"].to_pylist(),
        document.table["geometry_wkt"].to_pylist(),
    )
    placed = place.place([76_946.0, 453_153.0], [452_530.0, 75_751.0])
    assert placed.buurt_code.tolist() == ["BU05181786", None]
    assert placed.problem.tolist() == [None, "swapped_axes"]
