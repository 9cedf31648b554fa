"""The lists that the team keeps by hand: street knowledge, portfolios and goals.

Every quarter a list of judgements, in another form each time; every January who holds
which theme, as a workbook, and what is promised for the year. In July the first goal
is moved, and what was promised must still be seen.
"""

import csv
import io
from collections import Counter
from datetime import date, datetime

import xlsxwriter

from wijkbeeld.demo import canaries, counts
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import export_day, first_day, label
from wijkbeeld.demo.offences import BURGLARY, CODES
from wijkbeeld.demo.places import CODES as BUURT_CODES

STREET, HOLDERS, GOALS = "team__street_knowledge", "team__portfolios", "team__goals"
Row = dict[str, str]

_MONTHS_LISTED, _PER_MONTH = 6, 4
_JUNE, _JULY, _YEAR = 5, 6, 12
_THEMES = ("woninginbraak", "autokraak", "fietsendiefstal", "jeugd", "overlast")
_JUDGES = ("wijkagent", "watch_team", "bewoner", "gemeente", "ondernemer")
_DIRECTIONS, _SURE = ("minder", "gelijk", "meer"), ("laag", "midden", "hoog")
_DAY_PARTS = ("", "nacht", "ochtend", "middag", "avond")
_REASONS = (
    "Donker pad achter het café",
    "Stalling bij de flat staat open",
    "Nieuwe verlichting in het park",
    "Bouwplaats zonder hek",
)
_JUDGEMENT = (
    "oordeel_id", "datum", "bron", "buurtcode", "thema", "ernst", "richting",
    "zekerheid", "dagdeel", "verplaatst_op_focuslijst", "reden", "geldig_tot", "naam",
)  # fmt: skip
_HOLDER = (
    "thema", "organisatie", "functie", "naam", "telefoon_algemeen", "van", "tot",
)  # fmt: skip
_GOAL = (
    "doel_id", "indicator", "thema", "offence_code", "buurtcode", "richting",
    "nulmeting", "nulmeting_van", "nulmeting_tot", "streefwaarde", "einddatum",
    "eigenaar", "stopregel", "vastgesteld_op", "opmerkingen",
)  # fmt: skip
_HELD = (
    ("woninginbraak", "politie", "operationeel expert wijk", "0900-8844"),
    ("autokraak", "politie", "wijkagent", "0900-8844"),
    ("jeugd", "politie", "jeugdagent", ""),
    ("jeugd", "gemeente", "coördinator jeugd stadsdeel", "14070"),
    ("overlast", "corporatie", "wijkbeheerder", ""),
    ("preventie", "school", "conciërge", ""),
)


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the lists that come in after a month."""
    made = []
    is_first = month == first_month
    if is_first or month % 3 == 2:  # noqa: PLR2004 - the last of a quarter
        made.append(_judgements_of(seed, first_month, month))
    if is_first or month % _YEAR == 0:
        made.append(_holders_of(month))
    if is_first or month % _YEAR in {0, _JULY}:
        made.append(_goals_of(seed, scale, month))
    return made


def known(seed: int, scale: int, first_month: int, last_month: int) -> dict[str, int]:
    """Return how many records each list holds in the end: goals in all versions."""
    judged, held, terms = set[str](), set[str](), list[tuple[str, ...]]()
    for month in range(first_month, last_month + 1):
        for delivery in exports(seed, scale, first_month, month):
            if delivery.source == STREET:
                judged |= {r["oordeel_id"] for r in _judged(seed, first_month, month)}
            elif delivery.source == HOLDERS:
                held |= {f"{row}" for row in _held(month)}
            else:
                promised = _promised(seed, scale, month)
                terms += [(row["doel_id"], row["streefwaarde"]) for row in promised]
    return {STREET: len(judged), HOLDERS: len(held), GOALS: len(set(terms))}


def _judgements_of(seed: int, first_month: int, month: int) -> Delivery:
    rows = _judged(seed, first_month, month)
    odd = {
        "oordeel_id": f"SK-{label(month)}-90",
        "datum": f"{first_day(month):%d-%m-%Y}",
        "bron": "wijkagent",
        "buurtcode": BUURT_CODES[1],
        "thema": "jeugd",
        "ernst": "7",
        "richting": "meer",
    }
    personal = odd | {
        "oordeel_id": f"SK-{label(month)}-91",
        "ernst": "4",
        "verplaatst_op_focuslijst": "1",
        "reden": f"Melder {canaries.NAME}, {canaries.PHONE}, ziet {canaries.PLATE}",
    }
    rows = [*rows, odd, personal]
    name = f"{export_day(month)}__demo_straatkennis"
    problems = Counter(["bad_number", "personal_data_found"])
    quarter = month % _YEAR
    if quarter == _JUNE:
        content, ending = _workbook(_JUDGEMENT, rows, "straatkennis"), "xlsx"
    else:
        encoding = {2: "cp1252", 8: "utf-16"}.get(quarter, "utf-8-sig")
        content, ending = _csv(_JUDGEMENT, rows, encoding), "csv"
    return Delivery(STREET, f"{name}.{ending}", content, len(rows), problems)


def _judged(seed: int, first_month: int, month: int) -> list[Row]:
    """Return the judgements of half a year; old ones are put right in a later list."""
    since = max(first_month, month - _MONTHS_LISTED + 1)
    return [
        row
        for judged in range(since, month + 1)
        for row in _judged_in(seed, judged, is_old=judged < month - 2)
    ]


def _judged_in(seed: int, month: int, *, is_old: bool) -> list[Row]:
    random = chance(seed, "street knowledge", month)
    rows = []
    for at in range(_PER_MONTH):
        draws = random.integers(0, 60, 8)
        severity = 1 + int(draws[0]) % 5
        if is_old and at == 0:
            severity = severity % 5 + 1
        judge = _JUDGES[int(draws[1]) % len(_JUDGES)]
        moved = ("", "", "1", "-1")[int(draws[2]) % 4]
        reason = _REASONS[int(draws[3]) % len(_REASONS)] if moved else ""
        if moved and judge in {"bewoner", "ondernemer"}:
            # Not a word of theirs is kept.
            reason = f"{canaries.NAME} van {canaries.STREET} zag het"
        rows.append(
            {
                "oordeel_id": f"SK-{label(month)}-{at + 1:02d}",
                "datum": f"{first_day(month).replace(day=5 + at):%d-%m-%Y}",
                "bron": judge,
                "buurtcode": BUURT_CODES[int(draws[4]) % len(BUURT_CODES)],
                "thema": _THEMES[int(draws[5]) % len(_THEMES)],
                "ernst": str(severity),
                "richting": _DIRECTIONS[int(draws[6]) % 3],
                "zekerheid": _SURE[int(draws[7]) % 3],
                "dagdeel": _DAY_PARTS[int(draws[0]) % len(_DAY_PARTS)],
                "verplaatst_op_focuslijst": moved,
                "reden": reason,
                "geldig_tot": f"{first_day(month + 8):%d-%m-%Y}" if at % 2 else "",
                "naam": canaries.NAME,
            }
        )
    return rows


def _holders_of(month: int) -> Delivery:
    rows = _held(month)
    mobile = rows[1] | {"functie": "themahouder", "telefoon_algemeen": canaries.PHONE}
    unknown = rows[0] | {"thema": "veiligheid"}
    rows = [*rows, mobile, unknown]
    content = _workbook(_HOLDER, rows, "portefeuilles")
    problems = Counter(["personal_data_found", "unknown_code"])
    name = f"{export_day(month)}__demo_portefeuilles.xlsx"
    return Delivery(HOLDERS, name, content, len(rows), problems)


def _held(month: int) -> list[Row]:
    year = first_day(month).year
    return [
        {
            "thema": theme,
            "organisatie": organisation,
            "functie": role,
            "naam": canaries.NAME,
            "telefoon_algemeen": phone,
            "van": f"01-01-{year}",
            "tot": f"31-12-{year}" if organisation == "gemeente" else "",
        }
        for theme, organisation, role, phone in _HELD
    ]


def _goals_of(seed: int, scale: int, month: int) -> Delivery:
    rows = _promised(seed, scale, month)
    year = first_day(month).year
    odd = rows[0] | {"doel_id": f"D-{year}-08", "indicator": "veiligheid"}
    personal = rows[1] | {
        "doel_id": f"D-{year}-09",
        "stopregel": f"overleg met {canaries.NAME}, {canaries.EMAIL}",
    }
    rows = [*rows, odd, personal]
    problems = Counter(["unknown_code", "personal_data_found"])
    name = f"{export_day(month)}__demo_doelen.csv"
    return Delivery(GOALS, name, _csv(_GOAL, rows, "cp1252"), len(rows), problems)


def _promised(seed: int, scale: int, month: int) -> list[Row]:
    """Return the goals of a year; from July on the first is less strict."""
    year = first_day(month).year
    before = counts.of_year(seed, scale, year - 1)[CODES.index(BURGLARY)]
    baseline = int(before.sum())
    share = 0.95 if month % _YEAR >= _JULY else 0.85
    common = {
        "nulmeting_van": f"01-01-{year - 1}",
        "nulmeting_tot": f"31-12-{year - 1}",
        "einddatum": f"31-12-{year}",
        "vastgesteld_op": f"05-01-{year}",
        "opmerkingen": f"besproken met {canaries.NAME}",
    }
    return [
        common
        | {
            "doel_id": f"D-{year}-01",
            "indicator": "crime_count",
            "thema": "woninginbraak",
            "offence_code": BURGLARY,
            "richting": "omlaag",
            "nulmeting": str(baseline),
            "streefwaarde": str(int(baseline * share)),
            "eigenaar": "teamchef",
        },
        common
        | {
            "doel_id": f"D-{year}-02",
            "indicator": "patrol_hours",
            "buurtcode": "BU05181840",
            "richting": "omhoog",
            "nulmeting": "122,5",
            "streefwaarde": "150",
            "eigenaar": "coördinator buurtpreventie",
            "stopregel": "3 maanden geen verschil: stoppen",
        },
        common
        | {
            "doel_id": f"D-{year}-03",
            "indicator": "has_prefix_share",
            "richting": "omhoog",
            "nulmeting": "0,8",
            "streefwaarde": "1",
            "eigenaar": "wijkagent",
        },
    ]


def _csv(columns: tuple[str, ...], rows: list[Row], encoding: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, "", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def _workbook(columns: tuple[str, ...], rows: list[Row], name: str) -> bytes:
    """Return a list as a workbook: a title above it, real dates in it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    # The time of making would make every copy another file.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - as the file
    sheet = book.add_worksheet(name)
    as_date = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write(0, 0, "Team Loosduinen (demo)")
    sheet.write_row(2, 0, columns)
    for at, row in enumerate(rows, start=3):
        for column, header in enumerate(columns):
            text = row.get(header, "")
            if text and header in {"datum", "geldig_tot", "van", "tot"}:
                day, month, year = map(int, text.split("-"))
                sheet.write_datetime(at, column, date(year, month, day), as_date)
            else:
                sheet.write_string(at, column, text)
    book.close()
    return target.getvalue()
