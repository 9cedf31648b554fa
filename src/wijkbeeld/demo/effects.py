"""What is planted in the demo and must be found again."""

from datetime import date
from typing import NamedTuple

from wijkbeeld.demo.months import label, month_of
from wijkbeeld.demo.offences import BURGLARY


class Effect(NamedTuple):
    """A planted change of the expected count of one buurt and offence."""

    kind: str
    offence_code: str
    buurt_code: str
    from_month: int
    until_month: int | None
    """First month after it; none when it lasts."""
    rate_ratio: float
    team: str | None = None
    programme: str | None = None

    def holds_in(self, month: int) -> bool:
        """Whether the change is felt in a month."""
        return self.from_month <= month and (
            self.until_month is None or month < self.until_month
        )

    def described(self) -> dict[str, object]:
        """Return the effect as it stands in the truth file."""
        return {
            "kind": self.kind,
            "offence_code": self.offence_code,
            "buurt_code": self.buurt_code,
            "from_month": label(self.from_month),
            "until_month": None
            if self.until_month is None
            else label(self.until_month),
            "rate_ratio": self.rate_ratio,
            "team": self.team,
            "programme": self.programme,
        }


def _patrols(buurt_code: str, start: date, ratio: float, team: str) -> Effect:
    kind = "fewer burglaries since patrols began"
    return Effect(kind, BURGLARY, buurt_code, month_of(start), None, ratio, team)


class Round(NamedTuple):
    """A programme that comes to one buurt after the other."""

    programme: str
    offence_code: str
    rate_ratio: float
    starts: dict[str, date]
    """First day per buurt."""


BICYCLES = Round(
    "P-FIETS-1", "1.2.3", 0.5,
    {
        "BU05181697": date(2025, 5, 1),
        "BU05181785": date(2025, 5, 1),
        "BU05181786": date(2025, 8, 1),
        "BU05181795": date(2025, 8, 1),
    },
)  # fmt: skip
"""Strong, of an offence with many cases, and with five buurten that lie apart beside
it: one in fifty demos does not show it, and the interval holds it in some nine of
ten."""


def _thefts(buurt_code: str) -> Effect:
    kind = "fewer thefts of bicycles since the programme"
    start = month_of(BICYCLES.starts[buurt_code])
    return Effect(
        kind, BICYCLES.offence_code, buurt_code, start, None, BICYCLES.rate_ratio,
        programme=BICYCLES.programme,
    )  # fmt: skip


def _higher(offence_code: str, buurt_code: str, when: date, ratio: float) -> Effect:
    month = month_of(when)
    return Effect("higher month", offence_code, buurt_code, month, month + 1, ratio)


EFFECTS = (
    _patrols("BU05181786", date(2024, 3, 1), 0.6, "WT-HOUTWIJK"),
    _patrols("BU05181697", date(2024, 10, 1), 0.6, "WT-KRAAYENSTEIN"),
    *map(_thefts, BICYCLES.starts),
    _higher(BURGLARY, "BU05181492", date(2016, 11, 1), 4.0),
    _higher("1.2.1", "BU05181795", date(2023, 2, 1), 3.5),
    _higher("1.2.3", "BU05181894", date(2024, 7, 1), 3.5),
    _higher(BURGLARY, "BU05181840", date(2025, 12, 1), 5.0),
    _higher("1.2.1", "BU05181786", date(2026, 10, 1), 3.5),
)
"""Tied to the calendar, so that no month depends on which months are written."""
NEAR_REPEAT_SHARE = 0.18
"""Share of burglaries that follow another within days and some hundred metres."""


def ratio(offence_code: str, buurt_code: str, month: int) -> float:
    """Return by what the expected count of a cell is multiplied."""
    product = 1.0
    for effect in EFFECTS:
        is_cell = (effect.offence_code, effect.buurt_code) == (offence_code, buurt_code)
        if is_cell and effect.holds_in(month):
            product *= effect.rate_ratio
    return product
