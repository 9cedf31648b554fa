"""How many incidents each buurt gets in each month, before any has a place."""

from functools import cache

import numpy as np
import numpy.typing as npt

from wijkbeeld.demo import effects
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.offences import BURGLARY, CODES, OFFENCES, Offence, level
from wijkbeeld.demo.places import BUURTEN, Buurt
from wijkbeeld.demo.places import CODES as BUURT_CODES

Counts = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float64]

_MONTH_SHOCK = 0.08
"""Standard deviation of what all buurten share in one month (log scale)."""
_CELL_SPREAD = 0.05
"""Overdispersion of a cell beyond Poisson (NB2)."""


@cache
def of_year(seed: int, scale: int, year: int) -> Counts:
    """Return net incidents by offence, calendar month and buurt.

    The burglaries of a year add up to its level exactly, so that published
    totals are met; other offences vary around theirs.
    """
    return np.stack([_of_offence(seed, scale, year, o) for o in OFFENCES])


def of_month(seed: int, scale: int, month: int) -> Counts:
    """Return net incidents registered in a month, by offence and buurt."""
    return of_year(seed, scale, month // 12)[:, month % 12, :]


def _of_offence(seed: int, scale: int, year: int, offence: Offence) -> Counts:
    random = chance(seed, "counts", year, CODES.index(offence.offence_code))
    weights = _expected_shares(offence, year)
    mean = level(offence, year) * scale * weights.sum()
    is_exact = offence.offence_code == BURGLARY
    total = round(mean) if is_exact else random.poisson(mean)
    shock = np.exp(random.normal(0, _MONTH_SHOCK, (12, 1)))
    noise = random.gamma(1 / _CELL_SPREAD, _CELL_SPREAD, weights.shape)
    uneven = weights * shock * noise
    drawn = random.multinomial(total, (uneven / uneven.sum()).ravel())
    return drawn.reshape(weights.shape)


def _expected_shares(offence: Offence, year: int) -> _Weights:
    """Return the share of a year's level per month and buurt, effects included."""
    season = np.array(offence.season)[:, None]
    spread = np.array([_attraction(offence, buurt) for buurt in BUURTEN])[None, :]
    shares = season / season.sum() * spread / spread.sum()
    planted = [
        [
            effects.ratio(offence.offence_code, code, year * 12 + m)
            for code in BUURT_CODES
        ]
        for m in range(12)
    ]
    lowered = shares * np.array(planted)
    # Years of published totals keep them: there an effect only moves incidents.
    kept: _Weights = lowered / lowered.sum()
    return lowered if year > _LAST_PUBLISHED else kept


_LAST_PUBLISHED = 2017


def _attraction(offence: Offence, buurt: Buurt) -> float:
    match offence.spread_over:
        case "dwellings":
            detached = 1 + (60 - buurt.multi_family_pct) / 120
            return buurt.dwellings * detached
        case "inhabitants":
            return buurt.inhabitants
        case "shops":
            return buurt.shops
        case "visitors":
            return buurt.visitors
    return buurt.inhabitants + 120 * buurt.visitors
