"""What is counted, and in which windows of months it stands.

A window is a month, or the twelve months up to one. Figures of any form
(``figure_rows``) are made of cases.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wijkbeeld.measures.months import YEAR

KEY = ["level", "subject", "part"]
GROUP = [*KEY, "month", "month_count"]

Windows = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Span:
    """Of which months there are rows, and of which the figures are told."""

    first: int
    """A window that begins before this month is not whole, and not told."""
    last: int
    told: frozenset[int]
    """Only windows that end with one of these are told. A row that is in none of them
    may be left out."""
    absent: frozenset[int] = frozenset()
    """Months of which nothing was delivered: no window holds one."""

    @property
    def since(self) -> int:
        """Return the first month that a told window can reach back to."""
        return min(self.told) - YEAR + 1

    @property
    def until(self) -> int:
        """Return the last month that is told."""
        return max(self.told)


@dataclass(frozen=True)
class Cases:
    """What is counted, and in which windows of months.

    A row stands in each window that its month is in. Nothing is copied for that: rows
    are first added up by month, so that a window adds up months.
    """

    rows: pd.DataFrame
    """With ``month``, ``key`` (a number), ``weight`` (how many cases it stands for)."""
    keys: pd.DataFrame
    """``KEY`` of each number."""
    span: Span
    lengths: Sequence[int]
    is_told: Windows | None
    """Of the windows, with ``GROUP``, which are told; all when left out."""

    def only(self, is_kept: pd.Series) -> "Cases":
        """Return some of the rows, in the same windows."""
        return replace(self, rows=self.rows[is_kept])

    def told(self, is_told: Windows) -> "Cases":
        """Return the same rows, in some of the windows."""
        return replace(self, is_told=is_told)


def number_of(months: pd.Series) -> pd.Series:
    """Number months so that a step is one month."""
    dates = pd.DatetimeIndex(months)
    return pd.Series(dates.year * YEAR + dates.month - 1, months.index, dtype="int64")


def in_windows(
    rows: pd.DataFrame,
    span: Span,
    lengths: Sequence[int] = (1, YEAR),
    is_told: Windows | None = None,
) -> Cases:
    """Let each row stand in every window of months that it belongs to.

    Args:
        rows: With ``KEY``, ``month``, a number, and where a row stands for more cases
            than one ``weight``.
        span: Which windows are told.
        lengths: Of the windows, in months; a year at most.
        is_told: As for ``Cases``.
    """
    numbers = rows.groupby(KEY, sort=True).ngroup()
    one_of_each = ~numbers.duplicated()
    keys = rows.loc[one_of_each, KEY].set_axis(numbers[one_of_each]).sort_index()
    weighed = rows if "weight" in rows else rows.assign(weight=1.0)
    return Cases(
        weighed.assign(key=numbers),
        keys,
        span,
        lengths,
        is_told,
    )


def lately(cases: Cases, last: int) -> Cases:
    """Keep single months, and of years those that ended in the twelve months up to one.

    It is for the measures in ``ONLY_LATELY``.
    """
    return cases.told(
        lambda windows: (windows["month"] > last - YEAR) | (windows["month_count"] == 1)
    )


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
