"""The team looks at a file on the page Datakwaliteit, and puts it in the inbox."""

import pytest
from tests.dashboards.test_pages import said
from tests.landing.offers import SAMPLES

from dashboards.queries import offered
from wijkbeeld.landing.inspection import Column, Inspection, Proposal, Sample
from wijkbeeld.settings import settings

PATROLS = "watch__patrols"
NAME, TEXT = SAMPLES[PATROLS]
CONTENT = TEXT.encode()
SEEN = Inspection(
    file_name=NAME, size_bytes=10, sha256="c" * 64, source=PATROLS,
    why="herkend aan de kolommen ronde_id", form="tekst", encoding="utf-8",
    separator=";", recognised=(Column(name="a", header="ronde_id", is_required=True),),
    unknown="opmerking", row_count=3, problem_count=1, verdict="accepted",
    samples=(Sample(problem="bad_date", rule="De datum is niet te lezen.",
                    remedy="Schrijf 31-12-2026.", columns=("datum",), row_count=1,
                    rows=(3,)),),
    warnings=("let hierop",),
)  # fmt: skip


@pytest.fixture
def looked(monkeypatch):
    """Answer with an inspection; return what was asked to be looked at."""
    asked = []

    def answer_with(seen):
        def look(name, content, wish):
            asked.append((name, content, wish))
            return seen(wish) if callable(seen) else seen

        monkeypatch.setattr(offered, "inspect_bytes", look)
        return asked

    return answer_with


def send(app, name=NAME, content=CONTENT):
    app.file_uploader[0].upload(name, content, "text/csv")
    return app.run(timeout=180)


def waiting():
    return sorted(
        str(path.relative_to(settings().inbox))
        for path in settings().inbox.rglob("*")
        if path.is_file()
    )


def press(app):
    return app.button("datakwaliteit-zet").click().run(timeout=180)


@pytest.mark.parametrize("role", ["public", "analyst"])
def test_only_the_team_can_send_a_file(publication, open_as, role):
    publication()
    assert not open_as(role, "datakwaliteit").file_uploader
    with pytest.raises(PermissionError):
        offered.put(PATROLS, NAME, b"x")
    assert waiting() == []


@pytest.mark.parametrize("is_empty", [True, False])
def test_the_team_can_also_when_nothing_was_delivered(publication, open_as, is_empty):
    publication(is_empty=is_empty)
    assert len(open_as("team", "datakwaliteit").file_uploader) == 1


def test_an_inbox_that_cannot_be_written_offers_nothing(
    publication, open_as, monkeypatch
):
    publication()
    monkeypatch.setattr(offered.receive, "can_receive", lambda: False)
    assert not open_as("team", "datakwaliteit").file_uploader


def test_a_file_is_looked_at_for_real_and_then_put_where_it_is_landed_from(
    publication, open_as
):
    publication()
    app = send(open_as("team", "datakwaliteit"))
    told = said(app)

    assert not app.exception
    assert "herkend aan de kolommen ronde_id" in told
    assert "zou worden ingelezen" in told
    assert "WT-HOUTWIJK" not in told
    assert waiting() == []

    app = press(app)
    assert not app.exception
    assert "wacht in de inbox van watch\\_\\_patrols" in "".join(
        success.value for success in app.success
    )
    assert waiting() == [f"{PATROLS}/{NAME}"]
    assert (settings().inbox / PATROLS / NAME).read_text("utf-8") == TEXT


def test_what_was_seen_is_shown(publication, open_as, looked):
    publication()
    looked(SEEN)
    told = said(send(open_as("team", "datakwaliteit")))

    for part in ("ronde_id", "opmerking", "utf-8", "De datum is niet te lezen.",
                 "Schrijf 31-12-2026.", "datum", "let hierop"):  # fmt: skip
        assert part in told


def test_a_page_that_is_drawn_again_looks_once(publication, open_as, looked):
    publication()
    asked = looked(SEEN)
    app = send(open_as("team", "datakwaliteit"))
    app.run()
    app.run()

    assert len(asked) == 1


def test_points_are_placed_with_the_shapes_of_the_publication(
    publication, open_as, looked
):
    publication()
    asked = looked(SEEN)
    send(open_as("team", "datakwaliteit"))

    assert len(asked[0][2].shapes) == 13


def test_the_language_of_the_reader_goes_along(publication, open_as, looked):
    publication()
    asked = looked(SEEN)
    app = send(open_as("team", "datakwaliteit", language="English"))

    assert asked[0][2].language == "en"
    assert "This file would land." in said(app)


@pytest.mark.parametrize("verdict", ["rejected", "failed"])
def test_a_file_that_would_be_rejected_cannot_be_put(
    publication, open_as, looked, verdict
):
    publication()
    looked(SEEN.model_copy(update={"verdict": verdict, "reason": "kolom ontbreekt"}))
    app = send(open_as("team", "datakwaliteit"))

    assert "kolom ontbreekt" in said(app)
    assert not [b for b in app.button if b.key == "datakwaliteit-zet"]


def test_a_source_that_is_not_recognised_can_be_named(publication, open_as, looked):
    publication()

    def look(wish):
        if wish.source:
            return SEEN.model_copy(update={"source": wish.source})
        return SEEN.model_copy(update={"source": None, "verdict": "rejected"})

    looked(look)
    app = send(open_as("team", "datakwaliteit"))
    app.selectbox("datakwaliteit-bron").select("police__incidents").run()
    press(app)

    assert waiting() == [f"police__incidents/{NAME}"]


def test_a_proposed_mapping_can_be_kept(publication, open_as, looked):
    publication()
    proposal = Proposal(name="x.yml", text="name: x\n", missing=())
    looked(SEEN.model_copy(update={"proposal": proposal, "verdict": "waits"}))
    app = send(open_as("team", "datakwaliteit"))

    assert "name: x" in said(app)
    assert app.get("download_button")


def test_a_file_that_was_landed_before_is_told_so(publication, open_as, looked):
    publication()
    looked(SEEN.model_copy(update={"sha256": "a" * 64}))
    assert "al eerder ingelezen" in said(send(open_as("team", "datakwaliteit")))


@pytest.mark.parametrize(
    "name", ["../../x.csv", ".x.csv", "x\u202evsc.csv", "y" * 300 + ".csv", "a/b.csv"]
)
def test_an_odd_name_is_neither_looked_at_nor_put(publication, open_as, looked, name):
    publication()
    asked = looked(SEEN)
    app = send(open_as("team", "datakwaliteit"), name)

    assert not app.exception
    assert any("naam met gewone letters" in error.value for error in app.error)
    assert asked == []
    assert waiting() == []


def test_a_file_over_the_limit_is_not_looked_at(
    publication, open_as, looked, monkeypatch
):
    publication()
    asked = looked(SEEN)
    monkeypatch.setattr(offered, "limit_mb", lambda: 1)
    app = send(open_as("team", "datakwaliteit"), content=b"x" * ((1 << 20) + 1))

    assert "groter dan 1 MB" in said(app)
    assert asked == []


def test_texts_of_the_file_are_no_markdown(publication, open_as, looked):
    evil = "**x** [klik](http://elders.nl) <b>"
    publication()
    looked(SEEN.model_copy(update={"verdict": "rejected", "reason": evil}))
    app = send(open_as("team", "datakwaliteit"))
    (error,) = [e.value for e in app.error if "geweigerd" in e.value]

    assert "[klik](http" not in error
    assert "**x**" not in error
