"""What a person answers is what happens, and it is known who it was."""

from datetime import date

import duckdb
import pytest
from tests.output.released import PUBLICATION, prepare, publish, there

from wijkbeeld.landing import outcomes
from wijkbeeld.output import outgoing, releases
from wijkbeeld.settings import settings

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def published(home):
    publish()


def answer(by="chef", note=""):
    """As Airflow hands it on."""
    return {
        "chosen_options": ["…"],
        "params_input": {"note": note},
        "responded_at": "2026-11-12T08:30:00+00:00",
        "responded_by_user": {"id": "3", "name": by} if by else None,
    }


def test_what_a_person_approves_leaves_under_their_name():
    folder = outgoing.decide(prepare(), answer(note="mooi"), is_approved=True)
    assert folder == settings().releases / "briefing" / "2026-10"
    [row] = outcomes.read_all()
    assert (row.decided_by, row.note) == ("chef", "mooi")
    assert row.decided_at.isoformat() == "2026-11-12T08:30:00"


def test_what_a_person_refuses_does_not_leave_and_says_why():
    with pytest.raises(outgoing.RefusedError, match="chef heeft 2026-10 geweigerd: te"):
        outgoing.decide(prepare(), answer(note="te vroeg"), is_approved=False)
    assert there() == []
    assert [row.status for row in outcomes.read_all()] == ["refused"]


def test_no_answer_is_no_approval():
    with pytest.raises(outgoing.RefusedError, match="niemand heeft 2026-10 op tijd"):
        outgoing.decide(prepare(), answer(by=None), is_approved=False)
    with pytest.raises(releases.ReleaseError, match="niemand"):
        outgoing.decide(prepare("run 2"), answer(by=None), is_approved=True)
    assert there() == []
    assert [row.status for row in outcomes.read_all()] == ["expired"]


def test_who_judges_is_shown_the_texts_and_that_they_are_of_the_demo():
    draft = prepare()
    told = outgoing.to_judge(draft)
    assert "> In oktober is er in Waldeck minder ingebroken." in told
    assert PUBLICATION in told
    assert str(draft.folder) in told
    assert "DEMODATA" in told
    assert "pictures/map.png" in told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "nog geen cijfers over oktober 2026"),
        ([(OCTOBER, False)], "oktober 2026 is niet compleet"),
        ([(OCTOBER, True)], None),
    ],
)
def test_a_briefing_waits_until_its_month_is_complete(rows, told):
    (settings().published / "current").write_text(PUBLICATION, "utf-8")
    team = settings().published / PUBLICATION / "team.duckdb"
    with duckdb.connect(str(team)) as con:
        con.execute("create schema marts")
        con.execute("create table marts.dim_months (month date, is_complete boolean)")
        for row in rows:
            con.execute("insert into marts.dim_months values (?, ?)", row)
    missing = outgoing.missing_of(OCTOBER)
    assert missing is None if told is None else told in missing


def test_without_a_publication_a_briefing_waits():
    assert "nog niets gepubliceerd" in outgoing.missing_of(OCTOBER)
