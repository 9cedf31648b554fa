"""The header lines of a chat export, counted per week."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import median

import pyarrow as pa

from wijkbeeld.landing import chat_lines
from wijkbeeld.landing.chat_lines import Line
from wijkbeeld.landing.document import Document
from wijkbeeld.settings import settings

FEWEST_RESIDENTS = 5
"""With fewer different residents in a week, nothing about them is kept."""
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_ALWAYS = (
    "groep_id", "jaar", "isoweek", "leden", "berichten_politie",
    "berichten_met_aanhef", "is_chat", "is_deelweek", "is_onderdrukt",
)  # fmt: skip
_OF_RESIDENTS = (
    "berichten", "berichten_bewoners", "bewoners", "berichten_met_media",
    "antwoorden_binnen_uur", "antwoorden_binnen_dag", "mediaan_eerste_antwoord_min",
    "saar_overtredingen",
)  # fmt: skip


def count(lines: list[Line], group_id: str) -> Document:
    """Return a row per week, from the first header line to the last.

    The first and the last week are not whole. Who wrote is only counted.
    """
    monday = _monday(min(line.at for line in lines))
    last = _monday(max(line.at for line in lines))
    counted = _counted(lines)
    names = (*_ALWAYS, *_OF_RESIDENTS)
    columns: dict[str, list[str | None]] = {name: [] for name in names}
    first = monday
    while monday <= last:
        row = _row(group_id, monday, counted[monday], is_part=monday in {first, last})
        for name in names:
            columns[name].append(row.get(name))
        monday += _WEEK
    table = pa.table({n: pa.array(c, pa.string()) for n, c in columns.items()})
    at = max(line.at for line in lines)
    return Document(
        table,
        pa.array(range(2, len(table) + 2), pa.int64()),
        pa.nulls(len(table), pa.string()),
        {"exported_on": at.isoformat()},
        [],
    )


class _Week:
    """What is counted of one week."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.residents: set[str] = set()
        self.minutes: list[float] = []


def _counted(lines: list[Line]) -> defaultdict[date, _Week]:
    weeks: defaultdict[date, _Week] = defaultdict(_Week)
    ours = {chat_lines.plain(name) for name in settings().police_chat_names}
    messages = [line for line in lines if line.kind == "message"]
    police = [m for m in messages if m.has_prefix or m.sender in ours]
    residents = [m for m in messages if not (m.has_prefix or m.sender in ours)]
    for message in police:
        week = weeks[_monday(message.at)]
        week.counts["berichten_politie"] += 1
        week.counts["berichten_met_aanhef"] += message.has_prefix
    for message in residents:
        week = weeks[_monday(message.at)]
        week.residents.add(message.sender or "")
        week.counts["berichten_bewoners"] += 1
        week.counts["saar_overtredingen"] += message.is_breach
    for message in messages:
        week = weeks[_monday(message.at)]
        week.counts["berichten"] += 1
        week.counts["berichten_met_media"] += message.is_media
    _count_replies(sorted(messages, key=lambda m: m.at), ours, weeks)
    return weeks


def _count_replies(
    messages: list[Line], ours: set[str], weeks: defaultdict[date, _Week]
) -> None:
    """Count what residents write after the police did, in the week they write it.

    Within a minute the order is that of the lines.
    """
    last: datetime | None = None
    unanswered: list[datetime] = []
    for message in messages:
        if message.has_prefix or message.sender in ours:
            last = message.at
            unanswered.append(last)
        elif last is not None:
            week = weeks[_monday(message.at)]
            week.counts["antwoorden_binnen_uur"] += message.at - last <= _HOUR
            week.counts["antwoorden_binnen_dag"] += message.at - last <= _DAY
            waits = [message.at - at for at in unanswered]
            week.minutes += [w.total_seconds() / 60 for w in waits if w <= _DAY]
            unanswered = []


def _row(
    group_id: str, monday: date, week: _Week, *, is_part: bool
) -> dict[str, str | None]:
    year, number, _ = monday.isocalendar()
    is_few = len(week.residents) < FEWEST_RESIDENTS
    row: dict[str, str | None] = {
        "groep_id": group_id,
        "jaar": str(year),
        "isoweek": str(number),
        "berichten_politie": str(week.counts["berichten_politie"]),
        "berichten_met_aanhef": str(week.counts["berichten_met_aanhef"]),
        "is_chat": "ja",
        "is_deelweek": "ja" if is_part else "nee",
        "is_onderdrukt": "ja" if is_few else "nee",
    }
    if is_few:
        # Nor the sum, from which those of the residents could be told.
        return row
    row |= {name: str(week.counts[name]) for name in _OF_RESIDENTS}
    row["bewoners"] = str(len(week.residents))
    minutes = round(median(week.minutes), 1) if week.minutes else None
    row["mediaan_eerste_antwoord_min"] = None if minutes is None else str(minutes)
    return row


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())
