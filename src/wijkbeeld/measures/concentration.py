"""Which share of the crimes falls on how few places.

Implements MEASURES A11: the share of the busiest places, and the Gini coefficient for
fewer crimes than places (Bernasco & Steenbeek 2017).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from wijkbeeld.measures.months import Floats

Integers = npt.NDArray[np.int64]

SEED = 20260101
RESAMPLES, CHANCE_DRAWS = 999, 199
TOP, TAIL = 0.05, 0.025
FEWEST_CRIMES = 50
CELL_M = 125


class Concentration(NamedTuple):
    """How unevenly crimes lie over places; one value per row of counts."""

    share_top: Floats
    """Share of the crimes on the busiest twentieth of the places."""
    gini: Floats
    generalised_gini: Floats
    """Gini against the most even way in which so few crimes can lie."""


def concentration(counts: Integers, places: int) -> Concentration:
    """Measure how unevenly crimes lie over places.

    With ``y`` in ascending order over ``n`` places and ``c`` crimes, ``G = (2 *
    sum(i * y_i) / c - n - 1) / n`` and ``G' = max(n / c, 1) * (G - 1) + 1``
    (Bernasco & Steenbeek 2017, J. Quant. Criminol. 33).

    Args:
        counts: Crimes per place, of shape (…, places or fewer); a place that is not
            there has none.
        places: ``n``, all places that could have had one.
    """
    # Small numbers are sorted many times as fast.
    small = np.uint16 if counts.max(initial=0) <= np.iinfo(np.uint16).max else np.int64
    arranged = np.sort(counts.astype(small), axis=-1).astype(float)
    crimes = arranged.sum(axis=-1)
    rank = np.arange(places - arranged.shape[-1], places) + 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        gini = (2 * (rank * arranged).sum(axis=-1) / crimes - places - 1) / places
        generalised = np.maximum(places / crimes, 1) * (gini - 1) + 1
        # Of a twentieth that is not a whole number of places, a part of the last.
        part = np.clip(rank - places + TOP * places, 0, 1)
        top = (part * arranged).sum(axis=-1) / crimes
    return Concentration(top, gini, generalised)


def concentrations(incidents: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Measure the concentration of each offence over cells of 125 m.

    The interval is that of 999 resamples of the incidents, moved so that their mean
    is the estimate: drawing with replacement makes places repeat, which alone would
    look like concentration.

    Args:
        incidents: ``offence_code``, ``x_rd``, ``y_rd`` (null without a point) and
            ``is_counted``; the others only tell which cells are places.
        seed: Makes the resamples repeatable.

    Returns:
        One row per offence: ``place_count``, ``crime_count``, ``no_point_count``,
        ``share_top_5_percent_`` and ``gini_generalised_estimate``, ``_lower`` and
        ``_upper`` (null below 50 crimes), ``share_by_chance`` (of the top when as
        many crimes fall anywhere), and ``is_too_few``. The share is null as well
        where the crimes are so few that they would all fit in the top.
    """
    has_point = incidents["x_rd"].notna()
    placed = incidents[has_point]
    cells = placed[["x_rd", "y_rd"]].floordiv(CELL_M)
    places = len(cells.drop_duplicates())
    counted = incidents["is_counted"]
    rows = []
    for code, part in incidents[counted].groupby("offence_code", sort=True):
        mine = cells.loc[part.index[part["x_rd"].notna()]]
        counts = np.sort(mine.groupby(["x_rd", "y_rd"]).size().to_numpy(np.int64))
        rows.append(
            {"offence_code": code, "place_count": places, "crime_count": len(mine)}
            | {"no_point_count": len(part) - len(mine)}
            | _with_interval(counts, places, seed)
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = [
    "offence_code", "place_count", "crime_count", "no_point_count",
    "share_top_5_percent_estimate", "share_top_5_percent_lower",
    "share_top_5_percent_upper", "share_by_chance", "gini_generalised_estimate",
    "gini_generalised_lower", "gini_generalised_upper", "is_too_few",
]  # fmt: skip


def _with_interval(counts: Integers, places: int, seed: int) -> dict[str, object]:
    crimes = int(counts.sum())
    if crimes < FEWEST_CRIMES:
        return {"is_too_few": True}
    random = np.random.default_rng(seed)
    found = concentration(counts, places)
    again = concentration(
        random.multinomial(crimes, counts / crimes, RESAMPLES), places
    )
    even = np.full(places, 1 / places)
    chance = concentration(random.multinomial(crimes, even, CHANCE_DRAWS), places)
    result: dict[str, object] = {
        "is_too_few": False,
        "share_by_chance": float(chance.share_top.mean()),
    }
    for name, estimate, drawn in (
        ("share_top_5_percent", found.share_top, again.share_top),
        ("gini_generalised", found.generalised_gini, again.generalised_gini),
    ):
        if (drawn == 1).mean() > TAIL:
            continue
        away = np.quantile(drawn - drawn.mean(), [TAIL, 1 - TAIL])
        lower, upper = np.clip(estimate + away, 0, 1)
        result |= {
            f"{name}_estimate": float(estimate),
            f"{name}_lower": float(lower),
            f"{name}_upper": float(upper),
        }
    return result
