"""The minutes of a briefing: nothing that is not public, and readable by everybody."""

import io
import re
from datetime import date

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from tests.output import figures, public_files

from wijkbeeld.output import minutes
from wijkbeeld.settings import settings

MONTH = date(2026, 9, 1)
_MADE = """
create table marts.fct_briefings as select * from (values
    ('B-2026-09', date '2026-09-24', 'gehouden', 'Wijkcentrum', null, 20, 40),
    ('B-2026-10', date '2026-10-29', 'gehouden', 'Wijkcentrum <b>', 'School', null, 35),
    ('B-2026-11', date '2026-11-26', 'gepland', null, null, null, null)
) as made (briefing_id, briefing_date, status, venue, guest_from,
    attendance_residents, attendance_total);
alter table marts.fct_briefings add column themes varchar;
alter table marts.fct_briefings add column attendance_coordinators integer;
alter table marts.fct_briefings add column attendance_administrators integer;
create table marts.fct_minutes as select * from (values
    ('B-2026-10', 1, 'Lamp aan & deur op slot'), ('B-2026-09', 1, 'Van eerder')
) as made (briefing_id, point_no, point);
create table marts.fct_actions as select * from (values
    ('A-1', 'Lamp melden', 'watch_team', date '2026-09-24', 'done',
        date '2026-10-15'),
    ('A-2', 'Fietsenrek vragen', 'municipality', date '2026-09-24', 'open', null),
    ('A-3', 'Snoeien', 'municipality', date '2026-10-29', 'done', date '2026-11-03'),
    ('A-4', 'Lang klaar', 'school', date '2026-08-27', 'done', date '2026-09-01')
) as made (action_id, description, owner, asked_on, status, done_on);
alter table marts.fct_actions add column due_on date default date '2026-11-26';
alter table marts.fct_actions add column carried_count integer default 0;
"""


@pytest.fixture
def path(home):
    name = "20261101T080000Z_a-00000000"
    folder = settings().published / name
    folder.mkdir(parents=True)
    counts = {code: [10] * 14 for code in ("1.1.1", "1.2.1", "1.2.3")}
    path = public_files.write(folder / "public.duckdb", MONTH, counts)
    with duckdb.connect(str(path)) as con:
        con.execute(_MADE)
    (settings().published / "current").write_text(name)
    return path


def texts(made):
    for section in made.sections:
        yield from (section.heading, *section.lines)
        if section.table:
            yield section.table.caption
            for row in (section.table.columns, *section.table.rows):
                yield from row


def test_the_minutes_tell_the_evening_the_points_and_the_actions(path):
    told = list(texts(minutes.of(MONTH)))
    assert "Datum: 29 oktober 2026." in told
    assert "Lamp aan & deur op slot" in told
    assert "Van eerder" not in told
    assert "De volgende briefing is op 26 november 2026." in told
    done, still = minutes.of(MONTH).sections[3:5]
    assert done.table.rows == (("Lamp melden", "buurtpreventie", "15 oktober 2026"),)
    # As it was on the evening: what was done the week after was still to do.
    assert [row[0] for row in still.table.rows] == ["Fietsenrek vragen", "Snoeien"]


def test_the_minutes_tell_no_figure_that_is_not_public(path):
    figures.assert_public(texts(minutes.of(MONTH)), path)


def test_a_month_without_a_briefing_that_was_held_says_what_to_do(path):
    for month in (date(2026, 10, 1), date(2020, 1, 1)):
        with pytest.raises(
            minutes.NoBriefingError, match="vul de lijst van briefings aan"
        ):
            minutes.of(month)


def test_the_same_minutes_are_the_same_files(path, tmp_path):
    first = [p.read_bytes() for p in minutes.write(MONTH, tmp_path / "a")]
    second = [p.read_bytes() for p in minutes.write(MONTH, tmp_path / "b")]
    assert first == second


def test_the_pdf_is_tagged_and_says_its_language_and_title(path):
    reader = PdfReader(io.BytesIO(minutes.as_pdf(minutes.of(MONTH))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "nl"
    assert reader.metadata.title == "Verslag van de briefing van 29 oktober 2026"
    said = " ".join(page.extract_text() for page in reader.pages)
    assert "Lamp aan & deur op slot" in said


def test_the_page_asks_nothing_of_anybody_and_what_was_typed_is_text(path):
    page = minutes.as_html(minutes.of(MONTH)).decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "Wijkcentrum &lt;b&gt;" in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:", page)
    assert '<html lang="nl">' in page


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_has_no_barrier_and_no_line_too_long(path, width):
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        shown = browser.new_page(viewport={"width": width, "height": 800})
        shown.set_content(minutes.as_html(minutes.of(MONTH)).decode())
        found = Axe().run(shown).response["violations"]
        assert [one["id"] for one in found] == []
        wide = "document.documentElement.scrollWidth - window.innerWidth"
        assert shown.evaluate(wide) <= 0
        browser.close()
