"""Ride-along evenings and programmes of the demo, as the team keeps lists of them."""

from collections import Counter
from datetime import date, timedelta

from wijkbeeld.demo import canaries, lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.effects import BICYCLES
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import export_day, first_day, label, month_of
from wijkbeeld.demo.patrols import TEAMS

_EVENINGS, _PROGRAMMES = "outreach__ride_alongs", "outreach__programmes"
_CHECKS = (
    "toets_kenteken", "toets_naam", "toets_adres", "toets_medisch",
    "toets_minderjarig",
)  # fmt: skip
_EVENING_COLUMNS = (
    "avond_id", "datum", "start_tijd", "eind_tijd", "aantal_meelopers", "bericht_nr",
    "kanaal", "post_id", "melding_soort", "melding_kwartier", "gebied",
    "gepubliceerd_op", "nagekeken_door_rol", "vrijgegeven_op", *_CHECKS, "verhaal",
)  # fmt: skip
_PROGRAMME_COLUMNS = (
    "programma_id", "naam", "soort", "doelgroep", "buurtcode", "start", "eind",
    "status", "doel_offence", "vergelijking", "gekozen_op", "deelnemers",
    "activiteiten", "partners", "contactpersoon", "peildatum",
)  # fmt: skip
_CALLS = ("verdachte situatie", "geluidshinder", "aanrijding", "winkeldiefstal")
_AREAS = ("WK051818", "BU05181795", "WK051817", "BU05181786")
_EVERY_MONTHS = 2
_STORIES = (
    f"Melder {canaries.NAME} ziet {canaries.PLATE} rijden.",
    f"Op {canaries.ADDRESS} staat muziek hard; bel {canaries.PHONE}.",
)
_GRAFFITI = month_of(date(2026, 4, 1))
_MOVED_IN = month_of(date(2026, 3, 1))


def exports(seed: int, first_month: int, month: int) -> list[Delivery]:
    """Return the lists that come in after a month."""
    return [*_evenings(seed, first_month, month), *_programmes(month)]


def posts_accepted(seed: int, month: int, last_month: int) -> int:
    """Return how many posts and evenings without any can be read in the end."""
    # The bad row is mended in the list two months later.
    is_mended = month + _EVERY_MONTHS <= last_month
    count = len(_of_evening(seed, month))
    return count - int(count > 0 and not is_mended)


def _evenings(seed: int, first_month: int, month: int) -> list[Delivery]:
    rows = _of_evening(seed, month)
    if not rows:
        return []
    rows[-1]["gebied"] = f"{canaries.STREET} 12"
    if month - _EVERY_MONTHS >= first_month:
        rows = _of_evening(seed, month - _EVERY_MONTHS) + rows
    name = f"{export_day(month)}__demo_meelopen"
    problems = Counter(["unknown_buurt"])
    content = lists.as_csv(_EVENING_COLUMNS, rows, "utf-8-sig")
    if month % 3 == 0:
        content = lists.as_workbook(lists.Sheet("meelopen", _EVENING_COLUMNS, rows))
        return [Delivery(_EVENINGS, f"{name}.xlsx", content, len(rows), problems)]
    return [Delivery(_EVENINGS, f"{name}.csv", content, len(rows), problems)]


def _of_evening(seed: int, month: int) -> list[Row]:
    """Return the posts of the evening of a month; there is one every other month."""
    if month % _EVERY_MONTHS:
        return []
    random = chance(seed, "ride alongs", month)
    first = first_day(month)
    day = first + timedelta(days=(4 - first.weekday()) % 7 + 7)
    evening = {
        "avond_id": f"M-{label(month)}",
        "datum": f"{day:%d-%m-%Y}",
        "start_tijd": "19:00",
        "eind_tijd": "23:00",
        "aantal_meelopers": str(random.integers(1, 4)),
    }
    rows = []
    for number in range(1, int(random.integers(3, 6))):
        quarter = 19 * 60 + 15 * int(random.integers(0, 12))
        released = quarter + int(random.integers(5, 60))
        published = released + int(random.integers(-3, 12))
        is_clean = random.random(len(_CHECKS)) < 0.95  # noqa: PLR2004 - nearly all
        rows.append(
            evening
            | {
                "bericht_nr": str(number),
                "kanaal": "x" if number % 2 else "facebook",
                "post_id": str(2_000_000_000_000_000_000 + month * 1000 + number),
                "melding_soort": _CALLS[int(random.integers(len(_CALLS)))],
                "melding_kwartier": _clock(quarter),
                "gebied": _AREAS[int(random.integers(len(_AREAS)))],
                "gepubliceerd_op": f"{day:%d-%m-%Y} {_clock(published)}",
                "nagekeken_door_rol": "dienstdoende",
                "vrijgegeven_op": f"{day:%d-%m-%Y} {_clock(released)}",
                "verhaal": _STORIES[number % len(_STORIES)],
            }
            | {
                check: "ja" if is_done else "nee"
                for check, is_done in zip(_CHECKS, is_clean, strict=True)
            }
        )
    return rows


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _programmes(month: int) -> list[Delivery]:
    rows = _running(month)
    if not rows:
        return []
    made = {"peildatum": f"{export_day(month):%d-%m-%Y}"}
    rows = [row | made for row in rows]
    spoilt = rows[-1] | {"programma_id": "P-ONBEKEND", "doel_offence": "9.9.9"}
    name = f"{export_day(month)}__demo_programmas.csv"
    encoding = "utf-16" if month % 3 == 1 else "cp1252"
    content = lists.as_csv(_PROGRAMME_COLUMNS, [*rows, spoilt], encoding)
    problems = Counter(["unknown_offence_code"])
    return [Delivery(_PROGRAMMES, name, content, len(rows) + 1, problems)]


def _running(month: int) -> list[Row]:
    rows = [
        {
            "programma_id": f"P-{team.team}",
            "naam": f"Start watch-team {team.team} (demo)",
            "soort": "buurtpreventie_start",
            "doelgroep": "bewoners",
            "buurtcode": team.buurt_codes[0],
            "start": f"{first_day(team.since):%d-%m-%Y}",
            "status": "loopt",
            "doel_offence": "1.1.1 1.2.1",
            "vergelijking": "BU05181893" if number % 2 else "BU05181590",
            "partners": "Gemeente; café De Demo",
            "contactpersoon": f"{canaries.NAME}, {canaries.EMAIL}",
        }
        for number, team in enumerate(TEAMS)
        if team.since <= month
    ]
    rows += [
        {
            "programma_id": BICYCLES.programme,
            "naam": "Fietsen graveren en bewaakt stallen (demo)",
            "soort": "evenement",
            "doelgroep": "bewoners",
            "buurtcode": buurt_code,
            "start": f"{start:%d-%m-%Y}",
            "status": "loopt",
            "doel_offence": BICYCLES.offence_code,
            "partners": "Gemeente; fietsenmaker De Demo",
        }
        for buurt_code, start in BICYCLES.starts.items()
        if month_of(start) <= month
    ]
    if month < _GRAFFITI - 3:
        return rows
    # It was to begin in March, and was moved to April.
    start = first_day(_GRAFFITI if month >= _MOVED_IN else _GRAFFITI - 1)
    graffiti = {
        "programma_id": "P-GRAFFITI-1",
        "naam": "Graffiti op lege winkels (demo)",
        "soort": "jeugd",
        "doelgroep": "jeugd_12_17",
        "buurtcode": "BU05181795",
        "start": f"{start:%d-%m-%Y}",
        "eind": "30-06-2026",
        "status": "afgerond" if month >= _GRAFFITI + 3 else "loopt",
        "doel_offence": "2.2.1",
        "vergelijking": "BU05181786 BU05181806",
        "gekozen_op": "15-02-2026",
        "deelnemers": "14" if month >= _GRAFFITI else "",
        "activiteiten": "6" if month >= _GRAFFITI else "",
    }
    return [graffiti, *rows]
