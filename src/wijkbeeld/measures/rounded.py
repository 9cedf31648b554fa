"""What can be said of counts that are published in whole fives (MEASURES E.4).

Everything here is made of the published figures: a 10 stands for 8 to 12, *fewer than
5* for 1 to 4. What follows from them is as wide as that, and then as wide as chance.
"""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wijkbeeld.measures import rates

FIVE = 5
_OFF = 2
_SMALL = (1, 4)
_LEAST_BASE = {"dwellings": 200, "inhabitants": 500}
"""Fewer than these is no ground for a rate (MEASURES 0.4)."""

Word = Literal["more", "about as many", "fewer"]


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
    published ones can stand for, and chance does not explain it.

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
        else "about as many"
        for lower, upper in zip(areas["rate_lower"], areas["rate_upper"], strict=True)
    ]
