"""A text in every form and every corner in which it can leave."""

import typst
from docx import Document
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

BOX = (Inches(1), Inches(1), Inches(6), Inches(3))


def as_page(folder, said):
    (folder / "a.html").write_text(f"<p title='x'>{said}</p>", "utf-8")


def as_document(folder, said):
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = said
    document.save(str(folder / "a.docx"))


def as_header(folder, said):
    document = Document()
    document.sections[0].header.paragraphs[0].text = said
    document.save(str(folder / "a.docx"))


def as_notes(folder, said):
    deck, slide = _deck()
    slide.notes_slide.notes_text_frame.text = said
    deck.save(str(folder / "a.pptx"))


def as_table(folder, *said):
    deck, slide = _deck()
    table = slide.shapes.add_table(1, len(said), *BOX).table
    for at, words in enumerate(said):
        table.cell(0, at).text = words
    deck.save(str(folder / "a.pptx"))


def as_group(folder, said):
    deck, slide = _deck()
    group = slide.shapes.add_group_shape().shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = said
    deck.save(str(folder / "a.pptx"))


def as_chart_title(folder, said):
    deck, chart = _chart("Waldeck")
    chart.chart_title.text_frame.text = said
    deck.save(str(folder / "a.pptx"))


def as_chart_category(folder, said):
    deck, _chart_of_it = _chart(said)
    deck.save(str(folder / "a.pptx"))


def as_pdf(folder, said):
    written = typst.compile(f'#"{said}"'.encode(), format="pdf")
    (folder / "a.pdf").write_bytes(written)


def _deck():
    deck = Presentation()
    return deck, deck.slides.add_slide(deck.slide_layouts[5])


def _chart(category):
    deck, slide = _deck()
    counted = CategoryChartData()
    counted.categories = [category]
    counted.add_series("Inbraken", [15])
    return deck, slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, counted
    ).chart


FORMS = {
    "page": as_page,
    "document": as_document,
    "header of a document": as_header,
    "notes": as_notes,
    "table": as_table,
    "group": as_group,
    "title of a chart": as_chart_title,
    "category of a chart": as_chart_category,
    "pdf": as_pdf,
}
