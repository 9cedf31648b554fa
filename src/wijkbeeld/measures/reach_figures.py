"""How far posts reach, what they bring about, and how videos do (MEASURES B2 to B6)."""

import numpy as np
import pandas as pd

from wijkbeeld.measures import figure_rows, watching
from wijkbeeld.measures.cases import Span, at_levels, in_windows
from wijkbeeld.measures.months import YEAR

MOVING = ("video", "reel")
_GROWN_H = 14 * 24.0
_COUNTED = ("reach", "reach_per_1000", "interactions")
_LEVELS: dict[str, tuple[str | None, str | None]] = {
    "channel": ("channel", None),
    "channel_theme": ("channel", "theme"),
    "channel_format": ("channel", "format"),
}


def measure(posts: pd.DataFrame, inhabitants: float, span: Span) -> pd.DataFrame:
    """Return the figures of reach.

    Args:
        posts: ``channel``, ``post_id``, ``theme``, ``format``, ``month``, ``reach`` and
            ``interactions`` (null where a part of them was not offered).
        inhabitants: Of the area; null when unknown.
        span: Months of the posts, and which of them are told.
    """
    ordered = posts.sort_values(["channel", "post_id"], ignore_index=True)
    ordered["reach_per_1000"] = 1000 * ordered["reach"] / inhabitants
    levels = _LEVELS | {"all": (None, None)}
    # Each row is copied once for each level.
    counted = ordered[["channel", "theme", "format", "month", *_COUNTED]]
    rows = in_windows(at_levels(counted, levels), span, is_told=_is_told)
    of_channels = rows.only(rows.rows["level"] != "all").told(
        lambda windows: (
            _is_told(windows) & (windows["month"] > span.last - YEAR)
            | (windows["level"] == "channel") & (windows["month_count"] == 1)
        )
    )
    return figure_rows.together(
        "reach",
        [
            *figure_rows.each(
                rows,
                lambda each: figure_rows.bounds(each, "reach", "reach"),
                lambda each: figure_rows.bounds(
                    each, "reach_per_1000", "reach_per_1000"
                ),
            ),
            *figure_rows.each(
                of_channels,
                lambda each: figure_rows.ratio(
                    each, "engagement_rate", "interactions", "reach"
                ),
            ),
        ],
    )


def _is_told(windows: pd.DataFrame) -> pd.Series:
    """Tell whether there can be enough: by theme and form not in a month."""
    return (windows["month_count"] == YEAR) | windows["level"].isin(["all", "channel"])


def videos(posts: pd.DataFrame, snapshots: pd.DataFrame) -> pd.DataFrame:
    """Return how much more, and how much sooner, videos are watched than the rest.

    Of the twelve months up to the newest post, within a channel and one definition,
    over all themes and within each, without posts that were paid for, as far as an
    export tells. It is a comparison, not an effect.

    Args:
        posts: As for ``measure``, with ``views_since``: the day since which the
            channel counts views as it does now, and ``is_paid``, null when not told.
        snapshots: ``channel``, ``post_id``, ``hours`` since publication and ``views``,
            null where that was not offered.
    """
    if posts.empty:
        return figure_rows.together("video", [])
    last = posts["month"].max()
    since = pd.to_datetime(posts["views_since"]).fillna(pd.Timestamp(0))
    recent = posts[
        (posts["month"] > last - YEAR)
        & posts["format"].notna()
        & (posts["published_at"] >= since)
        & ~posts["is_paid"].eq(True).fillna(value=False)  # not told is kept
    ]
    per_post = _per_post(snapshots.merge(recent[["channel", "post_id"]]))
    known = recent.merge(per_post, on=["channel", "post_id"]).sort_values(
        ["channel", "post_id"]
    )
    known = known.assign(is_video=known["format"].isin(MOVING))
    levels = {level: _LEVELS[level] for level in ("channel", "channel_theme")}
    rows = at_levels(known, levels)
    found: list[pd.DataFrame] = []
    for (level, channel, part), group in rows.groupby(["level", "subject", "part"]):
        about = {
            "level": level, "subject": channel, "part": part, "month": last,
            "month_count": YEAR,
        }  # fmt: skip
        found.append(pd.DataFrame(_compared(group, about)))
    is_half = (rows["level"] == "channel") & rows["half_hours"].notna()
    halves = rows[is_half].assign(
        part=np.where(rows.loc[is_half, "is_video"], "video", "static"), month=last
    )
    found += figure_rows.each(
        in_windows(halves, Span(last - YEAR + 1, last, frozenset([last])), (YEAR,)),
        lambda each: figure_rows.waits(
            each, "half_views_hours", "half_hours", "is_half_seen"
        ),
    )
    return figure_rows.together("video", found)


def _per_post(snapshots: pd.DataFrame) -> pd.DataFrame:
    post = ["channel", "post_id"]
    told = snapshots.dropna(subset=["hours", "views"]).sort_values([*post, "hours"])
    told = told.astype({"hours": float, "views": float})
    newest = told.groupby(post)[["hours", "views"]].last()
    half = watching.hours_to_half(told, post)
    return pd.DataFrame(
        {
            "views_now": newest["views"].where(newest["hours"] >= _GROWN_H),
            "views_24h": watching.views_at(told, post, 24)["estimate"],
            "views_48h": watching.views_at(told, post, 48)["estimate"],
            "half_hours": half["hours"],
            "is_half_seen": half["is_seen"],
        },
        index=newest.index,
    ).reset_index()


def _compared(group: pd.DataFrame, about: dict[str, object]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for name in ("views_now", "views_24h", "views_48h"):
        values = group[["is_video", name]].dropna()
        arms = [values.loc[values["is_video"] == side, name] for side in (True, False)]
        counts = {
            "event_count": float(len(arms[0])), "base_count": float(len(values)),
            "unknown_count": float(len(group) - len(values)),
        }  # fmt: skip
        is_few = min(map(len, arms)) < watching.FEWEST
        row = about | counts | {"is_too_few": is_few, "interval_kind": "confidence"}
        if is_few:
            found.append(row | {"measure": f"video_ratio_{name}"})
            continue
        said = watching.compare(*(arm.to_numpy(float) for arm in arms))
        ratio = (said.ratio, said.lower, said.upper)
        keys = ("figure_estimate", "figure_lower", "figure_upper")
        found.append(
            row
            | {"measure": f"video_ratio_{name}"}
            | dict(zip(keys, ratio, strict=True))
            | {"note": f"p={said.p_value:.5f} auc={said.chance_higher:.4f}"}
        )
    return found
