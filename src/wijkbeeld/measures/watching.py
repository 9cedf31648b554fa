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


def views_at(snapshots: pd.DataFrame, post: list[str], at: float) -> pd.DataFrame:
    """Return the views of each post so many hours after publication.

    Args:
        snapshots: ``hours`` since publication and ``views`` of each export, in order.
        post: Columns that say of which post.
        at: Hours since publication.

    Returns:
        By post ``estimate``, or between what it lies: ``lower`` and ``upper``.
    """
    whole = snapshots.groupby(post).size().index
    before, after = (
        side.groupby(post)[["hours", "views"]].nth(place).join(side[post])
        for side, place in (
            (snapshots[snapshots["hours"] <= at], -1),
            (snapshots[snapshots["hours"] >= at], 0),
        )
    )
    before, after = (side.set_index(post).reindex(whole) for side in (before, after))
    gap = after["hours"] - before["hours"]
    step = (at - before["hours"]) / gap.where(gap > 0, 1)
    between = before["views"] + (after["views"] - before["views"]) * step
    return pd.DataFrame(
        {
            "estimate": between.where(gap <= WIDEST_H),
            "lower": before["views"].fillna(0),
            "upper": after["views"],
        }
    )


def hours_to_half(snapshots: pd.DataFrame, post: list[str]) -> pd.DataFrame:
    """Return when half of the views of the first fortnight of each post were there.

    Args:
        snapshots: ``hours`` since publication and ``views`` of each export, in order.
        post: Columns that say of which post.

    Returns:
        By post ``hours``, and whether that ``is_seen``; else the post was followed so
        long only. Null where the exports around it lie too far apart to say, or none
        was made when the fortnight was over.
    """
    followed = snapshots.groupby(post)["hours"].last().to_frame()
    mature = snapshots[snapshots["hours"].between(*_MATURE_H)]
    away = (mature["hours"] - TWO_WEEKS_H).abs()
    whole = mature.assign(away=away).sort_values([*post, "away"], kind="stable")
    whole = whole.groupby(post)[["hours", "views"]].first()
    grown = snapshots.join(whole.add_prefix("whole_"), on=post, how="inner")
    grown = grown[grown["hours"] <= grown["whole_hours"]]
    by_post = grown.groupby(post)
    grown = grown.assign(
        most=by_post["views"].cummax(),
        first_hours=by_post["hours"].shift(fill_value=0),
    )
    # A post begins with nobody having seen it.
    grown["first_most"] = grown.groupby(post)["most"].shift(fill_value=0)
    half = grown["whole_views"] / 2
    step = (half - grown["first_most"]) / (grown["most"] - grown["first_most"])
    passed = grown["first_hours"] + step * (grown["hours"] - grown["first_hours"])
    passed = passed.fillna(grown["hours"])
    is_close = grown["hours"] - grown["first_hours"] <= WIDEST_H
    reached = grown.assign(reached=passed, is_close=is_close)[grown["most"] >= half]
    seen = reached.groupby(post)[["reached", "is_close"]].first()
    seen = seen.reindex(followed.index)
    is_seen = seen["is_close"].eq(True)
    is_young = seen["reached"].isna() & (followed["hours"] < _MATURE_H[0])
    return followed.assign(
        hours=seen["reached"].where(is_seen, followed["hours"].where(is_young)),
        is_seen=is_seen,
    )


def compare(videos: Floats, static: Floats) -> Comparison:
    """Set the views of videos beside those of static posts.

    Args:
        videos: Views per post, one or more.
        static: Likewise.
    """
    has_zeros = bool((videos <= 0).any() or (static <= 0).any())
    logs = [np.log(values + has_zeros) for values in (videos, static)]
    drawn = [
        resampling.sums(values[:, None], arm=arm)[:, 0] / len(values)
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
