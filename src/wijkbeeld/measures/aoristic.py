"""At which hours of the week it happens, when only a window is known.

Implements MEASURES A8: the weight of an incident is spread over the hours of its
window, in time that elapsed (UTC), and each hour is labelled by the local clock.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.local_time import ZONE_NAME
from wijkbeeld.measures.months import YEAR, Floats, Places, summed

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Instants = npt.NDArray[np.datetime64]

HOURS_OF_WEEK = 168
UNIT = 1e-9
"""Sums of whole billionths do not depend on the order in which they are added."""

DAY_PARTS = ("night", "morning", "afternoon", "evening")
WEEK_PARTS = ("weekday", "weekend")
CELLS = len(DAY_PARTS) * len(WEEK_PARTS)
WEEKEND = (4 * 24 + 18, 6)
"""Hours of the week between which it is weekend: Friday 18:00 to Monday 06:00."""

COUNTS = (
    "informative_count",
    "uninformative_count",
    "time_unknown_count",
    "long_window_count",
)

FEWEST_BY_DAY_PART, FEWEST_BY_HOUR = 50, 300
_Z, _TAIL = 1.959964, 0.025
_NEARLY = 1e-6
"""A share below this is none, and one above the rest is all."""
_HOUR, _DAY = 3_600_000_000, 24
_AT_ONCE = 100_000


class Spread(NamedTuple):
    """Weights of incidents over hours; one position per incident and UTC hour."""

    incident: Integers
    """Position of the incident among those that were given."""
    hour_of_week: Integers
    """Local, 0 is Monday 00h. The hour that comes twice in October is there twice."""
    weight: Floats


class Windows(NamedTuple):
    """What the windows of incidents tell, one position per incident."""

    is_known: Flags
    """Whether it has both ends."""
    is_informative: Flags
    """Whether it is known and shorter than a week."""
    is_long: Flags
    """Whether it is informative and longer than a day."""


def judge(from_at: Instants, to_at: Instants) -> Windows:
    """Tell which windows are known, and which say something of the hour.

    Args:
        from_at: Earliest instants, UTC; null where unknown.
        to_at: Latest instants, UTC, not before ``from_at``; null where unknown.
    """
    known = ~(np.isnat(from_at) | np.isnat(to_at))
    elapsed = np.where(known, _micro(to_at) - _micro(from_at), 0)
    informative = known & (elapsed < HOURS_OF_WEEK * _HOUR)
    return Windows(known, informative, informative & (elapsed > _DAY * _HOUR))


def spread(from_at: Instants, to_at: Instants, zone: str = ZONE_NAME) -> Spread:
    """Spread the weight 1 of each incident over the hours of its window.

    A window without length has its whole weight in its hour. One of a week or more
    says nothing of the hour: 1/168 in each. One that is not known has no weight.

    Args:
        from_at: Earliest instants, UTC.
        to_at: Latest instants, UTC, not before ``from_at``.
        zone: Of the clock that names the hours.

    Raises:
        ValueError: A window ends before it begins.
    """
    windows = judge(from_at, to_at)
    if (to_at < from_at).any():
        raise ValueError("a window ends before it begins: such a row is a problem")
    which = np.flatnonzero(windows.is_informative)
    begin, end = _micro(from_at[which]), _micro(to_at[which])
    first = begin // _HOUR
    # An hour that only its end touches is not in the window.
    hours = np.where(end > begin, (end - 1) // _HOUR, first) - first + 1
    part = np.repeat(np.arange(len(which)), hours)
    hour = np.arange(len(part)) - np.repeat(hours.cumsum() - hours, hours) + first[part]
    overlap = np.minimum(end[part], (hour + 1) * _HOUR) - np.maximum(
        begin[part], hour * _HOUR
    )
    elapsed = np.maximum(end - begin, 1)[part]
    weight = np.where((end == begin)[part], 1.0, overlap / elapsed)
    anywhere = np.flatnonzero(windows.is_known & ~windows.is_informative)
    return Spread(
        np.concatenate([which[part], np.repeat(anywhere, HOURS_OF_WEEK)]),
        np.concatenate(
            [_label(hour, zone), np.tile(np.arange(HOURS_OF_WEEK), len(anywhere))]
        ),
        np.concatenate(
            [weight, np.full(len(anywhere) * HOURS_OF_WEEK, 1 / HOURS_OF_WEEK)]
        ),
    )


def cell_of_hour(weekend: tuple[int, int] = WEEKEND) -> Integers:
    """Number the day-part and part of the week of each hour of the week.

    Returns:
        ``2 * day part + part of the week``, in the order of the names.
    """
    hours = np.arange(HOURS_OF_WEEK)
    is_weekend = (hours >= weekend[0]) | (hours < weekend[1])
    return np.asarray(hours % _DAY // 6 * len(WEEK_PARTS) + is_weekend, np.int64)


def clock_hours(
    incidents: pd.DataFrame, keys: list[str], weekend: tuple[int, int] = WEEKEND
) -> pd.DataFrame:
    """Sum the weights of incidents by hour of the week, per combination of keys.

    Args:
        incidents: The columns named in ``keys``, ``occurred_from_at`` and
            ``occurred_to_at`` (UTC, null where unknown).
        keys: Columns of which each combination has a clock.
        weekend: Hours of the week between which it is weekend.

    Returns:
        Per combination one row with ``hour_of_week`` null that counts incidents
        (``informative_count``, ``uninformative_count``, ``time_unknown_count``,
        ``long_window_count``), and one per hour with weight: ``weight_billionths``;
        ``hour_square_billionths``, the sum over incidents of the square of their
        weight in the hour; and ``square_billionths``, which summed over the hours of
        a day-part is the same of their weight in that.
    """
    # In an order of its own: a sum of fractions depends on the order of its parts.
    ordered = incidents.sort_values([*keys, "occurred_from_at", "occurred_to_at"])
    groups = ordered.groupby(keys, sort=True)
    number = groups.ngroup().to_numpy(np.int64)
    named = ordered[keys].drop_duplicates().reset_index(drop=True)
    from_at, to_at = (
        ordered[column].to_numpy("datetime64[us]")
        for column in ("occurred_from_at", "occurred_to_at")
    )
    windows = judge(from_at, to_at)
    weights, squares, own = np.zeros((3, len(named) * HOURS_OF_WEEK))
    cells = cell_of_hour(weekend)
    which = np.flatnonzero(windows.is_informative)
    for start in range(0, len(which), _AT_ONCE):
        some = which[start : start + _AT_ONCE]
        part = spread(from_at[some], to_at[some])
        here = number[some][part.incident] * HOURS_OF_WEEK + part.hour_of_week
        cell = part.incident * CELLS + cells[part.hour_of_week]
        in_cell = np.bincount(cell, part.weight, len(some) * CELLS)[cell]
        weights += np.bincount(here, part.weight, len(weights))
        squares += np.bincount(here, part.weight * in_cell, len(squares))
        own += np.bincount(here, part.weight * _in_hour(part), len(own))

    def count(of: Flags) -> Integers:
        return np.bincount(number[of], minlength=len(named)).astype(np.int64)

    counted = named.assign(
        informative_count=count(windows.is_informative),
        uninformative_count=count(windows.is_known & ~windows.is_informative),
        time_unknown_count=count(~windows.is_known),
        long_window_count=count(windows.is_long),
    )
    has_weight = np.flatnonzero(weights > 0)
    by_hour = named.iloc[has_weight // HOURS_OF_WEEK].assign(
        hour_of_week=has_weight % HOURS_OF_WEEK,
        weight_billionths=np.rint(weights[has_weight] / UNIT).astype(np.int64),
        square_billionths=np.rint(squares[has_weight] / UNIT).astype(np.int64),
        hour_square_billionths=np.rint(own[has_weight] / UNIT).astype(np.int64),
    )
    return pd.concat([counted, by_hour], ignore_index=True)


def _in_hour(part: Spread) -> Floats:
    """Return what an incident weighs in each hour, once that of October comes twice."""
    twice = np.flatnonzero(
        (part.incident[1:] == part.incident[:-1])
        & (part.hour_of_week[1:] == part.hour_of_week[:-1])
    )
    whole = part.weight.copy()
    whole[twice] += part.weight[twice + 1]
    whole[twice + 1] += part.weight[twice]
    return whole


def shares(
    weights: Floats, squares: Floats, counts: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return which share of incidents falls in a part of the week, with its interval.

    The share is the mean over incidents of their weight there, so that its standard
    error is that of a mean; resampling incidents gives the same. Where nothing, or
    everything, falls there, the bound is the exact one of none, or all, of so many.

    Args:
        weights: Sum of the weights of incidents there.
        squares: Sum of their squares.
        counts: Incidents with weight anywhere.

    Returns:
        Estimate, lower and upper end of the 95 % interval, between 0 and 1; null
        for fewer than two incidents.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(counts > 1, weights / counts, np.nan)
        variance = np.maximum(squares / counts - mean**2, 0) / (counts - 1)
        half = _Z * np.sqrt(variance)
        lower, upper = np.maximum(mean - half, 0), np.minimum(mean + half, 1)
        nearly = _NEARLY * counts
        upper = np.where(weights <= nearly, 1 - _TAIL ** (1 / counts), upper)
        lower = np.where(weights >= counts - nearly, _TAIL ** (1 / counts), lower)
    return mean, lower, upper


def clock_of_years(
    hours: pd.DataFrame,
    complete: "pd.Series[pd.Timestamp]",
    weekend: tuple[int, int] = WEEKEND,
) -> pd.DataFrame:
    """Share the incidents of twelve months out over day-parts and parts of the week.

    Args:
        hours: What :func:`clock_hours` gives for ``buurt_code``, ``offence_code``
            and ``month`` (first day).
        complete: Months of which all has been delivered; twelve on end are needed.
        weekend: Hours of the week between which it is weekend.

    Returns:
        Per buurt, and for all together (``level`` ``team``, ``area_code`` null),
        offence and ``month`` (the last of twelve) eight rows, one per ``day_part``
        and ``week_part``: ``share_estimate``, ``share_lower``, ``share_upper`` (null
        below 50 informative incidents), ``hours_share`` (of the hours of a week),
        the counts of :func:`clock_hours`, ``is_too_few`` and
        ``is_too_few_for_hours`` (below 300). Nothing where no incident is.
    """
    area, areas = pd.factorize(hours["buurt_code"], sort=True)
    offence, offences = pd.factorize(hours["offence_code"], sort=True)
    month, whole = _month_numbers(hours["month"]), _month_numbers(complete)
    first = min([*month, *whole], default=0)
    span = max([*month, *whole], default=first - 1) + 1 - first
    is_hour = hours["hour_of_week"].notna().to_numpy(bool)
    hour = hours["hour_of_week"].to_numpy(float, na_value=0).astype(np.intp)

    def of_years(column: str, kinds: int, kind: Places, which: Flags) -> Floats:
        """Sum twelve months, for all together in the last place."""
        counted = np.zeros((len(areas) + 1, len(offences), kinds, span))
        place = (area[which], offence[which], kind[which], month[which] - first)
        np.add.at(counted, place, hours[column].to_numpy(float)[which])
        counted[-1] = counted[:-1].sum(axis=0)
        counted[..., ~np.isin(np.arange(span), whole - first)] = np.nan
        return summed(counted, YEAR)

    counts = {
        name: of_years(name, 1, np.zeros(len(hours), np.intp), ~is_hour)[:, :, 0]
        for name in COUNTS
    }
    cell = cell_of_hour(weekend)
    weights, squares = (
        of_years(name, CELLS, cell[hour], is_hour) * UNIT
        for name in ("weight_billionths", "square_billionths")
    )
    at = np.nonzero(np.sum([counts[name] for name in COUNTS[:3]], axis=0) > 0)
    informative = counts["informative_count"][at]
    estimates = shares(
        np.moveaxis(weights, 2, 3)[at],
        np.moveaxis(squares, 2, 3)[at],
        informative[:, None],
    )
    too_few = informative < FEWEST_BY_DAY_PART
    rows = np.repeat(np.arange(len(informative)), CELLS)
    kinds = np.tile(np.arange(CELLS), len(informative))
    names = np.array([*areas, None], object)
    ends = pd.DatetimeIndex(np.arange(first, first + span).astype("datetime64[M]"))
    found = pd.DataFrame(
        {
            "level": np.where(at[0] == len(areas), "team", "buurt")[rows],
            "area_code": names[at[0]][rows],
            "offence_code": np.asarray(offences, object)[at[1]][rows],
            "month": ends[at[2]][rows],
            "day_part": np.array(DAY_PARTS)[kinds // len(WEEK_PARTS)],
            "week_part": np.array(WEEK_PARTS)[kinds % len(WEEK_PARTS)],
            "hours_share": (np.bincount(cell) / HOURS_OF_WEEK)[kinds],
            "is_too_few": too_few[rows],
            "is_too_few_for_hours": (informative < FEWEST_BY_HOUR)[rows],
        }
    )
    for name, values in zip(("estimate", "lower", "upper"), estimates, strict=True):
        found[f"share_{name}"] = np.where(too_few[:, None], np.nan, values).ravel()
    return found.assign(
        **{name: values[at].astype(np.int64)[rows] for name, values in counts.items()}
    )


def _month_numbers(months: "pd.Series[pd.Timestamp]") -> Places:
    """Number months, 0 is January 1970."""
    dates = pd.DatetimeIndex(months)
    return np.asarray((dates.year - 1970) * YEAR + dates.month - 1, np.intp)


def _micro(instants: Instants) -> Integers:
    """Return microseconds since 1970; of null an arbitrary number."""
    return np.asarray(instants, "datetime64[us]").view(np.int64)


def _label(hour: Integers, zone: str) -> Integers:
    """Return the local hour of the week of each UTC hour since 1970."""
    if not len(hour):
        return hour
    first = hour.min()
    every = np.arange(first, hour.max() + 1) * _HOUR
    local = pd.DatetimeIndex(every.view("datetime64[us]"), tz="UTC").tz_convert(zone)
    labels = np.asarray(local.day_of_week * _DAY + local.hour, np.int64)
    return np.asarray(labels[hour - first])
