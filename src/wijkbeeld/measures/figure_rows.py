"""Rows that each say one figure: what it is about, its interval, and what it is of.

The measures of the engagement (MEASURES B) are many and of few forms: a share, a rate,
a wait, bounds, a count. Each form is here once, for any number of groups.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from wijkbeeld.measures import proportions, rates, resampling, survival
from wijkbeeld.measures.cases import GROUP, Cases
from wijkbeeld.measures.months import Floats, Places

Interval = Literal["confidence", "bounds", "none"]
VALUES = [
    "figure_estimate", "figure_lower", "figure_upper", "interval_kind", "event_count",
    "base_count", "unknown_count", "is_too_few", "note",
]  # fmt: skip
COLUMNS = ["topic", "measure", *GROUP, *VALUES]
FEWEST_POSTS, FEWEST_HOURS = 10, 20
ONLY_LATELY = ("engagement_rate", "targeting", "hot_time_share", "hot_hours_share")
"""Measures of which years are told only while they ended in the last twelve months:
drawing again and again is dear, and an older year stands in older publications."""
_WINDOW = ["key", "month", "month_count"]


def shares(cases: Cases, measure: str, event: str) -> pd.DataFrame:
    """Return which share of the cases of each window an event came to.

    Args:
        cases: A null event is not known, and counted apart.
        measure: Name of the figure.
        event: Column of whether it came.
    """
    found = _counted(cases, event)
    share = proportions.wilson(found["event_count"], found["base_count"])
    found["is_too_few"] = found["base_count"] < proportions.FEWEST
    return said(cases, found, measure, share, "confidence")


def share_bounds(cases: Cases, measure: str, event: str) -> pd.DataFrame:
    """Return between what a share lies, whatever the unknown ones are."""
    found = _counted(cases, event)
    lower, upper = proportions.between(
        found["event_count"], found["base_count"], found["unknown_count"]
    )
    found["is_too_few"] = found["base_count"] < proportions.FEWEST
    return said(cases, found, measure, (lower * np.nan, lower, upper), "bounds")


def rate(
    cases: Cases, measure: str, events: str, exposure: str, fewest: float = 0
) -> pd.DataFrame:
    """Return events by exposure, with the exact Poisson interval (MEASURES A2).

    Args:
        cases: Where one of the two is null, neither counts.
        measure: Name of the figure.
        events: Column of counts.
        exposure: Column of what they are divided by.
        fewest: Exposure below which it is too little to say.
    """
    top, bottom = _numbers(cases, events), _numbers(cases, exposure)
    is_known = top.notna() & bottom.notna()
    found = _summed(
        cases,
        event_count=top.where(is_known),
        base=bottom.where(is_known),
        base_count=is_known,
        unknown_count=~is_known,
    )
    base = found["base"].to_numpy(float)
    ratio = rates.exact(found["event_count"].to_numpy(float), base * rates.PER)
    found["is_too_few"] = (base < fewest) | (found["base_count"] == 0)
    return said(cases, found, measure, ratio, "confidence", fewest=0)


def waits(cases: Cases, measure: str, minutes: str, seen: str) -> pd.DataFrame:
    """Return median and 90th percentile of a wait (MEASURES B8, B9).

    Args:
        cases: A null wait is not known, and counted apart.
        measure: Begin of the name of both figures.
        minutes: Column of how long it was.
        seen: Column of whether it ended with what was waited for.
    """
    found, times = waited(cases, minutes, seen)
    curves = survival.curves(
        times["group"].to_numpy(np.intp),
        times["time"].to_numpy(float),
        times["seen"].to_numpy(bool),
        times["weight"].to_numpy(float),
    )
    figures = []
    for name, share, base in (
        ("median", survival.MEDIAN, "event_count"),
        ("p90", survival.NINETIETH, "base_count"),
    ):
        wait = survival.quantile(curves, len(found), share)
        found["is_too_few"] = found[base] < survival.FEWEST[share]
        found["note"] = pd.Series(np.isnan(wait.estimate)).map(
            {True: "not_reached", False: None}
        )
        figures.append(said(cases, found, f"{measure}_{name}", wait, "confidence"))
    return pd.concat(figures, ignore_index=True)


def waited(cases: Cases, minutes: str, seen: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the windows with their counts, and how many waited how long in each.

    Returns:
        The windows, and ``group`` (which of them), ``time``, ``seen`` and ``weight``.
    """
    rows = cases.rows
    is_known = rows[minutes].notna()
    found = _summed(
        cases,
        event_count=rows[seen].astype(float).where(is_known),
        base_count=is_known,
        unknown_count=~is_known,
    )
    alike = (
        rows[is_known]
        .assign(time=rows[minutes].astype(float), seen=rows[seen].astype(bool))
        .groupby(["key", "month", "time", "seen"], as_index=False)["weight"]
        .sum()
    )
    times = _spread(cases, alike)
    return found, times.assign(group=_places(found, times))


def bounds(cases: Cases, measure: str, value: str) -> pd.DataFrame:
    """Return between what a sum lies whose parts may overlap (MEASURES B2).

    Args:
        cases: Their ``value`` is null where it is not known; with such a case it lies
            above the least and below nothing that is known.
        measure: Name of the figure.
        value: Column of the parts.
    """
    values = _numbers(cases, value)
    found = _totalled(cases, values)
    highest = _spread(
        cases,
        cases.rows.assign(highest=values)
        .groupby(["key", "month"], as_index=False)["highest"]
        .max(),
    )
    lower = highest.groupby(_WINDOW)["highest"].max().to_numpy(float)
    upper = found["total"].where(found["unknown_count"] == 0).to_numpy(float)
    found["is_too_few"] = found["base_count"] == 0
    return said(
        cases, found, measure, (lower * np.nan, lower, upper), "bounds", fewest=0
    )


def mean_bounds(cases: Cases, measure: str, lower: str, upper: str) -> pd.DataFrame:
    """Return between what the mean of a figure lies that is only known by bounds.

    Args:
        cases: Where one of the two is null, neither counts.
        measure: Name of the figure.
        lower: Column of the lower bound of each.
        upper: Column of the upper bound of each.
    """
    least, most = _numbers(cases, lower), _numbers(cases, upper)
    is_known = least.notna() & most.notna()
    found = _summed(
        cases,
        least=least.where(is_known),
        most=most.where(is_known),
        base_count=is_known,
        unknown_count=~is_known,
    )
    base = found["base_count"].replace(0, np.nan)
    ends = [(found[name] / base).to_numpy(float) for name in ("least", "most")]
    found["event_count"] = found["base_count"]
    found["is_too_few"] = found["base_count"] == 0
    return said(cases, found, measure, (ends[0] * np.nan, *ends), "bounds", fewest=0)


def ratio(
    cases: Cases,
    measure: str,
    top: str,
    bottom: str,
    number: int = resampling.DRAWS,
) -> pd.DataFrame:
    """Return a ratio of sums, with the interval of draws of rows (MEASURES B4).

    Args:
        cases: Each row is one, in an order of their own. Where one of the two is null,
            the row does not count.
        measure: Name of the figure.
        top: Column that is summed above.
        bottom: Column that is summed below.
        number: Draws.
    """
    above, below = _numbers(cases, top), _numbers(cases, bottom)
    is_known = above.notna() & below.notna()
    found = _summed(cases, base_count=is_known, unknown_count=~is_known)
    found["event_count"] = found["base_count"]
    found["is_too_few"] = found["base_count"] < FEWEST_POSTS
    known = cases.only(is_known)
    measured = _ratios_of_few(known, found, top, bottom, number)
    _add_ratios_of_many(known, found, (above[is_known], below[is_known]), measured)
    return said(cases, found, measure, tuple(measured), "confidence")


def totals(cases: Cases, measure: str, value: str) -> pd.DataFrame:
    """Return what was counted, of which there is nothing to estimate."""
    found = _totalled(cases, _numbers(cases, value))
    found["is_too_few"] = found["base_count"] == 0
    figure = found["total"].to_numpy(float)
    return said(cases, found, measure, (figure, figure, figure), "none", fewest=0)


def share_of_known(cases: Cases, measure: str, part: str, whole: str) -> pd.DataFrame:
    """Return a share of which all is observed, so that it has no interval."""
    found = _summed(
        cases, event_count=_numbers(cases, part), base_count=_numbers(cases, whole)
    )
    share = (found["event_count"] / found["base_count"].replace(0, np.nan)).to_numpy()
    found["unknown_count"], found["is_too_few"] = 0, np.isnan(share)
    return said(cases, found, measure, (share, share, share), "none", fewest=0)


def mean_of(cases: Cases, measure: str, value: str, weight: str) -> pd.DataFrame:
    """Return a weighted mean that is set beside another figure, without an interval."""
    found = _summed(
        cases,
        top=_numbers(cases, value) * _numbers(cases, weight),
        bottom=_numbers(cases, weight),
        base_count=pd.Series(data=True, index=cases.rows.index),
    )
    mean = (found["top"] / found["bottom"]).to_numpy()
    found["event_count"], found["unknown_count"] = found["base_count"], 0
    found["is_too_few"] = found["base_count"] < FEWEST_POSTS
    return said(cases, found, measure, (mean, mean, mean), "none", fewest=0)


def together(topic: str, found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the figures of a topic as one table with the columns ``COLUMNS``."""
    told = [rows for rows in found if len(rows)] or [pd.DataFrame(columns=COLUMNS)]
    whole = pd.concat(told, ignore_index=True)
    return whole.assign(topic=topic).reindex(columns=COLUMNS)


def each(
    cases: Cases, *measures: Callable[[Cases], pd.DataFrame]
) -> list[pd.DataFrame]:
    """Return what each measure says of the cases; nothing of no cases."""
    return [] if cases.rows.empty else [measure(cases) for measure in measures]


def _numbers(cases: Cases, column: str) -> pd.Series:
    return cases.rows[column].astype(float)


def _spread(cases: Cases, by_month: pd.DataFrame) -> pd.DataFrame:
    """Let what is of a month stand in each window that is told."""
    found, gone = [], sorted(cases.span.absent)
    for length in cases.lengths:
        again = by_month.take(np.repeat(np.arange(len(by_month)), length))
        again = again.assign(
            month=again["month"].to_numpy() + np.tile(np.arange(length), len(by_month)),
            month_count=length,
        )
        last = again["month"]
        is_whole = last.between(cases.span.first + length - 1, cases.span.last)
        absent = np.searchsorted(gone, last, "right") - np.searchsorted(
            gone, last - length, "right"
        )
        found.append(again[is_whole & (absent == 0) & last.isin(cases.span.told)])
    windows = pd.concat(found, ignore_index=True)
    if cases.is_told is None:
        return windows
    named = cases.keys.take(windows["key"]).set_axis(windows.index)
    return windows[cases.is_told(windows.join(named))]


def _summed(cases: Cases, **columns: pd.Series) -> pd.DataFrame:
    """Add up the columns in each window; null adds nothing."""
    weight = cases.rows["weight"]
    values = pd.DataFrame(
        {name: column.astype(float) * weight for name, column in columns.items()}
    )
    at = cases.rows[["key", "month"]]
    by_month = at.join(values).groupby(["key", "month"], as_index=False).sum()
    windows = _spread(cases, by_month)
    return windows.groupby(_WINDOW, as_index=False)[list(columns)].sum()


def _totalled(cases: Cases, values: pd.Series) -> pd.DataFrame:
    """Add up a column; of nothing that is known there is no total."""
    is_known = values.notna()
    found = _summed(cases, total=values, base_count=is_known, unknown_count=~is_known)
    return found.assign(
        total=found["total"].where(found["base_count"] > 0),
        event_count=np.nan,
    )


def _counted(cases: Cases, event: str) -> pd.DataFrame:
    events = cases.rows[event].astype("Float64").astype(float)
    is_known = events.notna()
    return _summed(
        cases, event_count=events, base_count=is_known, unknown_count=~is_known
    )


def _places(found: pd.DataFrame, windows: pd.DataFrame) -> Places:
    """Return where each window is among those found."""
    at = pd.MultiIndex.from_frame(found[_WINDOW])
    return np.asarray(at.get_indexer(pd.MultiIndex.from_frame(windows[_WINDOW])))


def _ratios_of_few(
    known: Cases, found: pd.DataFrame, top: str, bottom: str, number: int
) -> Floats:
    """Return the ratios of the windows of which the cases are drawn one by one."""
    measured = np.full((3, len(found)), np.nan)
    is_few = found["base_count"].between(FEWEST_POSTS, resampling.MANY)
    for length in known.lengths:
        of_length = found[is_few & (found["month_count"] == length)]
        is_one = known.rows["key"].isin(of_length["key"])
        cases = _spread(
            replace(known, lengths=(length,)),
            known.rows.loc[is_one, ["key", "month", top, bottom]],
        )
        place = _places(of_length, cases)
        order = np.argsort(place, kind="stable")
        order = order[place[order] >= 0]
        ends = np.searchsorted(place[order], np.arange(1, len(of_length)))
        parts = np.split(order, ends) if len(of_length) else []
        above, below = (cases[name].to_numpy(float) for name in (top, bottom))
        measured[:, of_length.index] = resampling.ratios_of_sums(
            [above[part] for part in parts], [below[part] for part in parts], number
        )
    return measured


def _add_ratios_of_many(
    known: Cases,
    found: pd.DataFrame,
    values: tuple[pd.Series, pd.Series],
    measured: Floats,
) -> None:
    """Write the ratios of the windows of which the sums are drawn."""
    is_many = (found["base_count"] > resampling.MANY).to_numpy()
    if not is_many.any():
        return
    above, below = values
    sums = _summed(
        known, above=above, below=below,
        above_2=above**2, both=above * below, below_2=below**2,
    )  # fmt: skip
    of_window = sums.take(_places(sums, found[is_many]))
    names = ["above", "below", "above_2", "both", "both", "below_2"]
    for place, row in zip(
        np.flatnonzero(is_many), of_window[names].to_numpy(), strict=True
    ):
        measured[:, place] = resampling.ratio_of_many(
            int(found["base_count"].iloc[place]), row[:2], row[2:].reshape(2, 2)
        )


def said(  # noqa: PLR0913, PLR0917 - a row has so many parts
    cases: Cases,
    found: pd.DataFrame,
    measure: str,
    figures: tuple[Floats, ...],
    kind: Interval,
    fewest: int = proportions.FEWEST_OF_ANY,
) -> pd.DataFrame:
    """Return the figures as rows.

    Args:
        cases: What they are of.
        found: The windows, with what was counted in each.
        measure: Name of the figure.
        figures: Estimate, and both ends of the interval.
        kind: What the ends are.
        fewest: Cases below which there is no figure.
    """
    estimate, lower, upper = (np.asarray(values, float) for values in figures)
    is_kept = found["base_count"].to_numpy(float) >= fewest
    told = found.assign(
        measure=measure,
        figure_estimate=np.where(is_kept, estimate, np.nan),
        figure_lower=np.where(is_kept, lower, np.nan),
        figure_upper=np.where(is_kept, upper, np.nan),
        interval_kind=kind,
        is_too_few=found["is_too_few"] | ~is_kept,
    )
    named = told.join(cases.keys.take(told["key"]).set_axis(told.index))
    return named.reindex(columns=["measure", *GROUP, *VALUES])
