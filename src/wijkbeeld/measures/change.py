"""How a year compares with the year before, and how sure that is.

Implements MEASURES A6 (a): the noise of the total is taken from the twelve pairs of
equal calendar months, so that the season does not count as noise.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from wijkbeeld.measures.months import YEAR, Floats, grid_of, summed, windows_before

TAIL = 0.025
AREAS_AT_ONCE = 1_000
"""The windows of so many areas are laid out at once."""


class Change(NamedTuple):
    """The ratio of a year to the year before, with its 95 % interval."""

    ratio: Floats
    lower: Floats
    upper: Floats
    noise: Floats
    """How often the variance of Poisson counts, at least 1."""


def year_on_year(
    months: pd.DataFrame,
    pool: Sequence[str] = ("offence_code",),
    area: str = "buurt_code",
) -> pd.DataFrame:
    """Set the twelve months up to each month beside the twelve before them.

    Args:
        months: The columns named in ``pool`` and ``area``, ``month`` (first day)
            and ``crime_count``, null where nothing complete was reported.
        pool: Columns that part what may not be compared.
        area: Column that tells the areas of a pool apart.

    Returns:
        ``months`` with ``count_12_months``, ``count_12_months_before``,
        ``change_ratio``, ``change_lower`` and ``change_upper``. All are null where
        one of the months is; the ratio and its interval also where both years have
        nothing. From nothing to something has a lower bound and no ratio.
    """
    columns = [*pool, area]
    numbers = months.groupby(columns, sort=False).ngroup()
    grid = grid_of(months.assign(series=numbers), "series")
    now = summed(grid.counts, YEAR)
    before = np.full(now.shape, np.nan)
    before[:, YEAR:] = now[:, :-YEAR]
    change = _compare(grid.counts, before, now)
    cell = (grid.rows, grid.columns)
    known = ~np.isnan(before[cell])
    return months.assign(
        count_12_months=now[cell],
        count_12_months_before=before[cell],
        change_ratio=np.where(known, change.ratio[cell], np.nan),
        change_lower=np.where(known, change.lower[cell], np.nan),
        change_upper=np.where(known, change.upper[cell], np.nan),
    )


def compare(before: Floats, now: Floats) -> Change:
    """Compare two years, or so many months of them, by their equal calendar months.

    Args:
        before: Per month, of shape (…, months); at least two of them.
        now: The same calendar months of a later year.
    """
    return compare_totals(
        before.sum(axis=-1),
        now.sum(axis=-1),
        noise_between(before, now),
        before.shape[-1],
    )


def noise_between(before: Floats, now: Floats) -> Floats:
    """Return how often the variance of Poisson counts two years have, at least 1."""
    old, new = before.sum(axis=-1), now.sum(axis=-1)
    pairs = before + now
    with np.errstate(divide="ignore", invalid="ignore"):
        share = new / (old + new)
        odd = (now - pairs * share[..., None]) ** 2 / (
            pairs * (share * (1 - share))[..., None]
        )
        # A pair of months without a crime says nothing of noise.
        noise = np.where(pairs > 0, odd, 0).sum(axis=-1) / (before.shape[-1] - 1)
        return np.asarray(np.maximum(1, np.nan_to_num(noise)))


def compare_totals(
    old: Floats, new: Floats, noise: Floats, pairs: int = YEAR
) -> Change:
    """Compare two counts, given a noise and of how many pairs of months it is told."""
    with np.errstate(divide="ignore", invalid="ignore"):
        width = special.stdtrit(pairs - 1, 1 - TAIL) * np.sqrt(
            noise * (1 / old + 1 / new)
        )
        ratio = new / old
        # With a zero on one side, the exact bound of a share of all or of none.
        least = TAIL ** (1 / new)
        none = 1 - TAIL ** (1 / old)
        lower = np.where(
            new == 0, 0, np.where(old == 0, least / (1 - least), ratio / np.exp(width))
        )
        upper = np.where(
            old == 0,
            np.nan,
            np.where(new == 0, none / (1 - none), ratio * np.exp(width)),
        )
        nothing = (old == 0) & (new == 0)
        return Change(
            np.where((old == 0) | nothing, np.nan, ratio),
            np.where(nothing, np.nan, lower),
            np.where(nothing, np.nan, upper),
            noise,
        )


def _compare(counts: Floats, before: Floats, now: Floats) -> Change:
    """Compare the two years up to each month of a grid."""
    padded = np.concatenate([counts, np.full((len(counts), 1), np.nan)], axis=1)
    windows = windows_before(padded, 2 * YEAR)[:, 1:]
    parts = [
        compare(part[..., :YEAR], part[..., YEAR:])
        for part in np.split(windows, range(AREAS_AT_ONCE, len(windows), AREAS_AT_ONCE))
    ]
    known = ~np.isnan(before) & ~np.isnan(now)
    return Change(
        *(
            np.where(known, np.concatenate(values), np.nan)
            for values in zip(*parts, strict=True)
        )
    )
