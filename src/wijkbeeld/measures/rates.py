"""Yearly rates with their uncertainty: as counted, and shrunk to the team's.

Implements MEASURES A2 (interval) and A3 (empirical Bayes).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.intp]

TAIL = 0.025
PER = 1000
FEWEST_AREAS = 5


class Rates(NamedTuple):
    """Rates per 1,000, each with the ends of its 95 % interval."""

    estimate: Floats
    lower: Floats
    upper: Floats


class Shrunk(NamedTuple):
    """Shrunk rates, and what they were shrunk by."""

    rates: Rates
    weight: Floats
    """How much of its own rate an area keeps, 0 to 1."""
    mean: Floats
    """Rate per 1,000 of all areas of the group together."""
    is_alike: Flags
    """Whether the areas of the group differ by no more than chance."""


def exact(counts: Floats, exposure: Floats) -> Rates:
    """Return rates per 1,000 with the exact Poisson interval (Garwood 1936).

    Args:
        counts: Crimes of a year, 0 or more; null gives null.
        exposure: Dwellings or inhabitants, more than 0; null gives null.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        base = np.where(exposure > 0, exposure, np.nan) / PER
        lower = np.where(
            counts > 0, special.gammaincinv(np.maximum(counts, 1), TAIL), counts
        )
        upper = special.gammaincinv(counts + 1, 1 - TAIL)
        return Rates(counts / base, lower / base, upper / base)


def shrink(
    counts: Floats, exposure: Floats, groups: Groups, takes_part: Flags
) -> Shrunk:
    """Pull the rate of each area to that of its group, the more the smaller it is.

    Method of moments of Marshall (1991); the interval is that of the posterior, a
    gamma distribution. Where the areas differ by no more than chance, all have the
    rate of the group, with its exact interval.

    Args:
        counts: Crimes of a year.
        exposure: Dwellings or inhabitants.
        groups: Number of the group of each area, from 0.
        takes_part: Whether an area counts for its group and gets a rate. Areas
            whose count or exposure is null never do.

    Returns:
        Null where an area takes no part, or its group has fewer than five that do.
    """
    size = int(groups.max(initial=-1)) + 1
    known = takes_part & ~np.isnan(counts) & ~np.isnan(exposure) & (exposure > 0)
    y, n = np.where(known, counts, 0), np.where(known, exposure, 0)

    def total(values: Floats) -> Floats:
        return np.bincount(groups, values, size).astype(np.float64)

    areas, people = total(known.astype(float)), total(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total(y) / people
        rate = np.where(known, y / n, 0)
        spread = total(n * (rate - mean[groups]) ** 2) / people
        excess = np.maximum(spread - mean / (people / areas), 0)
        weight = excess[groups] / (excess[groups] + mean[groups] / n)
        shape, scale = mean**2 / excess, mean / excess
        posterior, rest = shape[groups] + y, scale[groups] + n
    shown = known & (areas >= FEWEST_AREAS)[groups]
    alike = ((excess <= 0) & (areas >= FEWEST_AREAS))[groups]
    pooled = exact(total(y), people)
    with np.errstate(invalid="ignore"):
        estimate = np.where(alike, mean[groups] * PER, PER * posterior / rest)
        lower, upper = (
            np.where(
                alike, bound[groups], PER * special.gammaincinv(posterior, tail) / rest
            )
            for bound, tail in ((pooled.lower, TAIL), (pooled.upper, 1 - TAIL))
        )
    rates = Rates(
        *(np.where(shown, values, np.nan) for values in (estimate, lower, upper))
    )
    return Shrunk(
        rates,
        np.where(shown, np.where(alike, 0, weight), np.nan),
        PER * mean[groups],
        alike & shown,
    )
