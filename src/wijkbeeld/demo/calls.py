"""Exports of calls to the control room, one per month, as a desk makes them.

Each holds its month and, mended, the month before it; every other one is in
Windows-1252. Columns that may not be kept stand in it, as they do in the real ones.
Every fourth is a view of the control-room system itself, with a line for each unit that
was sent, an ambulance too.
"""

from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from wijkbeeld.demo import canaries, lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import (
    DAY,
    day_after,
    export_day,
    first_day,
    label,
    spring_day,
)
from wijkbeeld.demo.places import BUURTEN, grounds

SOURCE = "police__calls"
_PER_MONTH = 400
_COLUMNS = (
    "Meldingsnummer", "Aangemaakt", "Prioriteit", "Meldingsclassificatie 1",
    "Meldingsclassificatie 2", "Uitgegeven", "Ter plaatse", "Afgesloten",
    "Afsluitcode", "X", "Y", "Melder", "Telefoon", "Straat", "Kladblok",
)  # fmt: skip
_OF_SYSTEM = {
    "Meldingsnummer": "nr_incident",
    "Aangemaakt": "pol_dtg_start_incident",
    "Prioriteit": "prioriteit_incident_politie",
    "Meldingsclassificatie 1": "pol_melding_cl",
    "Meldingsclassificatie 2": "pol_melding_cl1",
    "Uitgegeven": "dtg_opdracht_inzet",
    "Ter plaatse": "dtg_ter_plaatse",
    "Afgesloten": "pol_dtg_einde_incident",
    "Afsluitcode": "pol_soort_afsluiting",
    "X": "t_x_coord_loc",
    "Y": "t_y_coord_loc",
    "Straat": "naam_locatie1",
    "Kladblok": "kladblok",
}
_UNIT = "t_ind_disc_eenheid"
_CLASSES = (
    ("Bezitsaantasting", "Inbraak"),
    ("Bezitsaantasting", "Verdachte situatie"),
    ("Leefmilieu", "Geluidshinder"),
    ("Leefmilieu", "Jeugdoverlast"),
    ("Verkeer", "Ongeval materieel"),
    ("Veiligheid en openbare orde", "Ruzie"),
)
_PRIORITIES, _SHARES = (1, 2, 3, 4), (0.25, 0.4, 0.25, 0.1)
_NO_UNIT_SHARE, _NOT_REGISTERED_SHARE = 0.1, 0.15
_CLOSING = ("afgehandeld", "niet aangetroffen", "registratie")
_FIRST_HOURS = 4 * 60
_FORM = "%d-%m-%Y %H:%M:%S"
_MORE_UNITS = (
    ("P", timedelta(minutes=2), timedelta(minutes=3)),
    ("A", timedelta(seconds=-10), timedelta(seconds=-30)),
)
"""Of a call to which more were sent: whose, and how much later than the first one."""


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the export that is made after a month."""
    rows = [row.copy() for row in _calls(seed, scale, month)]
    rows[0]["Prioriteit"] = "9"
    rows[1]["Ter plaatse"] = f"{first_day(month - 1):%d-%m-%Y} 12:00:00"
    if month > first_month:
        rows = [*_calls(seed, scale, month - 1), *rows]
    rows.append({"Meldingsnummer": "Totaal"})
    problems = Counter({"unknown_code": 1, "bad_order_in_time": 1, "not_a_data_row": 1})
    encoding = "cp1252" if month % 2 else "utf-8-sig"
    columns: tuple[str, ...] = _COLUMNS
    if month % 4 == 0:
        columns = (*_OF_SYSTEM.values(), _UNIT)
        rows = [unit for row in rows for unit in _units(row)]
    return [
        Delivery(
            SOURCE,
            f"{export_day(month)}__demo_meldingen_{label(month)}.csv",
            lists.as_csv(columns, rows, encoding),
            len(rows),
            problems,
        )
    ]


def accepted(seed: int, scale: int, month: int, last_month: int) -> int:
    """Return how many calls of a month can be read once all exports are in."""
    # The bad ones are mended in the next.
    return len(_calls(seed, scale, month)) - (2 if month == last_month else 0)


@lru_cache(maxsize=4)
def _calls(seed: int, scale: int, month: int) -> list[Row]:
    random = chance(seed, "calls", month)
    count = int(random.poisson(_PER_MONTH * scale)) + 2
    minutes = np.sort(
        random.integers(0, (day_after(month) - first_day(month)).days * DAY, count)
    )
    start = datetime.combine(first_day(month), datetime.min.time())
    ground = grounds(seed)
    rows = []
    for number, minute in enumerate(minutes.tolist()):
        created = start + timedelta(minutes=minute, seconds=int(random.integers(60)))
        is_spring = created.date() == spring_day(created.year)
        if is_spring and created.hour * 60 < _FIRST_HOURS:
            # None in the hour that is skipped.
            created += timedelta(minutes=_FIRST_HOURS)
        priority = int(random.choice(_PRIORITIES, p=_SHARES))
        is_sent = random.random() > _NO_UNIT_SHARE
        is_seen = is_sent and random.random() > _NOT_REGISTERED_SHARE
        sent = created + timedelta(seconds=int(random.exponential(90 * priority)) + 20)
        there = sent + timedelta(seconds=int(random.gamma(4, 110 * priority)) + 60)
        closed = there + timedelta(minutes=int(random.integers(5, 60)))
        streets = ground[int(random.integers(len(BUURTEN)))].streets
        x, y = streets[int(random.integers(len(streets)))]
        class_1, class_2 = _CLASSES[int(random.integers(len(_CLASSES)))]
        rows.append(
            {
                "Meldingsnummer": f"M{label(month).replace('-', '')}{number:05d}",
                "Aangemaakt": _shown(created),
                "Prioriteit": f"{'Prio ' if number % 50 == 0 else ''}{priority}",
                "Meldingsclassificatie 1": class_1,
                "Meldingsclassificatie 2": class_2,
                "Uitgegeven": _shown(sent) if is_sent else "",
                "Ter plaatse": _shown(there) if is_seen else "",
                "Afgesloten": _shown(closed),
                "Afsluitcode": _CLOSING[number % len(_CLOSING)],
                "X": str(x),
                "Y": str(y),
                "Melder": canaries.NAME if number % 7 == 0 else "",
                "Telefoon": canaries.PHONE if number % 7 == 0 else "",
                "Straat": canaries.STREET if number % 5 == 0 else "",
                "Kladblok": canaries.MODUS_OPERANDI[
                    number % len(canaries.MODUS_OPERANDI)
                ],
            }
        )
    return rows


def soonest(seed: int, scale: int, month: int) -> list[str]:
    """Return the numbers of urgent calls to which the police came soonest.

    Of these the watch teams passed on a signal, so that calls with a report of theirs
    were reached sooner.
    """
    urgent = [
        row
        for row in _calls(seed, scale, month)[2:]
        if row["Prioriteit"] in {"1", "2"} and row["Ter plaatse"]
    ]

    def took(row: Row) -> timedelta:
        first, there = (
            datetime.strptime(row[name], _FORM)  # noqa: DTZ007 on the wall
            for name in ("Aangemaakt", "Ter plaatse")
        )
        return there - first

    soon = [
        row["Meldingsnummer"]
        for priority in ("1", "2")
        for row in _first_half(
            sorted((r for r in urgent if r["Prioriteit"] == priority), key=took)
        )
    ]
    return sorted(soon)


def _first_half(rows: list[Row]) -> list[Row]:
    return rows[: len(rows) // 2]


def _units(call: Row) -> list[Row]:
    """Return the lines of a call, one per unit; of the police the first is first."""
    line = {name: call[column] for column, name in _OF_SYSTEM.items() if column in call}
    lines = [line | {_UNIT: "P"}]
    number, sent, there = (
        call.get(c, "") for c in ("Meldingsnummer", "Uitgegeven", "Ter plaatse")
    )
    if number.endswith(("3", "7")) and sent and there:
        lines += [
            line
            | {
                "dtg_opdracht_inzet": _later(sent, by),
                "dtg_ter_plaatse": _later(there, by_there),
                _UNIT: whose,
            }
            for whose, by, by_there in _MORE_UNITS
        ]
    return lines


def _later(shown: str, by: timedelta) -> str:
    when = datetime.strptime(shown, _FORM)  # noqa: DTZ007 on the wall, as it is shown
    return _shown(when + by)


def _shown(when: datetime) -> str:
    return f"{when:{_FORM}}"
