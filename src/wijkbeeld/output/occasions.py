"""When a briefing is held and a bulletin comes out, what is due, and what is late.

A briefing is held on the last Thursday of a month, unless the settings name another
day of that month, and is about the month before. A bulletin comes out every fourteen
days by the calendar, at the same hour by the clock, counted from one day in the
settings. What is due stays due until it has been made, so that nothing is skipped
when no machine was up at its moment. Nothing heavy is loaded here, because DAG files
read it.
"""

import json
import logging
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from babel.dates import format_date

from wijkbeeld import files
from wijkbeeld.language import say, spoken
from wijkbeeld.local_time import ZONE
from wijkbeeld.settings import settings

PREPARED_AT = 7
"""Hour by the clock at which a briefing is prepared."""
_THURSDAY = 3
_FORTNIGHT = timedelta(days=14)
_DAY = timedelta(days=1)
_SHOWN_DAYS = 21

_log = logging.getLogger(__name__)


class Alert(NamedTuple):
    """A briefing that was not ready when it had to be."""

    month: date
    """First day of the month that it is about."""
    held_on: date


def now() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(ZONE)


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


def briefing_due(moment: datetime) -> date | None:
    """Return the first day of the month of which the briefing is to be prepared now.

    That is so from seven by the clock, ``briefing_prepared_days`` before it is held,
    until it has been: unless a draft of it was made before, whatever came of that.

    Args:
        moment: Now, aware.

    Returns:
        None when none is due.
    """
    held = next_briefing(moment.astimezone(ZONE).date())
    while (due := _prepared(held)) <= moment:
        month = month_told(held)
        if not _is_made("briefing", f"{month:%Y-%m}") and _has_begun_before(due):
            return month
        held = next_briefing(held + _DAY)
    return None


def _prepared(held: date) -> datetime:
    day = held - timedelta(days=settings().briefing_prepared_days)
    return datetime(day.year, day.month, day.day, PREPARED_AT, tzinfo=ZONE)


def bulletin_due(moment: datetime) -> datetime | None:
    """Return since when a bulletin is due that was not made; none when none is.

    Args:
        moment: Now, aware.

    Returns:
        Aware: the moment at which it comes out.
    """
    # Without a zone: fourteen days by the calendar keep the hour, also where the clock
    # is changed in between.
    anchor, local = settings().bulletin_anchor, moment.astimezone(ZONE)
    fortnights = (local.replace(tzinfo=None) - anchor) // _FORTNIGHT
    due = (anchor + fortnights * _FORTNIGHT).replace(tzinfo=ZONE)
    if _is_made("bulletin", f"{due:%Y-%m-%d}") or not _has_begun_before(due):
        return None
    return due


def _is_made(kind: str, subject: str) -> bool:
    """Tell whether a draft of it waits, has left, or was thrown away."""
    releases, decided = settings().releases, settings().landing / "_releases"
    return any(
        any(folder.glob(pattern))
        for folder, pattern in (
            (releases / ".drafts" / kind, f"{subject}_*"),
            (releases / kind, f"{subject}*/manifest.json"),
            (decided / kind, f"{subject}_*.parquet"),
        )
    )


def _has_begun_before(due: datetime) -> bool:
    """Tell whether anything had landed then: before that, nothing is missed."""
    landed = settings().landing.glob("_deliveries/*/[!.]*.parquet")
    return any(path.stat().st_mtime < due.timestamp() for path in landed)


def month_asked(asked: str | None, moment: datetime) -> date:
    """Return the first day of the month that a run is about.

    Args:
        asked: As whoever started the run wrote it, ``2026-10``; else none.
        moment: When it was started: the next briefing from then on decides.

    Raises:
        ValueError: What was asked is no month.
    """
    if asked:
        return date.fromisoformat(f"{asked}-01")
    return month_told(next_briefing(moment.astimezone(ZONE).date()))


def missed() -> None:
    """Tell of a briefing that was not released a day ahead.

    Airflow calls this at the deadline of a run, and each run when it begins. Whether
    one is late the calendar says, and not the run: that may have begun late itself.
    """
    for held in _held_soon(now().date()):
        late(month_told(held))


def _held_soon(day: date) -> list[date]:
    """Return the briefings of that day and the next that have not been released."""
    return [
        held
        for held in (day, day + _DAY)
        if held == held_on(held.year, held.month) and not _has_left(month_told(held))
    ]


def _has_left(month: date) -> bool:
    left = (settings().releases / "briefing").glob(f"{month:%Y-%m}*/manifest.json")
    return any(left)


def late(month: date) -> Alert:
    """Keep that the briefing about a month was not ready in time, and log it.

    Kept once: a second call changes nothing.
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
    _log.warning("%s", in_words(alert, now().date()))
    return alert


def alerts(day: date) -> list[Alert]:
    """Return which briefings are late on a day, the latest first.

    That one is held on that day or the next and has not left, the calendar says: also
    where no run was there to tell. What was told stays for three weeks after.
    """
    told = [
        _read(path.read_text("utf-8"))
        for path in settings().alerts.glob("[!.]*.json")
        if path.is_file()
    ]
    recent = [one for one in told if (day - one.held_on).days <= _SHOWN_DAYS]
    soon = [Alert(month_told(held), held) for held in _held_soon(day)]
    by_month = {one.month: one for one in [*recent, *soon]}
    return sorted(by_month.values(), reverse=True)


def told_late() -> list[str]:
    """Return in sentences what is late now: briefings, and a bulletin of a day ago."""
    moment = now()
    day = moment.date()
    sentences = [in_words(alert, day) for alert in alerts(day)]
    due = bulletin_due(moment)
    if due and moment - due >= _DAY:
        sentences.append(
            say(
                "Het bulletin van {day} is nog niet gemaakt: kijk in Airflow naar "
                "fortnightly_bulletin.",
                day=format_date(due, "d MMMM", locale=spoken()),
            )
        )
    return sentences


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
    )
