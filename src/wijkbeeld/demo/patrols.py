"""Lists of rounds by the neighbourhood-watch teams, as coordinators keep them.

The name of a list declares its month complete, so the day on which it was drawn up
stands in a column.

Every month a list; the one of June is a workbook; in April that of March comes
again, with a round taken out and one put right.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wijkbeeld.demo import canaries, lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import (
    DAY,
    day_of,
    export_day,
    first_day,
    label,
    minute_of,
    month_of,
    weekdays,
)

_SOURCE = "watch__patrols"
_WORKBOOK_MONTH, _MENDED_MONTH = 6, 3
_DAY_WEIGHTS = (0.8, 0.9, 1.0, 1.1, 1.7, 1.5, 0.7)
_NO_END_SHARE, _TWO_BUURTEN_SHARE = 0.06, 0.25
COLUMNS = (
    "ronde_id", "team", "datum", "start_tijd", "eind_tijd", "aantal_lopers",
    "buurtcodes", "route_naam", "afstand_km", "aangemeld_bij_politie", "vervoer",
    "gekozen_op_advies", "aantal_signalen", "aantal_gesprekken", "gpx_bestand",
    "opmerkingen", "peildatum",
)  # fmt: skip
_REMARKS = ("", "Rustig.", "Veel mensen op straat.", f"Gesproken met {canaries.NAME}.")


class Team(NamedTuple):
    """A watch team of the demo."""

    team: str
    since: int
    buurt_codes: tuple[str, ...]
    rounds_per_month: float


TEAMS = (
    Team("WT-WALDECK", month_of(date(2010, 1, 1)), ("BU05181840", "BU05181894"), 11),
    Team("WT-BOHEMEN", month_of(date(2014, 5, 1)), ("BU05181492", "BU05181591"), 6),
    Team("WT-KOM", month_of(date(2019, 9, 1)), ("BU05181795", "BU05181806"), 7),
    Team("WT-HOUTWIJK", month_of(date(2024, 3, 1)), ("BU05181786", "BU05181882"), 14),
    Team("WT-KRAAYENSTEIN", month_of(date(2024, 10, 1)), ("BU05181697",), 10),
)


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the lists that come in after a month."""
    rounds = list_of_month(seed, scale, month)
    problems = Counter([_plant_fault(rounds, month)])
    name = f"{label(month)}__demo_rondes"
    if month % 12 + 1 == _WORKBOOK_MONTH:
        title = f"Rondes buurtpreventie Loosduinen (demo), {label(month)}"
        sheet = lists.Sheet("rondes", COLUMNS, rounds, title)
        name, content = f"{name}.xlsx", lists.as_workbook(sheet)
    else:
        name, content = f"{name}.csv", lists.as_csv(COLUMNS, rounds, "utf-8")
    made = [Delivery(_SOURCE, name, content, len(rounds), problems)]
    before = month - 1
    if before % 12 + 1 == _MENDED_MONTH and before >= first_month:
        mended = mended_list(seed, scale, before)
        name = f"{label(before)}__demo_rondes_verbeterd.csv"
        made.append(
            Delivery(
                _SOURCE,
                name,
                lists.as_csv(COLUMNS, mended, "utf-8"),
                len(mended),
                Counter(),
            )
        )
    return made


def accepted(seed: int, scale: int, month: int) -> int:
    """Return how many rounds of a month count once all lists are in."""
    # One row is bad, or in the list that came again, one is gone.
    return len(_rounds(seed, scale, month)) - 1


def mended_list(seed: int, scale: int, month: int) -> list[Row]:
    """Return the list of a month without its bad row, its second round taken out."""
    rounds = list_of_month(seed, scale, month)
    rounds[0]["aantal_lopers"] = "5"
    del rounds[1]
    for row in rounds:
        row["peildatum"] = f"{export_day(month + 1):%d-%m-%Y}"
    return rounds


def list_of_month(seed: int, scale: int, month: int) -> list[Row]:
    """Return all rounds of a month in order of time, before any is spoilt."""
    return [row.copy() for row in _rounds(seed, scale, month)]


@lru_cache(maxsize=2)
def _rounds(seed: int, scale: int, month: int) -> list[Row]:
    rounds = [
        one
        for index, team in enumerate(TEAMS)
        if team.since <= month
        for one in _of_team(chance(seed, "patrols", month, index), team, scale, month)
    ]
    rounds.sort(key=lambda one: (one[0], one[1]["team"]))
    per_day: Counter[int] = Counter()
    for started, row in rounds:
        per_day[started // DAY] += 1
        number = per_day[started // DAY]
        row["ronde_id"] = f"R-{day_of(started):%Y-%m%d}-{number:02d}"
    rounds[0][1]["gpx_bestand"] = track_of(month)
    return [row for _, row in rounds]


def track_of(month: int) -> str:
    """Return what the list calls the track of its first round; nothing in odd months.

    Then the track is named after its round.
    """
    return "" if month % 2 else f"demo_rondje_{label(month)}.gpx"


def _of_team(
    random: np.random.Generator, team: Team, scale: int, month: int
) -> list[tuple[int, Row]]:
    count = max(2, int(random.poisson(team.rounds_per_month * scale)))
    start, end = (minute_of(first_day(m)) for m in (month, month + 1))
    days = np.arange(start, end, DAY)
    weight = np.array(_DAY_WEIGHTS)[weekdays(days)]
    begun = random.choice(days, count, p=weight / weight.sum())
    begun += random.choice((1140, 1200, 1230, 1290, 1350), count)
    minutes = random.integers(6, 13, count) * 10
    walkers = random.integers(2, 7, count)
    draws = random.random((count, 6))
    signals = random.poisson(0.7, count)
    talks = random.poisson(1.6, count)
    rows = []
    for at in range(count):
        ended = int(begun[at] + minutes[at]) % DAY
        chance_of = draws[at]
        codes = team.buurt_codes
        if chance_of[0] >= _TWO_BUURTEN_SHARE:
            codes = codes[:1]
        on_bicycle = chance_of[1] > 0.85  # noqa: PLR2004 - some cycle
        km_per_hour = 11 if on_bicycle else 3.4
        distance = minutes[at] / 60 * km_per_hour * (0.8 + 0.4 * chance_of[2])
        row = {
            "ronde_id": "",
            "team": team.team,
            "datum": f"{day_of(begun[at]):%d-%m-%Y}",
            "start_tijd": _clock(int(begun[at]) % DAY),
            "eind_tijd": "" if chance_of[3] < _NO_END_SHARE else _clock(ended),
            "aantal_lopers": str(walkers[at]),
            "buurtcodes": " ".join(codes),
            "route_naam": ("", "Noord", "Zuid", "Kern")[at % 4],
            "afstand_km": f"{distance:.1f}".replace(".", ",") if at % 5 else "",
            "aangemeld_bij_politie": "ja" if chance_of[4] < 0.8 else "nee",  # noqa: PLR2004
            "vervoer": "fiets" if on_bicycle else "lopend",
            "gekozen_op_advies": "ja" if chance_of[5] < 0.4 else "nee",  # noqa: PLR2004
            "aantal_signalen": str(signals[at]),
            "aantal_gesprekken": str(talks[at]),
            "gpx_bestand": "",
            "opmerkingen": _REMARKS[at % len(_REMARKS)],
            "peildatum": f"{export_day(month):%d-%m-%Y}",
        }
        rows.append((int(begun[at]), row))
    return rows


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _nobody_walked(row: Row) -> None:
    row["aantal_lopers"] = "0"


def _no_year(row: Row) -> None:
    row["datum"] = row["datum"][:5]


def _elsewhere(row: Row) -> None:
    row["buurtcodes"] = "Scheveningen"


_FAULTS: tuple[tuple[str, Callable[[Row], None]], ...] = (
    ("bad_number", _nobody_walked),
    ("bad_date", _no_year),
    ("unknown_buurt", _elsewhere),
)


def _plant_fault(rounds: list[Row], month: int) -> str:
    code, spoil = _FAULTS[month % len(_FAULTS)]
    spoil(rounds[2 % len(rounds)])
    return code
