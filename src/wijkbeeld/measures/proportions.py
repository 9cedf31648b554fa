"""Shares of a whole, each with its interval (MEASURES B8 to B11).

Wilson's interval; where none or all of them are, the exact bound of Clopper and
Pearson, since Wilson's is too narrow there.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from wijkbeeld.measures.months import Floats

FEWEST = 20
"""Below it, *k of n* instead of a percentage (MEASURES 0.4)."""
FEWEST_OF_ANY = 5
_Z, _TAIL = special.ndtri(0.975), 0.025


class Shares(NamedTuple):
    """Shares from 0 to 1, each with the ends of its 95 % interval."""

    estimate: Floats
    lower: Floats
    upper: Floats


def wilson(events: npt.ArrayLike, base: npt.ArrayLike) -> Shares:
    """Return the share of some among all.

    Args:
        events: How many are.
        base: Among how many; none gives null.
    """
    k, n = np.asarray(events, float), np.asarray(base, float)
    n = np.where(n > 0, n, np.nan)
    share = k / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    spread = share * (1 - share) / n + _Z**2 / (4 * n**2)
    half = _Z * np.sqrt(spread) / (1 + _Z**2 / n)
    lowest, highest = _TAIL ** (1 / n), 1 - _TAIL ** (1 / n)
    lower = np.where(share >= 1, lowest, np.where(k > 0, middle - half, 0 * n))
    upper = np.where(k <= 0, highest, np.where(share < 1, middle + half, 1 + 0 * n))
    return Shares(share, lower, upper)


def between(events: npt.ArrayLike, base: npt.ArrayLike, unknown: npt.ArrayLike) -> (
    tuple[Floats, Floats]
):  # fmt: skip
    """Return what the share is when all that are unknown are not, and when all are."""
    k, n, more = (np.asarray(values, float) for values in (events, base, unknown))
    whole = np.where(n + more > 0, n + more, np.nan)
    return k / whole, (k + more) / whole
