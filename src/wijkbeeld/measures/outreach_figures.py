"""Ride-along evenings and briefings (MEASURES B11)."""

from dataclasses import replace

import pandas as pd

from wijkbeeld.measures import figure_rows
from wijkbeeld.measures.cases import Span, at_levels, in_windows

MINUTES_WITHIN_DAYS = 10


def of_evenings(posts: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return the figures of ride-along evenings.

    Args:
        posts: One row per post, and one without ``post_no`` of an evening that had
            none: ``evening_id``, ``month``, ``delay_minutes``, ``is_too_soon``,
            ``is_released_late`` (out before it was released) and
            ``is_fully_checked``.
        span: Months of the evenings, and which of them are told.
    """
    ordered = posts.sort_values(["evening_id", "post_no"], ignore_index=True)
    is_first = ~ordered.duplicated("evening_id")
    known = ordered.assign(
        post_count=ordered["post_no"].notna().astype(float),
        evening_count=is_first.astype(float),
        is_seen=True,
    )
    rows = in_windows(at_levels(known, {"all": (None, None)}), span)
    made = rows.only(rows.rows["post_no"].notna())
    return figure_rows.together(
        "ride_along",
        [
            *figure_rows.each(
                rows,
                lambda each: figure_rows.rate(
                    each, "posts_per_evening", "post_count", "evening_count"
                ),
            ),
            *figure_rows.each(
                made,
                lambda each: figure_rows.waits(
                    each, "delay_minutes", "delay_minutes", "is_seen"
                ),
                lambda each: figure_rows.shares(
                    each, "checked_share", "is_fully_checked"
                ),
                lambda each: figure_rows.shares(each, "too_soon_share", "is_too_soon"),
                lambda each: figure_rows.shares(
                    each, "before_release_share", "is_released_late"
                ),
            ),
        ],
    )


def of_briefings(briefings: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return the figures of briefings that were held.

    Args:
        briefings: ``briefing_id``, ``started_date``, ``month``, ``attendance_count``
            (null where some who were there were not counted), ``group_count`` of the
            ``active_group_count`` groups, ``minutes_date`` and ``age_days`` up to the
            newest day in the lists (one more than ``MINUTES_WITHIN_DAYS`` at most).
        span: Months of the briefings, and which of them are told.
    """
    ordered = briefings.sort_values("briefing_id", ignore_index=True)
    days = (ordered["minutes_date"] - ordered["started_date"]).dt.days
    is_settled = days.notna() | (ordered["age_days"] > MINUTES_WITHIN_DAYS)
    known = ordered.assign(
        is_on_time=days.le(MINUTES_WITHIN_DAYS).astype("boolean").where(is_settled)
    )
    rows = in_windows(at_levels(known, {"all": (None, None)}), span)
    found = figure_rows.each(
        rows,
        lambda each: figure_rows.totals(each, "attendance", "attendance_count"),
        lambda each: figure_rows.shares(each, "minutes_on_time_share", "is_on_time"),
    )
    found += figure_rows.each(
        replace(rows, rows=_group_by_group(rows.rows)),
        lambda each: figure_rows.shares(each, "groups_present_share", "is_event"),
    )
    return figure_rows.together("briefing", found)


def of_actions(actions: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return which share of what was promised was done by its date.

    What was dropped by then was no longer due.

    Args:
        actions: One row per action whose date is over: ``status``, ``due_date``,
            ``done_date`` (on which it was done or dropped) and ``month``, that of
            ``due_date``.
        span: Months of the briefings, and which of them are told.
    """
    is_ended = actions["done_date"].le(actions["due_date"])
    is_done = is_ended & actions["status"].eq("done")
    due = actions.assign(is_done=is_done.astype("boolean"))[is_done | ~is_ended]
    rows = in_windows(at_levels(due, {"all": (None, None)}), span)
    return figure_rows.together(
        "briefing",
        figure_rows.each(
            rows,
            lambda each: figure_rows.shares(each, "actions_on_time_share", "is_done"),
        ),
    )


def _group_by_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each group, of those that were there and those that not."""
    counted = rows.dropna(subset=["group_count", "active_group_count"])
    some = counted["group_count"].astype(int)
    rest = (counted["active_group_count"].astype(int) - some).clip(lower=0)
    return pd.concat(
        [
            counted.loc[counted.index.repeat(number)].assign(is_event=flag)
            for number, flag in ((some, True), (rest, False))
        ],
        ignore_index=True,
    ).assign(is_event=lambda found: found["is_event"].astype("boolean"))
