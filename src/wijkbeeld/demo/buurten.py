"""Reference deliveries: key figures of seven years, and the invented shapes.

Most years come as the service answers, one as a table of StatLine, and one as a
workbook of CBS. Beside the exact shapes lies the map that is made for pictures.
"""

import csv
import io
import json
from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import pyproj
import shapely
import xlsxwriter

from wijkbeeld import reference
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.places import BUURTEN, Buurt, polygons

_SOURCE = "cbs__buurten"
_KEY_FIGURES = (
    ("84583NED", 2019, "json"),
    ("84799NED", 2020, "json"),
    ("85039NED", 2021, "json"),
    ("85318NED", 2022, "csv"),
    ("85618NED", 2023, "xlsx"),
    ("85984NED", 2024, "json"),
    ("86165NED", 2025, "json"),
)
_PICTURE_YEAR, _ROUGHLY_M = 2023, 40.0
_SHAPES_YEAR, _SHAPES_DAY = 2025, "2025-11-30"
_GROWTH = 0.994
"""Homes of one year before, as a share."""
_NOT_PUBLISHED = -99995
_SMALL = 100
_HECTARE, _LAND_SHARE = 10_000, 0.96
_DECIMALS = 7


class _Area(NamedTuple):
    """A buurt, or the buurten of a wijk together."""

    region_code: str
    region_type: str
    inhabitants: int
    dwellings: int
    multi_family_pct: int
    owner_occupied_pct: int
    land_ha: int


def pages() -> list[Delivery]:
    """Return all files about the buurten."""
    figures = [_key_figures(*edition) for edition in _KEY_FIGURES]
    return [*figures, _picture(), _shapes()]


def _key_figures(table: str, year: int, form: str) -> Delivery:
    rows = [
        {"ID": number, **_figures(area, year)} for number, area in enumerate(_areas())
    ]
    exported = f"{year}-11-30"
    if form != "json":
        content = _statline(rows) if form == "csv" else _workbook(rows)
        name = f"{exported}__demo_{'kerncijfers' if form == 'csv' else 'kwb'}_{year}"
        return Delivery(_SOURCE, f"{name}.{form}", content, len(rows), Counter())
    document = {
        "odata.metadata": f"https://opendata.cbs.nl/ODataApi/OData/{table}/"
        "$metadata#Cbs.OData.WebAPI.TypedDataSet",
        "value": rows,
    }
    name = f"{exported}__demo_kerncijfers_{year}_{table}.json"
    return Delivery(_SOURCE, name, _encoded(document), len(rows), Counter())


def _areas() -> list[_Area]:
    """Return wijken, each before its buurten, as CBS orders them."""
    wijk_of = {b.buurt_code: b.wijk_code for b in reference.buurten()}
    areas = []
    for wijk, members in groupby(BUURTEN, lambda buurt: wijk_of[buurt.buurt_code]):
        parts = [_area_of(buurt) for buurt in members]
        homes = sum(part.dwellings for part in parts)
        whole = _Area(
            wijk,
            "Wijk",
            sum(part.inhabitants for part in parts),
            homes,
            round(sum(p.multi_family_pct * p.dwellings for p in parts) / homes),
            round(sum(p.owner_occupied_pct * p.dwellings for p in parts) / homes),
            sum(part.land_ha for part in parts),
        )
        areas += [whole, *parts]
    return areas


def _area_of(buurt: Buurt) -> _Area:
    return _Area(
        buurt.buurt_code,
        "Buurt",
        buurt.inhabitants,
        buurt.dwellings,
        buurt.multi_family_pct,
        buurt.owner_occupied_pct,
        round(polygons()[buurt.buurt_code].area / _HECTARE * _LAND_SHARE),
    )


def _figures(area: _Area, year: int) -> dict[str, object]:
    """Return the columns of an area; of a small one few are published."""
    newest = _KEY_FIGURES[-1][1]
    growth = _GROWTH ** (newest - year)
    # The number behind a name is another one every year.
    shift = year - newest + 1
    inhabitants = _to_five(area.inhabitants, growth)
    dwellings = _to_five(area.dwellings, growth)
    children, young, adult, older = (
        _to_five(inhabitants, share) for share in (0.16, 0.11, 0.25, 0.26)
    )
    withheld: dict[str, object] = {
        "k_0Tot15Jaar_8": children,
        "k_15Tot25Jaar_9": young,
        "k_25Tot45Jaar_10": adult,
        "k_45Tot65Jaar_11": older,
        "k_65JaarOfOuder_12": inhabitants - children - young - adult - older,
        "HuishoudensTotaal_29": _to_five(dwellings, 0.975),
        "PercentageMeergezinswoning_45": area.multi_family_pct,
        "Koopwoningen_47": area.owner_occupied_pct,
        "HuurwoningenTotaal_48": 100 - area.owner_occupied_pct,
    }
    if area.inhabitants < _SMALL:
        withheld = dict.fromkeys(withheld)
    return {
        "WijkenEnBuurten": area.region_code.ljust(10),
        "Gemeentenaam_1": "'s-Gravenhage".ljust(40),
        "SoortRegio_2": area.region_type.ljust(10),
        "Codering_3": area.region_code.ljust(10),
        "IndelingswijzigingGemeenteWijkBuurt_4": "1",
        "AantalInwoners_5": inhabitants,
        f"Bevolkingsdichtheid_{33 + shift}": round(inhabitants / area.land_ha * 100),
        f"Woningvoorraad_{34 + shift}": dwellings,
        "PersonenautoSTotaal_104": _to_five(dwellings, 0.82),
        "OppervlakteLand_116": area.land_ha,
        "Omgevingsadressendichtheid_121": 600 + round(dwellings / area.land_ha * 78),
        **withheld,
    }


def _statline(rows: list[dict[str, object]]) -> bytes:
    """Return a table as StatLine gives it: quoted, a point for what is not there."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    writer.writerow(rows[0])
    writer.writerows(
        ["       ." if value is None else value for value in row.values()]
        for row in rows
    )
    return text.getvalue().encode()


def _workbook(rows: list[dict[str, object]]) -> bytes:
    """Return a table as the workbook of CBS, with the short names it has there."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    # The time of making would make every copy another file.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - as the file
    sheet = book.add_worksheet("kwb")
    for at, row in enumerate(rows, 1):
        by_base = {name.rpartition("_")[0] or name: v for name, v in row.items()}
        for column, (short, name) in enumerate(_SHORT.items()):
            value = by_base[name]
            sheet.write(0, column, short)
            if isinstance(value, str):
                sheet.write_string(at, column, value.strip())
            elif value is not None:
                sheet.write_number(at, column, value)
            else:
                # Both are seen where CBS has no figure.
                sheet.write(at, column, "." if column % 2 else _NOT_PUBLISHED)
    book.close()
    return target.getvalue()


_SHORT = {
    "gwb_code_10": "WijkenEnBuurten", "gm_naam": "Gemeentenaam", "recs": "SoortRegio",
    "ind_wbz": "IndelingswijzigingGemeenteWijkBuurt", "a_inw": "AantalInwoners",
    "a_00_14": "k_0Tot15Jaar", "a_15_24": "k_15Tot25Jaar", "a_25_44": "k_25Tot45Jaar",
    "a_45_64": "k_45Tot65Jaar", "a_65_oo": "k_65JaarOfOuder",
    "a_hh": "HuishoudensTotaal", "bev_dich": "Bevolkingsdichtheid",
    "a_woning": "Woningvoorraad", "p_mgezw": "PercentageMeergezinswoning",
    "p_koopw": "Koopwoningen", "p_huurw": "HuurwoningenTotaal",
    "a_pau": "PersonenautoSTotaal", "a_lan_ha": "OppervlakteLand",
    "ste_oad": "Omgevingsadressendichtheid",
}  # fmt: skip


def _to_five(value: int, share: float) -> int:
    return 5 * round(value * share / 5)


def _picture() -> Delivery:
    """Return the map that is made for pictures: borders are some way off."""
    features = []
    for buurt in reference.buurten():
        shape = polygons()[buurt.buurt_code].simplify(_ROUGHLY_M)
        properties: dict[str, object] = {
            "statcode": buurt.buurt_code,
            "statnaam": buurt.buurt_name,
            "jrstatcode": f"{_PICTURE_YEAR}{buurt.buurt_code}",
            "rubriek": "buurt",
            "wijkcode": buurt.wijk_code,
        }
        features.append(_feature(properties, shape))
    document = {"type": "FeatureCollection", "features": features}
    name = (
        f"{_PICTURE_YEAR}-11-30__demo_buurten_{_PICTURE_YEAR}_gegeneraliseerd.geojson"
    )
    return Delivery(_SOURCE, name, _encoded(document), len(features), Counter())


def _feature(
    properties: dict[str, object], shape: shapely.Polygon
) -> dict[str, object]:
    """Return a feature with its outline in degrees."""
    to_degrees = pyproj.Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    ring = shapely.get_coordinates(shape.exterior)
    lon, lat = to_degrees.transform(ring[:, 0], ring[:, 1])
    coordinates = [
        [round(float(x), _DECIMALS), round(float(y), _DECIMALS)]
        for x, y in zip(lon, lat, strict=True)
    ]
    geometry = {"type": "Polygon", "coordinates": [coordinates]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _shapes() -> Delivery:
    wijk_of = {b.buurt_code: b for b in reference.buurten()}
    features = []
    for buurt in BUURTEN:
        known = wijk_of[buurt.buurt_code]
        properties = {
            "buurtcode": buurt.buurt_code,
            "buurtnaam": known.buurt_name,
            "wijkcode": known.wijk_code,
            "gemeentecode": "GM0518",
            "gemeentenaam": "'s-Gravenhage",
            "water": "NEE",
            "aantal_inwoners": buurt.inhabitants,
            "aantal_huishoudens": _to_five(buurt.dwellings, 0.975)
            if buurt.inhabitants >= _SMALL
            else _NOT_PUBLISHED,
            "jrstatcode": f"{_SHAPES_YEAR}{buurt.buurt_code}",
            "jaar": _SHAPES_YEAR,
        }
        features.append(_feature(properties, polygons()[buurt.buurt_code]))
    document = {"type": "FeatureCollection", "features": features}
    name = f"{_SHAPES_DAY}__demo_buurten_{_SHAPES_YEAR}.geojson"
    return Delivery(_SOURCE, name, _encoded(document), len(features), Counter())


def _encoded(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
