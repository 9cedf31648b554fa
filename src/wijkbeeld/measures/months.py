"""Counts per area and month as a matrix, and windows over its months."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

YEAR = 12


class Grid(NamedTuple):
    """Counts by area and month, and where each row of the frame stands in it."""

    counts: Floats
    """Areas by months without a gap; null where there is no count."""
    rows: Places
    columns: Places
    areas: pd.Index
    """What each row of the counts is about, in order."""


def grid_of(months: pd.DataFrame, area: str) -> Grid:
    """Arrange counts by area and month.

    Args:
        months: The columns ``area``, ``month`` (first day) and ``crime_count``. A
            month of an area occurs once; a month that is absent is null.
        area: Column that tells the areas apart.
    """
    dates = pd.DatetimeIndex(months["month"])
    numbers = np.asarray(dates.year * YEAR + dates.month)
    columns = numbers - numbers.min(initial=0 if months.empty else numbers[0])
    # In an order of their own: a sum of fractions depends on the order of its parts.
    rows, areas = pd.factorize(months[area], sort=True)
    counts = np.full((len(areas), columns.max(initial=-1) + 1), np.nan)
    counts[rows, columns] = months["crime_count"].to_numpy(float, na_value=np.nan)
    return Grid(counts, rows, columns, pd.Index(areas))


def summed(values: Floats, length: int) -> Floats:
    """Sum each month with those before it; null where one of them is."""
    if values.shape[-1] == 0:
        return values
    padding = [(0, 0)] * (values.ndim - 1) + [(length - 1, 0)]
    padded = np.pad(values, padding, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, length, axis=-1)
    return np.asarray(windows.sum(axis=-1))


def windows_before(values: Floats, length: int, fill: float = np.nan) -> Floats:
    """Return, for each month, the ``length`` months before it."""
    if values.shape[-1] == 0:
        return np.empty((*values.shape, length))
    padding = [(0, 0)] * (values.ndim - 1) + [(length, 0)]
    padded = np.pad(values, padding, constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(padded, length, axis=-1)
    return np.asarray(windows[..., :-1, :])
