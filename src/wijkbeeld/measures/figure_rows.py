"""Rows that each say one figure: what it is about, its interval, and what it is of.

The measures of the engagement (MEASURES B) are many and of few forms: a share, a rate,
a wait, bounds, a count. Each form is here once, for any number of groups.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from wijkbeeld.measures import proportions, rates, resampling, survival
from wijkbeeld.measures.months import YEAR, Floats

Interval = Literal["confidence", "bounds", "none"]
GROUP = ["level", "subject", "part", "month", "month_count"]
VALUES = [
    "figure_estimate", "figure_lower", "figure_upper", "interval_kind", "event_count",
    "base_count", "unknown_count", "is_too_few", "note",
]  # fmt: skip
COLUMNS = ["topic", "measure", *GROUP, *VALUES]
FEWEST_POSTS, FEWEST_HOURS = 10, 20


def number_of(months: pd.Series) -> pd.Series:
    """Number months so that a step is one month."""
    dates = pd.DatetimeIndex(months)
    return pd.Series(dates.year * YEAR + dates.month - 1, months.index, dtype="int64")


def in_windows(rows: pd.DataFrame, lengths: Sequence[int] = (1, YEAR)) -> pd.DataFrame:
    """Let each row stand in every window of months that it belongs to.

    Args:
        rows: With ``month``, a number.
        lengths: Of the windows, in months. One that begins before the first month of
            all rows is not told: it is not whole.

    Returns:
        The rows, with the last month of the window and its ``month_count``.
    """
    if rows.empty:
        return rows.assign(month_count=1)
    first, last = rows["month"].min(), rows["month"].max()
    found = []
    for length in lengths:
        again = rows.loc[rows.index.repeat(length)].assign(month_count=length)
        again["month"] += np.tile(np.arange(length), len(rows))
        is_whole = again["month"].between(first + length - 1, last)
        found.append(again[is_whole])
    return pd.concat(found, ignore_index=True)


def lately(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep single months, and of years those that ended in the last twelve months.

    Drawing again and again is dear, and an older year stands in older publications.
    """
    is_late = rows["month"] > rows["month"].max() - YEAR
    return rows[is_late | (rows["month_count"] == 1)]


def at_levels(
    rows: pd.DataFrame, levels: Mapping[str, tuple[str | None, str | None]]
) -> pd.DataFrame:
    """Let each row stand for each level at which it counts.

    Args:
        rows: The rows.
        levels: Per level the columns of its subject and of its part; none is all.
    """
    return pd.concat(
        [
            rows.assign(
                level=level,
                subject=rows[subject] if subject else "",
                part=rows[part] if part else "",
            ).dropna(subset=["subject", "part"])
            for level, (subject, part) in levels.items()
        ],
        ignore_index=True,
    )


def shares(rows: pd.DataFrame, measure: str, event: str) -> pd.DataFrame:
    """Return which share of the rows of each group an event came to.

    Args:
        rows: With ``GROUP``; a null event is not known, and counted apart.
        measure: Name of the figure.
        event: Column of whether it came.
    """
    found = _counted(rows, event)
    share = proportions.wilson(found["event_count"], found["base_count"])
    found["is_too_few"] = found["base_count"] < proportions.FEWEST
    return _said(found, measure, share, "confidence")


def share_bounds(rows: pd.DataFrame, measure: str, event: str) -> pd.DataFrame:
    """Return between what a share lies, whatever the unknown ones are."""
    found = _counted(rows, event)
    lower, upper = proportions.between(
        found["event_count"], found["base_count"], found["unknown_count"]
    )
    found["is_too_few"] = found["base_count"] < proportions.FEWEST
    return _said(found, measure, (lower * np.nan, lower, upper), "bounds")


def rate(
    rows: pd.DataFrame, measure: str, events: str, exposure: str, fewest: float = 0
) -> pd.DataFrame:
    """Return events by exposure, with the exact Poisson interval (MEASURES A2).

    Args:
        rows: With ``GROUP``. Where one of the two is null, neither counts.
        measure: Name of the figure.
        events: Column of counts.
        exposure: Column of what they are divided by.
        fewest: Exposure below which it is too little to say.
    """
    is_known = rows[events].notna() & rows[exposure].notna()
    known = rows.assign(
        events=rows[events].where(is_known),
        exposure=rows[exposure].where(is_known),
        is_unknown=~is_known,
    )
    found = known.groupby(GROUP, as_index=False).agg(
        event_count=("events", "sum"),
        base=("exposure", "sum"),
        base_count=("events", "count"),
        unknown_count=("is_unknown", "sum"),
    )
    base = found["base"].to_numpy(float)
    ratio = rates.exact(found["event_count"].to_numpy(float), base * rates.PER)
    found["is_too_few"] = base < fewest
    return _said(found, measure, ratio, "confidence", fewest=0)


def waits(rows: pd.DataFrame, measure: str, minutes: str, seen: str) -> pd.DataFrame:
    """Return median and 90th percentile of a wait (MEASURES B8, B9).

    Args:
        rows: With ``GROUP``; a null wait is not known, and counted apart.
        measure: Begin of the name of both figures.
        minutes: Column of how long it was.
        seen: Column of whether it ended with what was waited for.
    """
    known = rows[rows[minutes].notna()]
    found = _sized(rows, known, seen)
    groups = found.set_index(GROUP).index.get_indexer(
        pd.MultiIndex.from_frame(known[GROUP])
    )
    curves = survival.curves(
        groups.astype(np.intp),
        known[minutes].to_numpy(float),
        known[seen].to_numpy(bool),
    )
    said = []
    for name, share, base in (
        ("median", survival.MEDIAN, "event_count"),
        ("p90", survival.NINETIETH, "base_count"),
    ):
        wait = survival.quantile(curves, len(found), share)
        found["is_too_few"] = found[base] < survival.FEWEST[share]
        found["note"] = pd.Series(np.isnan(wait.estimate)).map(
            {True: "not_reached", False: None}
        )
        said.append(_said(found, f"{measure}_{name}", wait, "confidence"))
    return pd.concat(said, ignore_index=True)


def bounds(rows: pd.DataFrame, measure: str, value: str) -> pd.DataFrame:
    """Return between what a sum lies whose parts may overlap (MEASURES B2)."""
    found = rows.groupby(GROUP, as_index=False).agg(
        lower=(value, "max"),
        upper=(value, lambda values: values.sum(min_count=1)),
        base_count=(value, "count"),
        size=(value, "size"),
    )
    found["unknown_count"] = found["size"] - found["base_count"]
    found["is_too_few"] = found["base_count"] == 0
    ends = (found["lower"].to_numpy(float), found["upper"].to_numpy(float))
    return _said(found, measure, (ends[0] * np.nan, *ends), "bounds", fewest=0)


def ratio(
    rows: pd.DataFrame,
    measure: str,
    top: str,
    bottom: str,
    number: int = resampling.DRAWS,
) -> pd.DataFrame:
    """Return a ratio of sums, with the interval of draws of rows (MEASURES B4).

    Args:
        rows: With ``GROUP``, in an order of their own. Where one of the two is null,
            the row does not count.
        measure: Name of the figure.
        top: Column that is summed above.
        bottom: Column that is summed below.
        number: Draws.
    """
    is_known = rows[top].notna() & rows[bottom].notna()
    known = rows[is_known]
    found = _sized(rows, known, bottom)
    parts = known.groupby(GROUP)
    places = parts.indices
    # A group of which nothing is known has no place.
    at = [
        np.sort(places.get(tuple(key), np.empty(0, np.intp)))
        for key in found[GROUP].itertuples(index=False)
    ]
    is_few = found["base_count"] < FEWEST_POSTS
    above, below = known[top].to_numpy(float), known[bottom].to_numpy(float)
    empty = np.empty(0)
    measured = resampling.ratios_of_sums(
        [empty if few else above[i] for i, few in zip(at, is_few, strict=True)],
        [empty if few else below[i] for i, few in zip(at, is_few, strict=True)],
        number,
    )
    found["event_count"] = found["base_count"]
    found["is_too_few"] = is_few
    return _said(found, measure, measured, "confidence")


def totals(rows: pd.DataFrame, measure: str, value: str) -> pd.DataFrame:
    """Return what was counted, of which there is nothing to estimate."""
    found = rows.groupby(GROUP, as_index=False).agg(
        figure=(value, lambda values: values.sum(min_count=1)),
        base_count=(value, "count"),
        size=(value, "size"),
    )
    found["unknown_count"] = found["size"] - found["base_count"]
    found["is_too_few"] = found["base_count"] == 0
    figure = found["figure"].to_numpy(float)
    return _said(found, measure, (figure, figure, figure), "none", fewest=0)


def together(topic: str, found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the figures of a topic as one table with the columns ``COLUMNS``."""
    told = [rows for rows in found if len(rows)] or [pd.DataFrame(columns=COLUMNS)]
    whole = pd.concat(told, ignore_index=True)
    return whole.assign(topic=topic).reindex(columns=COLUMNS)


def each(
    rows: pd.DataFrame, *measures: Callable[[pd.DataFrame], pd.DataFrame]
) -> list[pd.DataFrame]:
    """Return what each measure says of the rows; nothing of no rows."""
    return [] if rows.empty else [measure(rows) for measure in measures]


def _counted(rows: pd.DataFrame, event: str) -> pd.DataFrame:
    known = rows.assign(event=rows[event].astype("Float64"))
    found = known.groupby(GROUP, as_index=False).agg(
        event_count=("event", "sum"),
        base_count=("event", "count"),
        size=("event", "size"),
    )
    found["unknown_count"] = found["size"] - found["base_count"]
    return found.astype({"event_count": float})


def _sized(rows: pd.DataFrame, known: pd.DataFrame, seen: str) -> pd.DataFrame:
    size = rows.groupby(GROUP).size().rename("size")
    counted = known.assign(seen=known[seen].astype(float)).groupby(GROUP)["seen"]
    found = pd.concat(
        [size, counted.sum().rename("event_count"), counted.size().rename("n")], axis=1
    ).reset_index()
    # No row that is known is none of them.
    found["base_count"] = found["n"].fillna(0)
    found["event_count"] = found["event_count"].fillna(0)
    found["unknown_count"] = found["size"] - found["base_count"]
    return found


def _said(
    found: pd.DataFrame,
    measure: str,
    figures: tuple[Floats, ...],
    kind: Interval,
    fewest: int = proportions.FEWEST_OF_ANY,
) -> pd.DataFrame:
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
    return told.reindex(columns=["measure", *GROUP, *VALUES])
