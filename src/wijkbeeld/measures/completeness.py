"""Months and offence codes that were not delivered, though they read as zero.

Implements MEASURES A13, but for breaks: a month in which nothing happened by no
chance at all, a code that is always zero, a total that is too low to be true, and how
much of a month is still to come.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from wijkbeeld.measures.months import YEAR, Floats, grid_of, summed

Flags = npt.NDArray[np.bool_]

LEAST_CHANCE_OF_ZERO = 1e-4
LEAST_POSITION = 0.0005
BASE_REACH = 15
"""The twelve base months are the latest complete ones of the last fifteen."""
DISPERSION_REACH, DISPERSION_MINIMUM = 24, 12
LEAST_RATIO = 1.0005
LEAST_EXPECTED_OF_CODE = 12
ALWAYS_ZERO_MONTHS = 24

MISSING = "missing"
MISSING_CODE = "missing_code"
POSSIBLY_INCOMPLETE = "possibly_incomplete"
COLUMNS = [
    "source", "offence_code", "month", "flag", "expected_count", "p_zero", "position",
]  # fmt: skip


class Looked(NamedTuple):
    """What the months before a month say of it; null where they are too few."""

    expected: Floats
    p_zero: Floats
    """The chance that nothing happens in the month."""
    position: Floats
    """The mid-p position of the count, 0 to 1."""
    is_missing: Flags
    is_low: Flags


def gaps(months: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    """Find what was not delivered.

    Args:
        months: Of the team: ``source``, ``offence_code``, ``month`` (first day),
            ``crime_count`` (null where nothing is known) and ``is_incomplete``.
        around: Of a larger area: ``offence_code``, ``month`` and ``crime_count``. It
            may be empty.

    Returns:
        One row per gap: ``source``, ``offence_code`` (null is the whole month),
        ``month``, ``flag``, and what it rests on: ``expected_count``, ``p_zero``,
        ``position``. A month that is missing as a whole is not repeated per offence.
    """
    found = [
        _of_source(part, around).assign(source=source)
        for source, part in months.groupby("source", sort=True)
    ]
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(found, ignore_index=True)[COLUMNS]


def look(counts: Floats, is_complete: Flags) -> Looked:
    """Hold each month against the twelve complete ones before it.

    ``P0 = phi ** (-mu / (phi - 1))`` is the chance of zero of a negative binomial
    with mean ``mu`` and ``phi`` times the variance of Poisson counts. What is flagged
    is no base for the months after it.

    Args:
        counts: Series by months without a gap, null where nothing is known.
        is_complete: Per month; one that is not is only looked at for zeros.
    """
    accepted = counts.copy()
    expected, p_zero, position, excess = (np.full(counts.shape, np.nan) for _ in "1234")
    is_missing, is_low = (np.zeros(counts.shape, bool) for _ in "12")
    for at in range(counts.shape[1]):
        mean = _mean_before(accepted, at)
        ratio = _ratio_before(excess, expected, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = mean / (ratio - 1)
            p_zero[:, at] = np.exp(-size * np.log(ratio))
            position[:, at] = _position(counts[:, at], size, 1 / ratio)
            is_missing[:, at] = (counts[:, at] == 0) & (
                p_zero[:, at] <= LEAST_CHANCE_OF_ZERO
            )
            is_low[:, at] = (
                (position[:, at] <= LEAST_POSITION)
                & is_complete[at]
                & ~is_missing[:, at]
            )
        gone = is_missing[:, at] | is_low[:, at] | ~is_complete[at]
        accepted[gone, at] = np.nan
        expected[:, at] = mean
        excess[:, at] = (accepted[:, at] - mean) ** 2
    return Looked(expected, p_zero, position, is_missing, is_low)


def zero_codes(counts: Floats, around: Floats) -> tuple[Flags, Floats]:
    """Find the offences of which nothing is registered, though it must have been.

    An offence is expected as often as it is among all crimes of the larger area.

    Args:
        counts: Offences by months, null where nothing is known.
        around: The same of the larger area, null where there is none.

    Returns:
        The months that lie in twelve without any, while twelve were expected; where
        there is no larger area, those of an offence that was zero in all months, if
        they are 24. And how many were expected in the twelve months up to each.
    """
    ours, theirs = np.nansum(counts, axis=0), np.nansum(around, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = around * np.where(theirs > 0, ours / theirs, np.nan)
    expected_of_year, count_of_year = summed(expected, YEAR), summed(counts, YEAR)
    ends = (count_of_year == 0) & (expected_of_year >= LEAST_EXPECTED_OF_CODE)
    found = np.zeros(counts.shape, bool)
    for back in range(min(YEAR, counts.shape[1])):
        found[:, : counts.shape[1] - back] |= ends[:, back:]
    is_alone = np.isnan(around).all(axis=1)
    known = (~np.isnan(counts)).sum(axis=1)
    never = is_alone & (known >= ALWAYS_ZERO_MONTHS) & (np.nansum(counts, axis=1) == 0)
    return found | (never[:, None] & ~np.isnan(counts)), expected_of_year


def _of_source(months: pd.DataFrame, around: pd.DataFrame) -> pd.DataFrame:
    grid = grid_of(months, "offence_code")
    first = pd.to_datetime(months["month"]).min()
    every = pd.date_range(first, periods=grid.counts.shape[1], freq="MS")
    complete = np.ones(len(every), bool)
    complete[grid.columns[months["is_incomplete"].to_numpy(bool)]] = False

    known = ~np.isnan(grid.counts)
    is_absent = ~known.any(axis=0)
    total = np.where(is_absent, np.nan, np.nansum(grid.counts, axis=0))
    whole = look(total[None], complete)
    is_gone = whole.is_missing[0] | is_absent
    counts = np.where(is_gone, np.nan, grid.counts)
    single = look(counts, complete)
    area = (
        around[around["offence_code"].isin(grid.areas)]
        .pivot_table(
            index="offence_code", columns="month", values="crime_count", aggfunc="sum"
        )
        .reindex(index=grid.areas, columns=every)
        .to_numpy(float)
    )
    is_code, of_year = zero_codes(np.where(single.is_missing, np.nan, counts), area)

    codes = np.array([None, *grid.areas], dtype=object)
    stacked = (np.vstack([whole[at], single[at]]) for at in range(3))
    expected, p_zero, position = stacked
    nowhere = np.zeros((1, len(every)), bool)
    flags = {
        MISSING: np.vstack([is_gone[None], single.is_missing]),
        POSSIBLY_INCOMPLETE: np.vstack([whole.is_low, nowhere.repeat(len(counts), 0)]),
        MISSING_CODE: np.vstack([nowhere, is_code & ~single.is_missing]),
    }
    monthly = np.vstack([expected[:1], of_year / YEAR])
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "offence_code": codes[row],
                    "month": every[column],
                    "flag": flag,
                    "expected_count": (monthly if flag == MISSING_CODE else expected)[
                        row, column
                    ],
                    "p_zero": p_zero[row, column],
                    "position": position[row, column],
                }
            )
            for flag, where in flags.items()
            for row, column in [np.nonzero(where)]
        ],
        ignore_index=True,
    )


def _mean_before(counts: Floats, at: int) -> Floats:
    """Return the mean of the twelve latest known of the fifteen months before."""
    window = counts[:, max(0, at - BASE_REACH) : at]
    known = ~np.isnan(window)
    latest = known & (np.cumsum(known[:, ::-1], axis=1)[:, ::-1] <= YEAR)
    sums = np.where(latest, window, 0).sum(axis=1)
    return np.where(known.sum(axis=1) >= YEAR, sums / YEAR, np.nan)


def _ratio_before(excess: Floats, expected: Floats, at: int) -> Floats:
    """Return variance over mean of the predictions of the 24 months before."""
    since = max(0, at - DISPERSION_REACH)
    known = ~np.isnan(excess[:, since:at])
    squares = np.where(known, excess[:, since:at], 0).sum(axis=1)
    means = np.where(known, expected[:, since:at], 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.maximum(squares / means, LEAST_RATIO)
    return np.where(known.sum(axis=1) >= DISPERSION_MINIMUM, ratio, np.nan)


def _position(count: Floats, size: Floats, chance: Floats) -> Floats:
    at_most = special.betainc(size, count + 1, chance)
    below = np.where(count < 1, 0, special.betainc(size, np.maximum(count, 1), chance))
    return np.asarray(np.where(np.isnan(count), np.nan, (below + at_most) / 2))
