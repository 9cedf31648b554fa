"""Intervals by drawing again from what was seen (Efron's percentile bootstrap).

The draws for a number of cases are the same wherever that number of cases occurs, so
that they are made once, and no answer depends on the order of the questions.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from wijkbeeld.measures.months import Floats

DRAWS, SEED = 9_999, 20_260_101
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
        tops: What is summed above, an array per group.
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
