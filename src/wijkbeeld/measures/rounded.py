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


def spans(counts: pd.Series, reasons: pd.Series) -> pd.DataFrame:
    """Return ``least`` and ``most`` of each exact count; null where it is not told.

    Args:
        counts: In whole fives; null when withheld.
        reasons: Why a count is withheld.
    """
    is_small = reasons.eq("small_count")
    least = (counts - _OFF).where(counts > FIVE, counts)
    most = (counts + _OFF).where(counts > 0, counts)
    return pd.DataFrame(
        {
            "least": least.mask(is_small, _SMALL[0]),
            "most": most.mask(is_small, _SMALL[1]),
        }
    )


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


def per_1000(
    counts: pd.Series, reasons: pd.Series, base_counts: pd.Series, base: str
) -> pd.DataFrame:
    """Return ``rate_lower`` and ``rate_upper`` of each area, with 95 % certainty.

    Args:
        counts: In whole fives; null when withheld.
        reasons: Why a count is withheld; a small one has no rate.
        base_counts: Dwellings or inhabitants.
        base: Which of them: ``dwellings`` or ``inhabitants``.
    """
    span = spans(counts.where(reasons.isna()), reasons.where(reasons.isna()))
    enough = base_counts.where(base_counts >= _LEAST_BASE.get(base, np.inf))
    exposure: NDArray[np.float64] = enough.to_numpy(dtype=float, na_value=np.nan)
    low = rates.exact(span["least"].to_numpy(dtype=float, na_value=np.nan), exposure)
    high = rates.exact(span["most"].to_numpy(dtype=float, na_value=np.nan), exposure)
    return pd.DataFrame(
        {"rate_lower": low.lower, "rate_upper": high.upper}, index=counts.index
    )


def against(
    areas: pd.DataFrame, months: pd.DataFrame, base_count: float
) -> list[Word | None]:
    """Return how each area compares with all of them together, in a word.

    It is *more* or *fewer* only when that holds for every exact count that the
    published ones can stand for, and chance does not explain it. *No difference* is
    that none was shown, not that the area is like the others.

    Args:
        areas: ``rate_lower`` and ``rate_upper`` of a year.
        months: ``crime_count`` and ``reason`` of the twelve months of all areas.
        base_count: Dwellings or inhabitants of all areas.
    """
    span = spans(months["crime_count"], months["reason"])
    if span.isna().any(axis=None) or len(span) == 0 or not base_count > 0:
        return [None] * len(areas)
    least, most = (
        rates.PER * span[end].sum() / base_count for end in ("least", "most")
    )
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
