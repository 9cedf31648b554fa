"""Whether areas with high rates lie beside each other.

Implements MEASURES A9: Moran's I, global and local (Anselin 1995), and Gi* with the
area itself among its neighbours, binary (Ord and Getis 1995). Areas are neighbours
where their outlines touch (queen).
"""

from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.stats import false_discovery_control

from wijkbeeld.measures.months import Floats

Flags = npt.NDArray[np.bool_]

SEED = 20260101
SHUFFLES = 999
_TOLERANCE_M = 1.0
FEWEST_AREAS = 5
FEWEST_FOR_A_TEST = 40
"""Of fewer areas it is a description: most can never pass, however they lie."""


class Moran(NamedTuple):
    """How alike neighbours are over all areas."""

    estimate: float
    """Above ``expected`` when neighbours are alike, below when they differ."""
    expected: float
    p_value: float
    """Two-sided, from shuffles of the values over the areas."""


def neighbours(outlines: list[str], tolerance: float = 0.0) -> Flags:
    """Tell which areas touch.

    Args:
        outlines: Polygons as WKT.
        tolerance: How far apart two outlines that were simplified may lie.
    """
    shapes = shapely.from_wkt(outlines)
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="dwithin", distance=tolerance)
    found = np.zeros((len(outlines), len(outlines)), bool)
    found[one, other] = True
    np.fill_diagonal(found, val=False)
    return found


def neighbours_of(areas: pd.DataFrame) -> Flags:
    """Tell which areas of a frame touch, by ``geometry_wkt`` in metres."""
    return neighbours(areas["geometry_wkt"].tolist(), _TOLERANCE_M)


def moran(
    values: Floats, touch: Flags, shuffles: int = SHUFFLES, seed: int = SEED
) -> Moran:
    """Return Moran's I with weights that add up to 1 per area.

    Args:
        values: One per area, none of them null.
        touch: Of ``neighbours``.
        shuffles: How often the values are dealt anew.
        seed: Makes the shuffles repeatable.
    """
    weights = _shared(touch)
    random = np.random.default_rng(seed)
    every = np.vstack([values, random.permuted(np.tile(values, (shuffles, 1)), axis=1)])
    away = every - values.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        lags = (away * (away @ weights.T)).sum(axis=1)
        found = len(values) / weights.sum() * lags / (away**2).sum(axis=1)
    larger = int((found[1:] >= found[0]).sum())
    tail = min(larger, shuffles - larger)
    p_value = min(1.0, 2 * (tail + 1) / (shuffles + 1))
    return Moran(float(found[0]), -1 / (len(values) - 1), p_value)


def local_moran(values: Floats, touch: Flags) -> Floats:
    """Return the part of each area in Moran's I; null without a neighbour."""
    away = values - values.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = away * (len(values) - 1) / (away**2).sum()
        found = scaled * (_shared(touch) @ away)
    return np.where(touch.any(axis=1), found, np.nan)


def gi_star(values: Floats, touch: Flags) -> Floats:
    """Return how high an area and its neighbours together are, as a z-score.

    Null for an area that all others are neighbours of.
    """
    count = len(values)
    near = touch | np.eye(count, dtype=bool)
    of = near.sum(axis=1)
    room = count * of - of**2
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = values.std() * np.sqrt(room / (count - 1))
        found = (near @ values - values.mean() * of) / spread
    return np.asarray(np.where(room > 0, found, np.nan))


def smallest_p(touch: Flags) -> Floats:
    """Return the smallest p that shuffles can ever give an area.

    An area with ``k`` neighbours has no more than ``C(n - 1, k)`` sets of them.
    """
    others = len(touch) - 1
    return np.array([1 / comb(others, int(of)) for of in touch.sum(axis=1)])


def clusters(
    areas: pd.DataFrame, shuffles: int = SHUFFLES, seed: int = SEED
) -> pd.DataFrame:
    """Describe how each area lies among its neighbours.

    Args:
        areas: ``rate`` (not null) and ``geometry_wkt``, in metres.
        shuffles: How often the rates of the others are dealt anew.
        seed: Makes the shuffles repeatable.

    Returns:
        ``areas`` with ``neighbour_count``, ``local_moran``, ``gi_star``, ``p_value``
        (two-sided, of the local Moran), ``p_adjusted`` (false discovery rate over all
        areas) and ``smallest_p``.
    """
    values = areas["rate"].to_numpy(float)
    touch = neighbours_of(areas)
    chance = _conditional(values, touch, shuffles, seed)
    return areas.assign(
        neighbour_count=touch.sum(axis=1),
        local_moran=local_moran(values, touch),
        gi_star=gi_star(values, touch),
        p_value=chance,
        p_adjusted=false_discovery_control(chance),
        smallest_p=smallest_p(touch),
    )


def _conditional(values: Floats, touch: Flags, shuffles: int, seed: int) -> Floats:
    """Return p-values of areas that stay while the others change places."""
    random = np.random.default_rng(seed)
    own, found = local_moran(values, touch), np.ones(len(values))
    away = values - values.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = away * (len(values) - 1) / (away**2).sum()
    for at in np.flatnonzero(~np.isnan(own)):
        others = np.tile(np.delete(away, at), (shuffles, 1))
        drawn = random.permuted(others, axis=1)[:, : touch[at].sum()]
        larger = int((scaled[at] * drawn.mean(axis=1) >= own[at]).sum())
        tail = min(larger, shuffles - larger)
        found[at] = min(1.0, 2 * (tail + 1) / (shuffles + 1))
    return found


def _shared(touch: Flags) -> Floats:
    """Let the weights of an area add up to 1."""
    return np.asarray(touch / np.maximum(touch.sum(axis=1, keepdims=True), 1))
