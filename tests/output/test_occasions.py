"""When a briefing is held and a bulletin comes out, and what is told of a late one."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
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
    return home


def test_a_briefing_is_held_on_the_last_thursday():
    assert occasions.held_on(2026, 11) == date(2026, 11, 26)
    assert occasions.held_on(2026, 12) == date(2026, 12, 31)
    assert occasions.held_on(2027, 2) == date(2027, 2, 25)


def test_the_settings_may_name_another_day(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", '["2026-12-17"]')
    settings.cache_clear()
    assert occasions.held_on(2026, 12) == date(2026, 12, 17)
    assert occasions.held_on(2026, 11) == date(2026, 11, 26)
    assert datetime(2026, 12, 3, 7, tzinfo=AMSTERDAM) in occasions.briefings_prepared(
        2026
    )


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_a_briefing_is_about_the_month_before(day):
    held = occasions.next_briefing(day)
    assert day <= held <= day + timedelta(days=37)
    assert held.weekday() == THURSDAY
    assert (held + timedelta(days=7)).month != held.month
    told = occasions.month_told(held)
    assert told + timedelta(days=31) >= held.replace(day=1) > told
    assert occasions.held_for(told) == held


def test_briefings_are_prepared_at_seven_by_the_clock_two_weeks_ahead():
    moments = occasions.briefings_prepared(2026)
    assert len(moments) == 120
    assert moments == sorted(moments)
    assert {(m.hour, m.minute) for m in moments} == {(7, 0)}
    assert {m.utcoffset() for m in moments} == {timedelta(hours=1), timedelta(hours=2)}
    assert moments[10].date() == date(2026, 11, 12)


@pytest.mark.parametrize("moved", ["2026-12-10", "2026-12-01", "2026-11-30"])
def test_every_briefing_is_prepared_about_a_month_of_its_own(monkeypatch, moved):
    """Also when one is moved to within two weeks of the one before it."""
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", f'["{moved}"]')
    settings.cache_clear()
    prepared = occasions.briefings_prepared(2026)
    told = [occasions.month_asked(None, m.astimezone(UTC)) for m in prepared]
    assert [f"{month:%Y-%m}" for month in told[9:13]] == [
        "2026-09", "2026-10", "2026-11", "2026-12",
    ]  # fmt: skip
    assert len(set(told)) == len(told)


def test_a_missed_deadline_is_of_the_briefing_that_was_moved(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BRIEFING_DATES", '["2026-12-10"]')
    settings.cache_clear()
    monkeypatch.setattr(occasions, "today", lambda: date(2026, 12, 9))
    occasions.missed(run_of("2026-11-26T06:00:00+00:00"))
    [alert] = occasions.alerts(date(2026, 12, 9))
    assert (alert.month, alert.held_on) == (date(2026, 11, 1), date(2026, 12, 10))


def test_a_bulletin_comes_out_every_fourteenth_day_at_nine_over_clock_and_year():
    moments = occasions.bulletins_due(2026)
    days = [moment.date() for moment in moments]
    assert len(moments) == 261
    assert {b - a for a, b in pairwise(days)} == {timedelta(days=14)}
    assert {(m.hour, m.minute) for m in moments} == {(9, 0)}
    assert {m.weekday() for m in moments} == {THURSDAY}
    # In UTC the hour moves with the clock: 15 and 29 October, 31 December 2026.
    of_autumn = [m for m in moments if m.date() in (days[20], days[21])]
    assert [m.astimezone(UTC).hour for m in of_autumn] == [7, 8]
    assert days[25:28] == [date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 21)]


def test_the_rhythm_does_not_depend_on_the_year_that_is_looked_from():
    long = occasions.bulletins_due(2026)
    later = occasions.bulletins_due(2031)
    assert [m for m in long if m.year >= 2031] == [m for m in later if m.year < 2036]
    assert occasions.bulletins_due(2020)[-1] < datetime(2030, 1, 1, tzinfo=AMSTERDAM)


def test_another_anchor_gives_another_rhythm(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_BULLETIN_ANCHOR", "2030-03-15T10:30")
    settings.cache_clear()
    moments = occasions.bulletins_due(2026)
    assert datetime(2030, 3, 15, 10, 30, tzinfo=AMSTERDAM) in moments
    assert {m.weekday() for m in moments} == {4}


def run_of(moment, **conf):
    return {"dag_run": {"logical_date": moment, "conf": conf}}


def test_a_missed_deadline_is_told_of_the_month_that_the_run_was_about(monkeypatch):
    monkeypatch.setattr(occasions, "today", lambda: date(2026, 11, 25))
    occasions.missed(run_of("2026-11-12T06:00:00+00:00"))
    [alert] = occasions.alerts(date(2026, 11, 25))
    assert (alert.month, alert.held_on) == (OCTOBER, date(2026, 11, 26))


def test_a_run_by_hand_that_is_early_is_not_late(monkeypatch):
    monkeypatch.setattr(occasions, "today", lambda: date(2026, 11, 24))
    occasions.missed(run_of("2026-11-12T06:00:00+00:00"))
    occasions.missed(run_of("2026-11-12T06:00:00+00:00", month="2026-11"))
    assert occasions.alerts(date(2026, 11, 25)) == []


@pytest.mark.parametrize("name", ["2026-10", "2026-10_2"])
def test_what_has_left_is_not_late(monkeypatch, home, name):
    monkeypatch.setattr(occasions, "today", lambda: date(2026, 11, 25))
    left = home / "releases" / "briefing" / name / "manifest.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}", "utf-8")
    occasions.missed(run_of("2026-11-12T06:00:00+00:00"))
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
