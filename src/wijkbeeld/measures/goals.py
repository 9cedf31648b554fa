"""How far a goal is, how sure that is, and whether it could ever be seen.

Implements MEASURES A17. What was counted since the baseline is held against the same
calendar months of the baseline, so that a goal can be followed from its first months on
and the season does not count.
"""

import numpy as np
import pandas as pd

from wijkbeeld.measures.change import compare
from wijkbeeld.measures.effect.detectable import least_effect
from wijkbeeld.measures.months import YEAR, Floats

ON_COURSE = "on course"
BEHIND = "behind"
TOO_FEW = "too few to say"
REACHED = "reached"
STOPPED = "stopped"

OF_CRIMES = ("crime_count", "rate_per_1000")
FEWEST_MONTHS = 3
FEW_TOGETHER, FEW_EACH = 20, 5
COLUMNS = [
    "goal_id", "source", "last_month", "compared_month_count", "baseline_count",
    "current_count", "current_value", "current_value_lower", "current_value_upper",
    "progress_estimate", "progress_lower", "progress_upper", "linear_path_value",
    "minimum_detectable_effect", "is_refused", "status", "note",
]  # fmt: skip


def progress(baseline: float, target: float, current: float) -> float:
    """Return which share of the way to the target has been gone."""
    return (baseline - current) / (baseline - target)


def measure(goals: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Say of each goal how far it is.

    Args:
        goals: ``goal_id``, ``indicator``, ``direction``, ``baseline``,
            ``baseline_from_date``, ``baseline_to_date``, ``target``, ``end_date`` and
            ``is_stopped``.
        months: ``goal_id``, ``source``, ``month`` and ``crime_count`` (null where
            nothing complete was reported).

    Returns:
        One row per goal: its columns named in ``COLUMNS``. A progress has its interval
        or is null; ``note`` says why.
    """
    of_goal = dict(list(months.sort_values(["source", "month"]).groupby("goal_id")))
    found = [
        {"goal_id": goal["goal_id"]} | _measure(goal, of_goal.get(goal["goal_id"]))
        for goal in goals.sort_values("goal_id").to_dict("records")
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def status_of(
    share: tuple[float, float, float], path: float, *, is_stopped: bool
) -> str:
    """Return the status of a goal in the words of MEASURES A17.

    Args:
        share: Progress, and the ends of its interval; the baseline is at 0.
        path: The share of the way that a straight line would have gone by now.
        is_stopped: The team gave it up before its end.
    """
    estimate, lower, upper = share
    if is_stopped:
        return STOPPED
    if np.isnan(lower) or np.isnan(upper):
        return TOO_FEW
    is_moved = lower > 0 or upper < 0
    if is_moved and estimate >= 1:
        return REACHED
    if is_moved and estimate >= path:
        return ON_COURSE
    # Either it moved, and not enough; or at its best it would not be enough.
    if is_moved or upper < path:
        return BEHIND
    return TOO_FEW


def _measure(
    goal: dict[str, pd.Timestamp], months: pd.DataFrame | None
) -> dict[str, object]:
    unknown = {"is_refused": False, "status": status_of(
        (np.nan,) * 3, 0, is_stopped=bool(goal["is_stopped"])
    )}  # fmt: skip
    if months is None:
        is_of_crimes = goal["indicator"] in OF_CRIMES
        note = "baseline_unknown" if is_of_crimes else "not_measured"
        return unknown | {"note": note}
    if not goal["baseline"]:
        return unknown | {"note": "baseline_is_zero"}
    if goal["target"] == goal["baseline"]:
        return unknown | {"note": "target_is_baseline"}
    first = pd.Timestamp(goal["baseline_from_date"]).to_period("M")
    last = pd.Timestamp(goal["baseline_to_date"]).to_period("M")
    if (last - first).n != YEAR - 1:
        return unknown | {"note": "baseline_not_a_year"}
    for source, part in months.groupby("source", sort=True):
        # In the alphabet the team's own incidents come first.
        series = part.set_index(part["month"].dt.to_period("M"))["crime_count"]
        year = _between(series, first, last)
        if not np.isnan(year).any():
            return unknown | {"source": source} | _followed(goal, series, year)
    return unknown | {"note": "baseline_unknown"}


def _followed(
    goal: dict[str, pd.Timestamp], series: pd.Series, year: Floats
) -> dict[str, object]:
    first = pd.Timestamp(goal["baseline_from_date"]).to_period("M")
    last = pd.Timestamp(goal["baseline_to_date"]).to_period("M")
    end = pd.Timestamp(goal["end_date"]).to_period("M")
    earlier = _between(series, first - YEAR, first - 1)
    noise = float(compare(earlier, year).noise)
    least = np.nan
    if goal["direction"] == "down" and not np.isnan(earlier).any():
        least = least_effect(year.sum(), noise)
    effect = 1 - float(goal["target"]) / float(goal["baseline"])
    # Not to be seen at all is beyond every target.
    is_refused = goal["direction"] == "down" and not np.isnan(earlier).any()
    is_refused = is_refused and not least <= effect
    said: dict[str, object] = {
        "minimum_detectable_effect": least, "is_refused": is_refused,
    }  # fmt: skip
    since = series[(series.index > last) & (series.index <= end)].dropna()
    months = min(YEAR, len(since) and (since.index.max() - last).n)
    if months < FEWEST_MONTHS:
        return said | {"note": "too_early"}
    newest = since.index.max()
    now = _between(series, newest - months + 1, newest)
    # The calendar month of each, in the year of the baseline.
    then = np.array([year[(newest - months + 1 + at - first).n % YEAR]
                     for at in range(months)])  # fmt: skip
    said |= {
        "last_month": newest.to_timestamp(), "compared_month_count": months,
        "baseline_count": then.sum(), "current_count": now.sum(),
    }  # fmt: skip
    if np.isnan(now).any():
        return said | {"note": "missing_months"}
    if then.sum() + now.sum() < FEW_TOGETHER or min(then.sum(), now.sum()) < FEW_EACH:
        return said | {"note": "too_few"}
    return said | _told(goal, compare(then, now), newest)


def _told(
    goal: dict[str, pd.Timestamp], change: tuple[Floats, ...], newest: pd.Period
) -> dict[str, object]:
    baseline, target = float(goal["baseline"]), float(goal["target"])
    current, lower, upper = (baseline * float(value) for value in change[:3])
    low, high = sorted(progress(baseline, target, value) for value in (lower, upper))
    share = (progress(baseline, target, current), low, high)
    begin, end = pd.Timestamp(goal["baseline_to_date"]), pd.Timestamp(goal["end_date"])
    path = (newest.end_time.normalize() - begin) / (end - begin)
    path = float(np.clip(path, 0, 1))
    return {
        "current_value": current, "current_value_lower": lower,
        "current_value_upper": upper, "progress_estimate": share[0],
        "progress_lower": share[1], "progress_upper": share[2],
        "linear_path_value": baseline + (target - baseline) * path,
        "status": status_of(share, path, is_stopped=bool(goal["is_stopped"])),
    }  # fmt: skip


def _between(series: pd.Series, first: pd.Period, last: pd.Period) -> Floats:
    return np.asarray(series.reindex(pd.period_range(first, last, freq="M")), float)
