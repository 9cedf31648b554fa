"""How long it takes until something comes, also where it has not come yet.

Kaplan and Meier's curve for many groups at once (MEASURES B8, B9). Who still waits is
censored: in the group at risk until then. What ends in another way than by what is
waited for leaves the group at risk in the same manner, and is to be told apart.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from wijkbeeld.measures.months import Floats, Places

NEARLY = 1e-9
"""Of ten cases the curve may be at .5000000001 where it is a half."""
MEDIAN, NINETIETH = 0.5, 0.1
FEWEST = {MEDIAN: 10, NINETIETH: 30}
"""Observed events, and all cases, below which a quantile is not told."""
_Z = special.ndtri(0.975)

Flags = npt.NDArray[np.bool_]


class Curves(NamedTuple):
    """The curves of all groups, one after the other; a position per time of one."""

    group: Places
    time: Floats
    left: Floats
    """Share that still waits after this time."""
    lower: Floats
    """Ends of its 95 % interval, by the logarithm of its logarithm; null at none."""
    upper: Floats


class Waits(NamedTuple):
    """A quantile per group; null where the curve does not come that low."""

    estimate: Floats
    lower: Floats
    upper: Floats
    """Null when it is open."""


def curves(
    groups: Places, times: Floats, is_seen: Flags, weights: Floats | None = None
) -> Curves:
    """Return how the share that still waits falls, in each group.

    Args:
        groups: Number of the group of each case, from 0.
        times: How long it waited. At the same time, what came precedes who gave up.
        is_seen: Whether it came; else the case is censored.
        weights: How many cases each stands for; one when left out.
    """
    order = np.lexsort((times, groups))
    group, time, seen = groups[order], times[order], is_seen[order]
    weight = np.ones(len(order)) if weights is None else weights[order]
    if not len(group):
        none = np.empty(0)
        return Curves(np.empty(0, np.intp), none, none, none, none)
    is_first = np.ones(len(group), bool)
    is_first[1:] = (group[1:] != group[:-1]) | (time[1:] != time[:-1])
    start = np.flatnonzero(is_first)
    came = np.add.reduceat(seen * weight, start)
    of_group = group[start]
    ends = np.searchsorted(group, of_group, side="right")
    before = np.concatenate([[0], weight.cumsum()])
    at_risk = before[ends] - before[start]
    is_last = came == at_risk
    rest = np.where(is_last, 1, at_risk - came)
    log_left = _within(of_group, np.where(is_last, 0, np.log(rest / at_risk)))
    variance = _within(of_group, np.where(is_last, 0, came / (at_risk * rest)))
    left = np.where(is_last, 0, np.exp(log_left))
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.exp(_Z * np.sqrt(variance) / np.abs(log_left))
        lower, upper = (
            np.where(is_last, np.nan, np.where(log_left < 0, np.exp(log_left * by), 1))
            for by in (power, 1 / power)
        )
    return Curves(of_group, time[start], left, lower, upper)


def quantile(found: Curves, size: int, share: float = MEDIAN) -> Waits:
    """Return when no more than a share still waits, in each of ``size`` groups."""

    def first(values: Floats) -> Floats:
        is_there = np.flatnonzero(values <= share + NEARLY)
        times = np.full(size, np.nan)
        # The earliest is written last.
        times[found.group[is_there][::-1]] = found.time[is_there][::-1]
        return times

    estimate = first(found.left)
    # At none left there is no interval, but then it surely is not later.
    lower = first(np.where(np.isnan(found.lower), found.left, found.lower))
    return Waits(estimate, lower, first(found.upper))


def log_rank(
    groups: Places, times: Floats, is_first: Flags, weights: Floats, size: int
) -> Floats:
    """Return how likely two curves would differ so much by chance (Mantel 1966).

    Args:
        groups: Number of the pair of curves of each case, from 0.
        times: How long it waited; all came.
        is_first: Whether it is of the first of the two curves.
        weights: How many cases each stands for.
        size: Pairs.

    Returns:
        Of each pair the chance; null where one of the two has nothing.
    """
    order = np.lexsort((times, groups))
    group, time, weight = groups[order], times[order], weights[order]
    mine = np.where(is_first[order], weight, 0)
    is_new = np.ones(len(group), bool)
    is_new[1:] = (group[1:] != group[:-1]) | (time[1:] != time[:-1])
    start = np.flatnonzero(is_new)
    if not len(start):
        return np.full(size, np.nan)
    ends = np.searchsorted(group, group[start], side="right")
    all_before, mine_before = (
        np.concatenate([[0], values.cumsum()]) for values in (weight, mine)
    )
    at_risk = all_before[ends] - all_before[start]
    share = (mine_before[ends] - mine_before[start]) / at_risk
    came, of_mine = np.add.reduceat(weight, start), np.add.reduceat(mine, start)
    away = np.bincount(group[start], of_mine - came * share, size)
    rest = (at_risk - came) / np.where(at_risk > 1, at_risk - 1, 1)
    variance = np.bincount(group[start], came * share * (1 - share) * rest, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(stats.chi2.sf(away**2 / variance, 1))


def _within(groups: Places, values: Floats) -> Floats:
    """Add up within each group; groups lie together."""
    total = values.cumsum()
    starts = np.searchsorted(groups, groups, side="left")
    return np.asarray(total - np.concatenate([[0], total])[starts])
