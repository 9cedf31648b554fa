"""What waits, what left and what was late, as the team sees it."""

from datetime import UTC, date, datetime

import duckdb
import pytest
from tests.dashboards.test_pages import said

from wijkbeeld import local_time
from wijkbeeld.output import choices, occasions, releases
from wijkbeeld.output.drafts import Kind, Subject
from wijkbeeld.output.releases import Decision
from wijkbeeld.publish import current

TEXT = "In oktober is er in Waldeck minder ingebroken. Doe het licht aan.\n"


def draft():
    def make(folder):
        (folder / "bericht.txt").write_text(TEXT, "utf-8")
        (folder / "kaart.png").write_bytes(b"\x89PNG")

    name = current("team").parent.name
    subject = Subject(Kind.BULLETIN, "2026-11-12", name, date(2026, 10, 1), "nl")
    return releases.prepare(subject, "run 1", make)


def test_what_waits_can_be_read_and_taken_before_it_is_decided_upon(
    publication, open_as
):
    publication()
    assert "Er wacht niets" in said(open_as("team", "voorbereiden"))
    made = draft()
    app = open_as("team", "voorbereiden")
    assert not app.exception
    labels = [box.label.replace("\\", "") for box in app.expander]
    assert labels == ["Bulletin 2026-11-12"]
    assert TEXT.strip() in [text.value for text in app.text]
    names = [
        button.proto.label.replace("\\", "") for button in app.get("download_button")
    ]
    assert names == ["bericht.txt", "kaart.png"]

    releases.refuse(made, Decision("chef", datetime.now(UTC), "anders"))
    assert "Er wacht niets" in said(open_as("team", "voorbereiden"))


def no_months():
    with duckdb.connect(str(current("team"))) as con:
        con.execute("delete from marts.rpt_briefing")


def a_damaged_file_of_choices():
    place = choices.path(date(2026, 10, 1))
    place.parent.mkdir()
    place.write_text("{")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (no_months, "Er zijn nog geen misdrijven geleverd"),
        (a_damaged_file_of_choices, "2026-10.json"),
    ],
)
def test_what_waits_is_shown_where_nothing_can_be_prepared(
    publication, open_as, harm, told
):
    publication()
    draft()
    harm()
    app = open_as("team", "voorbereiden")
    assert not app.exception
    page = said(app)
    assert told in page
    assert "Wacht op een besluit" in page
    assert TEXT.strip() in [text.value for text in app.text]
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize("role", ["team", "analyst"])
def test_what_left_is_told_with_who_let_it(publication, open_as, role):
    publication()
    with duckdb.connect(str(current(role))) as con:
        con.execute(
            "insert into marts.fct_releases (kind, draft, status, release_id, replaces,"
            " subject_id, publication, decided_at, decided_by, note) values"
            " ('briefing', 'a', 'released', '2026-10_2', '2026-10', '2026-10', 'p1',"
            "  timestamp '2026-11-12 08:30', 'chef', 'akkoord'),"
            " ('bulletin', 'b', 'refused', null, null, '2026-11-12', 'p1',"
            "  timestamp '2026-11-13 08:30', 'wijkagent', 'nog eens'),"
            " ('bulletin', 'c', 'expired', null, null, '2026-10-29', 'p1',"
            "  timestamp '2026-11-10 08:30', null, null)"
        )
    page = said(open_as(role, "datakwaliteit"))
    for told in (
        "vrijgegeven, vervangt 2026-10", "chef", "akkoord", "geweigerd", "wijkagent",
        "verlopen: niemand besliste",
    ):  # fmt: skip
        assert told in page


def test_a_briefing_that_is_late_is_told_to_the_team_only(
    publication, open_as, monkeypatch
):
    publication()
    moment = datetime(2026, 11, 25, 12, tzinfo=local_time.ZONE)
    monkeypatch.setattr(occasions, "now", lambda: moment)
    assert "De briefing over oktober" in said(open_as("team", "datakwaliteit"))
    assert "De briefing over oktober" not in said(open_as("public", "datakwaliteit"))
