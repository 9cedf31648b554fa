"""Deck, handout, workbook and CSV tell the same figures, and nothing is cut off."""

import csv
import io
import re
from dataclasses import replace
from itertools import chain

import pptx
import pypdf
import pytest
import python_calamine
from output import made
from pptx.util import Inches

from wijkbeeld.output import areas, deck, handout, pictures, workbook
from wijkbeeld.output.slide import (
    AreaMap,
    Bars,
    Key,
    Lines,
    Numbers,
    Presentation,
    Table,
)

TEAM = replace(made.LENGTHY, role="team", has_demo=False, language="en")


def parts(presentation: Presentation):
    return [(s, p) for s in presentation.slides for p in s.parts]


def figures(presentation: Presentation) -> set[str]:
    """Return all that is told as a figure, as text."""
    found: set[str] = set()
    for _slide, part in parts(presentation):
        match part:
            case Numbers(items):
                found |= {item.told for item in items}
            case Bars():
                found |= set(chain(*pictures.written(part)))
            case AreaMap(_title, shown):
                found |= {area.told for area in shown}
            case Table(_columns, rows):
                found |= set(chain(*rows))
    return found


@pytest.fixture(scope="module")
def shown():
    written = deck.write(made.OCTOBER)
    assert written == deck.write(made.OCTOBER)
    return pptx.Presentation(io.BytesIO(written))


def shapes_of(shapes):
    for shape in shapes:
        if shape.shape_type == 6:
            yield from shapes_of(shape.shapes)
        yield shape


def texts_of(slide) -> list[str]:
    found = []
    for shape in shapes_of(slide.shapes):
        if shape.has_text_frame:
            found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if getattr(shape, "has_table", False):
            found += [c.text for row in shape.table.rows for c in row.cells]
    return found


def test_the_deck_has_real_titles_messages_and_notes(shown):
    for slide, told in zip(shown.slides, made.OCTOBER.slides, strict=True):
        assert slide.shapes.title.text == told.title
        assert slide.placeholders[1].text == told.message
        said = texts_of(slide)
        assert {*told.remarks, told.annotation} - {""} <= set(said)
        assert any("DEMODATA · Politie Loosduinen" in text for text in said)
        notes = slide.notes_slide.notes_text_frame.text if told.notes else ""
        assert notes == told.notes
    assert shown.core_properties.title == made.OCTOBER.title
    assert shown.core_properties.language == "nl"


def test_its_charts_hold_the_values_and_say_where_there_is_none(shown):
    charts = [s for slide in shown.slides for s in slide.shapes if s.has_chart]
    bars = [part for _, part in parts(made.OCTOBER) if isinstance(part, Bars)]
    for shape, part in zip(charts, bars, strict=True):
        [plot] = shape.chart.plots
        assert [tuple(s.values) for s in plot.series] == [s.values for s in part.series]
        assert [s.name for s in plot.series] == [s.name for s in part.series]
        for at, label in enumerate(plot.categories):
            assert label.startswith(part.categories[at])
            for row, series in zip(pictures.written(part), part.series, strict=True):
                if series.values[at] is None:
                    assert row[at] in label
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == part.alt


def test_what_is_told_otherwise_than_its_value_is_a_label_of_its_own():
    least = replace(made.TWO_ROWS, told=(("≥ 15", "40", "<5"), ("20", "35", "10")))
    slide = replace(made.OCTOBER.slides[3], parts=(least,))
    written = deck.write(replace(made.OCTOBER, slides=(slide,)))
    [drawn] = pptx.Presentation(io.BytesIO(written)).slides
    [chart] = [shape.chart for shape in drawn.shapes if shape.has_chart]
    series = chart.plots[0].series[0]
    assert series.points[0].data_label.text_frame.text == "≥ 15"


def test_its_tables_and_its_map_can_be_edited(shown):
    tables = [s for slide in shown.slides for s in slide.shapes if s.has_table]
    told = [part for _, part in parts(made.OCTOBER) if isinstance(part, Table)]
    for shape, part in zip(tables, told, strict=True):
        rows = [tuple(c.text for c in row.cells) for row in shape.table.rows]
        assert rows == [part.columns, *part.rows]
    where = shown.slides[4]
    [group] = [shape for shape in where.shapes if shape.shape_type == 6]
    names = [shape.name for shape in group.shapes if shape.shape_type == 5]
    assert names == [area.name for area in made.WHERE.areas]
    assert {area.told for area in made.WHERE.areas} <= set(texts_of(where))
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == made.WHERE.alt
    assert not [s for slide in shown.slides for s in slide.shapes if s.shape_type == 13]


def test_nothing_in_a_deck_lies_outside_its_slide_whatever_is_told():
    long = pptx.Presentation(io.BytesIO(deck.write(TEAM)))
    for slide in long.slides:
        for shape in shapes_of(slide.shapes):
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= Inches(13.34)
            assert shape.top + shape.height <= Inches(7.51)


def test_a_long_remark_is_cut_on_the_slide_and_whole_in_the_notes():
    [slide] = pptx.Presentation(
        io.BytesIO(deck.write(replace(TEAM, slides=TEAM.slides[:1])))
    ).slides
    assert any(text.endswith(" …") for text in texts_of(slide))
    assert made.LONG.strip() in slide.notes_slide.notes_text_frame.text


def test_rows_that_do_not_fit_go_on_on_a_further_slide():
    rows = tuple((f"Actie {at}", "Gemeente", "1 december", "open") for at in range(40))
    slide = replace(made.OCTOBER.slides[1], parts=(replace(made.DONE, rows=rows),))
    written = deck.write(replace(made.OCTOBER, slides=(slide,)))
    slides = list(pptx.Presentation(io.BytesIO(written)).slides)
    titles = [s.shapes.title.text for s in slides]
    assert titles == [
        f"{slide.title} ({at + 1}/{len(titles)})" for at in range(len(titles))
    ]
    found = chain(*map(texts_of, slides))
    assert [text for text in found if text.startswith("Actie ")] == [r[0] for r in rows]


def test_every_page_for_the_team_says_so():
    for slide in pptx.Presentation(io.BytesIO(deck.write(TEAM))).slides:
        assert "Alleen voor de politie" in texts_of(slide)
    pages = pypdf.PdfReader(io.BytesIO(handout.write(TEAM))).pages
    # However long the remarks are.
    assert len(pages) == 2
    for page in pages:
        assert "Alleen voor de politie" in page.extract_text()
    for sheet in sheets(TEAM).values():
        assert any("Alleen voor de politie" in str(c) for row in sheet for c in row)


@pytest.fixture(scope="module")
def paper():
    written = handout.write(made.OCTOBER)
    return pypdf.PdfReader(io.BytesIO(written))


def test_the_handout_is_two_pages_of_a4_that_can_be_read_aloud(paper):
    assert len(paper.pages) == 2
    for page in paper.pages:
        assert tuple(map(round, page.mediabox[2:])) == (595, 842)
    assert paper.metadata.title == made.OCTOBER.title
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_the_handout_tells_all_figures_but_no_notes(paper):
    text = bare(" ".join(page.extract_text() for page in paper.pages))
    for told in figures(made.OCTOBER):
        assert bare(told) in text
    for slide in made.OCTOBER.slides:
        assert bare(slide.title) in text
    assert bare("Vertel eerst") not in text
    # What could be markup is text.
    assert bare("(#1), *altijd*") in text


def bare(text: str) -> str:
    """Leave out where a line may be broken, with a hyphen or without."""
    return re.sub(r"[\s\-\u00ad]+", "", text)


@pytest.mark.parametrize("presentation", [made.EMPTY, replace(made.OCTOBER, slides=())])
def test_the_handout_is_two_pages_whatever_is_told(presentation):
    assert len(pypdf.PdfReader(io.BytesIO(handout.write(presentation))).pages) == 2


def sheets(presentation: Presentation) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(workbook.xlsx(presentation))
    )
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_figures_as_numbers_and_what_is_withheld_as_text():
    found = sheets(made.OCTOBER)
    assert list(found) == [
        "Uitleg", "Wat spraken we af", "Woninginbraken", "Meer of minder",
        "Waar gebeurde het",
    ]  # fmt: skip
    rows = found["Woninginbraken"]
    by_name = {row[0]: row[1] for row in rows if row[0]}
    assert by_name["okt 2025"] == 20
    assert by_name["feb 2026"] == "<5"
    assert by_name["jun 2026"] == "–"
    assert by_name["jul 2026"] == 0
    assert by_name["Pogingen"] == "<5"
    assert ["Diefstal uit auto", 40, 35] in found["Meer of minder"]
    assert ["De Uithof", "BU05180011", 55] in found["Waar gebeurde het"]
    assert workbook.xlsx(made.OCTOBER) == workbook.xlsx(made.OCTOBER)


def test_the_csv_tells_every_figure_as_a_dutch_spreadsheet_reads_it():
    written = workbook.csv(made.OCTOBER)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-1] == "demodata"
    assert {row[-1] for row in rows[1:]} == {"DEMODATA"}
    values = {row[4].removeprefix("'") for row in rows[1:]}
    # The first column of a table names its rows.
    names = {row[2].removeprefix("'") for row in rows[1:]}
    assert figures(made.OCTOBER) <= values | names


def test_no_text_is_a_formula_in_any_sheet():
    evil = "=HYPERLINK(1)"
    bars = replace(made.TWO_ROWS, categories=(evil, "b", "c"))
    slide = replace(
        made.OCTOBER.slides[3], title=evil, message=evil, parts=(bars, made.DONE)
    )
    presentation = replace(made.OCTOBER, title=evil, slides=(slide,))
    for row in chain(*sheets(presentation).values()):
        assert not [c for c in row if isinstance(c, str) and c.startswith("=")]
    assert ";=" not in workbook.csv(presentation).decode()
    written = pptx.Presentation(io.BytesIO(deck.write(presentation)))
    [chart] = [s.chart for s in written.slides[0].shapes if s.has_chart]
    inside = chart.part.chart_workbook.xlsx_part.blob
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(inside))
    cells = list(chain(*book.get_sheet_by_index(0).to_python()))
    assert f"'{evil}" in cells


def test_two_slides_of_one_title_have_sheets_of_their_own():
    twice = replace(made.OCTOBER.slides[2], title="Woninginbraken [2026]/" * 3)
    names = list(sheets(replace(made.OCTOBER, slides=(twice, twice, twice))))
    assert len({name.lower() for name in names}) == 4
    assert max(map(len, names)) <= 31


def test_a_month_without_figures_gives_files_that_can_be_read():
    slides = pptx.Presentation(io.BytesIO(deck.write(made.EMPTY))).slides
    assert len(slides) == len(Key)
    assert list(sheets(made.EMPTY)) == ["Uitleg"]
    assert workbook.csv(made.EMPTY).decode("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    ("told", "cell"),
    [("1.250", 1250), ("1,250", 1250), ("0", 0), ("<5", "<5"), ("≥ 12", "≥ 12"),
     ("1.25", "1.25"), ("", ""), ("112 keer", "112 keer")],
)  # fmt: skip
def test_only_a_whole_number_becomes_one(told, cell):
    assert workbook.as_number(told) == cell


def test_the_words_of_a_map_lie_in_its_frame():
    laid = areas.placed(made.WHERE, 8, 4, 0.15)
    at = areas.frame(laid, 8, 4)
    for each in laid:
        left, top, wide, high = at.box(each.words, 0.15)
        assert left + wide > 0
        assert -0.5 < top < top + high < 4.5
    assert re.fullmatch(r"#[0-9a-f]{6}", areas.colour(0.5))
    assert isinstance(made.ASKED, Lines)


@pytest.mark.parametrize(
    ("texts", "without_share"),
    [
        # A day takes so much that what was agreed would have one word per line.
        (("Kelderdeuren van de flats nakijken", "beheerders van WhatsApp-groepen",
          "29 oktober 2026", "loopt nog"), [3]),
        (("Fietsendiefstal", "29 oktober 2026", "29 oktober 2026"), [0, 1, 2]),
        (("Fietsendiefstal", "Deze maand", "Een jaar eerder",
          "te weinig om iets te zeggen"), [0, 1, 2]),
    ],
)  # fmt: skip
def test_short_columns_leave_room_for_the_long_ones(texts, without_share):
    table = Table(("",) * len(texts), (texts,), "alt")
    shares = handout._table(table, handout._STEPS[0])["shares"]
    assert [at for at, share in enumerate(shares) if not share] == without_share
