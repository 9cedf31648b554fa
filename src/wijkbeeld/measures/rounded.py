"""What can be said of counts that are published in whole fives (MEASURES E.4).

Everything here is made of the published figures: a 10 stands for 8 to 12, *fewer than
5* for 1 to 4. What follows from them is as wide as that, and then as wide as chance.
"""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from wijkbeeld.measures import rates

FIVE = 5
_OFF, _OFF_WEIGHT = 2, 2.5
_LEVEL = 0.95
_SMALL = (1, 4)
_LEAST_BASE = {"dwellings": 200, "inhabitants": 500}
"""Fewer than these is no ground for a rate (MEASURES 0.4)."""

Word = Literal["more", "no difference", "fewer"]


def spans(cells: pd.DataFrame) -> pd.DataFrame:
    """Return ``least`` and ``most`` of each exact count; null where it is not told.

    Args:
        cells: ``crime_count`` in whole fives, null when withheld; ``reason``, why it
            is; ``is_lower_bound``, of which the most is not known.
    """
    counts, is_small = cells["crime_count"], cells["reason"].eq("small_count")
    least = (counts - _OFF).where(counts > FIVE, counts)
    most = (counts + _OFF).where(counts > 0, counts)
    told = pd.DataFrame(
        {
            "least": least.mask(is_small, _SMALL[0]),
            "most": most.mask(is_small, _SMALL[1]),
        }
    ).astype(float)
    return told.assign(most=told["most"].mask(cells["is_lower_bound"].eq(True)))


def shares(counts: pd.Series, reasons: pd.Series, total: float) -> pd.DataFrame:
    """Return how large a part of the whole each weight can be, with 95 % certainty.

    Weights are no whole numbers: a 10 stands for 7.5 to 12.5. Chance is taken as that
    of whole incidents, so it is rather too wide than too narrow.

    Args:
        counts: In whole fives; null when withheld.
        reasons: Why a count is withheld; of a small one only the most is told.
        total: Of all parts together, in whole fives.

    Returns:
        ``share_estimate`` (null of a small one), ``share_lower`` and ``share_upper``.
    """
    is_small = reasons.eq("small_count")
    counted = counts.astype(float)
    least = (counted - _OFF_WEIGHT).where(counted > FIVE, counted).mask(is_small, 0)
    most = (counted + _OFF_WEIGHT).where(counted > 0, counted).mask(is_small, FIVE)
    tail = (1 - _LEVEL) / 2
    fewest, all_of_them = total - _OFF_WEIGHT, total + _OFF_WEIGHT
    lower = stats.beta.ppf(tail, least, all_of_them - least + 1)
    upper = stats.beta.isf(tail, most + 1, (fewest - most).clip(lower=0))
    return pd.DataFrame(
        {
            "share_estimate": counted / total,
            # Of none nothing is the least, of all everything the most.
            "share_lower": pd.Series(lower, counts.index).mask(least.eq(0), 0.0),
            "share_upper": pd.Series(upper, counts.index).mask(most.ge(fewest), 1.0),
        }
    )


def per_1000(areas: pd.DataFrame, base: str) -> pd.DataFrame:
    """Return ``rate_lower`` and ``rate_upper`` of each area, with 95 % certainty.

    Args:
        areas: As for ``spans``, and ``base_count``: dwellings or inhabitants. A small
            count has no rate, a lower bound no upper one.
        base: Which of them: ``dwellings`` or ``inhabitants``.
    """
    span = spans(areas).where(areas["reason"].isna())
    least_base = _LEAST_BASE.get(base, np.inf)
    enough = areas["base_count"].where(areas["base_count"] >= least_base)
    exposure: NDArray[np.float64] = enough.to_numpy(dtype=float, na_value=np.nan)
    low = rates.exact(span["least"].to_numpy(dtype=float), exposure)
    high = rates.exact(span["most"].to_numpy(dtype=float), exposure)
    return pd.DataFrame(
        {"rate_lower": low.lower, "rate_upper": high.upper}, index=areas.index
    )


def against(areas: pd.DataFrame, months: pd.DataFrame) -> list[Word | None]:
    """Return how each area compares with all that have a base, in a word.

    It is *more* or *fewer* only when that holds for every exact count that the
    published ones can stand for, and chance does not explain it. *No difference* is
    that none was shown, not that the area is like the others.

    Args:
        areas: As for ``per_1000``, with what it returns. One without a base, where
            nobody lives, is no part of what the others are compared with.
        months: As for ``spans``: the twelve months of all areas.
    """
    base_count = areas["base_count"].sum()
    if spans(months)["least"].isna().any() or len(months) == 0 or not base_count > 0:
        return [None] * len(areas)
    least, most = (rates.PER * end / base_count for end in _together(areas, months))
    return [
        None
        if pd.isna(lower)
        else "more"
        if lower > most
        else "fewer"
        if upper < least
        else "no difference"
        for lower, upper in zip(areas["rate_lower"], areas["rate_upper"], strict=True)
    ]


def _together(areas: pd.DataFrame, months: pd.DataFrame) -> tuple[float, float]:
    """Return the least and the most of all areas that have a base; nan: not known.

    They are all areas less those without a base, and the sum of what is told of each.
    Of a withheld count the least is nothing, and the most is not known.
    """
    has_base = areas["base_count"].notna()
    team, others = spans(months), spans(areas[~has_base])
    each = spans(areas[has_base])
    least = np.fmax(
        team["least"].sum() - others["most"].sum(skipna=False), each["least"].sum()
    )
    most = np.fmin(
        team["most"].sum(skipna=False) - others["least"].sum(),
        each["most"].sum(skipna=False),
    )
    return float(least), float(most)
