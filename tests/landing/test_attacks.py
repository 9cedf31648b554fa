"""What was made to hurt, or came about by accident and would have."""

import io
import os
import re
import zipfile

import pytest
import xlsxwriter
from tests.landing.offers import SAMPLES, offer, problems, shapes

from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

PATROLS = "watch__patrols"


def workbook(change) -> bytes:
    """A workbook of patrols whose sheet is changed as text."""
    made, out = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(made)
    page = book.add_worksheet("rondes")
    for at, line in enumerate(SAMPLES[PATROLS][1].splitlines()):
        page.write_row(at, 0, line.split(";"))
    book.close()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, change(content) if is_sheet else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "cellen"),
        ('<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>', "cellen"),
        ('<row r="9"><c r="ZZZ9999999"><v>1</v></c></row>', "niet kan bestaan"),
        ('<row r="9"><c r="A99999999999"><v>1</v></c></row>', "niet kan bestaan"),
        ('<row r="9"><c r="99"><v>1</v></c></row>', "niet kan bestaan"),
        ('<row r="99999999999999"><c><v>1</v></c></row>', "niet kan bestaan"),
        ("<row><c>", "niet te openen"),
    ],
)
def test_a_workbook_with_a_cell_far_away_is_rejected(zone, row, says):
    content = workbook(lambda text: text.replace("</sheetData>", row + "</sheetData>"))
    with pytest.raises(RejectedError, match=says):
        offer(PATROLS, content, "2026-03-31__r.xlsx")


OUTCOMES = {
    "without a value": "<f>1+1</f>",
    "with an empty value": "<f>1+1</f><v></v>",
    "that shares another": '<f t="shared" si="0"/>',
}


@pytest.mark.parametrize("formula", OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.parametrize("place", ['r="{}5"', ""])
def test_a_formula_of_which_the_outcome_was_not_kept_is_a_problem(zone, formula, place):
    cells = "".join(f"<c {place.format(c)}>{formula}</c>" for c in "ABCDEFGH")
    content = workbook(
        lambda text: text.replace(
            "</sheetData>", f'<row r="5">{cells}</row></sheetData>'
        )
    )
    delivered = offer(PATROLS, content, "2026-03-31__r.xlsx")
    assert problems(delivered) == [None] * 3 + ["excel_error_value"]


def test_an_outcome_that_is_an_empty_text_is_no_problem(zone):
    cell = '<c r="H2" t="str"><f>""</f><v></v></c>'
    content = workbook(lambda text: re.sub(r'<c r="H2".*?</c>', cell, text))
    assert problems(offer(PATROLS, content, "2026-03-31__r.xlsx")) == [None] * 3


def test_formatting_far_away_is_no_reason_to_reject(zone):
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = workbook(lambda text: text.replace("</sheetData>", far))
    assert problems(offer(PATROLS, content, "2026-03-31__r.xlsx")) == [None] * 3


def test_a_panic_of_the_reader_is_a_rejection(zone, monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_):
        raise PanicException("index out of bounds")

    monkeypatch.setattr("wijkbeeld.landing.workbook._cells", panic)
    with pytest.raises(RejectedError, match="niet te openen"):
        offer(PATROLS, workbook(str), "2026-03-31__r.xlsx")


ROW = "Jan de Vries;Pietersen;06-12345678;jan@voorbeeld.nl;2551 AB 12;12-03-2026\n"


@pytest.mark.parametrize("source", SAMPLES)
def test_a_reason_holds_no_data_of_a_file_without_headers(zone, source):
    with pytest.raises(RejectedError) as caught:
        offer(source, ROW * 3)
    for value in ROW.strip().split(";"):
        assert value not in str(caught.value)


def test_a_reason_names_headers(zone):
    with pytest.raises(RejectedError, match=r"team.*opmerking"):
        offer(PATROLS, "ronde_id;team;opmerking\nR-1;WT-A;x\n")
    with pytest.raises(RejectedError, match=r"Registratienummer.*opmerking"):
        offer("police__incidents", "Registratienummer;MK-code;opmerking\n1;A20;x\n")


def test_a_warning_counts_columns_that_are_named_like_a_person(zone):
    lines = SAMPLES[PATROLS][1].splitlines()
    more = [";Telefoon;Jan de Vries", *[";x;x"] * (len(lines) - 1)]
    text = "\n".join(a + b for a, b in zip(lines, more, strict=True)) + "\n"
    (warning,) = [w for w in offer(PATROLS, text).warnings if "Telefoon" in w]
    assert warning.endswith("Telefoon en nog 1")


def test_a_name_that_is_not_utf_8_is_rejected_and_moved(zone):
    name = os.fsdecode(b"2026-03-31__r\xe9.csv")
    with pytest.raises(RejectedError, match="r\ufffd\\.csv: de naam"):
        offer(PATROLS, SAMPLES[PATROLS][1], name)
    assert not list((settings().inbox / PATROLS).iterdir())
    assert len(list((settings().rejected / PATROLS).iterdir())) == 2
    assert offer(PATROLS, SAMPLES[PATROLS][1]).status == "landed"
    assert offer(PATROLS, SAMPLES[PATROLS][1], name).status == "known"


def test_a_folder_among_the_delivered_files_is_left_alone(zone, monkeypatch):
    folder = settings().delivered / PATROLS / "bewaard"
    folder.mkdir(parents=True)
    monkeypatch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
    settings.cache_clear()
    assert offer(PATROLS, SAMPLES[PATROLS][1]).status == "landed"
    assert folder.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_json_in_utf_16_is_told_so(zone, encoding):
    with pytest.raises(RejectedError, match="JSON in UTF-16"):
        offer("cbs__buurten", shapes().decode().encode(encoding), "x.geojson")


PERSON = "Jan de Vries 06-12345678"


def packed(members, change=lambda content: content) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return change(out.getvalue())


def with_hidden_sheet() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("rondes")
    for at, line in enumerate(SAMPLES[PATROLS][1].splitlines()):
        page.write_row(at, 0, line.split(";"))
    book.add_worksheet(PERSON).hide()
    book.close()
    return out.getvalue()


CRIMES = (
    '"ID";"SoortMisdrijf";"WijkenEnBuurten";"Perioden";"GeregistreerdeMisdrijven_1"'
)
TELLING = {
    "a member of JSON": (
        "police__open_data", "x.json", f'{{"odata":1,"{PERSON}":1,"{PERSON}":2}}'),
    "a member of a record": (
        "police__open_data", "x.json",
        f'{{"odata":1,"value":[{{"{PERSON}":1,"{PERSON}":2}}]}}'),
    "a label of a region": (
        "police__open_data", "47022NED.csv",
        f"{CRIMES}\n1;1.1.1;{PERSON};2026MM03;4\n"),
    "the name of a member of a zip": (
        PATROLS, "x.zip",
        packed({f"{PERSON}.csv": "x"}, lambda c: c.replace(b"Jan", b"Piet"[:3], 1))),
    "a hidden sheet": (PATROLS, "x.xlsx", with_hidden_sheet()),
    "a corner of a shape": (
        "cbs__buurten", "2026-01-01__x.geojson",
        shapes().replace(b"4.2,", f'"{PERSON}",'.encode(), 1)),
}  # fmt: skip


@pytest.mark.parametrize(("source", "name", "content"), TELLING.values(), ids=TELLING)
def test_no_reason_or_warning_tells_a_value(zone, source, name, content):
    try:
        told = "".join(offer(source, content, name).warnings)
    except RejectedError as reason:
        told = str(reason)
    assert told
    assert "Vries" not in told
    assert "12345678" not in told


def test_what_python_says_of_a_value_is_not_told(zone, monkeypatch):
    def fails(*_):
        raise ValueError(f"invalid literal for int(): {PERSON!r}")

    monkeypatch.setattr("wijkbeeld.landing.deliver.land.land", fails)
    with pytest.raises(RejectedError, match="niet te lezen") as caught:
        offer(PATROLS, SAMPLES[PATROLS][1])
    assert "Vries" not in str(caught.value)
