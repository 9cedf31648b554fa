"""What chance alone would show: the start given to other areas (MEASURES C5).

With a dozen areas no formula for the error can be trusted; which area got the
programme can be drawn anew, and the statistic is computed for each draw.
"""

from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from wijkbeeld.measures.months import Floats

SEED = 20260101
DRAWS = 1_999
_ROUNDING = 1e-9


def assignments(
    areas: int, treated: int, draws: int = DRAWS, seed: int = SEED
) -> Floats:
    """Return sets of areas that could have been the treated ones, a row each.

    All of them when there are no more than about so many draws, and then the observed
    one among them; else random ones. 1 is treated.
    """
    rows: npt.NDArray[np.intp]
    if comb(areas, treated) <= draws:
        rows = np.array(list(combinations(range(areas), treated)), np.intp)
    else:
        random = np.random.default_rng(seed)
        shuffled = random.random((draws, areas)).argsort(axis=1)
        rows = shuffled[:, :treated]
    members = np.zeros((len(rows), areas))
    np.put_along_axis(members, rows.reshape(len(rows), treated), 1.0, axis=1)
    return members


def smallest_probability(areas: int, treated: int) -> float:
    """Return the smallest probability that so many areas can ever show."""
    return 1 / comb(areas, treated)


def probability(observed: Floats | float, drawn: Floats, *, is_all: bool) -> Floats:
    """Return the share of draws that are at least as far from nothing.

    Args:
        observed: Studentised statistic as it was, of shape (…).
        drawn: The same for each draw, of shape (…, draws); null where it has none.
        is_all: The draws are all there are, the observed one included.
    """
    with np.errstate(invalid="ignore"):
        far = np.abs(np.asarray(observed))[..., None] * (1 - _ROUNDING)
        reached = (np.abs(drawn) >= far).sum(axis=-1)
        count = (~np.isnan(drawn)).sum(axis=-1)
        more = 0 if is_all else 1
        share = (reached + more) / (count + more)
    return np.where(np.isnan(observed), np.nan, share)
