"""What the months before lead one to expect, and whether a month departs from it.

Implements MEASURES A4 (expected count) and A5 (interval and status).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from wijkbeeld.measures.months import YEAR, grid_of, summed, windows_before

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TAIL = 0.025
_REACH = 1.96
"""Standard deviations from the mean to where a tail of a normal distribution begins."""
BASE_REACH = 15
"""The twelve base months are the latest complete ones of the last fifteen."""
SEASON_YEARS = 3
SEASON_POWER = 0.5
"""Damps the season, part of which is already in the noise of three years."""
DISPERSION_REACH = 24
DISPERSION_MINIMUM = 12
MONTHS_NEEDED = YEAR + DISPERSION_MINIMUM
"""Complete months before the first that can be judged: base months, and as many that
were predicted from theirs."""
LEAST_EXPECTED = 0.5 / YEAR
LEAST_RATIO = 1.0005
FEW_IN_BASE = 6
FEW_NOW = 3

HIGHER = "higher"
LOWER = "lower"
AS_EXPECTED = "as expected"
TOO_FEW = "too few to say"


class Interval(NamedTuple):
    """Where a count lies among what was expected."""

    lower: Floats
    upper: Floats
    position: Floats


class Led(NamedTuple):
    """What the months before each row lead one to expect of it."""

    counts: Floats
    base_counts: Floats
    season: Floats
    dispersion: Floats
    expected: Floats


class Judging(NamedTuple):
    """What is judged, and by what."""

    length: int = 1
    """How many months are judged together, 1 or more."""
    with_season: bool = True
    """Whether the season factor is applied."""


MONTH, THREE_MONTHS = Judging(), Judging(length=3)


def expect_counts(
    months: pd.DataFrame,
    pool: Sequence[str] = ("offence_code",),
    area: str = "buurt_code",
    shown: str | None = None,
    how: Judging = MONTH,
) -> pd.DataFrame:
    """Set each month of each area beside what the months before it predict.

    The expected count is the mean of twelve base months times the root of a season
    factor (MEASURES A4); the interval is a mid-p interval of a negative binomial
    distribution whose dispersion is pooled over all areas at hand (MEASURES A5).
    Nothing after a month, and not its own count, takes part in its expectation.

    When three months are judged together, each row is about their sum, of which its
    own month is the last, and nothing but what lies before the first takes part.

    Args:
        months: The columns named in ``pool`` and ``area``, ``month`` (first day)
            and ``crime_count``, which is null where nothing complete was reported.
            A month of an area occurs once; a month that is absent is null.
        pool: Columns of which each combination has a season and a dispersion.
        area: Column that tells the areas of a pool apart.
        shown: Column that is true for the areas to return; the others only lend
            their season and dispersion. All areas are returned if it is not named.
        how: How many months are judged together, and whether by season.

    Returns:
        The rows to show, in the order of ``months``, with ``judged_count`` (the sum
        that is judged, null if one of its months is), ``base_count`` (over the
        twelve base months), ``season_factor`` (of the month), ``dispersion``,
        ``expected_count``, ``expected_lower``, ``expected_upper``, ``position``
        (the mid-p position of the count, 0 to 1) and ``status``. An estimate is
        null together with its interval.
    """
    keys = [months[column] for column in pool]
    numbers = months.groupby(keys, sort=False).ngroup().to_numpy(np.intp)
    wanted = np.ones(len(months), bool)
    if shown is not None:
        wanted = months[shown].to_numpy(bool)
    led = Led(*(np.full(len(months), np.nan) for _ in Led._fields))
    counted = months[[area, "month", "crime_count"]]
    for which in np.split(
        np.argsort(numbers, kind="stable"), np.bincount(numbers).cumsum()[:-1]
    ):
        for target, values in zip(
            led, _lead(counted.iloc[which], area, how), strict=True
        ):
            target[which] = values
    found = _judged(
        months[wanted], Led(*(values[wanted] for values in led)), how.length
    )
    return found.sort_index()


def interval(
    expected: Floats, dispersion: Floats, counts: Floats, length: int = 1
) -> Interval:
    """Return the mid-p interval around an expected count, and where counts lie.

    The position of ``y`` is ``P(Y < y) + P(Y = y) / 2``; the interval holds every
    ``y`` whose position lies strictly between 0.025 and 0.975. Plain equal tails
    would cover about 98 % of such small counts.

    Args:
        expected: Expected counts.
        dispersion: ``a`` of ``var = mu * (1 + h / 12) + a * mu**2``; the part of
            twelve is the uncertainty of the base.
        counts: What was counted.
        length: ``h``, the months that were counted together.
    """
    mean = np.maximum(expected, length * LEAST_EXPECTED)
    ratio = np.maximum(1 + length / YEAR + dispersion * mean, LEAST_RATIO)
    size, chance = mean / (ratio - 1), 1 / ratio

    def at_most(count: Floats) -> Floats:
        held = special.betainc(size, np.maximum(count, 0) + 1, chance)
        return np.where(count < 0, 0, held)

    position = (at_most(counts - 1) + at_most(counts)) / 2
    # A normal approximation, skewed as the distribution is, is a step or two away.
    spread = _REACH * np.sqrt(mean * ratio)
    lean = (2 * ratio - 1) * (_REACH**2 - 1) / 6
    lower = _first(mean + lean - spread, size, chance, lambda at: at > TAIL)
    higher = _first(mean + lean + spread, size, chance, lambda at: at >= 1 - TAIL)
    return Interval(lower, higher - 1, np.asarray(position))


def _first(
    near: Floats, size: Floats, chance: Floats, is_beyond: Callable[[Floats], Flags]
) -> Floats:
    """Return the smallest negative binomial count whose position is beyond a limit.

    From a count nearby each walks there. On the way a mass follows from the one beside
    it, since the incomplete beta function is dear.
    """
    count = np.maximum(np.floor(near), 0)
    mass = np.exp(
        special.gammaln(count + size)
        - special.gammaln(count + 1)
        - special.gammaln(size)
        + size * np.log(chance)
        + count * np.log1p(-chance)
    )
    below = np.where(count > 0, special.betainc(size, np.maximum(count, 1), chance), 0)
    walking = np.flatnonzero(count > 0)
    while len(walking):
        at, by = count[walking], size[walking]
        less = mass[walking] * at / ((at - 1 + by) * (1 - chance[walking]))
        under = below[walking] - less
        goes = is_beyond(under + less / 2)
        walking, less, under = walking[goes], less[goes], under[goes]
        count[walking] -= 1
        mass[walking], below[walking] = less, under
        walking = walking[count[walking] > 0]
    walking = np.flatnonzero(~is_beyond(below + mass / 2))
    while len(walking):
        at, by = count[walking], size[walking]
        below[walking] += mass[walking]
        mass[walking] *= (at + by) / (at + 1) * (1 - chance[walking])
        count[walking] += 1
        walking = walking[~is_beyond(below[walking] + mass[walking] / 2)]
    return count


def status_of(
    base_counts: Floats, counts: Floats, position: Floats
) -> npt.NDArray[np.object_]:
    """Say how counts stand to what was expected, in the words of MEASURES 0.3."""
    few = (base_counts < FEW_IN_BASE) & (counts < FEW_NOW)
    unknown = np.isnan(base_counts) | np.isnan(counts) | np.isnan(position)
    return np.select(
        [unknown | few, (position >= 1 - TAIL) & (counts >= FEW_NOW), position <= TAIL],
        [TOO_FEW, HIGHER, LOWER],
        AS_EXPECTED,
    ).astype(object)


def _lead(months: pd.DataFrame, area: str, how: Judging) -> Led:
    """Return what the months before lead one to expect, per row of a pool."""
    counts, rows, columns, _ = grid_of(months, area)
    length, with_season = how
    season = _season(counts) if with_season else np.ones(counts.shape[1])
    base_counts = _later(_base(counts), length - 1)
    expected = base_counts / YEAR * summed(season**SEASON_POWER, length)
    counts = summed(counts, length)
    dispersion = _dispersion(counts, expected, length)
    cell = (rows, columns)
    return Led(
        counts[cell],
        base_counts[cell],
        season[columns],
        dispersion[columns],
        expected[cell],
    )


def _judged(months: pd.DataFrame, led: Led, length: int) -> pd.DataFrame:
    """Set each row beside what was expected; all at once, as it is dear to begin."""
    known = ~np.isnan(led.expected) & ~np.isnan(led.dispersion)
    judged = Interval(*(np.full(len(months), np.nan) for _ in Interval._fields))
    for target, values in zip(
        judged,
        interval(led.expected[known], led.dispersion[known], led.counts[known], length),
        strict=True,
    ):
        target[known] = values
    # Where the past is erratic beyond measure (an offence that has only just begun to
    # be registered, say), the interval ends before the expectation: that says nothing.
    known &= led.expected < np.nan_to_num(judged.upper) + 1
    judged = Interval(*(np.where(known, values, np.nan) for values in judged))
    return months.assign(
        judged_count=led.counts,
        base_count=led.base_counts,
        season_factor=led.season,
        dispersion=led.dispersion,
        expected_count=np.where(known, led.expected, np.nan),
        expected_lower=judged.lower,
        expected_upper=judged.upper,
        position=judged.position,
        status=status_of(led.base_counts, led.counts, judged.position),
    )


def _base(counts: Floats) -> Floats:
    """Sum the twelve latest complete months of the fifteen before each month."""
    reach = np.pad(counts, ((0, 0), (BASE_REACH, 0)), constant_values=np.nan)
    sums, found = np.zeros(counts.shape), np.zeros(counts.shape, np.int8)
    # From the month before backwards, until there are twelve.
    for back in range(1, BASE_REACH + 1):
        month = reach[:, BASE_REACH - back : reach.shape[1] - back]
        taken = ~np.isnan(month) & (found < YEAR)
        sums += np.where(taken, month, 0)
        found += taken
    return np.where(found == YEAR, sums, np.nan)


def _season(counts: Floats) -> Floats:
    """Compare the same month of earlier years with the year around it.

    A ratio is taken over the areas that reported all twelve months of that year,
    so that areas that come and go do not look like a season.
    """
    logs = np.full((SEASON_YEARS, counts.shape[1]), np.nan)
    # One year around month j holds j-6 .. j+5: it ends before the month t >= j+12.
    around = _later(summed(counts, YEAR), -(YEAR // 2 - 1))
    reported = ~np.isnan(around)
    month = np.where(reported, counts, 0).sum(axis=0)
    year = np.where(reported, around, 0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(np.where(month > 0, month * YEAR / year, np.nan))
    for back in range(1, SEASON_YEARS + 1):
        logs[back - 1] = _later(ratio, YEAR * back)
    known = ~np.isnan(logs)
    sums = np.where(known, logs, 0).sum(axis=0)
    return np.asarray(np.exp(sums / np.maximum(known.sum(axis=0), 1)))


def _dispersion(counts: Floats, expected: Floats, length: int) -> Floats:
    """Estimate from the 24 months before, by moments, how counts exceed Poisson.

    Of sums over several months, those that end before the first month of the sum.
    """
    excess = (counts - expected) ** 2 - expected * (1 + length / YEAR)
    predicted = ~np.isnan(excess)
    excess_sums = np.where(predicted, excess, 0).sum(axis=0)
    square_sums = np.where(predicted, expected**2, 0).sum(axis=0)
    months_known = predicted.any(axis=0)

    def before(values: Floats) -> Floats:
        windows = windows_before(values, DISPERSION_REACH, 0.0)
        return np.asarray(windows.sum(axis=-1))

    squares = before(square_sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = np.where(
            squares > 0, np.maximum(before(excess_sums) / squares, 0), 0
        )
    enough = before(months_known.astype(float)) >= DISPERSION_MINIMUM
    return _later(np.where(enough, estimate, np.nan), length - 1)


def _later(values: Floats, months: int) -> Floats:
    """Move values to a later month, or earlier if negative; what comes in is null."""
    padding = [(0, 0)] * (values.ndim - 1) + [(max(months, 0), max(-months, 0))]
    padded = np.pad(values, padding, constant_values=np.nan)
    since = max(-months, 0)
    return np.asarray(padded[..., since : since + values.shape[-1]])
