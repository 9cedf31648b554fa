"""What is registered in the demo: levels, season, codes and hours per offence.

Levels are round figures for the thirteen buurten together. Burglary of dwellings
is held to the published 363 of 2012 and 167 of 2016; the others are only meant
to be believable beside it.
"""

from typing import NamedTuple

BURGLARY = "1.1.1"
YEARLY_CHANGE = 0.98
"""Yearly change of a level after its last known year."""


class Hours(NamedTuple):
    """A habit of time: between which minutes it begins, and how long it may last."""

    weight: float
    weight_in_winter: float
    from_minute: int
    until_minute: int
    shortest: int
    longest: int
    only_friday: bool = False


class Offence(NamedTuple):
    """An offence group of the demo."""

    offence_code: str
    levels: dict[int, float]
    """Incidents in a year, at some years; straight lines between them."""
    season: tuple[float, ...]
    places: str
    """``homes``, ``streets`` or ``shops``."""
    spread_over: str
    """The property of a buurt that its share follows."""
    incident_codes: dict[str, float]
    mistaken_for: tuple[str, ...]
    """Codes that such an incident may carry before it is looked into."""
    hours: tuple[Hours, ...]
    attempt_share: float
    no_end_share: float
    objects: tuple[str, ...]


_FLAT = (1.0,) * 12
_WINTER = (1.25, 1.19, 0.97, 0.81, 0.85, 0.81, 0.88, 0.92, 0.89, 1.00, 1.12, 1.31)
_MILD_WINTER = (1.07, 1.05, 1.02, 0.96, 0.95, 0.93, 0.94, 0.95, 0.97, 1.04, 1.06, 1.06)
_SUMMER = (0.83, 0.82, 0.92, 0.98, 1.04, 1.10, 1.05, 1.10, 1.22, 1.13, 0.98, 0.83)
_BEACH = (0.80, 0.80, 0.90, 1.05, 1.15, 1.20, 1.25, 1.20, 1.00, 0.90, 0.85, 0.90)
_DECEMBER = (0.97, 0.93, 0.96, 0.95, 0.98, 0.96, 0.95, 0.97, 1.00, 1.04, 1.10, 1.19)
_NEW_YEAR = (1.15, 0.90, 0.95, 0.98, 1.00, 1.00, 0.96, 0.95, 0.97, 1.02, 1.00, 1.12)

_AT_WORK = Hours(0.30, 0.26, 450, 570, 420, 630)
_EVENING_OUT = Hours(0.15, 0.33, 1020, 1170, 120, 300)
_ASLEEP = Hours(0.24, 0.20, 1350, 1435, 420, 540)
_WEEKEND_AWAY = Hours(0.10, 0.08, 960, 1200, 2400, 3240, only_friday=True)
_HOLIDAY = Hours(0.08, 0.03, 480, 1080, 10_800, 23_000)
_NOTICED = Hours(0.13, 0.10, 600, 1430, 5, 40)
_OVERNIGHT = Hours(0.70, 0.75, 1080, 1410, 480, 780)
_PARKED = Hours(0.30, 0.25, 480, 1080, 60, 540)
_SHOPPING = Hours(1.0, 1.0, 600, 1230, 3, 25)
_GOING_OUT = Hours(0.6, 0.6, 1080, 1560, 0, 20)
_DAYTIME = Hours(0.4, 0.4, 540, 1080, 0, 20)
_ONLINE = Hours(1.0, 1.0, 540, 1320, 10, 5760)
_WHOLE_DAY = Hours(1.0, 1.0, 420, 1230, 0, 5)
_AFTER_CLOSING = Hours(1.0, 1.0, 1080, 1320, 600, 840)

OFFENCES = (
    Offence(
        BURGLARY,
        {2010: 350, 2012: 363, 2014: 270, 2016: 167, 2018: 152, 2020: 133, 2025: 114},
        _WINTER, "homes", "dwellings",
        {"A20": 0.90, "A30": 0.08, "B20": 0.01, "B30": 0.01}, ("A21", "C40"),
        (_AT_WORK, _EVENING_OUT, _ASLEEP, _WEEKEND_AWAY, _HOLIDAY, _NOTICED),
        0.29, 0.03, ("Woning", "Appartement", "Eengezinswoning"),
    ),
    Offence(
        "1.1.2", {2012: 75, 2018: 58, 2025: 48}, _MILD_WINTER, "homes", "dwellings",
        {"A21": 0.85, "A34": 0.15}, ("A20",), (_OVERNIGHT, _PARKED),
        0.12, 0.06, ("Schuur", "Garage", "Box"),
    ),
    Offence(
        "1.2.1", {2012: 510, 2016: 300, 2020: 215, 2025: 160}, _MILD_WINTER,
        "streets", "inhabitants_and_visitors",
        {"A10": 0.98, "B10": 0.02}, ("C20",), (_OVERNIGHT, _PARKED),
        0.08, 0.07, ("Personenauto", "Bestelauto"),
    ),
    Offence(
        "1.2.2", {2012: 55, 2018: 50, 2025: 42}, _FLAT, "streets", "inhabitants",
        {"A70": 0.7, "A71": 0.2, "A76": 0.1}, ("A10",), (_OVERNIGHT, _PARKED),
        0.10, 0.05, ("Personenauto", "Motor"),
    ),
    Offence(
        "1.2.3", {2012: 180, 2013: 210, 2014: 380, 2017: 390, 2020: 320, 2025: 360},
        _SUMMER, "streets", "inhabitants_and_visitors",
        {"A72": 0.86, "A73": 0.13, "B62": 0.01}, ("A74",), (_PARKED, _OVERNIGHT),
        0.02, 0.10, ("Fiets", "E-bike", "Bromfiets"),
    ),
    Offence(
        "1.2.4", {2012: 80, 2016: 36, 2025: 30}, _DECEMBER, "shops", "shops",
        {"A40": 1.0}, ("A50",), (_SHOPPING,), 0.02, 0.25, ("Portemonnee",),
    ),
    Offence(
        "1.3.1", {2012: 95, 2025: 82}, _FLAT, "streets", "visitors",
        {"D11": 0.25, "D12": 0.70, "D13": 0.05}, ("D40",), (_WHOLE_DAY,),
        0.0, 0.90, ("Voertuig",),
    ),
    Offence(
        "1.4.4", {2012: 135, 2025: 102}, _FLAT, "homes", "inhabitants",
        {"F530": 0.9, "F531": 0.1}, ("F550",), (_GOING_OUT, _DAYTIME),
        0.0, 0.50, ("Persoon",),
    ),
    Offence(
        "1.4.5", {2012: 172, 2025: 165}, _BEACH, "streets", "inhabitants_and_visitors",
        {"F550": 0.85, "F551": 0.15}, ("F530",), (_GOING_OUT, _DAYTIME),
        0.01, 0.45, ("Persoon",),
    ),
    Offence(
        "1.4.6", {2012: 22, 2016: 13, 2025: 8}, _MILD_WINTER, "streets", "visitors",
        {"B70": 1.0}, ("F550",), (_GOING_OUT, _DAYTIME), 0.15, 0.40, ("Telefoon",),
    ),
    Offence(
        "2.2.1", {2012: 330, 2016: 282, 2025: 300}, _NEW_YEAR,
        "streets", "inhabitants_and_visitors",
        {"C20": 0.55, "C30": 0.15, "C40": 0.30}, ("A10",), (_OVERNIGHT, _PARKED),
        0.01, 0.08, ("Personenauto", "Ruit", "Bushokje"),
    ),
    Offence(
        "2.5.1", {2012: 92, 2025: 55}, _MILD_WINTER, "shops", "shops",
        {"A22": 0.5, "A23": 0.2, "A26": 0.1, "A31": 0.2}, ("C40",),
        (_AFTER_CLOSING,), 0.25, 0.05, ("Bedrijf", "Winkel", "School"),
    ),
    Offence(
        "2.5.2", {2012: 120, 2016: 140, 2020: 130, 2025: 240}, _DECEMBER,
        "shops", "shops", {"A50": 0.99, "B50": 0.01}, ("A90",), (_SHOPPING,),
        0.04, 0.30, ("Winkelgoederen",),
    ),
    Offence(
        "3.1.1", {2012: 45, 2025: 34}, _FLAT, "streets", "visitors",
        {"F40": 0.5, "F41": 0.3, "F43": 0.2}, ("F47",), (_GOING_OUT, _DAYTIME),
        0.0, 0.60, ("Verdovende middelen",),
    ),
    Offence(
        "3.9.1", {2015: 0, 2016: 170, 2020: 410, 2022: 440, 2025: 400}, _FLAT,
        "homes", "inhabitants",
        {"F620": 0.2, "F631": 0.3, "F633": 0.3, "F636": 0.2}, ("F600",), (_ONLINE,),
        0.10, 0.35, ("Bankrekening",),
    ),
)  # fmt: skip
CODES = tuple(offence.offence_code for offence in OFFENCES)


def level(offence: Offence, year: int) -> float:
    """Return the incidents of a year, before planted effects and chance."""
    known = sorted(offence.levels)
    if year > known[-1]:
        return float(offence.levels[known[-1]] * YEARLY_CHANGE ** (year - known[-1]))
    if year <= known[0]:
        return offence.levels[known[0]]
    after = next(k for k in known if k >= year)
    before = known[known.index(after) - 1]
    share = (year - before) / (after - before)
    return offence.levels[before] + share * (
        offence.levels[after] - offence.levels[before]
    )
