"""Which figures of the engagement are made of what (MEASURES B).

Each part is measured of inputs of its own, so that of a part only those months are
measured again of which these changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.measures import (
    call_figures,
    outreach_figures,
    reach_figures,
    watch_figures,
    whatsapp_figures,
)
from wijkbeeld.measures.cases import Span
from wijkbeeld.measures.months import YEAR

Frames = Mapping[str, pd.DataFrame]

_WHOLE = ["event_count", "base_count", "unknown_count", "month_count"]
_TEXTS = [
    *("topic", "measure", "level", "subject", "part", "interval_kind", "note"),
    *("inputs", "inputs_fingerprint"),
]
_FIGURES = ["figure_estimate", "figure_lower", "figure_upper"]


class Part(NamedTuple):
    """Figures that are made of the same."""

    of_months: tuple[str, ...]
    """Inputs with a month; the first tells which months there are."""
    of_all: tuple[str, ...]
    """Inputs that count for every month."""
    measure: Callable[[Frames, Span], pd.DataFrame]
    """Returns the columns ``figure_rows.COLUMNS``, of the months that are told."""
    is_every_month: bool = False
    """Whether a month without any row of the first input was not delivered."""


def dates_of(months: pd.Series) -> pd.Series:
    """Return the first days of months that are numbered."""
    number = months.astype(int)
    parts = {"year": number // YEAR, "month": number % YEAR + 1, "day": 1}
    return pd.to_datetime(parts).astype("datetime64[us]")


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give columns their types; where nothing was measured they are a guess.

    Args:
        rows: Figures, with ``inputs`` and ``inputs_fingerprint``.
    """
    kept = rows.assign(
        month=dates_of(rows["month"]),
        is_too_few=rows["is_too_few"].astype(bool),
        **{name: rows[name].mask(rows[name] == "") for name in ("subject", "part")},
    )
    return kept.astype(
        dict.fromkeys(_WHOLE, "Int64")
        | dict.fromkeys(_TEXTS, "str")
        | dict.fromkeys(_FIGURES, "float64")
    )


def without_gaps(span: Span, rows: pd.DataFrame) -> Span:
    """Return a span that knows of which of its months there is no row.

    Args:
        span: Its ``since`` is the first month of the rows.
        rows: With ``month``, a number.
    """
    months = range(max(span.since, span.first), span.until + 1)
    return replace(span, absent=frozenset(months) - frozenset(rows["month"]))


def _of_posts(rows: Frames, span: Span) -> pd.DataFrame:
    # Null when the inhabitants of one buurt are unknown.
    inhabitants = rows["buurten"]["inhabitant_count"].astype(float).sum(skipna=False)
    return reach_figures.measure(rows["posts"], float(inhabitants), span)


def _of_videos(rows: Frames, _span: Span) -> pd.DataFrame:
    return reach_figures.videos(rows["recent"], rows["snapshots"])


def _of_messages(rows: Frames, span: Span) -> pd.DataFrame:
    messages = _with_groups(rows["messages"], rows["groups"])
    messages = _with_dwellings(messages, rows["groups"], rows["buurten"])
    return whatsapp_figures.measure(messages, span)


def _of_rounds(rows: Frames, span: Span) -> pd.DataFrame:
    return watch_figures.of_rounds(rows["patrols"], rows["clocks"], span)


def _of_signals(rows: Frames, span: Span) -> pd.DataFrame:
    return watch_figures.of_signals(rows["signals"], span)


def _of_calls(rows: Frames, span: Span) -> pd.DataFrame:
    return call_figures.measure(rows["calls"], span)


def _of_evenings(rows: Frames, span: Span) -> pd.DataFrame:
    return outreach_figures.of_evenings(rows["evenings"], span)


def _of_briefings(rows: Frames, span: Span) -> pd.DataFrame:
    held = rows["briefings"]
    groups = _active(rows["groups"], held["started_date"])
    return pd.concat(
        [
            outreach_figures.of_briefings(held.assign(active_group_count=groups), span),
            outreach_figures.of_actions(rows["actions"], span),
        ]
    )


PARTS = {
    "posts": Part(("posts",), ("buurten",), _of_posts),
    "videos": Part(("recent", "snapshots"), (), _of_videos),
    "messages": Part(("messages",), ("groups", "buurten"), _of_messages),
    "rounds": Part(("patrols", "clocks"), (), _of_rounds, is_every_month=True),
    "signals": Part(("signals",), (), _of_signals),
    "calls": Part(("calls",), (), _of_calls, is_every_month=True),
    "evenings": Part(("evenings",), (), _of_evenings),
    "briefings": Part(("briefings", "actions"), ("groups",), _of_briefings),
}
"""What is measured together, by what it is measured of."""


def _with_groups(messages: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Add how many groups there were on the day, and the members of those reached."""
    members = groups.set_index("group_id")["member_count"].astype(float)
    listed = (
        messages["group_ids"]
        .explode()
        .map(members)
        .groupby(level=0)
        .sum(min_count=1)
        .reindex(messages.index)
    )
    reached = messages["reached_member_count"].astype(float).fillna(listed)
    return messages.assign(
        member_count=reached,
        active_group_count=_active(groups, messages["sent_date"]),
    )


def _with_dwellings(
    messages: pd.DataFrame, groups: pd.DataFrame, buurten: pd.DataFrame
) -> pd.DataFrame:
    """Add between what the share of the dwellings lies where its groups are.

    Areas may overlap: at least the largest is reached, and at most all together. An
    area that is not known could be anywhere.
    """
    whole = buurten["dwelling_count"].astype(float).sum(skipna=False)
    dwellings = groups.set_index("group_id")["dwelling_count"].astype(float)
    areas = messages["group_ids"].explode().map(dwellings).groupby(level=0)
    is_known = areas.count().eq(areas.size())
    return messages.assign(
        dwelling_share_lower=(areas.max() / whole).clip(upper=1).where(is_known),
        dwelling_share_upper=(areas.sum() / whole).clip(upper=1).where(is_known),
    )


def _active(groups: pd.DataFrame, days: pd.Series) -> npt.NDArray[np.int64]:
    """Count the groups that exist on each day."""
    start = pd.to_datetime(groups["active_from_date"]).to_numpy("datetime64[us]")
    end = pd.to_datetime(groups["active_to_date"]).to_numpy("datetime64[us]")
    day = days.to_numpy("datetime64[us]")[:, None]
    found = (start <= day) & ~(end < day)
    return np.asarray(found.sum(axis=1), np.int64)
