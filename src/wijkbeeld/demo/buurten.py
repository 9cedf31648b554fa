"""Reference deliveries: key figures of two years, and the invented shapes."""

import json
from collections import Counter

import pyproj
import shapely

from wijkbeeld import reference
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.places import BUURTEN, Buurt, polygons

_SOURCE = "cbs__buurten"
_KEY_FIGURES = (("85984NED", 2024, "2024-11-30"), ("86165NED", 2025, "2025-11-30"))
_SHAPES_YEAR, _SHAPES_DAY = 2025, "2025-11-30"
_GROWTH = 0.994
"""Homes of one year before, as a share."""
_NOT_PUBLISHED = -99995
_SMALL = 100
_DECIMALS = 7


def pages() -> list[Delivery]:
    """Return all files about the buurten."""
    figures = [_key_figures(*edition) for edition in _KEY_FIGURES]
    return [*figures, _shapes()]


def _key_figures(table: str, year: int, exported: str) -> Delivery:
    growth = _GROWTH ** (_KEY_FIGURES[-1][1] - year)
    shift = 0 if year == _KEY_FIGURES[0][1] else 1
    rows = [
        _figures(number, buurt, growth, shift) for number, buurt in enumerate(BUURTEN)
    ]
    document = {
        "odata.metadata": f"https://opendata.cbs.nl/ODataApi/OData/{table}/"
        "$metadata#Cbs.OData.WebAPI.TypedDataSet",
        "value": rows,
    }
    name = f"{exported}__demo_kerncijfers_{year}_{table}.json"
    return Delivery(_SOURCE, name, _encoded(document), len(rows), Counter())


def _figures(number: int, buurt: Buurt, growth: float, shift: int) -> dict[str, object]:
    inhabitants, dwellings = (
        _to_five(buurt.inhabitants, growth),
        _to_five(buurt.dwellings, growth),
    )
    is_small = buurt.inhabitants < _SMALL
    area = polygons()[buurt.buurt_code].area / 10_000
    land = round(area * 0.96)
    renting = 100 - buurt.owner_occupied_pct
    ages = (0.16, 0.11, 0.25, 0.26)
    young = [None if is_small else _to_five(inhabitants, share) for share in ages]
    return {
        "ID": number,
        "WijkenEnBuurten": buurt.buurt_code,
        "Gemeentenaam_1": "'s-Gravenhage".ljust(40),
        "SoortRegio_2": "Buurt".ljust(10),
        "Codering_3": buurt.buurt_code,
        "IndelingswijzigingGemeenteWijkBuurt_4": "1",
        "AantalInwoners_5": inhabitants,
        "k_0Tot15Jaar_8": young[0],
        "k_15Tot25Jaar_9": young[1],
        "k_25Tot45Jaar_10": young[2],
        "k_45Tot65Jaar_11": young[3],
        "k_65JaarOfOuder_12": None
        if is_small
        else inhabitants - sum(filter(None, young)),
        "HuishoudensTotaal_29": None if is_small else _to_five(dwellings, 0.975),
        f"Bevolkingsdichtheid_{33 + shift}": round(inhabitants / land * 100),
        f"Woningvoorraad_{34 + shift}": dwellings,
        "PercentageMeergezinswoning_45": None if is_small else buurt.multi_family_pct,
        "Koopwoningen_47": None if is_small else buurt.owner_occupied_pct,
        "HuurwoningenTotaal_48": None if is_small else renting,
        "PersonenautoSTotaal_104": _to_five(dwellings, 0.82),
        "OppervlakteLand_116": land,
        "Omgevingsadressendichtheid_121": round(dwellings / land * 78) + 600,
    }


def _to_five(value: int, share: float) -> int:
    return 5 * round(value * share / 5)


def _shapes() -> Delivery:
    wijk_of = {b.buurt_code: b for b in reference.buurten()}
    to_degrees = pyproj.Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    features = []
    for buurt in BUURTEN:
        known = wijk_of[buurt.buurt_code]
        ring = shapely.get_coordinates(polygons()[buurt.buurt_code].exterior)
        lon, lat = to_degrees.transform(ring[:, 0], ring[:, 1])
        coordinates = [
            [round(float(x), _DECIMALS), round(float(y), _DECIMALS)]
            for x, y in zip(lon, lat, strict=True)
        ]
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
        geometry = {"type": "Polygon", "coordinates": [coordinates]}
        features.append(
            {"type": "Feature", "properties": properties, "geometry": geometry}
        )
    document = {"type": "FeatureCollection", "features": features}
    name = f"{_SHAPES_DAY}__demo_buurten_{_SHAPES_YEAR}.geojson"
    return Delivery(_SOURCE, name, _encoded(document), len(features), Counter())


def _encoded(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
