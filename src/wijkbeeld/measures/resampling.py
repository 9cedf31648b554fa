"""Intervals by drawing again from what was seen (Efron's percentile bootstrap).

The draws for a number of cases are the same wherever that number of cases occurs, so
that they are made once, and no answer depends on the order of the questions.

Of many cases the sums of a draw are as good as normal (the central limit theorem), with
the covariance of the cases times their number; they are then drawn from that, so that
neither time nor memory grows with the cases.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from wijkbeeld.measures.months import Floats

DRAWS, SEED = 9_999, 20_260_101
MANY = 250
"""Cases above which sums are drawn from their normal distribution: there the ends of
the interval move by less than a tenth of its width."""
_TAIL = 0.025
_AT_ONCE = 128


@lru_cache(maxsize=16)
def draws(size: int, number: int = DRAWS, arm: int = 0) -> npt.NDArray[np.float32]:
    """Return how often each of ``size`` cases is in each draw.

    Args:
        size: Cases, and cases per draw.
        number: Draws.
        arm: Of two groups that are compared each has draws of its own.
    """
    random = np.random.default_rng([SEED, size, arm])
    # Much faster than a multinomial draw, which it is.
    drawn = random.integers(0, size, (number, size), np.int32)
    drawn += (np.arange(number, dtype=np.int32) * size)[:, None]
    counted = np.bincount(drawn.ravel(), minlength=number * size)
    return counted.reshape(number, size).astype(np.float32)


def sums(cases: Floats, number: int = DRAWS, arm: int = 0) -> Floats:
    """Return the sum of each column in each draw.

    Args:
        cases: A row per case.
        number: Draws.
        arm: As for ``draws``.
    """
    size = len(cases)
    if size <= MANY:
        return np.asarray(draws(size, number, arm) @ cases.astype(np.float32), float)
    spread = np.atleast_2d(np.cov(cases, rowvar=False, bias=True)) * size
    return _normal(cases.sum(axis=0), spread, size, number, arm)


def ends(drawn: Floats) -> tuple[Floats, Floats]:
    """Return between what the middle 95 % of draws lie, along the first axis."""
    last = len(drawn) - 1
    low, high = int(last * _TAIL), last - int(last * _TAIL)
    parted = np.partition(drawn, (low, high), axis=0)
    return np.asarray(parted[low], float), np.asarray(parted[high], float)


def ratios_of_sums(
    tops: list[Floats], bottoms: list[Floats], number: int = DRAWS
) -> tuple[Floats, Floats, Floats]:
    """Return sum over sum of each group of cases, with its interval.

    Args:
        tops: What is summed above, an array per group, of ``MANY`` cases at most.
        bottoms: What is summed below, of the same cases.
        number: Draws.
    """
    found = np.full((3, len(tops)), np.nan)
    sizes = np.array([len(top) for top in tops], int)
    for size in np.unique(sizes[sizes > 0]):
        places = np.flatnonzero(sizes == size)
        for part in np.array_split(places, -(-len(places) // _AT_ONCE)):
            top, bottom = (
                np.stack([values[at] for at in part], axis=1).astype(np.float32)
                for values in (tops, bottoms)
            )
            again = draws(int(size), number)
            with np.errstate(divide="ignore", invalid="ignore"):
                found[0, part] = top.sum(0, float) / bottom.sum(0, float)
                found[1:, part] = ends((again @ top) / (again @ bottom))
    return found[0], found[1], found[2]


def ratio_of_many(
    size: int, whole: Floats, products: Floats, number: int = DRAWS
) -> tuple[float, float, float]:
    """Return sum over sum of many cases, with its interval, of their sums alone.

    Args:
        size: Cases.
        whole: Of what is above and below, a pair.
        products: Sums of the products of the two with each other, two by two.
        number: Draws.
    """
    spread = products - np.outer(whole, whole) / size
    drawn = _normal(whole, spread, size, number, 0)
    lower, upper = ends(drawn[:, 0] / drawn[:, 1])
    return float(whole[0] / whole[1]), float(lower), float(upper)


def _normal(means: Floats, spread: Floats, size: int, number: int, arm: int) -> Floats:
    # Columns that depend on each other have a value that rounding takes below zero.
    value, vector = np.linalg.eigh(spread)
    # One of two directions is as good as the other; the answer is to be the same.
    vector = vector * np.where(vector.sum(axis=0) < 0, -1, 1)
    random = np.random.default_rng([SEED, size, arm])
    drawn = random.standard_normal((number, len(means)))
    return np.asarray(means + (drawn * np.sqrt(value.clip(0))) @ vector.T)
