"""When a briefing is held and a bulletin comes out, and what is told when one is late.

A briefing is held on the last Thursday of a month, unless the settings name another
day of that month, and is about the month before. A bulletin comes out every fourteen
days by the calendar, at the same hour by the clock, counted from one day in the
settings. Nothing heavy is loaded here, because every DAG file reads it.
"""

import json
import logging
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from babel.dates import format_date

from wijkbeeld import files
from wijkbeeld.language import say, spoken
from wijkbeeld.local_time import ZONE
from wijkbeeld.settings import settings

_THURSDAY = 3
_FORTNIGHT = timedelta(days=14)
_YEARS_AHEAD = 10
_PREPARED_AT = 7
_SHOWN_DAYS = 21

_log = logging.getLogger(__name__)


class Alert(NamedTuple):
    """A briefing that was not ready when it had to be."""

    month: date
    """First day of the month that it is about."""
    held_on: date
    told_at: datetime
    """Aware, in UTC."""


def today() -> date:
    """Return the local date."""
    return datetime.now(ZONE).date()


def held_on(year: int, month: int) -> date:
    """Return the day in a month on which a briefing is held."""
    for chosen in settings().briefing_dates:
        if (chosen.year, chosen.month) == (year, month):
            return chosen
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - _THURSDAY) % 7)


def month_told(held: date) -> date:
    """Return the first day of the month that a briefing is about: the one before."""
    return (held.replace(day=1) - timedelta(days=1)).replace(day=1)


def held_for(month: date) -> date:
    """Return the day of the briefing that is about a month."""
    after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return held_on(after.year, after.month)


def next_briefing(day: date) -> date:
    """Return the first day from ``day`` on at which a briefing is held."""
    held = held_on(day.year, day.month)
    return held if held >= day else held_for(day)


def briefings_prepared(year: int) -> list[datetime]:
    """Return when briefings are prepared, for ten years from the beginning of a year.

    At the same hour by the clock, ``briefing_prepared_days`` before each is held.
    """
    return [
        _prepared(held_on(one, month))
        for one in range(year, year + _YEARS_AHEAD)
        for month in range(1, 13)
    ]


def _prepared(held: date) -> datetime:
    day = held - timedelta(days=settings().briefing_prepared_days)
    return datetime(day.year, day.month, day.day, _PREPARED_AT, tzinfo=ZONE)


def bulletins_due(year: int) -> list[datetime]:
    """Return when bulletins come out, for ten years from the beginning of a year."""
    return list(_fortnights(datetime(year, 1, 1), datetime(year + _YEARS_AHEAD, 1, 1)))  # noqa: DTZ001 - local, as the anchor is


def _fortnights(first: datetime, end: datetime) -> Iterator[datetime]:
    # Added up without a zone: fourteen days by the calendar keep the hour, also where
    # the clock is changed in between.
    anchor = settings().bulletin_anchor
    due = anchor + -((anchor - first) // _FORTNIGHT) * _FORTNIGHT
    while due < end:
        yield due.replace(tzinfo=ZONE)
        due += _FORTNIGHT


def month_asked(asked: str | None, moment: datetime) -> date:
    """Return the first day of the month that a run is about.

    Args:
        asked: As whoever started the run wrote it, ``2026-10``; else none.
        moment: When the run was due. The briefing that is prepared then decides, or
            else the next one from then on: another may be held in between.

    Raises:
        ValueError: What was asked is no month.
    """
    if asked:
        return date.fromisoformat(f"{asked}-01")
    local = moment.astimezone(ZONE)
    held = local.date() + timedelta(days=settings().briefing_prepared_days)
    if local == _prepared(held) and held == held_on(held.year, held.month):
        return month_told(held)
    return month_told(next_briefing(local.date()))


def missed(context: dict[str, Any]) -> None:
    """Tell of a briefing that was not released a day ahead; Airflow calls this then.

    Nothing is told of one that has left in another run, or that is further off: a run
    that was started by hand has a deadline of its own, which says nothing.
    """
    run = context["dag_run"]
    moment = datetime.fromisoformat(run["logical_date"])
    month = month_asked((run.get("conf") or {}).get("month"), moment)
    left = list(
        (settings().releases / "briefing").glob(f"{month:%Y-%m}*/manifest.json")
    )
    if not left and held_for(month) - today() <= timedelta(days=1):
        late(month)


def late(month: date) -> Alert:
    """Keep that the briefing about a month was not ready in time, and log it.

    Told once: a second call changes nothing.
    """
    path = settings().alerts / f"briefing_{month:%Y-%m}.json"
    if not path.exists():
        told = {
            "month": f"{month:%Y-%m-%d}",
            "held_on": f"{held_for(month):%Y-%m-%d}",
            "told_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        files.write_text(path, json.dumps(told, indent=1) + "\n")
    alert = _read(path.read_text("utf-8"))
    _log.warning("%s", in_words(alert, today()))
    return alert


def alerts(day: date) -> list[Alert]:
    """Return what was told of late, the latest briefing first."""
    told = [
        _read(path.read_text("utf-8"))
        for path in settings().alerts.glob("[!.]*.json")
        if path.is_file()
    ]
    recent = [one for one in told if (day - one.held_on).days <= _SHOWN_DAYS]
    return sorted(recent, reverse=True)


def is_over(month: date) -> None:
    """Take an alert away: the briefing about that month has been released."""
    (settings().alerts / f"briefing_{month:%Y-%m}.json").unlink(missing_ok=True)


def in_words(alert: Alert, day: date) -> str:
    """Return an alert as a sentence for whoever reads it on a day."""
    name = format_date(alert.month, "LLLL", locale=spoken())
    held = format_date(alert.held_on, "d MMMM", locale=spoken())
    ahead = (alert.held_on - day).days
    if ahead < 0:
        when = say("zij was op {day}", day=held)
    elif ahead == 0:
        when = say("zij is vandaag")
    elif ahead == 1:
        when = say("zij is morgen")
    else:
        when = say("zij is op {day}", day=held)
    return say(
        "De briefing over {month} is nog niet klaar; {when}.", month=name, when=when
    )


def _read(text: str) -> Alert:
    said = json.loads(text)
    return Alert(
        month=date.fromisoformat(said["month"]),
        held_on=date.fromisoformat(said["held_on"]),
        told_at=datetime.fromisoformat(said["told_at"]),
    )
