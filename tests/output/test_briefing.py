"""All exports of one briefing: of what was presented, whole, and twice the same."""

import io
import re
import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pptx
import pypdf
import pytest
from output import figures
from tests.dashboards.conftest import LAST_MONTH, write_marts
from typer.testing import CliRunner

from wijkbeeld import files, publish
from wijkbeeld.cli import app
from wijkbeeld.language import speaking
from wijkbeeld.output import briefing, choices, corrections, handout, workbook
from wijkbeeld.output.choices import Choices
from wijkbeeld.output.slide import Key
from wijkbeeld.settings import settings

WHERE = f"where offence_code = '1.1.1' and month = date '{LAST_MONTH}'"
FIVE_MORE = f"update marts.rpt_briefing set crime_count = crime_count + 5 {WHERE}"
FEW = {"-cijfers.csv": workbook.csv}
"""What is written soonest."""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A home in which a month was frozen, and that has a later one with more."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(home))
        settings.cache_clear()
        write_marts(settings().warehouse)
        first = publish.publish("presented")
        publish.freeze(LAST_MONTH)
        later = first.replace("_presented", "_later")
        shutil.copytree(settings().published / first, settings().published / later)
        for role in ("public", "team"):
            with duckdb.connect(settings().published / later / f"{role}.duckdb") as con:
                con.execute(FIVE_MORE)
        files.write_text(settings().published / "current", later)
        yield first
    settings.cache_clear()


@pytest.fixture(scope="module")
def written(published, tmp_path_factory):
    return briefing.write(LAST_MONTH, tmp_path_factory.mktemp("out"))


def test_it_is_of_the_publication_that_was_presented(published, written):
    assert written.is_frozen
    assert written.publication == published
    names = [str(path.relative_to(written.folder)) for path in written.files]
    assert names[:4] == [
        f"briefing-2026-10{end}" for end in (".pptx", ".pdf", ".xlsx", "-cijfers.csv")
    ]
    assert all(re.fullmatch(r"png/\d\d-[a-z_]+\.png", name) for name in names[4:])
    assert "png/03-burglary.png" in names
    assert all(path.stat().st_size for path in written.files)


def test_every_number_in_it_is_in_the_file_of_residents(written):
    shown = briefing.prepared(LAST_MONTH).presentation
    # The letters of a picture run together when they are read back: their values
    # are among the texts of the presentation, and drawn by ``pictures``.
    in_words = replace(
        shown,
        slides=tuple(
            replace(s, parts=tuple(p for p in s.parts if not hasattr(p, "title")))
            for s in shown.slides
        ),
    )
    pages = pypdf.PdfReader(io.BytesIO(handout.write(in_words))).pages
    deck = pptx.Presentation(io.BytesIO(written.files[0].read_bytes()))
    told = [" ".join(page.extract_text().split()) for page in pages] + [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    # A page has its number, and a publication its name.
    texts = [re.sub(r"\b[12] / 2\b|\S*T\d{6}Z\S*", "", text) for text in told]
    path = publish.frozen("public")[LAST_MONTH][1]
    figures.assert_public(figures.texts_of(shown), path)
    known = {told.number for told in figures.numbers_told(shown)}
    assert {told.number for text in texts for told in figures.numbers_in(text)} <= known


def test_a_briefing_for_the_team_lies_beside_that_for_residents(written, monkeypatch):
    monkeypatch.setattr(briefing, "_WRITERS", FEW)
    team = briefing.write(LAST_MONTH, written.folder, "team")
    assert not set(team.files) & set(written.files)
    assert all("team" in str(p.relative_to(written.folder)) for p in team.files)
    assert all(path.exists() for path in written.files)


def test_a_writer_that_fails_leaves_what_was_there(published, tmp_path, monkeypatch):
    old = tmp_path / "briefing-2026-10-cijfers.csv"
    old.write_text("old")

    def fail(_presentation):
        raise OSError

    monkeypatch.setattr(briefing, "_WRITERS", FEW | {".pdf": fail})
    with pytest.raises(OSError, match=r"^$"):
        briefing.write(LAST_MONTH, tmp_path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_it_is_as_the_chief_chose_it(published):
    everything = briefing.prepared(LAST_MONTH).presentation
    chosen = Choices(
        hidden=frozenset({Key.BURGLARY}), annotations={Key.WHERE: "Bij het park."}
    )
    choices.write(LAST_MONTH, chosen)
    try:
        shown = briefing.prepared(LAST_MONTH).presentation
    finally:
        choices.path(LAST_MONTH).unlink()
    keys = [slide.key for slide in everything.slides if slide.key != Key.BURGLARY]
    assert [slide.key for slide in shown.slides] == keys
    [where] = [slide for slide in shown.slides if slide.key == Key.WHERE]
    assert where.annotation == "Bij het park."


def test_what_was_corrected_since_is_told_with_its_reason_to_the_team_only(published):
    [count] = [c for c in briefing.corrected(LAST_MONTH, "team") if not c.is_verdict]
    was = int(count.before)
    assert str(count) == f"was {was}, is nu {was + 5}: 5 late meldingen"
    [rounded] = [c for c in briefing.corrected(LAST_MONTH) if not c.is_verdict]
    assert re.fullmatch(r"was \d*[05], is nu \d*[05]", str(rounded))
    with speaking("en"):
        assert "is now" in str(briefing.corrected(LAST_MONTH)[0])
    now = publish.current("team")
    assert corrections.between(now, now, LAST_MONTH) == []
    assert briefing.corrected(date(2026, 9, 1)) == []


def test_the_command_writes_the_same_bytes_again(published, written, tmp_path):
    # Of a briefing that had more slides; and what is not ours.
    for name in ("png/99-where.png", "png/mine.png"):
        files.write_text(tmp_path / name, "old")
    said = CliRunner().invoke(
        app, ["briefing", "--month", "2026-10", "--out", str(tmp_path)]
    )
    assert said.exit_code == 0
    assert "nog niet bewaard" not in said.output
    assert "verbeterd sindsdien, Woninginbraak: was" in said.output
    assert said.output.splitlines()[-1] == published
    for path in written.files:
        again = tmp_path / path.relative_to(written.folder)
        assert files.sha256_of(path) == files.sha256_of(again), path.name
    assert not (tmp_path / "png/99-where.png").exists()
    assert (tmp_path / "png/mine.png").exists()


def test_the_command_says_that_a_month_was_not_kept(published, tmp_path, monkeypatch):
    monkeypatch.setattr(briefing, "_WRITERS", FEW)
    before = ["briefing", "--month", "2020-01", "--language", "en", "--out"]
    said = CliRunner().invoke(app, [*before, str(tmp_path)])
    assert said.exit_code == 0
    assert "nog niet bewaard" in said.output
    assert (tmp_path / "briefing-2020-01-en-cijfers.csv").exists()
    assert CliRunner().invoke(app, ["briefing", "--month", "nooit"]).exit_code == 1


def test_without_a_publication_the_command_says_what_to_do(home):
    said = CliRunner().invoke(app, ["briefing", "--month", "2026-10"])
    assert said.exit_code == 1
    assert "wijkbeeld build" in said.output
