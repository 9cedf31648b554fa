"""Two periods of a reader's choice set beside each other.

The interval is that of MEASURES A6 (a). A year is compared by its pairs of equal
calendar months, wherever in the calendar it begins. Of three months there are too few
pairs to tell their noise: it is that of the years which end where they end.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from wijkbeeld.measures.change import compare_totals, noise_between
from wijkbeeld.measures.months import YEAR, Floats

Kind = Literal["year", "twelve", "three"]
_LENGTHS: dict[Kind, int] = {"year": 12, "twelve": 12, "three": 3}
DECEMBER = 12


class Ends(NamedTuple):
    """The months with which a period can end, newest first."""

    comparable: list[pd.Timestamp]
    across: list[pd.Timestamp]
    """Those that cannot be compared: a break or another source lies between."""


def first_month(kind: Kind, end: pd.Timestamp) -> pd.Timestamp:
    """Return the first month of the period that ends with a month."""
    return end - pd.DateOffset(months=_LENGTHS[kind] - 1)


def latest_ends(kind: Kind, sources: pd.Series) -> list[pd.Timestamp]:
    """Return the months with which the later of two periods can end, newest first.

    Args:
        kind: Calendar years, or any twelve or three months.
        sources: Source of the counts by complete month. The whole year up to the end
            of a period must be there, since its noise is told from it.
    """
    ends = _year_ends(sources)
    return [
        end
        for end in ends
        if (kind != "year" or end.month == DECEMBER)
        and any(
            ends[end] == ends[other] and _may_pair(kind, other, end)
            # The oldest first: it is the likeliest to be far enough away.
            for other in reversed(ends)
        )
    ]


def earlier_ends(
    kind: Kind, latest: pd.Timestamp, sources: pd.Series, breaks: Sequence[date]
) -> Ends:
    """Return with which months the earlier of two periods can end.

    Args:
        kind: Three months are only compared with the same months of another year.
        latest: End of the later period.
        sources: Source of the counts by complete month.
        breaks: Months from which may be counted in another way.
    """
    comparable: list[pd.Timestamp] = []
    across: list[pd.Timestamp] = []
    for end in _year_ends(sources):
        if not _may_pair(kind, end, latest):
            continue
        begin = end - pd.DateOffset(months=YEAR - 1)
        is_across = sources[end] != sources[latest] or any(
            begin < pd.Timestamp(broken) <= latest for broken in breaks
        )
        (across if is_across else comparable).append(end)
    return Ends(comparable, across)


def compared(
    months: pd.DataFrame,
    kind: Kind,
    earlier: pd.Timestamp,
    latest: pd.Timestamp,
    area: str = "buurt_code",
) -> pd.DataFrame:
    """Compare two periods by area.

    Args:
        months: ``area``, ``month`` and ``crime_count``, null where it is not known;
            the year up to the end of either period.
        kind: How long the periods are.
        earlier: Last month of the one.
        latest: Last month of the other.
        area: Column that tells the areas apart.

    Returns:
        One row per area: ``count_before``, ``count_now``, ``change_ratio``,
        ``change_lower`` and ``change_upper``, null where a month is not known. From
        nothing to something has a lower bound and no ratio.
    """
    wide = months.pivot(index=area, columns="month", values="crime_count")
    return _compared(wide, kind, earlier, latest)


def compared_together(
    months: pd.DataFrame, kind: Kind, earlier: pd.Timestamp, latest: pd.Timestamp
) -> pd.DataFrame:
    """Compare two periods over all areas; null when one of them is not known."""
    totals = months.groupby("month")["crime_count"].agg(_sum_of_known)
    return _compared(totals.to_frame().T, kind, earlier, latest)


def _compared(
    wide: pd.DataFrame, kind: Kind, earlier: pd.Timestamp, latest: pd.Timestamp
) -> pd.DataFrame:
    before, now = _year(wide, earlier), _year(wide, latest)
    length = _LENGTHS[kind]
    # By calendar month, so that January stands beside January.
    noise = noise_between(_by_calendar(before, earlier), _by_calendar(now, latest))
    old, new = before[:, -length:].sum(axis=1), now[:, -length:].sum(axis=1)
    change = compare_totals(old, new, noise)
    known = ~np.isnan(old) & ~np.isnan(new)
    return pd.DataFrame(
        {
            "count_before": old,
            "count_now": new,
            "change_ratio": np.where(known, change.ratio, np.nan),
            "change_lower": np.where(known, change.lower, np.nan),
            "change_upper": np.where(known, change.upper, np.nan),
        },
        index=wide.index,
    )


def _year(wide: pd.DataFrame, end: pd.Timestamp) -> Floats:
    months = pd.date_range(end=end, periods=YEAR, freq="MS")
    return np.asarray(wide.reindex(columns=months).to_numpy(float, na_value=np.nan))


def _by_calendar(year: Floats, end: pd.Timestamp) -> Floats:
    return np.asarray(np.roll(year, end.month, axis=1))


def _year_ends(sources: pd.Series) -> dict[pd.Timestamp, str]:
    """Return the months that end a year of complete months of one source, newest first.

    Each with its source.
    """
    ends: dict[pd.Timestamp, str] = {}
    length, before = 0, None
    for month, source in sources.sort_index().items():
        follows = before is not None and _months_between(before[0], month) == 1
        length = length + 1 if follows and before and before[1] == source else 1
        before = (month, source)
        if length >= YEAR:
            ends[month] = str(source)
    return dict(reversed(ends.items()))


def _may_pair(kind: Kind, earlier: pd.Timestamp, latest: pd.Timestamp) -> bool:
    months = _months_between(earlier, latest)
    return months >= YEAR and (kind == "twelve" or months % YEAR == 0)


def _months_between(first: pd.Timestamp, last: pd.Timestamp) -> int:
    return int((last.year - first.year) * YEAR + last.month - first.month)


def _sum_of_known(counts: pd.Series) -> float:
    return float(counts.sum()) if counts.notna().all() else np.nan
