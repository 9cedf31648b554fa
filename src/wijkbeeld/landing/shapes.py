"""Read the outlines of buurten: GeoJSON and GeoPackage of PDOK, the map of CBS."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from wijkbeeld.landing import geopackage, headers, json_records
from wijkbeeld.landing.document import Document
from wijkbeeld.landing.geography import to_rd
from wijkbeeld.landing.geopackage import Batches, Geometries
from wijkbeeld.landing.odata import require_team, without_sentinels, year_in
from wijkbeeld.landing.rejected import RejectedError, told
from wijkbeeld.language import later, say
from wijkbeeld.reference import buurten

Corners = npt.NDArray[np.float64]
Box = tuple[tuple[float, float], tuple[float, float]]

_CODES = {"buurtcode": "shapes", "statcode": "generalised"}
"""The attribute that holds the code, which tells what kind of map it is."""
_KEPT = frozenset(
    {
        *_CODES,
        "buurtnaam",
        "statnaam",
        "rubriek",
        "wijkcode",
        "gemeentecode",
        "gemeentenaam",
        "indelingswijziging_wijken_en_buurten",
        "water",
        "omgevingsadressendichtheid",
        "bevolkingsdichtheid_inwoners_per_km2",
        "aantal_inwoners",
        "aantal_huishoudens",
        "woningvoorraad",
        "oppervlakte_land_in_ha",
        "jrstatcode",
        "jaar",
    }
)
_GEOMETRY = "geometry_wkt"
_AT_ONCE = 500  # features: an outline can have thousands of corners
_DECIMALS = 2  # a centimetre in RD; no border was measured better
_SHOWN = 20
_AXES = (2, 3, 4)  # of a corner: x, y, perhaps height and measure
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)

# Box of the Netherlands: in RD, and as longitude and latitude.
_RD = ((0.0, 300_000.0), (280_000.0, 625_000.0))
_DEGREES = ((3.0, 50.0), (8.0, 54.0))

_TOGETHER = later(
    "dit is één pagina van een antwoord: vraag meer objecten per pagina of filter op "
    "GM0518, of voeg de pagina's samen tot één bestand"
)
_PAGE = later(
    "dit is één pagina van een antwoord; de buurten van het team staan er alle in"
)
_DIGITS = 18


def read(path: Path, name: str | None = None) -> Document:
    """Read a GeoJSON or GeoPackage file of buurten.

    The outline of a feature becomes ``geometry_wkt``: in RD (EPSG:28992), valid,
    polygons only. Numbers that mean "there is none" are null.

    Args:
        path: The file.
        name: The name it was delivered under, where its path has another.

    Raises:
        RejectedError: The file is not such a map, or lacks a buurt of the team.
    """
    with path.open("rb") as handle:
        is_geopackage = handle.read(6) == b"SQLite"
    attributes = json_records.TextColumns()
    outlines: list[Geometries] = []
    members: dict[str, Any] = {}
    for records, geometries in (
        geopackage.read(path, _CODES, _AT_ONCE)
        if is_geopackage
        else _geojson(path, members)
    ):
        attributes.add(records)
        outlines.append(geometries)
    table = attributes.table()
    code = next((code for code in _CODES if code in table.column_names), None)
    if code is None:
        raise RejectedError(
            say(
                "geen enkel object heeft een {codes}; {remedy}",
                codes=say(" of een ").join(_CODES),
                remedy=say(geopackage.BUURTEN),
            )
        )
    codes = [text and text.strip() for text in table[code].to_pylist()]
    is_page = _is_page(members, len(codes))
    _check_codes(codes, _TOGETHER if is_page else geopackage.BUURTEN)
    warnings = [say(_PAGE)] if is_page else []
    wkt = _wkt(np.concatenate(outlines), codes, warnings, expects_rd=is_geopackage)
    if others := [header for header in table.column_names if header not in _KEPT]:
        warnings.append(
            say(
                "deze kolommen worden nooit ingelezen en zijn weggelaten: {columns}",
                columns=headers.shown(others, _KEPT, table.column_names),
            )
        )
    kept = table.drop_columns(others)
    columns = [without_sentinels(column) for column in kept.columns]
    return Document(
        pa.table([*columns, wkt], names=[*kept.column_names, _GEOMETRY]),
        pa.array(range(1, len(attributes) + 1), pa.int64()),
        attributes.problems(),
        {"kind": _CODES[code], "vintage_year": _year(table, name or path.name)},
        warnings,
    )


def _is_page(members: dict[str, Any], count: int) -> bool:
    """Tell whether a collection says of itself that there is more of it."""
    links = members.get("links")
    follows = isinstance(links, list) and any(
        isinstance(link, dict) and link.get("rel") == "next" for link in links
    )
    totals = (members.get(name) for name in ("numberMatched", "totalFeatures"))
    return follows or any(
        str(total).isdigit() and int(str(total)[:_DIGITS]) > count for total in totals
    )


def _check_codes(codes: list[str | None], remedy: str) -> None:
    require_team(codes, say(remedy))
    team = {buurt.buurt_code for buurt in buurten()}
    seen = Counter(code for code in codes if code in team)
    if twice := [str(code) for code, count in seen.items() if count > 1]:
        raise RejectedError(
            say(
                "{buurten} staat er meer dan één keer in, en het is niet duidelijk "
                "welke telt; stuur van elke buurt één omtrek",
                buurten=_some(twice),
            )
        )


def _year(table: pa.Table, name: str) -> str:
    texts = [
        text
        for column in ("jaar", "jrstatcode")
        if column in table.column_names
        for text in pc.unique(table[column]).to_pylist()
    ]
    years = {text[:4] for text in texts if text and re.match(r"20[0-9]{2}", text)}
    if len(years) > 1:
        raise RejectedError(
            say(
                "het bestand bevat meer dan één jaar ({years}); stuur elk jaar als "
                "een eigen bestand",
                years=", ".join(sorted(years)),
            )
        )
    year = next(iter(years), None) or year_in(name)
    if year is None:
        raise RejectedError(
            say(
                "het is niet duidelijk van welk jaar de buurten zijn, want er is geen "
                "jaar en geen jrstatcode; zet het jaar in de naam van het bestand "
                "(buurten-2025.geojson)"
            )
        )
    return year


def _wkt(
    outlines: Geometries,
    codes: list[str | None],
    warnings: list[str],
    *,
    expects_rd: bool,
) -> pa.StringArray:
    """Return the outlines in RD, valid, rounded to the centimetre."""
    outlines = shapely.force_2d(outlines)
    _check_filled(outlines, codes)
    corners = shapely.get_coordinates(outlines)
    if not np.isfinite(corners).all():
        raise RejectedError(
            say(
                "een hoekpunt van een omtrek is geen getal; {remedy}",
                remedy=say(geopackage.AGAIN),
            )
        )
    if _lie_in(corners, _DEGREES):
        corners = np.column_stack(to_rd().transform(*corners.T))
    elif not _lie_in(corners, _RD):
        raise RejectedError(_elsewhere(corners))
    elif not expects_rd:
        warnings.append(
            say(
                "de coördinaten zijn RD, en niet lengte en breedte zoals GeoJSON "
                "voorschrijft; ze zijn als RD gelezen"
            )
        )
    if broken := _named(codes, ~shapely.is_valid(outlines)):
        warnings.append(
            say(
                "omtrekken die zichzelf kruisen zijn hersteld: {buurten}",
                buurten=_some(broken),
            )
        )
    outlines = shapely.set_coordinates(outlines, corners.round(_DECIMALS))
    broken_now = ~shapely.is_valid(outlines)
    outlines[broken_now] = shapely.make_valid(
        outlines[broken_now], method="structure", keep_collapsed=False
    )
    _check_filled(outlines, codes)
    return pa.array(shapely.to_wkt(outlines, rounding_precision=-1), pa.string())


def _check_filled(outlines: Geometries, codes: list[str | None]) -> None:
    is_polygon = np.isin(shapely.get_type_id(outlines), _POLYGONS)
    if bad := _named(codes, ~is_polygon | shapely.is_empty(outlines)):
        raise RejectedError(
            say(
                "er is geen omtrek van {buurten}; {remedy}",
                buurten=_some(bad),
                remedy=say(geopackage.AGAIN),
            )
        )


def _named(codes: list[str | None], which: npt.NDArray[np.bool_]) -> list[str]:
    return [str(codes[at]) for at in np.flatnonzero(which)]


def _some(names: list[str]) -> str:
    more = (
        say(" en nog {count}", count=len(names) - _SHOWN) if len(names) > _SHOWN else ""
    )
    return ", ".join(names[:_SHOWN]) + more


def _lie_in(corners: Corners, box: Box) -> bool:
    return bool(((corners >= box[0]) & (corners <= box[1])).all())


def _elsewhere(corners: Corners) -> str:
    if _lie_in(corners[:, ::-1], _DEGREES):
        return say(
            "de breedtegraad staat voor de lengtegraad; sla het bestand op met "
            "de lengtegraad eerst"
        )
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return say(
        "de coördinaten ({west:g} tot {east:g}, {south:g} tot {north:g}) liggen "
        "buiten Nederland, of zijn geen RD en ook geen lengte en breedte; sla het "
        "bestand op in EPSG:28992 of WGS84",
        west=west,
        east=east,
        south=south,
        north=north,
    )


def _geojson(path: Path, members: dict[str, Any]) -> Batches:
    """Yield the features; what else the collection says is put in ``members``."""
    count = 0
    for name, value in json_records.read(path, "features", _AT_ONCE):
        members[name] = value
        if name == "features" and isinstance(value, list):
            yield _attributes(value), _outlines(value, count)
            count += len(value)
    if members.get("type") != "FeatureCollection" or not count:
        raise RejectedError(
            say(
                "dit is geen GeoJSON FeatureCollection; {remedy}",
                remedy=say(geopackage.BUURTEN),
            )
        )


def _attributes(features: list[Any]) -> list[Any]:
    return [f.get("properties") if isinstance(f, dict) else None for f in features]


def _outlines(features: list[Any], before: int) -> Geometries:
    outlines = np.empty(len(features), object)
    for at, feature in enumerate(features):
        try:
            outlines[at] = _polygon(feature["geometry"])
        except (ValueError, TypeError, KeyError, shapely.errors.ShapelyError) as fault:
            raise RejectedError(
                say(
                    "de omtrek van object {number} is niet te lezen ({fault}); "
                    "{remedy}",
                    number=before + at + 1,
                    fault=told(fault),
                    remedy=say(geopackage.AGAIN),
                )
            ) from None
    return outlines


def _polygon(geometry: dict[str, Any] | None) -> shapely.Geometry | None:
    """Return the polygon that GeoJSON describes; None where it describes none."""
    if geometry is None:
        return None
    if geometry["type"] == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry["type"] == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        return None
    parts = [
        shapely.polygons(rings[0], rings[1:] or None)
        for rings in (
            [shapely.linearrings(_corners(ring)) for ring in polygon]
            for polygon in polygons
        )
        if rings
    ]
    return shapely.multipolygons(parts) if len(parts) > 1 else next(iter(parts), None)


def _corners(ring: list[list[str]]) -> Corners:
    """Return the corners of a ring; heights are left out."""
    if not all(isinstance(corner, list) and len(corner) in _AXES for corner in ring):
        raise RejectedError(say("een hoekpunt is geen paar getallen"))
    numbers = [float(corner[axis]) for corner in ring for axis in (0, 1)]
    corners = np.array(numbers).reshape(-1, 2)
    if not np.isfinite(corners).all():
        raise RejectedError(say("een hoekpunt is geen getal"))
    return corners
