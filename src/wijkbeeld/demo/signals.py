"""What the watch teams of the demo noticed on their rounds, and what came of it.

Every list holds its month and the month before, of which the outcomes are known by
then. The one of June is a workbook that also holds the rounds.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from wijkbeeld.demo import calls, canaries, lists, patrols
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import export_day

_SOURCE = "watch__signals"
_WORKBOOK_MONTH = 6
_COLUMNS = (
    "signaal_id", "ronde_id", "team", "gemeld_op", "buurtcode", "soort", "gemeld_aan",
    "spoed", "meldnummer", "reactie_op", "reactie_door", "uitkomst",
    "teruggekoppeld_op", "omschrijving", "peildatum",
)  # fmt: skip
_KINDS: tuple[tuple[str, str, str, str], ...] = (
    ("open_raam_deur", "bewoner", "bewoner", "hersteld"),
    ("open_garage_schuur", "bewoner", "bewoner", "hersteld"),
    ("auto_niet_afgesloten", "bewoner", "bewoner", "gewaarschuwd"),
    ("verlichting_defect", "gemeente", "gemeente", "hersteld"),
    ("afval", "gemeente", "gemeente", "doorverwezen"),
    ("graffiti_vernieling", "gemeente", "gemeente", "hersteld"),
    ("hangplek_overlast", "wijkagent", "politie", "gewaarschuwd"),
    ("verdachte_situatie", "politie_0900", "politie", "niets_aangetroffen"),
    ("verdachte_situatie", "politie_112", "politie", "gecontroleerd"),
    ("gesprek", "niemand", "", ""),
)
"""Kind of signal, to whom it goes, who responds, and what mostly comes of it."""
_TO_POLICE = ("politie_112", "politie_0900")
_DESCRIPTIONS = (
    "", "Poort stond open, café-zijde.", "Lantaarn 12 doet het niet.",
    f"Gemeld door {canaries.NAME}, {canaries.PHONE}.",
    f"Busje met kenteken {canaries.PLATE} reed langzaam langs {canaries.ADDRESS}.",
)  # fmt: skip
_STEP = 7
_ANSWERED_SHARE, _KNOWN_AT_ONCE_SHARE, _FED_BACK_SHARE = 0.75, 0.5, 0.6


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the list that comes in after a month, if anything was noticed."""
    rows = of_month(seed, scale, month, exported=month)
    problems = Counter([_plant_fault(rows, month)] if rows else [])
    if month > first_month:
        rows = of_month(seed, scale, month - 1, exported=month) + rows
    if not rows:
        return []
    name = f"{export_day(month)}__demo_signalen"
    if month % 12 + 1 == _WORKBOOK_MONTH:
        rounds = patrols.list_of_month(seed, scale, month)
        content = lists.as_workbook(
            lists.Sheet("rondes", patrols.COLUMNS, rounds),
            lists.Sheet("signalen", _COLUMNS, rows, "Signalen (demo)"),
        )
        return [Delivery(_SOURCE, f"{name}.xlsx", content, len(rows), problems)]
    encoding = "cp1252" if month % 2 else "utf-8-sig"
    content = lists.as_csv(_COLUMNS, rows, encoding)
    return [Delivery(_SOURCE, f"{name}.csv", content, len(rows), problems)]


def accepted(seed: int, scale: int, month: int, last_month: int) -> int:
    """Return how many signals of a month can be read once all lists are in."""
    count = len(of_month(seed, scale, month, exported=month))
    # The bad row is mended in the list of the month after.
    return count - int(count > 0 and month == last_month)


def of_month(seed: int, scale: int, month: int, exported: int) -> list[Row]:
    """Return the signals of a month as known when a list is made."""
    shown = []
    made = export_day(exported)
    for row in _signals(seed, scale, month):
        # What stays empty is what is not known yet.
        late = row["known"] == "late" and exported == month
        kept = {k: "" if late and k in _LATER else v for k, v in row.items()}
        if row["teruggekoppeld_op"] and _day(row["teruggekoppeld_op"]) > made:
            kept["teruggekoppeld_op"] = ""
        shown.append(kept | {"peildatum": f"{made:%d-%m-%Y}"})
    return [{k: v for k, v in row.items() if k in _COLUMNS} for row in shown]


_LATER = {"reactie_op", "reactie_door", "uitkomst", "teruggekoppeld_op"}


@lru_cache(maxsize=2)
def _signals(seed: int, scale: int, month: int) -> list[Row]:
    random = chance(seed, "signals", month)
    rows: list[Row] = []
    soon = calls.soonest(seed, scale, month)
    for one in patrols.list_of_month(seed, scale, month):
        for number in range(1, int(one["aantal_signalen"]) + 1):
            kind, to, by, outcome = _KINDS[int(random.integers(len(_KINDS)))]
            draws = random.random(4)
            day, clock = _moment(one, int(random.integers(5, 60)))
            is_answered = bool(by) and draws[0] < _ANSWERED_SHARE
            response = _moment(one, 60 + int(random.integers(4, 25)))
            fed_back = day + timedelta(days=int(random.integers(1, 12)))
            has_feedback = is_answered and draws[2] < _FED_BACK_SHARE
            rows.append(
                {
                    "signaal_id": f"S{one['ronde_id'][1:]}-{number}",
                    "ronde_id": one["ronde_id"],
                    "team": one["team"],
                    "gemeld_op": f"{day:%d-%m-%Y} {clock}",
                    "buurtcode": one["buurtcodes"].split()[0],
                    "soort": kind,
                    "gemeld_aan": to,
                    "spoed": "ja" if to == "politie_112" else "nee",
                    "meldnummer": _reference(one, number, to, soon)
                    if to in _TO_POLICE
                    else "",
                    "reactie_op": f"{response[0]:%d-%m-%Y} {response[1]}"
                    if is_answered
                    else "",
                    "reactie_door": by if is_answered else "",
                    "uitkomst": outcome if is_answered else "",
                    "teruggekoppeld_op": f"{fed_back:%d-%m-%Y}" if has_feedback else "",
                    "omschrijving": _DESCRIPTIONS[len(rows) % len(_DESCRIPTIONS)],
                    "known": "now" if draws[3] < _KNOWN_AT_ONCE_SHARE else "late",
                }
            )
    return rows


def _reference(one: Row, number: int, to: str, soon: list[str]) -> str:
    """Return the number of a call of the month, or one that no export of calls has."""
    if to == "politie_112" and soon:
        place = sum(map(int, one["ronde_id"].split("-")[1:])) * _STEP + number
        return soon[place % len(soon)]
    return f"{canaries.REGISTRATION}{one['ronde_id'][2:].replace('-', '')}{number}"


def _day(text: str) -> date:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day)


def _moment(one: Row, minutes: int) -> tuple[date, str]:
    """Return day and time some minutes into a round."""
    hour, minute = map(int, one["start_tijd"].split(":"))
    days, at = divmod(hour * 60 + minute + minutes, 24 * 60)
    return _day(one["datum"]) + timedelta(days=days), f"{at // 60:02d}:{at % 60:02d}"


def _unknown_word(row: Row) -> None:
    row["soort"] = "inbraak"


def _answered_before(row: Row) -> None:
    row["reactie_op"] = f"{row['gemeld_op'][:10]} 06:00"


def _elsewhere(row: Row) -> None:
    row["buurtcode"] = "Scheveningen"


_FAULTS: tuple[tuple[str, Callable[[Row], None]], ...] = (
    ("unknown_code", _unknown_word),
    ("bad_order_in_time", _answered_before),
    ("unknown_buurt", _elsewhere),
)


def _plant_fault(rows: list[Row], month: int) -> str:
    code, spoil = _FAULTS[month % len(_FAULTS)]
    spoil(rows[-1])
    return code
