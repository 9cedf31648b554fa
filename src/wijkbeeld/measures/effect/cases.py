"""From starts and counts to one case: who was treated when, and what stands beside.

The choices that a result could hang on are made here, by rule and before any result.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.measures.effect.panel import NEVER, Starts
from wijkbeeld.measures.effect.single import FEWEST_DONORS
from wijkbeeld.measures.effect.verdict import FEWEST_AREAS
from wijkbeeld.measures.months import YEAR, Floats, grid_of

Flags = npt.NDArray[np.bool_]
MONTHS_BEFORE, MONTHS_AFTER = 36, 24
"""What lies further from a start is not looked at, so that old cases come to rest."""
SOURCES = ("police__incidents", "police__open_data")
"""The team's own incidents are taken where they hold a year on either side."""
USUAL_GOAL = 0.4
"""The reduction looked for when no goal was agreed."""


class Case(NamedTuple):
    """One start, or starts of one kind, and one offence."""

    offence_code: str
    source: str
    areas: tuple[str, ...]
    counts: Floats
    """Areas by months; null where nothing complete was reported."""
    first_month: pd.Period
    starts: Starts
    """Per area the month of its start, counted from the first; NEVER without one."""
    treated: Flags
    zone: Flags
    """Neighbours of treated areas, where crime may have gone."""
    compared: Flags
    near: Flags
    """Areas by areas: whether they are neighbours."""
    free: Flags
    """Areas to which the start could have been given."""
    comparison: str
    """``agreed``, ``team`` or ``region``."""
    region: Floats
    """Counts of areas of others, in the same months."""
    goal_effect: float
    has_break: bool
    """Whether may be counted in another way from a month inside."""

    @property
    def start(self) -> int:
        """The first start."""
        return int(self.starts[self.treated].min())

    @property
    def is_staggered(self) -> bool:
        """Whether areas start in different months."""
        return len(set(self.starts[self.treated].tolist())) > 1


def neighbours(areas: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Flags:
    """Return which areas lie next to each other."""
    at = {area: number for number, area in enumerate(areas)}
    near = np.zeros((len(areas), len(areas)), bool)
    for one, other in pairs:
        if one in at and other in at:
            near[at[one], at[other]] = near[at[other], at[one]] = True
    return near


def source_of(
    starts: Sequence[pd.Period], reach: Mapping[str, tuple[pd.Period, pd.Period]]
) -> str | None:
    """Return the source that holds a year before and after one of the starts.

    Where none does, the first that holds a year before; else none.
    """
    for months_after in (YEAR, 0):
        for source in SOURCES:
            if source not in reach:
                continue
            first, last = reach[source]
            if any(first <= s - YEAR and s + months_after <= last for s in starts):
                return source
    return None


def arranged(
    study: pd.DataFrame,
    months: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    others: Mapping[str, Sequence[pd.Period]],
) -> Case | None:
    """Return the case of one study and one offence; none where no source holds it.

    Args:
        study: Rows of one study and offence: ``buurt_code``, ``start_month``,
            ``comparison_buurt_codes`` and ``goal_effect``.
        months: Rows of the offence: ``source``, ``area_code``, ``month``,
            ``crime_count`` and ``is_shown``.
        pairs: Neighbouring areas.
        others: Starts of other studies that aim at the offence, per area.
    """
    starts = study.set_index("buurt_code")["start_month"].dt.to_period("M")
    ends = months.groupby("source")["month"].agg(["min", "max"])
    reach = {
        str(row[0]): (
            pd.Timestamp(row[1]).to_period("M"),
            pd.Timestamp(row[2]).to_period("M"),
        )
        for row in ends.itertuples()
    }
    source = source_of(list(starts), reach)
    if source is None:
        return None
    held = [s for s in starts if reach[source][0] <= s - YEAR]
    first = max(reach[source][0], min(held) - MONTHS_BEFORE)
    last = min(reach[source][1], max(held) + MONTHS_AFTER)
    of_source = months[months["source"] == source]
    areas, counts = _window(of_source[of_source["is_shown"]], first, last)
    _, region = _window(of_source[~of_source["is_shown"]], first, last)
    begins = np.array(
        [(starts[a] - first).n if a in starts.index else NEVER for a in areas], np.int64
    )
    # Who began before the figures did is neither treated nor a comparison.
    is_old = begins < YEAR
    treated = (begins != NEVER) & ~is_old
    near = neighbours(areas, pairs)
    zone = near[treated].any(axis=0) & ~treated & ~is_old
    busy = np.array([_is_busy(others.get(a, ()), held) for a in areas], bool)
    free = ~is_old & (treated | ~busy)
    compared, comparison = _comparison(
        areas, study, treated, free & ~zone & ~treated, region
    )
    return Case(
        offence_code=str(study["offence_code"].iloc[0]), source=source,
        areas=tuple(areas), counts=counts, first_month=first,
        starts=np.where(is_old, NEVER, begins), treated=treated,
        zone=zone & ~compared & ~busy, compared=compared, near=near, free=free,
        comparison=comparison, region=region,
        goal_effect=_goal_effect(study["goal_effect"]),
        has_break=False,
    )  # fmt: skip


def _window(
    months: pd.DataFrame, first: pd.Period, last: pd.Period
) -> tuple[list[str], Floats]:
    grid = grid_of(months, "area_code")
    length = (last - first).n + 1
    counts = np.full((len(grid.areas), length), np.nan)
    if len(months):
        begin = (months["month"].min().to_period("M") - first).n
        there = np.arange(grid.counts.shape[1]) + begin
        inside = (there >= 0) & (there < length)
        counts[:, there[inside]] = grid.counts[:, inside]
    return list(grid.areas), counts


def _goal_effect(agreed: "pd.Series[float]") -> float:
    """Return what was agreed, of several buurten the least, or else what is usual."""
    return float(agreed.min()) if agreed.notna().any() else USUAL_GOAL


def _is_busy(starts: Sequence[pd.Period], held: Sequence[pd.Period]) -> bool:
    """Tell whether another start lies within a year of one of those looked at."""
    return any(abs((s - h).n) <= YEAR for s in starts for h in held)


def _comparison(
    areas: Sequence[str],
    study: pd.DataFrame,
    treated: Flags,
    rest: Flags,
    region: Floats,
) -> tuple[Flags, str]:
    named = " ".join(study["comparison_buurt_codes"].dropna()).split()
    # A neighbour may share in the effect, and another start has one of its own.
    agreed = np.array([a in named for a in areas], bool) & rest
    if agreed.sum() >= FEWEST_AREAS:
        return agreed, "agreed"
    # One area among a dozen can never be told from chance; among a region it can.
    if treated.sum() == 1 and len(region) >= FEWEST_DONORS:
        return np.zeros(len(areas), bool), "region"
    return rest, "team"
