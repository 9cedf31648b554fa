"""How soon and how often a post is watched, and videos beside the rest (MEASURES B6).

Figures of a post are known when an export was made. Between two exports they are taken
to grow evenly, and only told when the two are close enough.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from wijkbeeld.measures import resampling
from wijkbeeld.measures.months import Floats

FEWEST = 6
"""Posts in each arm; with fewer, both lists of values are the answer."""
WIDEST_H = 24.0
"""Hours between two exports beyond which nothing is said of what lies between."""
_MATURE_H = (13 * 24.0, 16 * 24.0)
TWO_WEEKS_H = 14 * 24.0


class At(NamedTuple):
    """A figure at a moment, or between what it lies."""

    estimate: float
    lower: float
    upper: float


class Comparison(NamedTuple):
    """Videos against static posts."""

    ratio: float
    """Of the geometric means."""
    lower: float
    upper: float
    statistic: float
    """Of Mann and Whitney."""
    p_value: float
    chance_higher: float
    """That a random video has more than a random static post."""
    has_zeros: bool
    """One was added to all, since a logarithm of none does not exist."""


def views_at(hours: Floats, views: Floats, at: float) -> At:
    """Return the views so many hours after publication.

    Args:
        hours: Since publication, of each export, in order.
        views: As they then stood.
        at: Hours since publication.
    """
    place = int(np.searchsorted(hours, at))
    if place < len(hours) and hours[place] == at:
        return At(*[float(views[place])] * 3)
    lower = float(views[place - 1]) if place > 0 else 0.0
    if place == len(hours):
        return At(np.nan, lower, np.nan)
    upper = float(views[place])
    if place == 0 or hours[place] - hours[place - 1] > WIDEST_H:
        return At(np.nan, lower, upper)
    return At(float(np.interp(at, hours, views)), lower, upper)


def hours_to_half(hours: Floats, views: Floats) -> tuple[float, bool]:
    """Return when half of the views of the first fortnight were there.

    Args:
        hours: Since publication, of each export, in order.
        views: As they then stood.

    Returns:
        The hours, and whether that was seen; else the post was followed so long only.
    """
    mature = np.flatnonzero((hours >= _MATURE_H[0]) & (hours <= _MATURE_H[1]))
    if not len(mature):
        return (float(hours[-1]) if len(hours) else 0.0), False
    whole = mature[np.abs(hours[mature] - TWO_WEEKS_H).argmin()]
    until = slice(None, int(whole) + 1)
    half = views[whole] / 2
    grown = np.maximum.accumulate(views[until])
    first = int(np.searchsorted(grown, half))
    if first == 0:
        return float(hours[0]), True
    step = (half - grown[first - 1]) / (grown[first] - grown[first - 1])
    return float(hours[first - 1] + step * (hours[first] - hours[first - 1])), True


def compare(videos: Floats, static: Floats) -> Comparison:
    """Set the views of videos beside those of static posts.

    Args:
        videos: Views per post, one or more.
        static: Likewise.
    """
    has_zeros = bool((videos <= 0).any() or (static <= 0).any())
    logs = [np.log(values + has_zeros) for values in (videos, static)]
    drawn = [
        resampling.draws(len(values), arm=arm) @ values.astype(np.float32) / len(values)
        for arm, values in enumerate(logs)
    ]
    lower, upper = np.exp(resampling.ends(drawn[0] - drawn[1]))
    test = stats.mannwhitneyu(videos, static, method="auto")
    return Comparison(
        float(np.exp(logs[0].mean() - logs[1].mean())),
        float(lower),
        float(upper),
        float(test.statistic),
        float(test.pvalue),
        float(test.statistic / (len(videos) * len(static))),
        has_zeros,
    )


def increments(snapshots: pd.DataFrame, value: str = "views") -> pd.DataFrame:
    """Return how much a figure grew between exports, and over how long (MEASURES B5).

    Args:
        snapshots: ``hours`` and the figure, of one post.
        value: Column of the figure.
    """
    ordered = snapshots.sort_values("hours")
    hours = ordered["hours"].diff()
    return ordered.assign(
        growth=ordered[value].diff(),
        gap_hours=hours,
        is_day=hours <= 36,  # noqa: PLR2004 - MEASURES B5
        is_revision=ordered[value].diff() < 0,
    ).iloc[1:]
