"""What is agreed on at the briefings of the demo, and what becomes of it."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from wijkbeeld.demo import canaries, lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import export_day, first_day, label

_ACTIONS, _MINUTES = "outreach__actions", "outreach__minutes"
_ACTION_COLUMNS = (
    "actie_id", "briefing_id", "omschrijving", "eigenaar", "gevraagd_op", "klaar_op",
    "status", "gedaan_op", "toelichting", "contactpersoon",
)  # fmt: skip
_MINUTE_COLUMNS = ("briefing_id", "volgorde", "punt", "opmerking")
_CANCELLED_MONTH = 7
_THURSDAY = 3
_QUARTER = 3
_LISTED_MONTHS = 12
_MOST = 4
"""How many actions a briefing agrees on at most."""
_WAITS = (1, 1, 1, 1, 1, 2, 2, 2, 3, 5)
"""After how many months it is done, each as likely as the others."""
_DROPPED_SHARE = 0.07
_TASKS = (
    ("Kapotte lamp achter het winkelcentrum melden", "buurtpreventie"),
    ("Extra fietsenrek bij de tramhalte aanvragen", "gemeente"),
    ("Avond over goede sloten houden in het wijkcentrum", "wijkagent"),
    ("Struiken langs het fietspad laten snoeien", "gemeente"),
    ("Kelderdeuren van de flats nakijken en laten maken", "woningcorporatie"),
    ("Oproep over witte voetjes delen in alle groepen", "groepsbeheerders"),
    ("Fietsen graveren op het plein", "buurtpreventie"),
    ("Meer controleren op de parkeerplaats bij het strand", "handhaving"),
    ("Les over online oplichting geven in groep 8", "school"),
    ("Tips tegen babbeltrucs ophangen in het wijkcentrum", "welzijn"),
    ("Winkeliers vragen om 's avonds licht te laten branden", "ondernemers"),
    ("Een ronde per week verplaatsen naar de vroege avond", "buurtpreventie"),
    ("Groepen zonder beheerder een nieuwe laten kiezen", "groepsbeheerders"),
    ("Uitleggen hoe je 112 belt en wat je dan vertelt", "politie"),
    ("Hang- en sluitwerk van de portieken laten keuren", "woningcorporatie"),
    ("Zakken zand bij de achterpaden weghalen", "gemeente"),
    ("Voordeur 's avonds verlichten in de hele straat", "bewoners"),
    ("Lege winkelruiten laten beschilderen met jongeren", "welzijn"),
    ("Auto's zonder iets in het zicht parkeren: kaartjes uitdelen", "buurtpreventie"),
    ("Camera bij de fietsenstalling laten nakijken", "ondernemers"),
    ("Terugkoppelen wat met de signalen is gedaan", "wijkagent"),
    ("Extra toezicht op het plein na schooltijd", "handhaving"),
    ("Vakantiekaart met tips in elke brievenbus doen", "bewoners"),
    ("Jongerenwerk laten aansluiten bij de ronde op vrijdag", "welzijn"),
)
_NOTES = ("", "", "Is afgerond.", "Ging samen met de gemeente.")
_POINTS = (
    "We laten 's avonds een lamp branden bij de voordeur.",
    "We bellen 112 als iets nu gebeurt, en 0900-8844 als het kan wachten.",
    "De groepen delen alleen oproepen die van de politie komen.",
    "De teams lopen in het donker altijd met zijn tweeën.",
    "We letten extra op fietsen bij de haltes.",
    "In de vakantie legen buren elkaars brievenbus.",
    "We schrijven in de groep nooit namen of kentekens.",
    "De cijfers van deze maand staan op de website.",
    "Het volgende thema is babbeltrucs aan de deur.",
    "Spullen in de auto laten we niet in het zicht liggen.",
)


class _Action(NamedTuple):
    number: str
    briefing_id: str
    task: str
    owner: str
    asked: date
    due: date
    ended: date
    is_dropped: bool
    note: str


class Told(NamedTuple):
    """How many actions a briefing saw come and go."""

    new: int
    done: int
    left_open: int


def exports(seed: int, first_month: int, month: int) -> list[Delivery]:
    """Return the lists that come in after a month."""
    return [*_actions(seed, first_month, month), *_minutes(seed, month)]


def is_held(month: int) -> bool:
    """Tell whether there is a briefing in a month: in the holidays there is none."""
    return month % 12 + 1 != _CANCELLED_MONTH


def day_of(month: int) -> date:
    """Return the day of the briefing of a month, the last Thursday."""
    first = first_day(month)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return last - timedelta(days=(last.weekday() - _THURSDAY) % 7)


def told(seed: int, first_month: int, month: int) -> Told:
    """Return what a briefing saw of actions since the one before."""
    known = _asked_since(seed, first_month, month)
    day = day_of(month)
    before = day_of(next(m for m in (month - 1, month - 2) if is_held(m)))
    return Told(
        sum(action.asked == day for action in known),
        sum(before < action.ended <= day for action in known),
        sum(action.ended > day for action in known),
    )


def records(seed: int, month: int) -> dict[str, int]:
    """Return per list how many records of a month there are."""
    return {_ACTIONS: len(_asked(seed, month)), _MINUTES: len(_points(seed, month))}


def _asked_since(seed: int, first_month: int, month: int) -> list[_Action]:
    since = max(first_month, month - _LISTED_MONTHS + 1)
    return [action for m in range(since, month + 1) for action in _asked(seed, m)]


@cache
def _asked(seed: int, month: int) -> tuple[_Action, ...]:
    """Return what is agreed on at the briefing of a month."""
    if not is_held(month):
        return ()
    random = chance(seed, "actions", month)
    day = day_of(month)
    made = []
    for number in range(1, int(random.integers(2, _MOST + 1)) + 1):
        # Another part of the list each month, so that half a year passes before the
        # same thing is agreed on again.
        task, owner = _TASKS[(_MOST * month + number - 1) % len(_TASKS)]
        waits = _WAITS[int(random.integers(len(_WAITS)))]
        latest = (day_of(month + waits) - day).days
        earliest = (day_of(month + waits - 1) - day).days
        ended = day + timedelta(days=int(random.integers(earliest + 3, latest)))
        made.append(
            _Action(
                f"A-{label(month)}-{number}",
                f"B-{label(month)}",
                task,
                owner,
                day,
                day_of(month + int(random.integers(1, 3))),
                ended,
                bool(random.random() < _DROPPED_SHARE),
                _NOTES[int(random.integers(len(_NOTES)))],
            )
        )
    return tuple(made)


def _actions(seed: int, first_month: int, month: int) -> list[Delivery]:
    """Return the list of a year of actions, as they stand."""
    known = _asked_since(seed, first_month, month)
    if not known:
        return []
    rows = [_row(action, export_day(month)) for action in known]
    spoilt = rows[-1] | {
        "actie_id": f"A-{label(month)}-X",
        "omschrijving": f"{canaries.NAME} bellen op {canaries.PHONE}",
        "toelichting": f"Woont op {canaries.ADDRESS}",
    }
    rows.append(spoilt)
    problems = Counter(["personal_data_found"])
    name = f"{export_day(month)}__demo_acties"
    if month % _QUARTER == 0:
        content = lists.as_workbook(lists.Sheet("acties", _ACTION_COLUMNS, rows))
        return [Delivery(_ACTIONS, f"{name}.xlsx", content, len(rows), problems)]
    content = lists.as_csv(_ACTION_COLUMNS, rows, "cp1252")
    return [Delivery(_ACTIONS, f"{name}.csv", content, len(rows), problems)]


def _row(action: _Action, exported: date) -> Row:
    has_ended = action.ended <= exported
    status = "vervallen" if action.is_dropped else "gedaan"
    return {
        "actie_id": action.number,
        "briefing_id": action.briefing_id,
        "omschrijving": action.task,
        "eigenaar": action.owner,
        "gevraagd_op": f"{action.asked:%d-%m-%Y}",
        "klaar_op": f"{action.due:%d-%m-%Y}",
        "status": status if has_ended else "open",
        "gedaan_op": f"{action.ended:%d-%m-%Y}" if has_ended else "",
        "toelichting": action.note if has_ended and not action.is_dropped else "",
        "contactpersoon": f"{canaries.NAME}, {canaries.EMAIL}",
    }


@cache
def _points(seed: int, month: int) -> tuple[str, ...]:
    """Return what the minutes of a month say was agreed on."""
    if not is_held(month):
        return ()
    random = chance(seed, "minutes", month)
    chosen = random.choice(len(_POINTS), int(random.integers(2, 5)), replace=False)
    return tuple(_POINTS[at] for at in sorted(chosen.tolist()))


def _minutes(seed: int, month: int) -> list[Delivery]:
    """Return the minutes of the briefing of a month."""
    rows: list[Row] = [
        {"briefing_id": f"B-{label(month)}", "volgorde": str(number), "punt": point}
        for number, point in enumerate(_points(seed, month), start=1)
    ]
    if not rows:
        return []
    spoilt = {
        "briefing_id": f"B-{label(month)}",
        "volgorde": str(len(rows) + 1),
        "punt": f"{canaries.NAME} zag {canaries.PLATE} rijden.",
        "opmerking": f"{canaries.EMAIL}",
    }
    name = f"{export_day(month)}__demo_verslag.csv"
    content = lists.as_csv(_MINUTE_COLUMNS, [*rows, spoilt], "utf-8-sig")
    problems = Counter(["personal_data_found"])
    return [Delivery(_MINUTES, name, content, len(rows) + 1, problems)]
