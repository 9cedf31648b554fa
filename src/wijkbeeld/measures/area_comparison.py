"""How a buurt compares with the rest of its wijk, with the city and with its like.

Implements MEASURES A6: the ratio of two counts per dwelling over the same twelve
months. Noise is taken from the twelve pairs of equal months, so that the season does
not count as noise. Which buurten are alike is told by housing only.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.spatial import KDTree

from wijkbeeld.measures.change import AREAS_AT_ONCE, compare_totals, noise_between
from wijkbeeld.measures.months import YEAR, Floats, Places, grid_of, windows_before

WIJK, CITY, SIMILAR = "wijk", "city", "similar"
SIMILAR_COUNT = 5
FEWEST_SIMILAR = 3
"""Buurten alike of which the figures are known, before anything is said of them."""
FEWEST_DWELLINGS = 200
_CODE_OF = {WIJK: 8, CITY: 6}
"""Characters of a code of a buurt that name its wijk, and its municipality (CBS)."""
HOUSING = ["dwelling_count", "multi_family_pct", "address_density"]
_COLUMNS = (
    "source", "buurt_code", "offence_code", "compared_with", "area_count",
    "similar_codes", "count_12_months", "dwelling_count", "other_count_12_months",
    "other_dwelling_count", "ratio_estimate", "ratio_lower", "ratio_upper",
)  # fmt: skip
_NOTHING = pd.DataFrame(columns=[*_COLUMNS, "month"]).astype(
    {"month": "datetime64[us]"}
)
_MIDDLE = 5
"""Months from the last month of a year to its middle."""


class Pair(NamedTuple):
    """A buurt, and what it is held against, by their places in a grid."""

    place: int
    compared_with: str
    others: Places


def compare_areas(months: pd.DataFrame, housing: pd.DataFrame) -> pd.DataFrame:
    """Hold each buurt of the team against the rest of its wijk, the city and its like.

    Args:
        months: ``source``, ``offence_code``, ``area_code`` (CBS buurt), ``month``
            (first day), ``crime_count`` (null where nothing complete was reported)
            and ``is_shown``, true for buurten of the team.
        housing: ``area_code``, ``vintage_year`` and ``HOUSING`` (dwellings, per cent,
            addresses per km²) on 1 January.

    Returns:
        A row per source, buurt, offence, month and ``compared_with``, where both
        sides are known: ``area_count`` (others that count), ``similar_codes`` (blanks
        between, else null), ``count_12_months``, ``dwelling_count``,
        ``other_count_12_months``, ``other_dwelling_count``, and per dwelling
        ``ratio_estimate``, ``ratio_lower`` and ``ratio_upper`` (95 %), which follow
        ``compare_totals`` where a side has nothing. A buurt with fewer than 200
        dwellings takes no part.
    """
    found = [
        _of_pool(rows, housing).assign(source=source, offence_code=offence)
        for (source, offence), rows in months.groupby(["source", "offence_code"])
    ]
    told = [rows for rows in found if len(rows)]
    return pd.concat(told, ignore_index=True) if told else _NOTHING.copy()


def most_alike(housing: pd.DataFrame) -> dict[str, list[str]]:
    """Return, per buurt, the five of the others that are nearest by their housing.

    Args:
        housing: As for ``compare_areas``; of each buurt the newest year counts of
            which all three are known.
    """
    known = housing.dropna(subset=HOUSING).sort_values(["area_code", "vintage_year"])
    newest = known[~known["area_code"].duplicated(keep="last")]
    codes = newest["area_code"].to_numpy(object)
    if not len(codes):
        return {}
    values = newest[HOUSING].to_numpy(float)
    values[:, 0] = np.log(values[:, 0])
    spread = values.std(axis=0)
    # What is the same everywhere tells nobody apart.
    places = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1)
    if len(codes) <= SIMILAR_COUNT:
        return {code: [one for one in codes if one != code] for code in codes}
    _, nearest = KDTree(places).query(places, SIMILAR_COUNT + 1)
    return {
        code: [codes[at] for at in row if at != here][:SIMILAR_COUNT]
        for here, (code, row) in enumerate(zip(codes, nearest, strict=True))
    }


def _of_pool(rows: pd.DataFrame, housing: pd.DataFrame) -> pd.DataFrame:
    """Compare the buurten of one offence in one source."""
    grid = grid_of(rows, "area_code")
    first = pd.DatetimeIndex(rows["month"]).min()
    dates = pd.date_range(first, periods=grid.counts.shape[1], freq="MS")
    dwellings = _dwellings(housing, grid.areas, dates)
    latest = dwellings[:, -1] if dwellings.size else np.zeros(len(grid.areas))
    is_fit = np.nan_to_num(latest) >= FEWEST_DWELLINGS
    is_ours = np.zeros(len(grid.areas), bool)
    is_ours[grid.rows[rows["is_shown"].to_numpy(bool)]] = True
    alike = most_alike(housing[housing["area_code"].isin(grid.areas[is_fit])])
    pairs = list(_pairs(grid.areas, is_fit, is_ours, alike))
    padded = np.pad(grid.counts, ((0, 0), (0, 1)), constant_values=np.nan)
    years = windows_before(padded, YEAR)[:, 1:]
    parts = [
        _compared(pairs[at : at + AREAS_AT_ONCE], years, dwellings)
        for at in range(0, len(pairs), AREAS_AT_ONCE)
    ]
    if not parts:
        return pd.DataFrame()
    whole = pd.concat(parts, ignore_index=True)
    codes = grid.areas.to_numpy(object)[whole["place"]]
    is_alike = whole["compared_with"].eq(SIMILAR)
    similar = pd.Series(codes).map(lambda code: " ".join(alike.get(code, [])))
    return whole.assign(
        buurt_code=codes,
        month=dates[whole["column"]],
        similar_codes=similar.where(is_alike, None),
    ).drop(columns=["place", "column"])


def _pairs(
    areas: pd.Index,
    is_fit: npt.NDArray[np.bool_],
    is_ours: npt.NDArray[np.bool_],
    alike: dict[str, list[str]],
) -> Iterator[Pair]:
    place_of = {code: place for place, code in enumerate(areas)}
    within: dict[str, list[int]] = defaultdict(list)
    for place in np.flatnonzero(is_fit):
        for length in _CODE_OF.values():
            within[areas[place][:length]].append(int(place))
    for place in np.flatnonzero(is_fit & is_ours):
        code = areas[place]
        others = {
            kind: [at for at in within[code[:length]] if at != place]
            for kind, length in _CODE_OF.items()
        }
        others[SIMILAR] = [place_of[one] for one in alike.get(code, [])]
        # A city of which only our own part was delivered is no city.
        if is_ours[others[CITY]].all():
            del others[CITY]
        for kind, places in others.items():
            if places:
                yield Pair(int(place), kind, np.array(places, np.intp))


def _compared(pairs: list[Pair], years: Floats, dwellings: Floats) -> pd.DataFrame:
    """Compare some pairs in all months.

    Args:
        pairs: What is compared.
        years: Areas by months by the twelve months up to it.
        dwellings: Areas by months.
    """
    known = ~np.isnan(years).any(axis=-1) & ~np.isnan(dwellings)
    places = np.array([pair.place for pair in pairs])
    sizes = [len(pair.others) for pair in pairs]
    member = csr_array(
        (
            np.ones(sum(sizes)),
            (
                np.repeat(np.arange(len(pairs)), sizes),
                np.concatenate([pair.others for pair in pairs]),
            ),
        ),
        shape=(len(pairs), len(years)),
    )
    # Of the others those count that are known for all twelve months.
    filled = np.where(known[..., None], years, 0).reshape(len(years), -1)
    before = (member @ filled).reshape(len(pairs), *years.shape[1:])
    other_dwellings = member @ np.where(known, dwellings, 0)
    area_count = member @ known.astype(float)
    now, own = years[places], dwellings[places]
    least = np.array(
        [FEWEST_SIMILAR if pair.compared_with == SIMILAR else 1 for pair in pairs]
    )
    pair_at, column = np.nonzero(known[places] & (area_count >= least[:, None]))
    before, now = before[pair_at, column], now[pair_at, column]
    old, new = before.sum(axis=-1), now.sum(axis=-1)
    change = compare_totals(old, new, noise_between(before, now))
    exposure = other_dwellings[pair_at, column] / own[pair_at, column]
    kinds = np.array([pair.compared_with for pair in pairs], object)
    return pd.DataFrame(
        {
            "place": places[pair_at],
            "column": column,
            "compared_with": kinds[pair_at],
            "area_count": area_count[pair_at, column],
            "count_12_months": new,
            "dwelling_count": own[pair_at, column],
            "other_count_12_months": old,
            "other_dwelling_count": other_dwellings[pair_at, column],
            "ratio_estimate": change.ratio * exposure,
            "ratio_lower": change.lower * exposure,
            "ratio_upper": change.upper * exposure,
        }
    )


def _dwellings(
    housing: pd.DataFrame, areas: pd.Index, dates: pd.DatetimeIndex
) -> Floats:
    """Return the dwellings of areas by month: those nearest to the middle of its year.

    Of two years that are as near, the earlier; where none is known, null.
    """
    known = housing.dropna(subset=["dwelling_count"])
    table = known.pivot_table(
        index="area_code", columns="vintage_year", values="dwelling_count"
    ).reindex(areas)
    middles = np.asarray(dates.year * YEAR + dates.month - 1 - _MIDDLE)
    vintages = table.columns.to_numpy(int) * YEAR
    found = np.full((len(areas), len(dates)), np.nan)
    values = table.to_numpy(float)
    if not values.size:
        return found
    for at, middle in enumerate(middles):
        nearest = values[:, np.argsort(np.abs(vintages - middle), kind="stable")]
        first = np.argmax(~np.isnan(nearest), axis=1)
        found[:, at] = nearest[np.arange(len(areas)), first]
    return found
