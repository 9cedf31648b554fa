"""What was promised, who is the guest, and when the next evening is."""

from datetime import date

import pytest
from output.figures import parts

from wijkbeeld.language import speaking
from wijkbeeld.output.slide import Key, Lines, Table


@pytest.fixture(autouse=True)
def dutch():
    with speaking("nl"):
        yield


def test_the_guest_and_the_next_evening_come_from_the_list(present):
    evening = {"status": "gepland", "venue": "Wijkcentrum"}
    create = (
        "create table if not exists marts.fct_briefings (briefing_id varchar, "
        "briefing_date date, status varchar, venue varchar, guest_from varchar, "
        "themes varchar)"
    )
    rows = [
        ("A", date(2026, 11, 26), "Slachtofferhulp", "jeugd woninginbraak"),
        ("B", date(2027, 1, 1), None, None),
    ]
    fill = "; ".join(
        "insert into marts.fct_briefings by name select "
        f"'{key}' as briefing_id, date '{day}' as briefing_date, "
        f"'{evening['status']}' as status, '{evening['venue']}' as venue, "
        f"{repr(guest) if guest else 'null'} as guest_from, "
        f"{repr(themes) if themes else 'null'} as themes"
        for key, day, guest, themes in rows
    )
    shown = present(change=f"{create}; {fill}")
    assert shown[Key.GUEST].message == "Vanavond te gast: Slachtofferhulp."
    assert parts(shown[Key.GUEST], Lines)[0].items == (
        "Het gaat over: jeugd en woninginbraak.",
    )
    assert parts(shown[Key.AHEAD], Lines)[0].items[-1] == (
        "Volgende briefing: vrijdag 1 januari, Wijkcentrum."
    )


def promises(*rows):
    """Return the SQL that writes what was promised.

    Args:
        rows: What, the days on which it was asked and is due, its state, and when it
            ended.
    """
    given = ", ".join(
        f"('{at}', '{what}', 'residents', date '{asked}', date '{due}', '{status}', "
        f"{repr(ended) if ended else 'null'}::date)"
        for at, (what, asked, due, status, ended) in enumerate(rows)
    )
    return (
        "create or replace table marts.fct_actions as select * from (values "
        f"{given}) as given (action_id, description, owner, asked_on, due_on, status, "
        "done_on)"
    )


LAMPS = ("Lampen nakijken", "2026-09-24", "2026-10-29", "done", "2026-10-20")
RACK = ("Fietsen merken", "2026-09-24", "2026-11-26", "open", None)
GATE = ("Poort sluiten", "2026-09-24", "2026-10-29", "dropped", "2026-10-02")
LONG_AGO = ("Lang geleden", "2025-01-30", "2025-02-27", "done", "2025-02-20")


def test_what_was_promised_is_done_or_still_under_way(present):
    shown = present(change=promises(LAMPS, RACK, LONG_AGO))
    assert shown[Key.ACTIONS_BEFORE].message == (
        "Een deel van de afspraken is klaar. De rest loopt nog."
    )
    assert parts(shown[Key.ACTIONS_BEFORE], Table)[0].rows == (
        ("Fietsen merken", "bewoners", "26 november 2026", "loopt nog"),
        ("Lampen nakijken", "bewoners", "29 oktober 2026", "klaar"),
    )
    assert [row[0] for row in parts(shown[Key.ACTIONS], Table)[0].rows] == [
        "Fietsen merken"
    ]


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        ([LAMPS], "Alle afspraken zijn klaar."),
        ([LAMPS, GATE], "Alle afspraken zijn klaar of vervallen."),
        ([GATE], "Alle afspraken zijn vervallen."),
        ([RACK, GATE], "Een deel van de afspraken is vervallen. De rest loopt nog."),
        ([RACK], "De afspraken lopen nog."),
        ([LONG_AGO], "Er staan geen afspraken open."),
    ],
)
def test_what_was_dropped_is_not_called_done(present, promised, said):
    assert present(change=promises(*promised))[Key.ACTIONS_BEFORE].message == said


def test_an_old_promise_stays_open_behind_many_that_are_done(present):
    old = ("Oud en open", "2026-03-26", "2026-04-30", "open", None)
    shown = present(change=promises(old, *[LAMPS] * 8))
    assert shown[Key.ACTIONS_BEFORE].message == (
        "Een deel van de afspraken is klaar. De rest loopt nog."
    )
    rows = parts(shown[Key.ACTIONS_BEFORE], Table)[0].rows
    assert rows[0] == ("Oud en open", "bewoners", "30 april 2026", "loopt nog")
    assert rows[-1] == ("en nog drie", "", "", "")
    [still] = parts(shown[Key.ACTIONS], Table)[0].rows
    assert still == rows[0]


def test_promises_are_told_as_they_were_on_the_evening(present):
    evenings = (
        "create or replace table marts.fct_briefings as select * from (values "
        "('A', date '2026-10-15', 'gehouden', null, null, null), "
        "('B', date '2026-11-26', 'gehouden', null, null, null)) as given "
        "(briefing_id, briefing_date, status, venue, guest_from, themes)"
    )
    rows = [
        ("Al verteld", "2026-09-24", "2026-11-26", "done", "2026-10-14"),
        ("Klaar", "2026-09-24", "2026-11-26", "done", "2026-11-26"),
        ("Pas erna klaar", "2026-09-24", "2026-11-26", "done", "2026-11-27"),
        ("Van deze avond", "2026-11-26", "2026-12-31", "open", None),
    ]
    shown = present(change=f"{evenings}; {promises(*rows)}")
    assert [
        (row[0], row[3]) for row in parts(shown[Key.ACTIONS_BEFORE], Table)[0].rows
    ] == [("Pas erna klaar", "loopt nog"), ("Klaar", "klaar")]
    assert [row[0] for row in parts(shown[Key.ACTIONS], Table)[0].rows] == [
        "Pas erna klaar",
        "Van deze avond",
    ]


def test_an_evening_on_the_first_of_a_month_is_the_next_one(present):
    evenings = (
        "create or replace table marts.fct_briefings as select 'B' as briefing_id, "
        "date '2026-12-01' as briefing_date, 'gepland' as status, null as venue, "
        "null as guest_from, null as themes"
    )
    slide = present(change=evenings)[Key.AHEAD]
    assert parts(slide, Lines)[0].items[-1] == "Volgende briefing: dinsdag 1 december."
