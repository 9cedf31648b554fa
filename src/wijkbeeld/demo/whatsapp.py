"""The WhatsApp groups: their register, what the police send them, and their weeks.

The register comes every quarter. The log of messages holds the month and the one
before, whose tips are counted by then. Administrators send lists of weeks; one group
sends its chat every quarter, in the form of an iPhone or of Android.
"""

import io
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta

from wijkbeeld import reference
from wijkbeeld.demo import canaries, lists
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.lists import Row
from wijkbeeld.demo.months import export_day, first_day, label, month_of

_GROUPS, _BROADCASTS = "whatsapp__groups", "whatsapp__broadcasts"
_WEEKS = "whatsapp__group_weeks"
_GROUP_COUNT, _QUARTER = 54, 3
_SILENT_UP_TO = 5
"""Replies that an appeal without a tip would have had, up to which it had none."""
_GROUP_COLUMNS = (
    "groep_id", "groepsnaam", "soort", "buurtcode", "gebied_buurtcodes",
    "gebied_omschrijving", "woningen_in_gebied", "leden", "beheerders",
    "politie_neemt_deel", "saar_afgesproken", "actief_vanaf", "actief_tot",
    "peildatum", "beheerder", "telefoon beheerder",
)  # fmt: skip
_BROADCAST_COLUMNS = (
    "bericht_id", "verzonden_op", "groep_id", "soort", "thema", "tekst", "hoort_bij",
    "leden_bereikt", "eerste_reactie_min", "reacties_24u", "tips", "opgelost_met_tip",
    "reacties van bewoners",
)  # fmt: skip
_WEEK_COLUMNS = (
    "groep_id", "jaar", "isoweek", "leden", "berichten", "berichten_politie",
    "berichten_bewoners", "meldingen", "tips", "antwoorden_op_politie",
    "saar_overtredingen", "opmerking",
)  # fmt: skip
_PREFIX = "BERICHT VAN POLITIE LOOSDUINEN."
_TEXTS = (
    ("getuigenoproep", "woninginbraak", "Vanavond is ingebroken. Zag u iets? Bel 112."),
    ("getuigenoproep", "autokraak", "Vannacht zijn auto's opengebroken; zag u iets?"),
    ("waarschuwing", "oplichting", "Er wordt aangebeld voor een café-enquête: pas op."),
    ("preventie", "fietsendiefstal", "Zet uw fiets vast, ook in de schuur."),
    ("uitnodiging", "preventie", "Donderdag is er weer een briefing, welkom."),
)
_REPLIES = ("", f"{canaries.NAME}: ik zag {canaries.PLATE}", canaries.PHONE)
_REMARKS = ("", "Rustige week.", f"{canaries.NAME} belde {canaries.PHONE}.")
_COUNTED_BY_HAND = 6
_CHAT_GROUP = 7
_CHAT_WEEKS = 4
_RESIDENTS = (
    canaries.NAME, "\u202a" + canaries.PHONE + "\u202c", "~\u202fBewoner A",
    "Bewoner B", "Bewoner C", "Bewoner D", "Bewoner E",
)  # fmt: skip
_SAID = (
    "Iemand iets gezien?", f"Bus met kenteken {canaries.PLATE} rijdt rond",
    f"Ik woon op {canaries.ADDRESS}", "Dank!", "\u200eafbeelding weggelaten",
    f"Mail naar {canaries.EMAIL}", f"Betaald aan {canaries.IBAN}",
)  # fmt: skip


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return what comes in after a month."""
    made = [_log(seed, scale, first_month, month), _list(seed, month)]
    if month == first_month or month % _QUARTER == 0:
        made.append(_register(seed, month))
    if month % _QUARTER == 1:
        made.append(_chat(seed, month))
    return made


def messages_accepted(
    seed: int, scale: int, month: int, last_month: int
) -> dict[str, int]:
    """Return what is known of the messages of a month once all logs are in."""
    rows = _messages(seed, scale, month)
    if month == last_month:
        # Its last row names a person, and its tips are not counted yet.
        rows = rows[:-1]
    tips = [int(row["tips"]) for row in rows if row["tips"]]
    return {
        "message_count": len(rows),
        "prefix_count": sum(row["tekst"].startswith(_PREFIX) for row in rows),
        "tip_count": 0 if month == last_month else sum(tips),
    }


def _register(seed: int, month: int) -> Delivery:
    rows = [_group(seed, number, month) for number in range(1, _GROUP_COUNT + 1)]
    rows = [row for row in rows if row]
    problems: Counter[str] = Counter()
    if month % 12 == 0:
        rows[-1]["leden"] = "veel"
        problems["bad_number"] += 1
    name = f"{export_day(month)}__demo_groepen"
    if month % 2:
        content = lists.as_workbook(
            lists.Sheet("groepen", _GROUP_COLUMNS, rows, "Groepen (demo)")
        )
        return Delivery(_GROUPS, f"{name}.xlsx", content, len(rows), problems)
    content = lists.as_csv(_GROUP_COLUMNS, rows, "utf-8-sig")
    return Delivery(_GROUPS, f"{name}.csv", content, len(rows), problems)


def _group(seed: int, number: int, month: int) -> Row:
    """Return a group as it stands at the end of a month; nothing before it began."""
    buurten = reference.buurten()
    buurt = buurten[number % len(buurten)]
    random = chance(seed, "whatsapp groups", number)
    since = month_of(date(2015, 1, 1)) + int(random.integers(0, 140))
    is_chat = number == _CHAT_GROUP
    if since > month and not is_chat:
        since = month_of(date(2015, 1, 1))
    members = int(random.integers(20, 240)) + 2 * max(0, month - since) // 5
    ended = number == _GROUP_COUNT - 1
    return {
        "groep_id": f"WA-{number:02d}",
        "groepsnaam": _name(number),
        "soort": ("buurtpreventie", "buurtpreventie", "vve", "ondernemers")[number % 4],
        "buurtcode": buurt.buurt_name if number % 9 == 0 else buurt.buurt_code,
        "gebied_omschrijving": "rond het plein" if number % 5 == 0 else "",
        "woningen_in_gebied": "" if number % 7 == 0 else str(50 * (1 + number % 12)),
        "leden": str(min(members, 1024)),
        "beheerders": str(1 + number % 3),
        "politie_neemt_deel": "ja" if number % 3 else "nee",
        "saar_afgesproken": "ja" if number % 4 else "nee",
        "actief_vanaf": "01-03-2015" if is_chat else f"{first_day(since):%d-%m-%Y}",
        "actief_tot": "31-12-2025" if ended and month >= month_of(date(2026, 1, 1))
        else "",
        "peildatum": f"{export_day(month):%d-%m-%Y}",
        "beheerder": canaries.NAME if number % 10 == 0 else "",
        "telefoon beheerder": canaries.PHONE if number % 10 == 0 else "",
    }  # fmt: skip


def _name(number: int) -> str:
    buurten = reference.buurten()
    return f"Buurtapp {buurten[number % len(buurten)].buurt_name} {number} (demo)"


def _log(seed: int, scale: int, first_month: int, month: int) -> Delivery:
    """Return the log of a month and the one before, whose tips are counted now."""
    rows = _messages(seed, scale, month)
    for row in rows:
        row.update({"tips": "", "opgelost_met_tip": ""})
    rows[-1]["tekst"] += f" Dank aan {canaries.NAME}, {canaries.ADDRESS}."
    problems = Counter({"personal_data_found": 1})
    if month > first_month:
        rows = _messages(seed, scale, month - 1) + rows
    name = f"{export_day(month)}__demo_berichten"
    if month % _QUARTER == 0:
        content = lists.as_workbook(lists.Sheet("berichten", _BROADCAST_COLUMNS, rows))
        return Delivery(_BROADCASTS, f"{name}.xlsx", content, len(rows), problems)
    encoding = "cp1252" if month % _QUARTER == 1 else "utf-16"
    content = lists.as_csv(_BROADCAST_COLUMNS, rows, encoding)
    return Delivery(_BROADCASTS, f"{name}.csv", content, len(rows), problems)


def _messages(seed: int, scale: int, month: int) -> list[Row]:
    """Return the messages of a month, as they are known a month later."""
    random = chance(seed, "whatsapp messages", month)
    rows: list[Row] = []
    for number in range(1, 2 + int(random.poisson(4 * scale)) + 1):
        kind, theme, text = _TEXTS[int(random.integers(len(_TEXTS)))]
        day = first_day(month) + timedelta(days=int(random.integers(0, 28)))
        hour, minute = int(random.integers(8, 22)), int(random.integers(0, 60))
        first, second = (int(n) for n in random.integers(1, _GROUP_COUNT - 1, 2))
        groups = f"WA-{first:02d}" if first == second else (
            f"WA-{first:02d} WA-{second:02d}"
        )  # fmt: skip
        replies = int(random.poisson(6))
        is_appeal = kind == "getuigenoproep"
        rows.append(
            {
                "bericht_id": f"WB-{label(month)}-{number:03d}",
                "verzonden_op": f"{day:%d-%m-%Y} {hour:02d}:{minute:02d}",
                "groep_id": groups if is_appeal else "ALLE",
                "soort": kind,
                "thema": theme,
                "tekst": f"{_PREFIX} {text}"
                if random.random() < 0.9  # noqa: PLR2004
                else f"Bericht van politie: {text}",
                "leden_bereikt": "",
                "eerste_reactie_min": str(random.integers(1, 90)) if replies else "",
                "reacties_24u": str(replies) if is_appeal else "",
                "tips": str(min(replies, int(random.poisson(0.6))))
                if is_appeal
                else "",
                "opgelost_met_tip": "nee" if is_appeal else "",
                "reacties van bewoners": _REPLIES[number % len(_REPLIES)],
            }
        )
    for number, row in enumerate(rows):
        _settle(row, number)
    return rows


def _settle(row: Row, number: int) -> None:
    """Let some appeals without a tip stay silent, and some with one be solved."""
    if row["tips"] == "0" and int(row["reacties_24u"]) <= _SILENT_UP_TO:
        row.update({"eerste_reactie_min": "", "reacties_24u": "0"})
    elif int(row["tips"] or 0) and number % 2:
        row["opgelost_met_tip"] = "ja"


def _list(seed: int, month: int) -> Delivery:
    """Return the weeks that begin in a month, of the groups that count by hand."""
    random = chance(seed, "whatsapp weeks", month)
    rows: list[Row] = []
    for number in range(1, _COUNTED_BY_HAND + 1):
        for monday in _mondays(month):
            year, week, _ = monday.isocalendar()
            police, residents = int(random.poisson(2)), int(random.poisson(24))
            rows.append(
                {
                    "groep_id": f"WA-{number:02d}",
                    "jaar": str(year),
                    "isoweek": str(week),
                    "leden": str(60 + 10 * number),
                    "berichten": str(police + residents),
                    "berichten_politie": str(police),
                    "berichten_bewoners": str(residents),
                    "meldingen": str(random.poisson(2)) if number % 2 else "",
                    "tips": str(random.poisson(0.5)) if number % 2 else "",
                    "antwoorden_op_politie": str(random.poisson(4)) if police else "",
                    "saar_overtredingen": str(random.poisson(1)),
                    "opmerking": _REMARKS[week % len(_REMARKS)],
                }
            )
    rows[-1]["berichten"] = str(int(rows[-1]["berichten_bewoners"]) - 1)
    problems = Counter({"parts_do_not_add_up": 1})
    name = f"{export_day(month)}__demo_weken.csv"
    content = lists.as_csv(_WEEK_COLUMNS, rows, "utf-8")
    return Delivery(_WEEKS, name, content, len(rows), problems)


def _mondays(month: int) -> list[date]:
    day = first_day(month)
    day += timedelta(days=-day.weekday() % 7)
    days = [day + timedelta(weeks=n) for n in range(_CHAT_WEEKS)]
    # A week is listed once it is over.
    return [d for d in days if d + timedelta(days=6) < export_day(month)]


def _chat(seed: int, month: int) -> Delivery:
    """Return the chat of whole weeks of a month, by seven residents and the police."""
    random = chance(seed, "whatsapp chat", month)
    mondays = _mondays(month)
    is_iphone = month % 2 == 0
    lines = [_line(mondays[0], 0, None, _ENCRYPTED, is_iphone=is_iphone)]
    for monday in mondays:
        police = int(random.integers(1, 4))
        for at in sorted(random.integers(600, 9000, police + 20).tolist()):
            pick = int(random.integers(0, 1000))
            who = "Politie Loosduinen" if pick % 8 == 0 else _RESIDENTS[
                pick % len(_RESIDENTS)
            ]  # fmt: skip
            said = _SAID[pick % len(_SAID)]
            if pick % 8 == 0:
                said = f"{_PREFIX} Let op uw spullen.\nEn sluit uw deur."
            lines.append(_line(monday, at, who, said, is_iphone=is_iphone))
    # The last Sunday evening, so that the weeks are what the list says.
    lines.append(_line(mondays[-1], 9300, "Bewoner B", "Fijn!", is_iphone=is_iphone))
    name, text = _name(_CHAT_GROUP), "\n".join(lines) + "\n"
    dated = f"{export_day(month)}__"
    if not is_iphone:
        name = f"{dated}WhatsApp-chat met {name}.txt"
        return Delivery(_WEEKS, name, text.encode(), len(mondays), Counter())
    name = f"{dated}WhatsApp Chat - {name}.zip"
    return Delivery(_WEEKS, name, _zipped(text), len(mondays), Counter())


_ENCRYPTED = "Berichten en oproepen zijn end-to-end versleuteld."


def _line(
    monday: date, minute: int, who: str | None, said: str, *, is_iphone: bool
) -> str:
    at = datetime.combine(monday, datetime.min.time()) + timedelta(minutes=minute)
    if is_iphone:
        sender, mark = who or _name(_CHAT_GROUP), "" if who else "\u200e"
        return f"[{at:%d-%m-%Y, %H:%M:%S}] {sender}: {mark}{said}"
    return f"{at:%d-%m-%Y %H:%M} - {who}: {said}" if who else (
        f"{at:%d-%m-%Y %H:%M} - {said}"
    )  # fmt: skip


def _zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The time of making would make every copy another file.
        for name, content in (("_chat.txt", text), ("IMG-DEMO.jpg", canaries.NAME)):
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()
