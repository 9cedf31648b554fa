"""Forecasts on the grid of 125 m, one a month, for the fortnight that follows."""

from collections import Counter
from datetime import timedelta
from functools import cache

import numpy as np
import shapely

from wijkbeeld.demo import lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import export_day, label
from wijkbeeld.demo.places import polygons

SOURCE = "grid__forecasts"
_SIDE_M = 125
_DAYS = 14
_COLUMNS = (
    "model", "model_version", "made_at", "theme", "period_start", "period_end",
    "day_part", "x_rd", "y_rd", "score", "rank",
)  # fmt: skip


def exports(seed: int, month: int) -> list[Delivery]:
    """Return the forecast that is made after a month; its last cell is off the grid."""
    made, first = export_day(month), export_day(month) + timedelta(days=1)
    random = chance(seed, "forecasts", month)
    cells = _cells()
    order = random.permutation(len(cells))
    scores = np.sort(random.gamma(0.5, 0.01, len(cells)))[::-1]
    rows = [
        {
            "model": "kde_decay",
            "model_version": "1",
            "made_at": f"{made}T18:00:00Z",
            "theme": "woninginbraak",
            "period_start": f"{first}",
            "period_end": f"{first + timedelta(days=_DAYS - 1)}",
            "day_part": "alle",
            "x_rd": str(cells[at][0]),
            "y_rd": str(cells[at][1]),
            "score": f"{score:.9f}",
            "rank": str(rank),
        }
        for rank, (at, score) in enumerate(zip(order, scores, strict=True), start=1)
    ]
    rows[-1]["x_rd"] = str(int(rows[-1]["x_rd"]) + 1)
    return [
        Delivery(
            SOURCE,
            f"{made}__demo_voorspelling_{label(month)}.csv",
            lists.as_csv(_COLUMNS, rows, "utf-8"),
            len(rows),
            Counter({"off_grid": 1}),
        )
    ]


def accepted() -> int:
    """Return how many cells of a forecast can be read."""
    return len(_cells()) - 1


@cache
def _cells() -> list[tuple[int, int]]:
    """Return the corners of all cells whose centre lies in the area, in rows."""
    area = shapely.union_all(list(polygons().values()))
    west, south, east, north = (int(edge) // _SIDE_M * _SIDE_M for edge in area.bounds)
    return [
        (x, y)
        for y in range(south, north + _SIDE_M, _SIDE_M)
        for x in range(west, east + _SIDE_M, _SIDE_M)
        if shapely.contains_xy(area, x + _SIDE_M / 2, y + _SIDE_M / 2)
    ]
