"""Published nuisance, as pages of CBS table 47024NED.

What was published before the first month of incidents comes in one page; after that a
page every quarter, which holds the quarter before it again.
"""

import json
from collections import Counter

import numpy as np

from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import cbs_label, export_day, label
from wijkbeeld.demo.places import CODES as BUURT_CODES

_SOURCE = "police__open_data"
_METADATA = (
    "https://dataderden.cbs.nl/ODataApi/OData/47024NED/"
    "$metadata#Cbs.OData.WebAPI.TypedDataSet"
)
_HISTORY_MONTHS, _QUARTER = 36, 3
_MEAN = {
    "E33": 1.6, "E35": 2.4, "E38": 0.5, "E41": 0.2, "F010": 0.1, "M061": 0.3,
    "M062": 0.1, "M22": 2.0,
}  # fmt: skip
"""Of a buurt in a month, made up."""
_SUMMER = (4, 5, 6, 7, 8)
_SUMMER_FACTOR = 1.5
_WITHHELD_SHARE = 0.25
"""Of the cells that are zero; the table does not say which are withheld."""

Cells = dict[tuple[str, str], int | None]


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return what is published when the exports of a month are made."""
    if month == first_month:
        return [_page(seed, scale, range(month - _HISTORY_MONTHS, month))]
    if (month + 1) % _QUARTER:
        return []
    return [_page(seed, scale, range(month - 2 * _QUARTER, month))]


def cells_of(seed: int, scale: int, month: int) -> Cells:
    """Return the figures of one month by kind and buurt; none where withheld."""
    random = chance(seed, "nuisance", month)
    factor = scale * (_SUMMER_FACTOR if month % 12 in _SUMMER else 1.0)
    counts = random.poisson(
        np.array(list(_MEAN.values()))[:, None] * factor, (len(_MEAN), len(BUURT_CODES))
    )
    is_withheld = (counts == 0) & (random.random(counts.shape) < _WITHHELD_SHARE)
    return {
        (kind, buurt): None if is_withheld[row, at] else int(counts[row, at])
        for row, kind in enumerate(_MEAN)
        for at, buurt in enumerate(BUURT_CODES)
    }


def published(seed: int, scale: int, first_month: int, last_month: int) -> Counter[str]:
    """Return the nuisance of all buurten by kind, as far as published."""
    until = max(
        month
        for month in range(first_month, last_month + 1)
        if month == first_month or not (month + 1) % _QUARTER
    )
    summed = Counter[str]()
    for month in range(first_month - _HISTORY_MONTHS, until):
        for (kind, _), count in cells_of(seed, scale, month).items():
            summed[kind] += count or 0
    return summed


def _page(seed: int, scale: int, months: range) -> Delivery:
    rows = [
        {
            "Overlast": kind.ljust(6),
            "WijkenEnBuurten": buurt,
            "Perioden": cbs_label(month),
            "GeregistreerdeOverlast_1": count,
        }
        for month in months
        for (kind, buurt), count in cells_of(seed, scale, month).items()
    ]
    lines = ",\n ".join(json.dumps({"ID": at} | row) for at, row in enumerate(rows))
    text = f'{{"odata.metadata": "{_METADATA}", "value": [\n {lines}]}}\n'
    newest = months[-1]
    name = f"{export_day(newest + 1)}__demo_47024NED_{label(newest)}.json"
    return Delivery(_SOURCE, name, text.encode(), len(rows), Counter())
