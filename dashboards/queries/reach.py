"""Reads ``marts.rpt_reach`` and, where the role has it, ``marts.fct_posts``."""

import pandas as pd

from dashboards.queries.publication import fetch
from wijkbeeld.local_time import ZONE_NAME

MOST_REACH = (
    "case when sum(reach_reported_post_count) = sum(post_count) "
    "then sum(reach_sum_upper) end"
)
"""SQL of the accounts reached at most; null when a post did not tell its reach."""


_COUNTED = ", ".join(
    f"sum({name}_sum) as {name}, bool_or(is_{name}_lower_bound) as {name}_is_least"
    for name in ("views", "impressions", "engagement")
)
"""SQL of what adds up, and whether there is more, since a post did not tell it."""


def channels() -> list[str]:
    """Return the channels that were delivered."""
    frame = fetch("select distinct channel from marts.rpt_reach order by 1")
    return frame["channel"].tolist()


def months(channel: str) -> list[pd.Timestamp]:
    """Return the months with posts, newest first."""
    frame = fetch(
        "select distinct month from marts.rpt_reach where channel = ? order by 1 desc",
        channel,
    )
    return frame["month"].tolist()


def by_month(channel: str) -> pd.DataFrame:
    """Return one row per month, oldest first.

    Reach may not be added, since one account can see two posts: between the largest
    and the sum is all that is known. Views and impressions each add up.
    """
    return fetch(
        "select month, sum(post_count) as post_count, "  # noqa: S608 - ours
        f"max(reach_max_lower) as reach_lower, {MOST_REACH} as reach_upper, {_COUNTED} "
        "from marts.rpt_reach where channel = ? group by month order by month",
        channel,
    )


def by_format(channel: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per format in the month, most posts first."""
    return fetch(
        "select format, sum(post_count) as post_count, "  # noqa: S608 - ours
        f"max(reach_max_lower) as reach_lower, {MOST_REACH} as reach_upper, {_COUNTED} "
        "from marts.rpt_reach "
        "where channel = ? and month = ? group by format order by post_count desc",
        channel,
        month,
    )


def breaks(channel: str) -> pd.DataFrame:
    """Return since when a figure of the channel has another meaning, oldest first."""
    return fetch(
        "select metric, valid_from, definition_nl, definition_en "
        "from marts.dim_metric_definitions where channel = ? and is_break and "
        "metric in ('reach', 'views', 'impressions') order by valid_from, metric",
        channel,
    )


def posts(channel: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the posts of the local month, newest first; texts as they were sent.

    Replies are left out, as they are of the figures.
    """
    return fetch(
        "select published_at, format, theme, caption, reach, views, impressions, "
        "engagement_count from marts.fct_posts "
        "where channel = ? and is_reply is not true and date_trunc("
        "'month', timezone(?, timezone('UTC', published_at))) = ? "
        "order by published_at desc",
        channel,
        ZONE_NAME,
        month,
    )


def inhabitants() -> float:
    """Return the inhabitants of the buurten; null when one of them is unknown."""
    frame = fetch(
        "select case when count(*) = count(inhabitant_count) "
        "then sum(inhabitant_count) end as inhabitants from marts.dim_buurten "
        "where is_residential"
    )
    return frame["inhabitants"].iloc[0]
