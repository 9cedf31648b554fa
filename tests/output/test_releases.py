"""What leaves was approved by a person, is as it was prepared, and never changes."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from tests.output import forms
from tests.output.forms import FORMS
from tests.output.released import (
    APPROVED,
    OCTOBER,
    PUBLICATION,
    TEXT,
    prepare,
    publish,
    subject,
    there,
    writing,
)

from wijkbeeld import files
from wijkbeeld.landing import outcomes
from wijkbeeld.output import occasions, releases
from wijkbeeld.output.drafts import Kind
from wijkbeeld.output.releases import Decision, ReleaseError, Status
from wijkbeeld.settings import settings

LEFT = [
    "briefing/2026-10/column.txt",
    "briefing/2026-10/manifest.json",
    "briefing/2026-10/pictures/map.png",
]


@pytest.fixture(autouse=True)
def published(home):
    publish()


def test_nothing_has_left_before_it_was_approved():
    draft = prepare()
    assert there() == []
    assert outcomes.read_all() == []
    assert releases.waiting() == [draft]
    releases.release(draft, APPROVED)
    assert there() == LEFT
    assert releases.waiting() == []


def test_the_manifest_says_what_left_from_what_and_by_whom():
    folder = releases.release(prepare(), APPROVED)
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    draft = said.pop("draft")
    assert said == {
        "kind": "briefing",
        "id": "2026-10",
        "replaces": None,
        "approved_by": "chef",
        "approved_at": "2026-11-12T08:30:00+00:00",
        "note": "akkoord",
    }
    assert (draft["publication"], draft["month"]) == (PUBLICATION, "2026-10-01")
    assert (draft["language"], draft["has_demo"]) == ("nl", True)
    public = settings().published / PUBLICATION / "public.duckdb"
    assert draft["publication_sha256"] == files.sha256_of(public)
    assert draft["files"][0] == {
        "name": "column.txt",
        "sha256": files.sha256_of(folder / "column.txt"),
        "size_bytes": len(TEXT.encode()),
    }


def test_the_record_says_the_same_in_the_landing_zone():
    releases.release(prepare(), APPROVED)
    [row] = outcomes.read_all()
    assert (row.kind, row.status, row.release_id) == ("briefing", "released", "2026-10")
    assert (row.decided_by, row.decided_at.isoformat()) == (
        "chef",
        "2026-11-12T08:30:00",
    )
    assert (row.publication, row.month, row.file_count) == (PUBLICATION, OCTOBER, 2)


def test_the_same_call_twice_is_one_release():
    draft = prepare()
    first = releases.release(draft, APPROVED)
    was = {path: files.sha256_of(path) for path in first.rglob("*.*")}
    assert releases.release(draft, APPROVED._replace(by="ander")) == first
    assert {path: files.sha256_of(path) for path in first.rglob("*.*")} == was
    assert len(outcomes.read_all()) == 1
    assert prepare() == draft


def test_a_draft_is_made_once_for_an_occasion():
    draft = prepare()
    again = prepare(text="Iets anders.\n")
    assert again == draft
    assert (draft.folder / "column.txt").read_text("utf-8") == TEXT
    assert prepare("run 2").name != draft.name


def test_what_left_and_was_not_recorded_yet_is_not_made_again():
    """As after a kill between the rename and the record."""
    draft = prepare()
    releases.release(draft, APPROVED)
    outcomes.path("briefing", draft.name).unlink()
    assert prepare() == draft
    assert releases.waiting() == []
    releases.release(draft, APPROVED)
    assert there() == LEFT
    assert len(outcomes.read_all()) == 1


def test_what_a_killed_release_was_writing_neither_leaves_nor_holds_it_up():
    draft = prepare()
    # As ``files.appearing`` names what it writes; kill -9 takes nothing away.
    (draft.folder / ".0123456789abcdef.scratch").write_text("half a manif", "utf-8")
    left = releases.release(draft, APPROVED)
    assert not list(left.glob(".*"))


def test_a_second_release_gets_a_name_of_its_own_and_says_what_it_replaces():
    for number in range(1, 4):
        releases.release(prepare(f"run {number}"), APPROVED)
    folders = {path.name for path in (settings().releases / "briefing").iterdir()}
    assert folders == {"2026-10", *(f"2026-10_{n}" for n in (2, 3))}
    newest = settings().releases / "briefing/2026-10_3/manifest.json"
    assert json.loads(newest.read_text("utf-8"))["replaces"] == "2026-10_2"
    assert (settings().releases / "briefing/2026-10/column.txt").exists()


def test_a_refused_draft_is_gone_and_it_is_known_who_refused_it_and_why():
    draft = prepare()
    no = Decision("chef", APPROVED.at, "de kaart klopt niet")
    assert releases.refuse(draft, no) is Status.REFUSED
    assert releases.refuse(draft, no) is Status.REFUSED
    assert not draft.folder.exists()
    assert there() == []
    [row] = outcomes.read_all()
    assert (row.status, row.decided_by) == ("refused", "chef")
    assert (row.note, row.release_id) == ("de kaart klopt niet", None)
    with pytest.raises(ReleaseError, match="maak het opnieuw"):
        releases.release(draft, APPROVED)
    with pytest.raises(ReleaseError, match="maak het opnieuw"):
        prepare()
    assert there() == []


def test_a_draft_that_nobody_decides_upon_expires():
    releases.refuse(prepare(), Decision(None, APPROVED.at))
    [row] = outcomes.read_all()
    assert (row.status, row.decided_by) == ("expired", None)


def test_what_has_left_cannot_be_refused():
    draft = prepare()
    releases.release(draft, APPROVED)
    with pytest.raises(ReleaseError, match="al vrijgegeven"):
        releases.refuse(draft, APPROVED)
    assert there() == LEFT


def test_without_a_person_nothing_leaves():
    with pytest.raises(ReleaseError, match="niemand"):
        releases.release(prepare(), Decision(None, APPROVED.at))
    assert there() == []


@pytest.mark.parametrize("change", ["column.txt", "pictures/map.png", "new.txt"])
def test_what_changed_after_it_was_prepared_does_not_leave(change):
    draft = prepare()
    (draft.folder / change).write_text("anders", "utf-8")
    with pytest.raises(ReleaseError, match="veranderd"):
        releases.release(draft, APPROVED)
    assert there() == []


def test_what_was_made_from_another_file_than_the_publication_does_not_leave():
    draft = prepare()
    public = settings().published / PUBLICATION / "public.duckdb"
    public.write_bytes(public.read_bytes() + b" ")
    with pytest.raises(ReleaseError, match="niet meer waarmee"):
        releases.release(draft, APPROVED)
    assert there() == []


def test_a_text_with_a_person_in_it_becomes_no_draft():
    with pytest.raises(ReleaseError, match=r"column\.txt, regel 1.*telefoonnummer"):
        prepare(text="Bel de wijkagent op 06-12345678.\n")
    assert releases.waiting() == []


@pytest.mark.parametrize("form", list(FORMS))
def test_words_are_found_in_every_form_that_holds_them(form):
    said = "Bel de wijkagent op 06-12345678."
    with pytest.raises(ReleaseError, match="telefoonnummer"):
        releases.prepare(subject(), form, lambda folder: FORMS[form](folder, said))


def test_a_name_in_two_cells_of_a_table_is_found():
    def make(folder):
        forms.as_table(folder, "Mark", "de Wit")

    with pytest.raises(ReleaseError, match="een naam van een persoon"):
        releases.prepare(subject(), "run 1", make)


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a.docx", "a.pptx"])
def test_what_cannot_be_read_is_not_called_checked(name):
    def make(folder):
        (folder / name).write_bytes(b"%PDF-1.7\n")

    with pytest.raises(ReleaseError, match=rf"{name} is niet te lezen"):
        releases.prepare(subject(), "run 1", make)


def test_a_pdf_that_is_a_picture_of_a_text_is_not_called_checked():
    with pytest.raises(ReleaseError, match="niet te lezen"):
        releases.prepare(subject(), "run 1", lambda folder: forms.as_pdf(folder, ""))


def test_a_note_with_a_person_in_it_is_not_kept():
    note = "gebeld met 06-12345678"
    folder = releases.release(prepare(), APPROVED._replace(note=note))
    assert "06-" not in (folder / "manifest.json").read_text("utf-8")
    assert "06-" not in str(outcomes.read_all())


def test_without_a_file_there_is_no_draft():
    with pytest.raises(ReleaseError, match="geen bestanden"):
        releases.prepare(subject(), "run 1", lambda _folder: None)


def test_without_the_publication_there_is_no_draft():
    with pytest.raises(ReleaseError, match="geen publicatie gone"):
        releases.prepare(replace(subject(), publication="gone"), "run 1", writing())


@pytest.mark.parametrize("name", ["../elders", "", "Oktober", ".drafts", "a/b"])
def test_a_name_that_could_lie_elsewhere_is_refused(name):
    with pytest.raises(ValueError, match="cannot name"):
        prepare(name=name)


def test_a_release_takes_the_alert_of_its_briefing_away():
    occasions.late(OCTOBER)
    releases.release(prepare(kind=Kind.BULLETIN), APPROVED)
    assert len(occasions.alerts(occasions.held_for(OCTOBER))) == 1
    releases.release(prepare(), APPROVED)
    assert occasions.alerts(occasions.held_for(OCTOBER)) == []


@trying(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["prepare", "release", "refuse"]), st.integers(1, 3)),
        max_size=12,
    )
)
def test_in_any_order_a_draft_has_one_end_and_a_release_stays(steps, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(tmp_path_factory.mktemp("any")))
        settings.cache_clear()
        publish()
        kept: dict[str, str] = {}
        drafts = {}
        for step, number in steps:
            try:
                if step == "prepare":
                    drafts[number] = prepare(f"run {number}")
                elif number in drafts:
                    getattr(releases, step)(drafts[number], APPROVED)
            except ReleaseError:
                pass
            now = {
                name: files.sha256_of(settings().releases / name) for name in there()
            }
            assert kept.items() <= now.items()
            kept = now
        rows = outcomes.read_all()
        assert len({row.draft for row in rows}) == len(rows)
        left = {row.release_id for row in rows if row.status == "released"}
        assert left == {name.split("/")[1] for name in kept}
    settings.cache_clear()
