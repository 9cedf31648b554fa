"""Months from which a series is another one: level shifts and definition breaks.

Implements MEASURES A13. A *level shift* is a note for the analyst. It is a *suspected
definition break* when the area around the team moves the same way in the same month:
burglars do not change their habits everywhere on one day, registration does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.measures.change import compare
from wijkbeeld.measures.months import YEAR, Floats, grid_of, windows_before

Flags = npt.NDArray[np.bool_]

LEAST_Z, LEAST_RATIO, LEAST_COUNT = 4.0, 1.5, 20
LEAST_Z_OUTSIDE, LEAST_RATIO_OUTSIDE = 3.0, 1.2
AREA_COUNT, AREAS, AREA_SHARE = 10, 5, 0.85


class Shift(NamedTuple):
    """The year from each month on, against the year before it; null at both ends."""

    ratio: Floats
    z: Floats


def breaks(
    months: pd.DataFrame,
    pool: Sequence[str] = ("offence_code",),
    area: str = "buurt_code",
    ours: str = "is_shown",
) -> pd.DataFrame:
    """Find the months from which a series is on another level.

    Args:
        months: The columns named in ``pool``, ``area`` and ``ours`` (whether an area
            is one of the team), ``month`` (first day) and ``crime_count``, null
            where nothing complete was reported.
        pool: Columns of which each combination is a series.
        area: Column that tells the areas apart.
        ours: Column that tells the areas of the team from those around it.

    Returns:
        One row per series and month that is a level shift: the columns of ``pool``,
        ``month`` (the first on the new level), ``shift_ratio``, ``shift_z``,
        ``outside_ratio``, ``outside_z`` (null without an area around the team),
        ``is_suspected_break``, and ``is_strongest``: whether no month within a year
        of it, suspected as it is or not, shows the shift more clearly.
    """
    found = [
        _of_series(part, area, ours).assign(**dict(zip(pool, names, strict=True)))
        for names, part in months.groupby(list(pool), sort=True)
    ]
    columns = [
        *pool, "month", "shift_ratio", "shift_z", "outside_ratio", "outside_z",
        "is_suspected_break", "is_strongest",
    ]  # fmt: skip
    if not any(len(part) for part in found):
        return pd.DataFrame(columns=columns)
    return pd.concat(found, ignore_index=True)[columns]


def shift_of(counts: Floats) -> Shift:
    """Compare the twelve months from each month on with the twelve before it.

    Args:
        counts: Per month, of shape (…, months).
    """
    before, after = _years_around(counts)
    change = compare(before, after)
    old, new = before.sum(axis=-1), after.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.log(new / old) / np.sqrt(change.noise * (1 / old + 1 / new))
        # A pair with a month that is not known leaves nothing to compare.
        return Shift(new / old, np.where(np.isnan(old + new), np.nan, z))


def _of_series(months: pd.DataFrame, area: str, ours: str) -> pd.DataFrame:
    grid = grid_of(months, area)
    is_ours = np.zeros(len(grid.counts), bool)
    is_ours[grid.rows] = months[ours].to_numpy(bool)
    team = _total(grid.counts[is_ours])
    outside = _total(grid.counts[~is_ours])
    inside_shift, outside_shift = shift_of(team), shift_of(outside)
    shifted = _is_shift(inside_shift, team) & _move_together(
        grid.counts[is_ours], inside_shift.ratio
    )
    with np.errstate(invalid="ignore"):
        same = np.sign(outside_shift.z) == np.sign(inside_shift.z)
        far = np.abs(np.log(outside_shift.ratio)) >= np.log(LEAST_RATIO_OUTSIDE)
        suspected = same & far & (np.abs(outside_shift.z) >= LEAST_Z_OUTSIDE)
    strength = np.where(shifted, np.abs(inside_shift.z), 0)
    strongest = _is_highest(strength, shifted & suspected) | _is_highest(
        strength, shifted & ~suspected
    )
    first = pd.to_datetime(months["month"]).min()
    every = pd.date_range(first, periods=len(team), freq="MS")
    return pd.DataFrame(
        {
            "month": every[shifted],
            "shift_ratio": inside_shift.ratio[shifted],
            "shift_z": inside_shift.z[shifted],
            "outside_ratio": outside_shift.ratio[shifted],
            "outside_z": outside_shift.z[shifted],
            "is_suspected_break": suspected[shifted],
            "is_strongest": strongest[shifted],
        }
    )


def _is_shift(shift: Shift, counts: Floats) -> Flags:
    before, after = _years_around(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        is_far = np.abs(np.log(shift.ratio)) >= np.log(LEAST_RATIO)
        return np.asarray(
            (np.abs(shift.z) >= LEAST_Z)
            & is_far
            & (before.sum(axis=-1) >= LEAST_COUNT)
            & (after.sum(axis=-1) >= LEAST_COUNT)
        )


def _move_together(counts: Floats, ratio: Floats) -> Flags:
    """Tell whether nearly all areas with enough crimes move the way of the team."""
    before, after = (years.sum(axis=-1) for years in _years_around(counts))
    with np.errstate(invalid="ignore"):
        speaks = before + after >= AREA_COUNT
        agrees = speaks & (np.sign(after - before) == np.sign(ratio - 1))
        voices = speaks.sum(axis=0)
        return np.asarray(
            (voices >= AREAS) & (agrees.sum(axis=0) >= AREA_SHARE * voices)
        )


def _is_highest(values: Floats, which: Flags) -> Flags:
    """Tell which of some months are higher than all others of them within a year."""
    of_them = np.where(which, values, -np.inf)
    highest = np.zeros(len(values), bool)
    for at in map(int, np.flatnonzero(which)):
        around = of_them[max(0, at - YEAR + 1) : at + YEAR]
        # Of two that are as high, the first.
        highest[at] = (
            of_them[at] == around.max()
            and not (of_them[max(0, at - YEAR + 1) : at] == of_them[at]).any()
        )
    return highest


def _years_around(counts: Floats) -> tuple[Floats, Floats]:
    """Return the twelve months before each month, and the twelve from it on."""
    before = windows_before(counts, YEAR)
    backwards = windows_before(counts[..., ::-1], YEAR)[..., ::-1, ::-1]
    # The window that lies after a month belongs to the next one.
    after = np.concatenate(
        [np.full((*counts.shape[:-1], 1, YEAR), np.nan), backwards], axis=-2
    )
    return before, after[..., :-1, :]


def _total(counts: Floats) -> Floats:
    """Sum over the areas; null where one of them has no count."""
    if not len(counts):
        return np.full(counts.shape[1], np.nan)
    return np.asarray(counts.sum(axis=0))
