"""The ground of the demo: thirteen invented polygons, their homes and streets.

The polygons are drawn here and copied from nowhere: thirteen centres chosen by
hand, the area nearest to each, clipped to a coarse outline. They look like
Loosduinen from afar, which is all a map of invented incidents should do.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from wijkbeeld import reference
from wijkbeeld.demo.chance import chance

Points = npt.NDArray[np.int64]

_OUTLINE = (
    (73400, 452500), (74100, 450200), (74700, 449900), (75500, 450300),
    (76200, 450900), (76700, 450900), (77300, 451400), (77800, 452000),
    (77500, 452600), (77600, 453300), (77300, 453700), (77200, 454800),
    (76600, 454700), (76200, 454700), (75700, 455100), (74900, 454400),
    (74300, 453700),
)  # fmt: skip
_MARGIN_M = 8
"""No incident nearer to a border than rounding and projecting can move it."""
_STREET_PLACES = 600
_SHOP_PLACES = 60
_HOMES_PER_STREET = 45
_STREET_HALF_LENGTH_M = 140
_STREET_HALF_WIDTH_M = 14


class Buurt(NamedTuple):
    """What the simulator knows of a buurt; figures are invented, rounded to 5."""

    buurt_code: str
    centre_x: int
    centre_y: int
    inhabitants: int
    dwellings: int
    shops: int
    """How much of the team's shopping is here."""
    visitors: int
    """How much the street is used by people from elsewhere."""
    multi_family_pct: int
    owner_occupied_pct: int


BUURTEN = (
    Buurt("BU05181481", 76900, 454300, 80, 35, 0, 10, 10, 80),
    Buurt("BU05181492", 75900, 453900, 5900, 2900, 3, 12, 45, 60),
    Buurt("BU05181590", 74500, 452600, 1420, 620, 0, 9, 20, 66),
    Buurt("BU05181591", 75200, 454200, 2560, 1055, 9, 40, 55, 64),
    Buurt("BU05181697", 75000, 451200, 10745, 4110, 7, 18, 12, 72),
    Buurt("BU05181785", 77100, 451600, 60, 25, 16, 34, 5, 70),
    Buurt("BU05181786", 76700, 452300, 11205, 5405, 14, 24, 48, 46),
    Buurt("BU05181795", 75700, 452100, 6620, 3320, 30, 30, 52, 42),
    Buurt("BU05181806", 75700, 452700, 2480, 1420, 2, 5, 82, 28),
    Buurt("BU05181840", 76300, 452900, 7560, 4130, 16, 18, 76, 30),
    Buurt("BU05181882", 77000, 453200, 2510, 1390, 2, 8, 60, 44),
    Buurt("BU05181893", 76400, 453500, 2260, 1250, 1, 4, 58, 50),
    Buurt("BU05181894", 75500, 453300, 3140, 1830, 2, 7, 70, 36),
)
CODES = tuple(buurt.buurt_code for buurt in BUURTEN)


class Ground(NamedTuple):
    """Places in one buurt where something can happen: RD, whole metres."""

    homes: Points
    streets: Points
    shops: Points


@cache
def names() -> dict[str, str]:
    """Return the name of each buurt."""
    return {buurt.buurt_code: buurt.buurt_name for buurt in reference.buurten()}


@cache
def polygons() -> dict[str, shapely.Polygon]:
    """Return the invented shape of each buurt, in RD, without gaps between them."""
    outline = shapely.Polygon(_OUTLINE)
    centres = shapely.points([(b.centre_x, b.centre_y) for b in BUURTEN])
    cells = shapely.voronoi_polygons(
        shapely.multipoints(centres), extend_to=outline, ordered=True
    )
    return {
        buurt.buurt_code: shapely.intersection(cell, outline, grid_size=0.1)
        for buurt, cell in zip(BUURTEN, shapely.get_parts(cells), strict=True)
    }


@cache
def grounds(seed: int) -> tuple[Ground, ...]:
    """Return the places of every buurt, in the order of ``BUURTEN``."""
    return tuple(_ground(seed, index) for index in range(len(BUURTEN)))


def _ground(seed: int, index: int) -> Ground:
    buurt = BUURTEN[index]
    within = polygons()[buurt.buurt_code].buffer(-_MARGIN_M)
    random = chance(seed, "places", index)
    homes = _homes(random, within, buurt.dwellings)
    streets = _anywhere(random, within, _STREET_PLACES)
    counter = _anywhere(random, within, 3)[random.integers(0, 3, 4 * _SHOP_PLACES)]
    shops = _inside(within, counter + random.normal(0, 40, counter.shape))
    return Ground(homes, streets, shops[:_SHOP_PLACES])


def _homes(random: np.random.Generator, within: shapely.Polygon, number: int) -> Points:
    """Return homes along short straight streets, so that places lie in rows."""
    streets = -(-number // _HOMES_PER_STREET)
    middle = _anywhere(random, within, streets)
    angle = random.uniform(0, np.pi, streets)
    kept: list[Points] = []
    while sum(map(len, kept)) < number:
        street = random.integers(0, streets, 2 * number)
        along = random.uniform(
            -_STREET_HALF_LENGTH_M, _STREET_HALF_LENGTH_M, len(street)
        )
        across = random.choice((-1, 1), len(street)) * _STREET_HALF_WIDTH_M
        turned = np.column_stack(
            (
                along * np.cos(angle[street]) - across * np.sin(angle[street]),
                along * np.sin(angle[street]) + across * np.cos(angle[street]),
            )
        )
        kept.append(_inside(within, middle[street] + turned))
    return np.concatenate(kept)[:number]


def _anywhere(
    random: np.random.Generator, within: shapely.Polygon, number: int
) -> Points:
    west, south, east, north = within.bounds
    kept: list[Points] = []
    while sum(map(len, kept)) < number:
        tried = random.uniform((west, south), (east, north), (4 * number, 2))
        kept.append(_inside(within, tried))
    return np.concatenate(kept)[:number]


def _inside(within: shapely.Polygon, points: npt.NDArray[np.float64]) -> Points:
    rounded = np.rint(points).astype(np.int64)
    kept: Points = rounded[shapely.contains_xy(within, rounded[:, 0], rounded[:, 1])]
    return kept
