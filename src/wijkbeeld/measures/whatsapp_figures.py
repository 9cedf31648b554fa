"""What the messages to the groups reach, and what comes back (MEASURES B8)."""

import pandas as pd

from wijkbeeld.measures import figure_rows
from wijkbeeld.measures.cases import Span, at_levels, in_windows

APPEAL = "getuigenoproep"
LONGEST_WAIT = 120
SETTLED_DAYS = 90


def measure(messages: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return the figures of the WhatsApp groups.

    Args:
        messages: One row per message: ``message_id``, ``kind``, ``month``,
            ``age_days`` up to the newest (``SETTLED_DAYS`` at most), ``has_prefix``,
            ``group_count`` that got it and ``active_group_count``, ``reply_count``,
            ``tip_count``, ``member_count`` of its groups, ``first_reply_minutes`` and
            ``is_solved_by_tip``; and between which shares of all dwellings the areas of
            its groups hold, ``dwelling_share_lower`` and ``dwelling_share_upper`` (null
            when an area is not known).
        span: Months of the messages, and which of them are told.
    """
    is_appeal = messages["kind"].eq(APPEAL)
    is_settled = messages["age_days"] >= SETTLED_DAYS
    known = messages.assign(
        is_solved=messages["is_solved_by_tip"].where(is_settled),
        appeal_count=1.0,
        thousand_members=messages["member_count"] / 1000,
        wait=_wait(messages),
        is_answered=messages["first_reply_minutes"]
        .le(LONGEST_WAIT)
        .fillna(value=False),
    )
    rows = in_windows(
        at_levels(known, {"all": (None, None), "kind": (None, "kind")}),
        span,
    )
    appeals = in_windows(at_levels(known[is_appeal], {"all": (None, None)}), span)
    return figure_rows.together(
        "whatsapp",
        [
            *figure_rows.each(
                rows,
                lambda each: figure_rows.shares(each, "prefix_share", "has_prefix"),
                lambda each: figure_rows.share_of_known(
                    each, "groups_reached_share", "group_count", "active_group_count"
                ),
            ),
            *figure_rows.each(
                appeals,
                lambda each: figure_rows.rate(
                    each, "replies_per_appeal", "reply_count", "appeal_count"
                ),
                lambda each: figure_rows.rate(
                    each, "tips_per_appeal", "tip_count", "appeal_count"
                ),
                lambda each: figure_rows.rate(
                    each, "tips_per_1000_members", "tip_count", "thousand_members"
                ),
                lambda each: figure_rows.waits(
                    each, "first_reply_minutes", "wait", "is_answered"
                ),
                lambda each: figure_rows.shares(each, "solved_share", "is_solved"),
                lambda each: figure_rows.mean_bounds(
                    each,
                    "dwellings_reached_share",
                    "dwelling_share_lower",
                    "dwelling_share_upper",
                ),
            ),
        ],
    )


def _wait(messages: pd.DataFrame) -> pd.Series:
    """Return how long each message waited; null where nobody counted."""
    minutes = messages["first_reply_minutes"].astype(float).clip(upper=LONGEST_WAIT)
    is_silent = messages["reply_count"].eq(0) & minutes.isna()
    return minutes.mask(is_silent.fillna(value=False), float(LONGEST_WAIT))
