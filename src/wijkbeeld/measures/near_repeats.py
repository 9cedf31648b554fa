"""Whether incidents follow each other soon and nearby: Knox's table by bands.

Implements MEASURES A10. Pairs of incidents are counted by distance and days between
them, and set beside a world in which the same dates are shuffled over the same places.
"""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Metric = Literal["euclidean", "cityblock"]

SEED = 20260101
SHUFFLES = 999

DISTANCE_BANDS = ("0", "1-100", "101-200", "201-300", ">300")
"""Metres; the first is the same place, the last all that lies further off."""
DAY_BANDS = ("0-6", "7-13", "14-20", ">20")
_METRES = np.array([100.0, 200.0, 300.0])
_DAYS = np.array([7, 14, 21])
_SAME_PLACE_M = 0.5
"""Closer than this is 0 m after rounding to 1 m."""

LEAST_RATIO, LARGEST_P, FEWEST_PAIRS = 1.2, 0.05, 10
FEWEST_INCIDENTS = 100
MOST_INCIDENTS = 1_000
"""Of more, the newest whole days: pairs, and with them the shuffles, grow squarely."""
_SHUFFLES_AT_ONCE, _PAIRS_AT_ONCE = 250, 255
_POWER = {"cityblock": 1, "euclidean": 2}


class Places(NamedTuple):
    """Where incidents happened, in metres of a projection such as RD."""

    x: Floats
    y: Floats
    address: npt.NDArray[np.object_] | None = None
    """Pseudonym, null where there is none; equal ones are the same place, whatever
    their points."""


class Pairs(NamedTuple):
    """Pairs of incidents no further apart than the last band but one."""

    first: Integers
    second: Integers
    band: Integers
    """Number of the distance band, 0 to 3."""


def near_repeats(incidents: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Make the table of Knox for each offence, of what can be told in days and metres.

    Args:
        incidents: ``offence_code``, ``x_rd``, ``y_rd``, ``address_key``,
            ``occurred_from_date``, ``occurred_to_date`` (local) and ``is_dated``
            (whether the window between both is short enough to have a day).
        seed: Makes the shuffles repeatable.

    Returns:
        Twenty rows per offence: those of :func:`knox`, with ``ratio_by_end`` (by the
        last day it can have happened instead of the first), ``is_pattern``,
        ``incident_count``, ``left_out_count`` (not dated, or without a point),
        ``first_date`` (of what was compared) and ``is_too_few``; with fewer than 100
        incidents no estimate is given.
    """
    parts = [
        _of_offence(part, seed).assign(offence_code=code)
        for code, part in incidents.groupby("offence_code", sort=True)
    ]
    if not parts:
        return _of_offence(incidents, seed).assign(offence_code="").head(0)
    return pd.concat(parts, ignore_index=True)


def knox(
    places: Places,
    day: Integers,
    *,
    metric: Metric = "euclidean",
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Count pairs of incidents by distance and days, beside what chance would give.

    The expected count, row total times column total over all pairs, is the exact mean
    over all shuffles of the dates; shuffles are only needed for its spread and for the
    p-value ``(1 + #{shuffled >= observed}) / (1 + shuffles)`` (Knox 1964).

    Args:
        places: Where each incident happened.
        day: Number of the local calendar day; bands hold whole days, and 7 days is
            in the second.
        metric: ``cityblock`` is what the Near Repeat Calculator uses.
        shuffles: How often dates are shuffled; none gives no p-value.
        seed: Makes the shuffles repeatable.

    Returns:
        Twenty rows, by ``distance_band`` and ``day_band``: ``observed_count``,
        ``expected_count``, ``expected_lower`` and ``expected_upper`` (which hold 95 %
        of the shuffles), ``ratio`` (null where nothing is expected) and ``p_value``.
    """
    pairs = near_pairs(places, metric)
    observed = _table(pairs, day, _all_pairs(day))
    total = observed.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = observed.sum(1)[:, None] * observed.sum(0)[None, :] / total
        ratio = np.where(expected > 0, observed / expected, np.nan)
    lower, upper, chance = _shuffled(pairs, day, observed, shuffles, seed)
    return pd.DataFrame(
        {
            "distance_band": np.repeat(DISTANCE_BANDS, len(DAY_BANDS)),
            "day_band": np.tile(DAY_BANDS, len(DISTANCE_BANDS)),
            "observed_count": observed.ravel(),
            "expected_count": expected.ravel(),
            "expected_lower": lower.ravel(),
            "expected_upper": upper.ravel(),
            "ratio": ratio.ravel(),
            "p_value": chance.ravel(),
        }
    )


def is_pattern(cells: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which cells may be reported as a pattern (MEASURES A10)."""
    return _stands_out(cells) & (cells["observed_count"] >= FEWEST_PAIRS)


def is_short_of_pairs(cells: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which cells would be a pattern if they had more pairs."""
    return _stands_out(cells) & (cells["observed_count"] < FEWEST_PAIRS)


def _stands_out(cells: pd.DataFrame) -> "pd.Series[bool]":
    return (cells["ratio"] >= LEAST_RATIO) & (cells["p_value"] <= LARGEST_P)


def near_pairs(places: Places, metric: Metric = "euclidean") -> Pairs:
    """Return the pairs up to 300 m apart, or of one address, each pair once."""
    points = np.column_stack([places.x, places.y])
    if len(points) < 2:  # noqa: PLR2004 - two make a pair
        return Pairs(*(np.empty(0, np.int64) for _ in Pairs._fields))
    found = cKDTree(points).query_pairs(
        _METRES[-1], p=_POWER[metric], output_type="ndarray"
    )
    distance = _apart(points, found, metric)
    band = np.where(distance < _SAME_PLACE_M, 0, 1 + np.searchsorted(_METRES, distance))
    if places.address is None:
        return Pairs(found[:, 0], found[:, 1], band)
    numbers = pd.factorize(places.address)[0]
    same = (numbers[found[:, 0]] == numbers[found[:, 1]]) & (numbers[found[:, 0]] >= 0)
    far = _pairs_of_one_address(numbers)
    far = far[_apart(points, far, metric) > _METRES[-1]]
    return Pairs(
        np.concatenate([found[:, 0], far[:, 0]]),
        np.concatenate([found[:, 1], far[:, 1]]),
        np.concatenate([np.where(same, 0, band), np.zeros(len(far), np.int64)]),
    )


def _of_offence(part: pd.DataFrame, seed: int) -> pd.DataFrame:
    usable = part[part["is_dated"] & part["x_rd"].notna()]
    # In an order of its own: a shuffle deals the days out in the order of the rows.
    known = _newest_days(usable).sort_values(
        ["occurred_from_date", "x_rd", "y_rd", "address_key", "occurred_to_date"]
    )
    places = Places(
        known["x_rd"].to_numpy(float),
        known["y_rd"].to_numpy(float),
        known["address_key"].to_numpy(object),
    )
    is_too_few = len(known) < FEWEST_INCIDENTS
    shuffles = 0 if is_too_few else SHUFFLES
    cells = knox(
        places, _days(known["occurred_from_date"]), shuffles=shuffles, seed=seed
    )
    by_end = knox(places, _days(known["occurred_to_date"]), shuffles=0)
    estimates = ["expected_count", "ratio", "ratio_by_end"]
    cells = cells.assign(ratio_by_end=by_end["ratio"])
    if is_too_few:
        cells[estimates] = np.nan
    return cells.assign(
        is_pattern=is_pattern(cells),
        incident_count=len(known),
        left_out_count=len(part) - len(usable),
        first_date=known["occurred_from_date"].min(),
        is_too_few=is_too_few,
    )


def _newest_days(incidents: pd.DataFrame) -> pd.DataFrame:
    """Leave out the oldest days, so that no more than can be compared remain."""
    if len(incidents) <= MOST_INCIDENTS:
        return incidents
    dates = incidents["occurred_from_date"].sort_values()
    return incidents[incidents["occurred_from_date"] > dates.iloc[-MOST_INCIDENTS - 1]]


def _days(dates: "pd.Series[pd.Timestamp]") -> Integers:
    """Number the days of dates."""
    return np.array(dates, "datetime64[D]").view(np.int64)


def _apart(points: Floats, pairs: Integers, metric: Metric) -> Floats:
    """Return how far the two of each pair lie apart."""
    apart = np.abs(points[pairs[:, 0]] - points[pairs[:, 1]])
    if metric == "cityblock":
        return np.asarray(apart.sum(axis=1))
    return np.hypot(apart[:, 0], apart[:, 1])


def _pairs_of_one_address(numbers: Integers) -> Integers:
    """Return all pairs with the same number, none of them below zero."""
    order = np.argsort(numbers, kind="stable")
    order = order[numbers[order] >= 0]
    arranged, here = numbers[order], np.arange(len(order))
    # Each is paired with those behind it that bear its number.
    behind = np.searchsorted(arranged, arranged, side="right") - here - 1
    first = np.repeat(here, behind)
    nth = np.arange(len(first)) - np.repeat(behind.cumsum() - behind, behind)
    return np.column_stack([order[first], order[first + 1 + nth]]).astype(np.int64)


def _all_pairs(day: Integers) -> Integers:
    """Count all pairs per day band; a shuffle of the dates does not change that."""
    counts = np.bincount(day - day.min()) if len(day) else np.zeros(1, np.int64)
    before = np.concatenate([[0], counts.cumsum()])
    # Incidents on the days before each, as far back as the band reaches.
    starts = [np.maximum(np.arange(len(counts)) - (edge - 1), 0) for edge in _DAYS]
    within = [
        (counts * (before[: len(counts)] - before[start])).sum()
        + (counts * (counts - 1) // 2).sum()
        for start in starts
    ]
    total = len(day) * (len(day) - 1) // 2
    reach = np.array([0, *within, total], np.int64)
    return reach[1:] - reach[:-1]


def _table(pairs: Pairs, day: Integers, all_pairs: Integers) -> Integers:
    """Count pairs per distance band and day band."""
    shape = (len(DISTANCE_BANDS), len(DAY_BANDS))
    delta = np.abs(day[pairs.first] - day[pairs.second])
    cell = pairs.band * shape[1] + np.searchsorted(_DAYS, delta, side="right")
    counts = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    counts[-1] = all_pairs - counts[:-1].sum(0)
    return counts


def _shuffled(
    pairs: Pairs,
    day: Integers,
    observed: Integers,
    shuffles: int,
    seed: int,
) -> tuple[Floats, Floats, Floats]:
    """Return the bounds that hold 95 % of the shuffles, and the p-values."""
    if not shuffles or not len(day):
        empty = np.full(observed.shape, np.nan)
        return empty, empty.copy(), empty.copy()
    random = np.random.default_rng(seed)
    # Pairs lie by distance band, so that each band is a stretch of them.
    order = np.argsort(pairs.band, kind="stable")
    first, second = pairs.first[order], pairs.second[order]
    ends = np.searchsorted(pairs.band[order], np.arange(len(DISTANCE_BANDS)))
    small = (day - day.min()).astype(np.int16)
    # Pairs by the end of each day band; no pair before the first, all by the last.
    within = np.zeros((shuffles, *np.add(observed.shape, (0, 1))), np.int64)
    within[..., -1] = observed.sum(axis=1)
    for start in range(0, shuffles, _SHUFFLES_AT_ONCE):
        some = within[start : start + _SHUFFLES_AT_ONCE]
        dealt = np.stack([random.permutation(small) for _ in some], axis=-1)
        for band in range(len(DISTANCE_BANDS) - 1):
            stretch = slice(ends[band], ends[band + 1])
            some[:, band, 1:-1] = _within_days(dealt, first[stretch], second[stretch])
    tables = within[..., 1:] - within[..., :-1]
    # Column totals stay: what is not near is far.
    tables[:, -1] = observed.sum(axis=0) - tables[:, :-1].sum(axis=1)
    lower, upper = np.quantile(tables, [0.025, 0.975], axis=0)
    chance = (1 + (tables >= observed).sum(axis=0)) / (1 + shuffles)
    return lower, upper, chance


def _within_days(
    dealt: npt.NDArray[np.int16], first: Integers, second: Integers
) -> Integers:
    """Count the pairs up to the end of each day band, per column of dealt days.

    All time goes into fetching and comparing days, so small numbers of many shuffles
    lie side by side, and no more pairs are taken at once than a byte can count.
    """
    counts = np.zeros((dealt.shape[1], len(_DAYS)), np.int64)
    for start in range(0, len(first), _PAIRS_AT_ONCE):
        some = slice(start, start + _PAIRS_AT_ONCE)
        apart = np.abs(dealt[first[some]] - dealt[second[some]])
        for band, days in enumerate(_DAYS):
            counts[:, band] += np.add.reduce(apart < days, axis=0, dtype=np.uint8)
    return counts
