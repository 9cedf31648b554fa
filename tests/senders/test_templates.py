"""What we hand out to be filled in is what we read."""

import csv
import io
import zipfile

import pytest
from tests.landing.offers import landed, offer, problems

from expectations import gate
from wijkbeeld.landing import agreement
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.senders import templates
from wijkbeeld.senders.columns import columns_of

TEMPLATES = templates.sources()
NAME = "2026-10-15__voorbeeld"
ROWS = "* exclude (_file_sha256, _file_name, _landed_at)"


def filled(book: bytes, sheet: str) -> bytes:
    """Let the filled sheet and the empty one of a produced workbook change names."""
    names = {sheet: "voorbeeld", "voorbeeld": sheet}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            content = old.read(member).decode()
            if member == "xl/workbook.xml":
                for at, name in enumerate(names):
                    content = content.replace(f'name="{name}"', f'name="#{at}"')
                for at, name in enumerate(names.values()):
                    content = content.replace(f'name="#{at}"', f'name="{name}"')
            new.writestr(member, content)
    return out.getvalue()


def sheet_of(source):
    return agreement.source(source).sheet or source.partition("__")[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    templates.write(folder)
    return folder


def test_lists_kept_by_hand_have_templates():
    assert "watch__patrols" in TEMPLATES


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_example_lands_as_it_was_handed_out(zone, written, source):
    content = (written / f"{source}.voorbeeld.csv").read_bytes()
    delivered = offer(source, content, f"{NAME}.csv", gate.of(source))
    assert delivered.status == "landed"
    assert problems(delivered) == [None] * len(agreement.source(source).examples)
    assert delivered.row_count >= 3


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_workbook_with_its_example_filled_in_lands_as_the_same_rows(
    zone, written, source
):
    text = (written / f"{source}.voorbeeld.csv").read_bytes()
    plain = landed(offer(source, text, f"{NAME}.csv"), ROWS)
    book = filled((written / f"{source}.xlsx").read_bytes(), sheet_of(source))
    delivered = offer(source, book, f"{NAME}.xlsx")
    assert landed(delivered, ROWS) == plain


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_is_known_for_what_it_is_and_refused_while_it_is_empty(
    zone, written, source, form
):
    path = written / f"{source}.{form}"
    assert source_of(path) == source
    with pytest.raises(RejectedError, match="geen rijen"):
        offer(source, path.read_bytes(), f"{NAME}.{form}")


@pytest.mark.parametrize("source", TEMPLATES)
def test_an_example_names_columns_of_the_template_only(source):
    agreed = agreement.source(source)
    headers = {column.header for column in columns_of(agreed)}
    assert len(agreed.examples) >= 3
    assert {header for row in agreed.examples for header in row} <= headers


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_says_of_every_column_what_to_fill_in(source):
    columns = columns_of(agreement.source(source))
    assert [c.header for c in columns if c.field.about is None] == []


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_same_agreement_gives_the_same_bytes(source):
    agreed = agreement.source(source)
    assert templates.workbook(agreed) == templates.workbook(agreed)


def test_what_looks_like_a_formula_is_text_in_what_we_hand_out():
    agreed = agreement.source("watch__patrols")
    row = {"route_naam": "=1+1", "ronde_id": "@R-1", "gpx_bestand": "-x"}
    agreed = agreed.model_copy(update={"examples": (row | {"afstand_km": "-2,5"},)})
    text = templates.as_csv(agreed, agreed.examples).decode("utf-8-sig")
    (found,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert found["route_naam"] == "'=1+1"
    assert found["ronde_id"] == "'@R-1"
    assert found["gpx_bestand"] == "'-x"
    assert found["afstand_km"] == "-2,5"
    with zipfile.ZipFile(io.BytesIO(templates.workbook(agreed))) as book:
        sheets = [book.read(m) for m in book.namelist() if "worksheets/sheet" in m]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert ">'=1+1<" in strings


@pytest.mark.parametrize(
    ("source", "header", "said"),
    [
        ("watch__patrols", "ronde_id", "ja, een vak mag leeg zijn"),
        ("team__goals", "doel_id", "ja"),
        ("team__goals", "streefwaarde", "ja"),
        ("team__goals", "stopregel", "nee"),
    ],
)
def test_a_template_says_what_must_be_there(source, header, said):
    columns = {c.header: c for c in columns_of(agreement.source(source))}
    assert columns[header].must_be_there() == said
