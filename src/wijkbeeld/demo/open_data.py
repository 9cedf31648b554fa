"""Published figures, as pages of CBS table 47022NED: padded codes and roll-ups.

Before the first month of incidents one page per year; after that every month the
two newest months that are published, which lag the incidents by one. Years come in a
table of their own, 47018NED: those that are over, and in March the newest of them.
"""

import json
from collections import Counter
from typing import NamedTuple

import numpy as np

from wijkbeeld import reference
from wijkbeeld.demo import counts
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import cbs_label, export_day, label
from wijkbeeld.demo.offences import BURGLARY, CODES, OFFENCES, level
from wijkbeeld.demo.places import CODES as BUURT_CODES

_SOURCE = "police__open_data"
HISTORY_SINCE = 2012
_LAGGING_MONTHS = 2
_TOTAL = "0.0.0"
_MONTHS, _YEARS = "47022NED", "47018NED"
_METADATA = (
    "https://dataderden.cbs.nl/ODataApi/OData/{table}/"
    "$metadata#Cbs.OData.WebAPI.TypedDataSet"
)
_MARCH = 2
_WITHHELD_SHARE = 0.25
"""Of the cells that are zero; the table does not say which are withheld."""


class Cell(NamedTuple):
    """A published figure; none where it is withheld."""

    offence_code: str
    region_code: str
    period: str
    crime_count: int | None


def lagging(seed: int, scale: int, month: int) -> Delivery:
    """Return what is published when the exports of a month are made."""
    months = range(month - _LAGGING_MONTHS, month)
    cells = [cell for m in months for cell in cells_of(seed, scale, m)]
    return _page(f"{export_day(month)}__demo_47022NED_{label(month - 1)}.json", cells)


def history(seed: int, scale: int, first_month: int) -> list[Delivery]:
    """Return what was published before the first lagging page, a page per year."""
    pages, years = [], list[Cell]()
    until = first_month - _LAGGING_MONTHS
    for year in range(HISTORY_SINCE, (until - 1) // 12 + 1):
        months = range(year * 12, min(year * 12 + 12, until))
        cells = [cell for m in months for cell in cells_of(seed, scale, m)]
        if len(months) == 12:  # noqa: PLR2004 - a whole year is rolled up too
            years += (whole := _of_whole_year(cells, year))
            cells += whole
        name = f"{export_day(first_month - 1)}__demo_47022NED_{year}.json"
        pages.append(_page(name, cells))
    name = f"{export_day(first_month - 1)}__demo_47018NED.json"
    return [*pages, _page(name, years, _YEARS)]


def year_before(seed: int, scale: int, month: int) -> list[Delivery]:
    """Return the table of years that is published in March, with the newest of them."""
    if month % 12 != _MARCH:
        return []
    year = month // 12 - 1
    months = range(year * 12, year * 12 + 12)
    cells = [cell for m in months for cell in cells_of(seed, scale, m)]
    name = f"{export_day(month)}__demo_47018NED_{year}.json"
    return [_page(name, _of_whole_year(cells, year), _YEARS)]


def cells_of(seed: int, scale: int, month: int) -> list[Cell]:
    """Return the figures of one month: buurten, wijken, the city part, and totals."""
    figures = counts.of_month(seed, scale, month)
    random = chance(seed, "open data", month)
    withheld = (figures == 0) & (random.random(figures.shape) < _WITHHELD_SHARE)
    withheld[CODES.index(BURGLARY)] = False
    wijk_of = {b.buurt_code: b.wijk_code for b in reference.buurten()}
    wijken = sorted(set(wijk_of.values()))
    member = np.array([[wijk_of[b] == w for b in BUURT_CODES] for w in wijken])
    period = cbs_label(month)
    cells = []
    for index, (code, offence) in enumerate(zip(CODES, OFFENCES, strict=True)):
        # Payment fraud is a group of its own from 2016; before, it has no rows.
        if level(offence, month // 12) == 0:
            continue
        for at, buurt in enumerate(BUURT_CODES):
            shown = None if withheld[index, at] else int(figures[index, at])
            cells.append(Cell(code, buurt, period, shown))
        for wijk, count in zip(wijken, member @ figures[index], strict=True):
            cells.append(Cell(code, wijk, period, int(count)))
    everything = figures.sum(axis=0)
    for at, buurt in enumerate(BUURT_CODES):
        cells.append(Cell(_TOTAL, buurt, period, int(everything[at])))
    for wijk, count in zip(wijken, member @ everything, strict=True):
        cells.append(Cell(_TOTAL, wijk, period, int(count)))
    return cells


def _of_whole_year(cells: list[Cell], year: int) -> list[Cell]:
    sums: dict[tuple[str, str], int] = {}
    for cell in cells:
        key = (cell.offence_code, cell.region_code)
        sums[key] = sums.get(key, 0) + (cell.crime_count or 0)
    return [Cell(*key, f"{year}JJ00", count) for key, count in sums.items()]


def _page(file_name: str, cells: list[Cell], table: str = _MONTHS) -> Delivery:
    rows = [
        {
            "ID": number,
            "SoortMisdrijf": cell.offence_code.ljust(6),
            "WijkenEnBuurten": cell.region_code.ljust(10),
            "Perioden": cell.period,
            "GeregistreerdeMisdrijven_1": cell.crime_count,
        }
        for number, cell in enumerate(cells)
    ]
    lines = ",\n ".join(json.dumps(row) for row in rows)
    metadata = _METADATA.format(table=table)
    text = f'{{"odata.metadata": "{metadata}", "value": [\n {lines}]}}\n'
    return Delivery(_SOURCE, file_name, text.encode(), len(cells), Counter())
