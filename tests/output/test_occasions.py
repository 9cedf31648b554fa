"""When a briefing is held and a bulletin comes out, and what is told of a late one."""

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbeeld.output import occasions
from wijkbeeld.settings import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OCTOBER = date(2026, 10, 1)
THURSDAY = 3


@pytest.fixture(autouse=True)
def of_this_home(home):
    landed(home, datetime(2025, 1, 1, tzinfo=UTC))
    return home


def landed(home, moment):
    """Leave what a house leaves that began to land then."""
    record = home / "landing" / "_deliveries" / "watch__patrols" / "a.parquet"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.touch()
    os.utime(record, (moment.timestamp(), moment.timestamp()))


def at(*moment):
    return datetime(*moment, tzinfo=AMSTERDAM)


def it_is(monkeypatch, *moment):
    monkeypatch.setattr(occasions, "now", lambda: at(*moment))


def leave(home, kind, name):
    manifest = home / "releases" / kind / name / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}", "utf-8")


def test_a_briefing_is_held_on_the_last_thursday():
    assert occasions.held_on(2026, 11) == date(2026, 11, 26)
    assert occasions.held_on(2026, 12) == date(2026, 12, 31)
    assert occasions.held_on(2027, 2) == date(2027, 2, 25)


def test_the_settings_may_name_another_day(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", '["2026-12-17"]')
    settings.cache_clear()
    assert occasions.held_on(2026, 12) == date(2026, 12, 17)
    assert occasions.held_on(2026, 11) == date(2026, 11, 26)


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_a_briefing_is_about_the_month_before(day):
    held = occasions.next_briefing(day)
    assert day <= held <= day + timedelta(days=37)
    assert held.weekday() == THURSDAY
    assert (held + timedelta(days=7)).month != held.month
    told = occasions.month_told(held)
    assert told + timedelta(days=31) >= held.replace(day=1) > told
    assert occasions.held_for(told) == held


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ((2026, 11, 12, 6, 59), None),
        ((2026, 11, 12, 7), OCTOBER),
        ((2026, 11, 12, 7, 30), OCTOBER),
        ((2026, 11, 26, 23, 59), OCTOBER),
        ((2026, 11, 27, 7), None),
        ((2026, 12, 17, 7), date(2026, 11, 1)),
    ],
)
def test_a_briefing_is_due_from_seven_two_weeks_ahead_until_it_was_held(moment, due):
    """Half an hour after its moment too: then the machine was down."""
    assert occasions.briefing_due(at(*moment)) == due


def test_a_briefing_whose_day_is_named_late_is_due_at_once(monkeypatch):
    assert occasions.briefing_due(at(2026, 12, 10, 7)) is None
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", '["2026-12-17"]')
    settings.cache_clear()
    assert occasions.briefing_due(at(2026, 12, 10, 7)) == date(2026, 11, 1)


@pytest.mark.parametrize("moved", ["2026-12-10", "2026-12-01", "2026-11-30"])
def test_every_briefing_is_prepared_about_a_month_of_its_own(monkeypatch, home, moved):
    """Also when one is moved to within two weeks of the one before it."""
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", f'["{moved}"]')
    settings.cache_clear()
    made = []
    for day in range(120):
        due = occasions.briefing_due(at(2026, 10, 1, 7) + timedelta(days=day))
        if due:
            made.append(f"{due:%Y-%m}")
            (home / "releases" / ".drafts" / "briefing" / f"{made[-1]}_a1").mkdir(
                parents=True
            )
    assert made == ["2026-09", "2026-10", "2026-11", "2026-12"]


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ((2026, 11, 26, 8, 59), (2026, 11, 12, 9)),
        ((2026, 11, 26, 9), (2026, 11, 26, 9)),
        ((2026, 11, 28, 9, 30), (2026, 11, 26, 9)),
        ((2026, 3, 29, 9), (2026, 3, 19, 9)),
        ((2027, 1, 7, 9), (2027, 1, 7, 9)),
    ],
)
def test_a_bulletin_is_due_every_fourteenth_day_at_nine_and_until_it_is_made(
    moment, due
):
    """Over changes of the clock, and over the end of a year of 53 weeks."""
    assert occasions.bulletin_due(at(*moment)) == at(*due)


def test_another_anchor_gives_another_rhythm(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BULLETIN_ANCHOR", "2030-03-15T10:30")
    settings.cache_clear()
    due = occasions.bulletin_due(at(2026, 11, 28, 9))
    assert (due.weekday(), due.hour, due.minute) == (4, 10, 30)
    assert (date(2030, 3, 15) - due.date()).days % 14 == 0


@pytest.mark.parametrize(
    "left",
    [
        "releases/.drafts/{kind}/{name}_a1b2/draft.json",
        "releases/{kind}/{name}/manifest.json",
        "landing/_releases/{kind}/{name}_a1b2.parquet",
    ],
)
def test_what_waits_or_was_decided_upon_is_not_due_again(home, left):
    moment = at(2026, 11, 26, 9)
    for kind, name in (("briefing", "2026-10"), ("bulletin", "2026-11-26")):
        path = home / left.format(kind=kind, name=name)
        path.parent.mkdir(parents=True)
        path.touch()
    assert occasions.briefing_due(moment) is None
    assert occasions.bulletin_due(moment) is None


def test_what_was_due_before_anything_had_landed_is_not(home):
    landed(home, at(2026, 11, 26, 10))
    assert occasions.briefing_due(at(2026, 11, 26, 11)) is None
    assert occasions.bulletin_due(at(2026, 11, 26, 11)) is None


def test_a_run_by_hand_is_about_the_next_briefing_or_what_was_asked():
    assert occasions.month_asked(None, at(2026, 11, 26, 12)) == OCTOBER
    assert occasions.month_asked(None, at(2026, 11, 27, 12)) == date(2026, 11, 1)
    assert occasions.month_asked("2025-03", at(2026, 11, 27)) == date(2025, 3, 1)


def test_a_missed_deadline_is_told_of_the_briefing_of_tomorrow(monkeypatch):
    """Whenever the run began: the calendar says it."""
    it_is(monkeypatch, 2026, 11, 25, 7)
    occasions.missed()
    [path] = settings().alerts.iterdir()
    assert path.name == "briefing_2026-10.json"


def test_a_missed_deadline_is_of_the_briefing_that_was_moved(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", '["2026-12-10"]')
    settings.cache_clear()
    it_is(monkeypatch, 2026, 12, 9, 7)
    occasions.missed()
    [alert] = occasions.alerts(date(2026, 12, 9))
    assert (alert.month, alert.held_on) == (date(2026, 11, 1), date(2026, 12, 10))


def test_a_briefing_that_is_further_off_is_not_late(monkeypatch, home):
    leave(home, "bulletin", "2026-11-12")
    it_is(monkeypatch, 2026, 11, 24, 7)
    occasions.missed()
    assert not settings().alerts.exists()
    assert occasions.told_late() == []


def test_a_late_briefing_is_told_also_where_nothing_ran(monkeypatch, home):
    leave(home, "bulletin", "2026-11-12")
    it_is(monkeypatch, 2026, 11, 25, 7)
    assert occasions.told_late() == [
        "De briefing over oktober is nog niet klaar; zij is morgen."
    ]


def test_a_bulletin_that_was_due_yesterday_is_told_of(monkeypatch):
    leave(settings().home, "briefing", "2026-10")
    it_is(monkeypatch, 2026, 11, 27, 8, 59)
    assert occasions.told_late() == []
    it_is(monkeypatch, 2026, 11, 27, 9)
    [told] = occasions.told_late()
    assert told.startswith("Het bulletin van 26 november is nog niet gemaakt")


@pytest.mark.parametrize("name", ["2026-10", "2026-10_2"])
def test_what_has_left_is_not_late(monkeypatch, home, name):
    it_is(monkeypatch, 2026, 11, 25, 7)
    leave(home, "briefing", name)
    occasions.missed()
    assert occasions.alerts(date(2026, 11, 25)) == []


def test_a_late_briefing_is_told_once_and_until_three_weeks_after():
    first = occasions.late(OCTOBER)
    assert occasions.late(OCTOBER) == first
    assert first.held_on == date(2026, 11, 26)
    assert occasions.alerts(date(2026, 11, 25)) == [first]
    assert occasions.alerts(date(2026, 12, 17)) == [first]
    assert occasions.alerts(date(2026, 12, 18)) == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (24, "De briefing over oktober is nog niet klaar; zij is op 26 november."),
        (25, "De briefing over oktober is nog niet klaar; zij is morgen."),
        (26, "De briefing over oktober is nog niet klaar; zij is vandaag."),
        (27, "De briefing over oktober is nog niet klaar; zij was op 26 november."),
    ],
)
def test_an_alert_says_how_far_off_the_briefing_is(day, told):
    alert = occasions.late(OCTOBER)
    assert occasions.in_words(alert, date(2026, 11, day)) == told
