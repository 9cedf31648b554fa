"""The form after a briefing, which puts lists in the inbox as anyone would."""

import shutil

import duckdb
import pytest
from tests.dashboards.conftest import EVIL, write_marts
from tests.dashboards.test_pages import said

from expectations import gate
from wijkbeeld.landing import inbox
from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

BRIEFING, UNCOUNTED = "B-2026-10", "B-2026-09"
FILL = """
    insert into marts.fct_briefings by name
    select
        id as briefing_id, day as started_date, state as status,
        'buurthuis' as venue, 'Slachtofferhulp' as guest_from,
        'woninginbraak jeugd' as themes,
        case when state = 'gepland' then 12 end as resident_count,
        case when state = 'gehouden' then date '2026-10-01' end as minutes_date
    from (values
        ('B-2026-09', date '2026-09-24', 'gehouden'),
        ('B-2026-10', date '2026-10-29', 'gepland'),
        ('B-2026-07', date '2026-07-30', 'vervallen')
    ) as evenings (id, day, state);
    insert into marts.fct_actions by name
    select
        id as action_id, 'B-' || strftime(asked_on, '%Y-%m') as briefing_id,
        what as description, 'municipality' as owner, asked_on,
        cast(asked_on + interval 28 day as date) as due_on, state as status, done_on,
        1 as carried_count
    from (values
        ('A-1', 'Licht in de achterpaden', 'open', date '2026-09-24', null),
        ('A-2', $evil, 'open', date '2026-09-24', null),
        ('A-3', 'Hang- en sluitwerk', 'done', date '2026-09-24', date '2026-09-24'),
        ('A-8', 'Struiken snoeien', 'dropped', date '2026-09-24', date '2026-10-01'),
        ('A-9', 'Fietsen graveren', 'done', date '2026-10-29', date '2026-11-09')
    ) as agreed (id, what, state, asked_on, done_on);
    insert into marts.fct_minutes by name
    select 'B-2026-10' as briefing_id, 1 as point_no, 'Meer licht gevraagd.' as point;
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("held")
        patch.setenv("WIJKBEELD_HOME", str(path))
        settings.cache_clear()
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            for statement in duckdb.extract_statements(FILL):
                uses = statement.named_parameters
                con.execute(statement, {"evil": EVIL} if "evil" in uses else {})
        publish("one")
        yield path
    settings.cache_clear()


@pytest.fixture
def held(published, home, monkeypatch):
    """Give a home with two evenings and three actions, and an empty inbox."""
    shutil.rmtree(published / "inbox", ignore_errors=True)
    monkeypatch.setenv("WIJKBEELD_HOME", str(published))
    settings.cache_clear()
    return published


def waiting():
    return sorted(
        path.parent.name for path in settings().inbox.glob("*/*") if path.is_file()
    )


def sent(app):
    return app.button("verslag-op").click().run(timeout=300)


def test_what_is_open_stands_on_top_and_says_that_it_is_late(held, open_as):
    app = open_as("team", "verslag")
    assert not app.exception
    (table,) = [t.value for t in app.table if "Stand" in t.value]
    assert table["Stand"].tolist()[:2] == ["open, over tijd"] * 2
    assert table["Stand"].tolist()[-1] == "gedaan"
    assert table["Wie"].tolist()[0] == "gemeente"


def test_an_action_is_escaped_once(held, open_as):
    app = open_as("team", "verslag")
    (table,) = [t.value for t in app.table if "Stand" in t.value]

    # One backslash, which markdown takes away again.
    assert "Hang\\- en sluitwerk" in table["Actie"].tolist()


def test_residents_have_no_form(held, open_as):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_as("public", "verslag")


def test_the_form_begins_with_what_is_known_and_leaves_out_what_was_cancelled(
    held, open_as
):
    app = open_as("team", "verslag")
    (evenings,) = [b for b in app.selectbox if b.key == "verslag-briefing"]
    assert evenings.options == ["29 oktober 2026", "24 september 2026"]
    assert app.text_area(f"verslag-punten-{BRIEFING}").value == "Meer licht gevraagd."
    assert app.number_input(f"verslag-aanwezig_bewoners-{BRIEFING}").value == 12


def landed():
    """Land what waits; return per list the rows, the good ones and the bad."""
    done = list(inbox.land([], gate.of, None, say=lambda *_said: None))
    return {one.source: tuple(one.counts) for one in done}


def rows_of(source):
    """Return what the newest file of a list holds, as landed."""
    newest = max(
        (settings().landing / source).glob("*.parquet"),
        key=lambda path: path.stat().st_mtime_ns,
    )
    return duckdb.read_parquet(str(newest)).order("_row_number").df().to_dict("records")


def test_what_is_filled_in_is_landed_without_a_problem(held, open_as):
    app = open_as("team", "verslag")
    app.number_input(f"verslag-aanwezig_beheerders-{BRIEFING}").set_value(21)
    app.text_area(f"verslag-punten-{BRIEFING}").set_value(
        "De gemeente kijkt naar het licht.\n\nTeams lopen vaker op vrijdag."
    )
    app.text_input(f"verslag-actie-{BRIEFING}-1").set_value("Kaart met donkere plekken")
    app.selectbox("verslag-stand-A-1").set_value("done")
    app = sent(app)
    assert not app.exception
    assert not app.error
    assert waiting() == ["outreach__actions", "outreach__briefings",
                         "outreach__minutes"]  # fmt: skip
    assert "wachten in de inbox" in said(app)
    assert landed() == {
        "outreach__actions": (2, 2, 0),
        "outreach__briefings": (1, 1, 0),
        "outreach__minutes": (2, 2, 0),
    }


def test_the_form_used_again_counts_what_was_known_as_well(held, open_as):
    """In October: A-9 was agreed on, and A-8 was done; A-3 was done before."""
    app = open_as("team", "verslag")
    app.text_input(f"verslag-actie-{BRIEFING}-1").set_value("Kaart met donkere plekken")
    app.selectbox("verslag-stand-A-1").set_value("done")
    sent(app)
    assert landed()["outreach__briefings"] == (1, 1, 0)
    [row] = rows_of("outreach__briefings")
    assert {name: row[f"{name}_action_count"] for name in ("new", "done", "open")} == {
        "new": "2", "done": "2", "open": "3",
    }  # fmt: skip


def test_what_waits_is_not_overwritten_by_a_form_that_does_not_know_it(held, open_as):
    app = sent(open_as("team", "verslag"))
    before = waiting()
    assert before
    assert not [b for b in app.button if b.key == "verslag-op"]
    assert "na de volgende verwerking" in said(app)
    other = app.selectbox("verslag-briefing").set_value(UNCOUNTED).run()
    assert [b for b in other.button if b.key == "verslag-op"]


def test_what_is_mended_later_was_published_when_it_was(held, open_as):
    app = open_as("team", "verslag")
    app.selectbox("verslag-briefing").set_value(UNCOUNTED).run()
    app.number_input(f"verslag-aanwezig_bewoners-{UNCOUNTED}").set_value(8)
    app.text_area(f"verslag-punten-{UNCOUNTED}").set_value("Meer licht.")
    sent(app)
    landed()
    [row] = rows_of("outreach__briefings")
    assert row["minutes_local"].startswith("2026-10-01")


def test_what_is_told_of_an_evening_was_done_on_it_unless_said_otherwise(held, open_as):
    app = open_as("team", "verslag")
    day = app.text_input("verslag-gedaan-2026-10-29-A-2")
    assert day.value == "2026-10-29"
    day.set_value("2026-10-12")
    for action in ("A-1", "A-2"):
        app.selectbox(f"verslag-stand-{action}").set_value("done")
    sent(app)
    assert landed()["outreach__actions"] == (2, 2, 0)
    ended = {r["action_id"]: r["done_local"] for r in rows_of("outreach__actions")}
    assert {at: day[:10] for at, day in ended.items()} == {
        "A-1": "2026-10-29", "A-2": "2026-10-12",
    }  # fmt: skip


def test_a_day_that_is_none_is_refused(held, open_as):
    app = open_as("team", "verslag")
    app.selectbox("verslag-stand-A-1").set_value("dropped")
    app.text_input("verslag-gedaan-2026-10-29-A-1").set_value("gisteren")
    app = sent(app)
    assert any("Licht in de achterpaden" in error.value for error in app.error)
    assert waiting() == []


def test_all_points_are_taken_out_when_that_is_said(held, open_as):
    app = open_as("team", "verslag")
    app.checkbox(f"verslag-leeg-{BRIEFING}").check()
    sent(app)
    assert landed()["outreach__minutes"] == (1, 1, 0)
    assert [row["point_no"] for row in rows_of("outreach__minutes")] == ["0"]


def test_points_do_not_go_because_the_field_is_empty(held, open_as):
    app = open_as("team", "verslag")
    app.text_area(f"verslag-punten-{BRIEFING}").set_value("")
    app = sent(app)
    assert any("geen punten meer" in error.value for error in app.error)
    assert waiting() == []


@pytest.mark.parametrize(
    ("text", "why"),
    [("Bel Fatima de Vries", "een naam"), ("Auto met kenteken AB-12-CD", "kenteken"),
     ("Mail naar iemand@voorbeeld.nl", "mailadres"), ("x" * 201, "200 tekens")],
)  # fmt: skip
def test_a_point_that_residents_may_not_read_is_refused_and_nothing_is_kept(
    held, open_as, text, why
):
    app = open_as("team", "verslag")
    app.text_area(f"verslag-punten-{BRIEFING}").set_value(text)
    app = sent(app)
    assert any(why in error.value for error in app.error)
    assert waiting() == []


def test_an_evening_without_a_count_and_a_day_that_is_none_are_refused(held, open_as):
    app = open_as("team", "verslag")
    app.selectbox("verslag-briefing").set_value(UNCOUNTED).run()
    app.text_input(f"verslag-actie-{UNCOUNTED}-1").set_value("Kaart maken")
    app.text_input(f"verslag-actie-{UNCOUNTED}-1-klaar").set_value("volgende week")
    app = sent(app)
    told = [error.value for error in app.error]
    assert any("hoeveel er waren" in text for text in told)
    assert any("2026-12-31" in text or "2026\\-12\\-31" in text for text in told)
    assert waiting() == []
