"""Reads ``marts.rpt_engagement``, ``rpt_outlets`` and ``rpt_audience``."""

from collections.abc import Sequence

import pandas as pd

from dashboards.queries.publication import fetch, tables
from wijkbeeld.local_time import ZONE_NAME

TABLES = frozenset({"rpt_engagement", "rpt_outlets", "rpt_audience"})
_FIGURES = (
    "select topic, measure, level, subject, part, month, month_count, "
    "figure_estimate, figure_lower, figure_upper, interval_kind, event_count, "
    "base_count, unknown_count, is_too_few, note from marts.rpt_engagement "
)


def is_there() -> bool:
    """Tell whether the file of this role holds these figures."""
    return tables() >= TABLES


def of(topic: str, month: pd.Timestamp, month_count: int = 12) -> pd.DataFrame:
    """Return the figures of a topic over a window of months."""
    return fetch(
        _FIGURES + "where topic = ? and month = ? and month_count = ? "
        "order by measure, level, subject, part",
        topic,
        month,
        month_count,
    )


def latest(topic: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return the newest year of figures that ended in a month, or before it."""
    return fetch(
        _FIGURES + "where topic = ? and month_count = 12 and month <= ? "
        "qualify month = max(month) over () order by measure, level, subject, part",
        topic,
        month,
    )


def latest_of(topics: Sequence[str], month: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Return the newest year of figures of each topic."""
    return {topic: latest(topic, month) for topic in topics}


def of_team(team: str) -> pd.DataFrame:
    """Return the figures of one watch team month by month."""
    return fetch(
        _FIGURES + "where topic = 'watch' and level = 'team' "
        "and month_count = 1 and part is null and subject = ? order by measure, month",
        team,
    )


def outlets(month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per channel over the twelve months up to a month.

    Reach is only known between the largest and the sum. Nothing is added up over
    channels.
    """
    return fetch(
        "select channel, count(*) as item_count, "  # noqa: S608 - ours
        f"{_summed('copies_delivered')}, {_summed('page_view_count')}, "
        f"{_summed('views')}, {_summed('impressions')}, "
        "sum(attendance_count) as attendance_count, "
        "bool_or(is_attendance_lower_bound) or count(attendance_count) "
        "between 1 and count(*) - 1 as is_attendance_lower_bound, "
        "max(reach) as reach_lower, "
        "case when count(reach) = count(*) then sum(reach) end as reach_upper "
        "from marts.rpt_outlets "
        "where month <= ? and month > cast(? as timestamp) - interval 12 month "
        "group by channel order by item_count desc, channel",
        month,
        month,
    )


def _summed(column: str) -> str:
    """Return SQL of a sum, and whether there is more, since not all items told."""
    return (
        f"sum({column}) as {column}, "
        f"count({column}) between 1 and count(*) - 1 as is_{column}_lower_bound"
    )


def audience() -> pd.DataFrame:
    """Return one row per buurt where people live, by name."""
    return fetch(
        "select buurt_name, audience.inhabitant_count, "
        "inhabitant_0_to_14_count, inhabitant_15_to_24_count, "
        "inhabitant_65_plus_count, audience.dwelling_count, whatsapp_group_count, "
        "covered_share_lower, covered_share_upper, article_count, "
        "copies_per_1000_dwellings, team_count "
        "from marts.rpt_audience as audience "
        "join marts.dim_buurten using (buurt_code) where is_residential "
        "order by buurt_name"
    )


def growth(channel: str, month: pd.Timestamp) -> pd.DataFrame:
    """Return how the views of the best seen posts grew between exports.

    Of the month and the two before it, because the newest posts were exported once. X
    offers impressions instead.
    """
    return fetch(
        "with grown as (select post_id, published_at, previous_exported_on, "
        "exported_on, hours_since_published / 24 as days_to, "
        "coalesce(views_growth_per_day, impressions_growth_per_day) as per_day, "
        "coalesce(views, impressions) as figure from marts.fct_post_snapshots "
        "where channel = ? and date_trunc('month', timezone(?, "
        "timezone('UTC', published_at))) between cast(? as timestamp) "
        "- interval 2 month and ?), "
        "best as (select post_id, max(figure) as most from grown group by post_id "
        "having count(per_day) > 0 order by most desc, post_id limit 6) "
        "select post_id, published_at, previous_exported_on, exported_on, days_to, "
        "per_day, figure, most, days_to "
        "- date_diff('second', previous_exported_on, exported_on) / 86400.0 "
        "as days_from from grown join best using (post_id) "
        "where per_day is not null order by most desc, post_id, exported_on",
        channel,
        ZONE_NAME,
        month,
        month,
    )
