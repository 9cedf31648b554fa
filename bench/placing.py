"""Placing points in buurten, beside asking shapely for each of them."""

import time
from collections.abc import Callable

import numpy as np
import shapely

from bench.figure import Figure
from wijkbeeld.demo import places
from wijkbeeld.landing.geography import Geography

POINTS = 2_000_000
AT_MOST = 0.5
_TURNS = 3


def rows() -> list[Figure]:
    """Return what placing costs of the time of shapely's own tree."""
    outlines = places.polygons()
    place = Geography(list(outlines), [o.wkt for o in outlines.values()])
    west, south, east, north = shapely.total_bounds(list(outlines.values()))
    random = np.random.default_rng(11)
    points = random.uniform((west, south), (east, north), (POINTS, 2))
    x, y = points.T.copy()
    tree = shapely.STRtree(list(outlines.values()))
    ours = _least(lambda: place.place(x, y))
    theirs = _least(lambda: tree.query(shapely.points(points), "within"))
    return [
        Figure(
            "placing 2,000,000 points / shapely's tree of polygons",
            ours / theirs,
            "×",
            f"{ours:.2f} s of processor time against {theirs:.2f} s, least of {_TURNS}",
            at_most=AT_MOST,
        )
    ]


def _least(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_TURNS):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)
