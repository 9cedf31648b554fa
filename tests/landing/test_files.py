"""A file that is not what was agreed is rejected whole, with a reason to act on."""

import csv
import errno
import gzip
import io
import os
import re
import zipfile
from datetime import datetime, time

import duckdb
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tests.landing.offers import (
    SAMPLES,
    landed,
    no_gate,
    offer,
    problems,
    put,
    separator_of,
    shapes,
)

from wijkbeeld.landing import agreement, inbox, record, unpack
from wijkbeeld.landing.inbox_files import waiting
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

INCIDENTS, PATROLS = "police__incidents", "watch__patrols"
POSTS, CRIMES, BUURTEN = "social__facebook_posts", "police__open_data", "cbs__buurten"


def without(text: str, header: str) -> str:
    separator = separator_of(text)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    at = rows[0].index(header)
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(r[:at] + r[at + 1 :] for r in rows)
    return out.getvalue()


WEEKS, NO_LIST = "whatsapp__group_weeks", {"webpagina", "zip", ".xls", "PDF"}
REQUIRED = {
    INCIDENTS: "Datum kennisname",
    CRIMES: "Perioden",
    POSTS: "Publicatietijdstip",
    PATROLS: "aantal_lopers",
    BUURTEN: "WijkenEnBuurten",
    "police__calls": "Prioriteit",
    "whatsapp__groups": "leden",
    "whatsapp__broadcasts": "verzonden_op",
    "whatsapp__group_weeks": "leden",
    "watch__signals": "gemeld_op",
    "outreach__print": "verschenen_op",
    "outreach__briefings": "status",
    "outreach__actions": "status",
    "outreach__minutes": "volgorde",
    "outreach__ride_alongs": "eind_tijd",
    "outreach__programmes": "status",
}


def required(source: str) -> str:
    """Return a header that a sample of the source cannot do without."""
    if source in REQUIRED:
        return REQUIRED[source]
    fields = agreement.source(source).fields.values()
    needed = {h for field in fields if field.required for h in field.nl + field.en}
    return next(h for h in re.split("[;,]", SAMPLES[source][1]) if h in needed)


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (lambda *_: "", "leeg"),
        (lambda *_: "\n\n", "leeg"),
        (lambda text, _: text.split("\n", 1)[0] + "\n", "geen rijen"),
        (lambda text, h: text.replace(h, "anders", 1), ""),
        (without, ""),
        (lambda text, _: text.replace(";", "|").replace(",", "|"), ""),
        (lambda text, _: text[:40] + "\0" + text[40:], "NUL"),
        (lambda text, _: text.encode() + b"\x81\x81", "Windows-1252"),
        (lambda *_: "<!DOCTYPE html><html>404</html>", "webpagina"),
        (lambda *_: b"PK\x03\x04 not a zip", "zip"),
        (lambda *_: b"\xd0\xcf\x11\xe0 old", ".xls"),
        (lambda *_: b"%PDF-1.7", "PDF"),
    ],
    ids=[
        "empty", "blank", "header-only", "renamed", "missing", "separator", "nul",
        "bytes", "html", "zip", "xls", "pdf",
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_was_agreed_is_rejected(zone, source, fault, says):
    name, text = SAMPLES[source]
    broken = fault(text, required(source))
    with pytest.raises(RejectedError) as caught:
        offer(source, broken)
    told, _, why = str(caught.value).partition(": ")
    rejected = settings().rejected / source / name
    # What is no list of weeks may be a chat, and is destroyed.
    may_be_a_chat = "vernietigd" in str(caught.value)
    assert may_be_a_chat is (source == WEEKS and says in NO_LIST)
    assert may_be_a_chat or says in str(caught.value)
    assert rejected.exists() is not may_be_a_chat
    # Its name may be that of a person.
    assert told == ("2026-10-01__chat-zonder-naam.txt" if may_be_a_chat else name)
    reason = rejected.with_name(f"{told}.reason.txt").read_text()
    assert reason == f"{caught.value}\n"
    assert not (settings().inbox / source / name).exists()
    rows = duckdb.sql(
        f"select status, reason, row_count from '{record.folder()}/{source}/*.parquet' "
        "where status = 'rejected'"
    ).fetchall()
    assert rows == [("rejected", why, None)]


@pytest.mark.parametrize("source", SAMPLES)
def test_a_column_that_stands_there_twice_is_rejected(zone, source):
    text = SAMPLES[source][1]
    separator = separator_of(text)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    at = rows[0].index(required(source))
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([*r, r[at]] for r in rows)
    with pytest.raises(RejectedError, match="twee keer"):
        offer(source, out.getvalue())


@pytest.mark.parametrize("source", SAMPLES)
def test_other_columns_and_another_order_change_nothing(zone, source):
    text = SAMPLES[source][1]
    separator = separator_of(text)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows(
        [*reversed(r), "Weer" if at == 0 else "0612345678"] for at, r in enumerate(rows)
    )
    columns = "* exclude (_file_sha256, _file_name, _landed_at)"
    plain = landed(offer(source, text), columns)
    other = offer(source, out.getvalue(), "2" + SAMPLES[source][0][1:])
    assert landed(other, columns) == plain
    assert any("Weer" in warning for warning in other.warnings)
    assert b"0612345678" not in other.parquet.read_bytes()


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r\n", 2).encode(),
        lambda text: gzip.compress(text.encode()),
        lambda text: f"sep={separator_of(text)}".encode()
        + b"\n"
        + text.encode(),
    ],
    ids=[
        "bom", "cp1252", "utf-16", "utf-16-be", "utf-16-no-bom", "crlf", "mixed-ends",
        "gz", "sep",
    ],
)  # fmt: skip
def test_the_same_text_lands_whatever_its_bytes(zone, source, encode):
    columns = "* exclude (_file_sha256, _file_name, _landed_at)"
    plain = landed(offer(source, SAMPLES[source][1]), columns)
    text = [tuple(_ends(v) for v in row) for row in plain]
    other = offer(source, encode(SAMPLES[source][1]), "2" + SAMPLES[source][0][1:])
    assert [tuple(_ends(v) for v in row) for row in landed(other, columns)] == text


def _ends(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def test_umlauts_survive_windows_1252(zone):
    text = SAMPLES[PATROLS][1].replace("Noord", "Café Zuiderzoé")
    delivered = offer(PATROLS, text.encode("cp1252"))
    assert landed(delivered, "route_name")[0][0] == "Café Zuiderzoé"


def test_an_unclosed_quote_is_rejected_and_names_its_line(zone):
    text = SAMPLES[CRIMES][1] + '"4";"1.1.1 ";"BU05181786;"2026MM02";"4\n"5";"1.1.1\n'
    with pytest.raises(RejectedError, match="regel 7"):
        offer(CRIMES, text)


@pytest.mark.parametrize("source", [CRIMES, POSTS, PATROLS])
def test_a_file_cut_anywhere_is_rejected_or_keeps_all_its_rows(zone, source):
    text = SAMPLES[source][1]
    head, _, body = text.partition("\n")
    whole = (head + "\n" + body * 40).encode()
    for end in range(1024, len(whole), 1024):
        try:
            delivered = offer(source, whole[:end], f"2026-03-31__{end}.csv")
        except RejectedError:
            continue
        separator = separator_of(text)
        records = csv.reader(
            io.StringIO(whole[:end].decode()), delimiter=separator, strict=True
        )
        assert delivered.row_count == len(list(records)) - 1
        assert len(problems(delivered)) == delivered.row_count


def test_a_file_in_the_folder_of_another_source_is_sent_there(zone):
    with pytest.raises(RejectedError, match=f"zet het bestand in inbox/{PATROLS}"):
        offer(POSTS, SAMPLES[PATROLS][1])
    with pytest.raises(RejectedError, match="watch__signals"):
        offer(PATROLS, "signaal_id;ronde_id;team\nS-1;R-1;WT-A\n")


@pytest.mark.parametrize("source", SAMPLES)
def test_a_file_is_recognised_by_its_content(zone, source, tmp_path):
    path = tmp_path / "naamloos.csv"
    path.write_text(SAMPLES[source][1])
    assert source_of(path) == source


def test_a_map_is_recognised(zone, tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(shapes())
    assert source_of(path) == BUURTEN


def test_dates_that_fit_only_day_first_are_refused_in_an_export_of_meta(zone):
    text = SAMPLES[POSTS][1]
    for day in ("04", "11", "25"):
        text = text.replace(f'"09/{day}/2026', f'"{day}/09/2026')
    with pytest.raises(RejectedError, match="opnieuw opgeslagen in Excel"):
        offer(POSTS, text)


def test_dates_that_fit_only_month_first_are_read_so_elsewhere(zone):
    text = SAMPLES[PATROLS][1]
    for day in ("12", "13", "14"):
        text = text.replace(f"{day}-03-2026", f"03/{day}/2026")
    delivered = offer(PATROLS, text)
    assert landed(delivered, "started_local")[0][0] == "2026-03-12 20:00:00"
    assert any("maand voorop" in warning for warning in delivered.warnings)


def test_a_post_export_with_days_is_refused(zone):
    with pytest.raises(RejectedError, match="hele levensduur"):
        offer(POSTS, SAMPLES[POSTS][1].replace("Lifetime", "09/04/2026"))


def test_an_advertising_export_is_refused(zone):
    with pytest.raises(RejectedError, match="advertenties"):
        offer(POSTS, SAMPLES[POSTS][1].replace("Deelacties", "Amount spent"))


def test_an_export_without_a_mapping_is_refused_with_a_proposal(zone):
    text = SAMPLES[INCIDENTS][1].replace("Registratienummer", "Incidentnummer")
    with pytest.raises(RejectedError) as caught:
        offer(INCIDENTS, text)
    assert "source_incident_id: Incidentnummer" in str(caught.value)
    assert "Toelichting" in str(caught.value)


def test_an_absent_column_of_the_mapping_is_named_with_the_nearest(zone):
    text = SAMPLES[INCIDENTS][1].replace("Pleegtijd tot", "Pleegtijd eind")
    with pytest.raises(RejectedError, match=r"'Pleegtijd tot'.*het meest lijkt"):
        offer(INCIDENTS, text)


def test_a_mapping_may_not_name_what_is_never_kept(zone, home):
    built_in = "src/wijkbeeld/landing/mappings/bvh_export.yml"
    from pathlib import Path

    text = (Path(__file__).parents[2] / built_in).read_text()
    (home / "mappings").mkdir()
    (home / "mappings" / "own.yml").write_text(
        text.replace("object: Object", "object: Toelichting")
    )
    with pytest.raises(RejectedError, match="nooit worden bewaard"):
        offer(INCIDENTS, SAMPLES[INCIDENTS][1])


def test_a_list_of_stolen_goods_is_refused(zone):
    with pytest.raises(RejectedError, match="gestolen goederen"):
        offer(INCIDENTS, SAMPLES[INCIDENTS][1].replace("Object", "Goed ID"))


def test_nothing_that_may_not_be_kept_is_written(zone):
    delivered = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    stored = str(pq.read_table(delivered.parquet).to_pylist())
    for secret in ("Jansen", "2551", "PL1500", "Toelichting"):
        assert secret not in stored
    ids = landed(delivered, "incident_id, address_key")
    assert ids[0][0] != ids[1][0]
    assert ids[0][1] == ids[1][1]
    assert ids[2][0] == ids[3][0]


def test_an_incident_is_known_by_a_pseudonym_of_its_id(zone):
    from wijkbeeld.landing.pseudonyms import pseudonym

    delivered = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    assert landed(delivered, "incident_id")[0][0].hex == pseudonym("PL1500-2026900001")


def test_the_pseudonym_is_that_of_the_id_and_not_of_how_it_was_written(zone):
    from wijkbeeld.landing.pseudonyms import pseudonym

    written = SAMPLES[INCIDENTS][1].replace(
        "PL1500-2026900001", "\u00a0PL1500-2026900001 ", 1
    )
    ids = landed(offer(INCIDENTS, written), "incident_id")
    assert ids[0][0].hex == pseudonym("PL1500-2026900001")
    assert ids == landed(offer(INCIDENTS, SAMPLES[INCIDENTS][1]), "incident_id")


def test_points_wait_for_shapes(home):
    delivered = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    assert delivered.status == "waits"
    assert delivered.path.exists()
    offer(BUURTEN, shapes(), "2026-01-01__buurten.geojson")
    assert offer(INCIDENTS, SAMPLES[INCIDENTS][1]).status == "landed"


def test_new_shapes_place_landed_incidents_anew(zone):
    before = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    was = landed(before, "buurt_code")
    offer(BUURTEN, shapes(2026, east=0.008), "2026-02-01__buurten.geojson")
    now = landed(before, "buurt_code, _problem, _row_number")
    assert was[1][0] == "BU05181492"
    assert now[1] == ("BU05181481", None, 3)
    assert now[0][:2] == (None, "outside_area")
    offer(BUURTEN, shapes(2027), "2026-03-01__buurten.geojson")
    assert landed(before, "buurt_code") == was
    assert set(problems(before)) == {None}


def test_the_same_file_twice_is_one_landing(zone):
    first = offer(PATROLS, SAMPLES[PATROLS][1])
    again = offer(PATROLS, SAMPLES[PATROLS][1], "2026-04-01__other.csv")
    assert (first.status, again.status) == ("landed", "known")
    assert again.parquet == first.parquet
    assert again[4:7] == first[4:7]
    assert not list((settings().inbox / PATROLS).iterdir())


def test_a_corrected_file_lands_beside_the_first(zone):
    text = SAMPLES[PATROLS][1]
    first = offer(PATROLS, text)
    second = offer(PATROLS, text.replace(";4;", ";5;"), "2026-04-02__rondes.csv")
    assert second.parquet != first.parquet
    assert landed(second, "_exported_on")[0][0] == datetime(2026, 4, 2)  # noqa: DTZ001 wall clock
    assert landed(first, "_exported_on")[0][0] == datetime(2026, 3, 31)  # noqa: DTZ001 wall clock


def test_the_time_of_export_is_a_column_then_the_name_then_the_file(zone):
    text = SAMPLES[PATROLS][1]
    dated = text.replace("\n", ";30-03-2026\n").replace(
        "gesprekken;30-03-2026", "gesprekken;peildatum"
    )
    columns = "_exported_on::varchar"
    by_column = offer(PATROLS, dated)
    by_name = offer(PATROLS, text)
    by_clock = offer(PATROLS, text.replace("Noord", "Oost"), "rondes.csv")
    assert landed(by_column, columns)[0][0] == "2026-03-30 00:00:00"
    assert landed(by_name, columns)[0][0] == "2026-03-31 00:00:00"
    assert landed(by_clock, columns)[0][0].startswith("2026-04-01")
    assert any("laatste wijziging" in warning for warning in by_clock.warnings)


def test_a_month_in_the_name_is_covered_whole(zone):
    delivered = offer(PATROLS, SAMPLES[PATROLS][1], "2026-03__rondes.csv")
    found = landed(delivered, "_covers_from::varchar, _covers_to::varchar")[0]
    assert found == ("2026-03-01", "2026-03-31")


def test_a_mapping_says_what_an_export_covers(zone):
    delivered = offer(INCIDENTS, SAMPLES[INCIDENTS][1])
    found = landed(delivered, "_covers_from::varchar, _covers_to::varchar")[0]
    assert found == ("2026-03-12", "2026-03-15")


@pytest.mark.parametrize(
    ("name", "is_demo"),
    [("2026-03-31__demo.csv", True), ("2026-03-31__Demo_x.csv", True),
     ("2026-03-31__democratie.csv", False)],
)  # fmt: skip
def test_the_name_says_whether_it_is_made_up(zone, name, is_demo):
    delivered = offer(PATROLS, SAMPLES[PATROLS][1], name)
    assert landed(delivered, "_is_demo")[0][0] is is_demo


def test_a_gate_that_says_no_rejects_the_file(zone):
    def gate(parquet):
        raise ValueError("too few rounds; send the whole month")

    with pytest.raises(RejectedError, match="too few rounds"):
        offer(PATROLS, SAMPLES[PATROLS][1], gate=gate)
    assert [p.name for p in (zone / PATROLS).iterdir()] == ["empty.parquet"]


def workbook(path, sheet="rondes", text=SAMPLES[PATROLS][1], *, hidden=False, title=0):
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("toelichting").write(0, 0, "Rondes van de teams")
    page = book.add_worksheet(sheet)
    if hidden:
        page.hide()
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    hour = book.add_format({"num_format": "hh:mm"})
    for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=";")):
        for column, value in enumerate(row):
            place = (at + title, column)
            if at and column == 2:
                page.write_datetime(*place, datetime.strptime(value, "%d-%m-%Y"), day)  # noqa: DTZ007 wall clock
            elif at and column in {3, 4} and value:
                page.write_datetime(*place, time.fromisoformat(value), hour)
            elif at and value.replace(",", "").isdigit():
                page.write_number(*place, float(value.replace(",", ".")))
            elif value == "#N/A":
                page.write_formula(*place, "=NA()", None, "#N/A")
            else:
                page.write(*place, value)
    book.close()
    return path.read_bytes()


@pytest.mark.parametrize("title", [0, 3])
def test_a_workbook_lands_as_the_same_rows_as_its_csv(zone, tmp_path, title):
    columns = "* exclude (_file_sha256, _file_name, _landed_at, _row_number)"
    plain = landed(offer(PATROLS, SAMPLES[PATROLS][1]), columns)
    book = offer(
        PATROLS, workbook(tmp_path / "x.xlsx", title=title), "2026-03-31__r.xlsx"
    )
    assert landed(book, columns) == plain
    assert landed(book, "_row_number - 1") == [(title + n,) for n in (1, 2, 3)]


def test_a_row_of_a_workbook_has_the_number_that_excel_shows(zone):
    """Titles, empty rows before and after the header, and between the rows."""
    header, *lines = (line.split(";") for line in SAMPLES[PATROLS][1].splitlines())
    at = {0: ["Rondes"], 1: ["van oktober"], 4: header, 5: lines[0], 8: lines[1][:5]}
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("rondes")
    for row, cells in at.items():
        page.write_row(row, 0, cells)
    book.close()
    delivered = offer(PATROLS, out.getvalue(), "2026-03-31__r.xlsx")
    assert landed(delivered, "_row_number, _problem is null") == [(6, True), (9, False)]


def test_an_error_in_a_cell_is_a_problem(zone, tmp_path):
    text = SAMPLES[PATROLS][1].replace("Noord", "#N/A")
    book = workbook(tmp_path / "x.xlsx", text=text)
    delivered = offer(PATROLS, book, "2026-03-31__r.xlsx")
    assert problems(delivered)[0] == "excel_error_value"


def test_a_hidden_sheet_is_not_read(zone, tmp_path):
    with pytest.raises(RejectedError):
        offer(PATROLS, workbook(tmp_path / "x.xlsx", hidden=True), "x.xlsx")


@pytest.mark.parametrize("end", [30, 2000, 4000])
def test_a_workbook_that_is_damaged_is_rejected(zone, tmp_path, end):
    book = workbook(tmp_path / "x.xlsx")
    with pytest.raises(RejectedError):
        offer(PATROLS, book[:end], "x.xlsx")


def test_a_zip_of_statline_holds_one_data_file(zone):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "47022NED_UntypedDataSet_20260930101500.csv", SAMPLES[CRIMES][1]
        )
        archive.writestr("47022NED_metadata.csv", "x;y\n")
    delivered = offer(CRIMES, packed.getvalue(), "47022NED.zip")
    assert delivered.problem_count == 0
    stamp = landed(delivered, "_exported_on::varchar, table_number")[0]
    assert stamp == ("2026-09-30 10:15:00", "47022NED")


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"a.csv": "x", "b.csv": "y"}, "in plaats van één"),
        ({"../../evil.csv": "x"}, "buiten het zip-bestand"),
        ({"a.csv": "x" * 50_000_000}, "na uitpakken groter"),
        ({}, "in plaats van één"),
    ],
)
def test_a_zip_that_is_not_safe_is_rejected(zone, members, says):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(RejectedError, match=says):
        offer(CRIMES, packed.getvalue(), "x.zip")


def damaged_lzma(members) -> bytes:
    """A zip packed with LZMA, of which the packed bytes are no longer that."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    whole = packed.getvalue()
    at = whole.index(b"\x5d\x00\x00") + 20
    return (
        whole[:at]
        + bytes(255 - byte for byte in whole[at : at + 40])
        + whole[at + 40 :]
    )


LZMA = {
    "x.zip": ({"x.csv": SAMPLES[CRIMES][1] * 9}, "zip-bestand is niet te lezen"),
    "x.xlsx": (
        {
            "xl/worksheets/sheet1.xml": f"<sheetData>{SAMPLES[CRIMES][1] * 9}",
            "[Content_Types].xml": "",
        },
        "werkmap is niet te openen",
    ),
}


@pytest.mark.parametrize("name", LZMA)
def test_a_damaged_archive_of_lzma_is_rejected(zone, name):
    members, says = LZMA[name]
    with pytest.raises(RejectedError, match=rf"{says} \(LZMAError\)"):
        offer(CRIMES, damaged_lzma(members), name)


def test_a_full_disk_is_no_damage_of_an_archive(zone, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.csv", SAMPLES[CRIMES][1])
    monkeypatch.setattr(unpack, "_copy", full)
    for content in (packed.getvalue(), gzip.compress(b"x")):
        with pytest.raises(OSError, match="No space"):
            offer(CRIMES, content, "x.zip")
    assert not settings().rejected.exists()


def test_a_damaged_gzip_is_rejected(zone):
    packed = gzip.compress(SAMPLES[CRIMES][1].encode() * 100)
    with pytest.raises(RejectedError, match="gzip"):
        offer(CRIMES, packed[:-20], "x.csv.gz")


@pytest.mark.parametrize("name", ["x.csv.part", "~$x.xlsx", "x.tmp", "x.crdownload"])
def test_a_file_that_is_being_written_is_left_alone(home, name):
    put(PATROLS, name, b"x")
    assert waiting(PATROLS) == []


def test_a_file_that_grows_is_left_alone(home, monkeypatch):
    path = put(PATROLS, "x.csv", b"x")
    quiet = put(PATROLS, "y.csv", b"y")
    os.utime(path)

    def grow(_):
        path.write_bytes(b"xx")

    monkeypatch.setattr("wijkbeeld.landing.deliver.time.sleep", grow)
    assert waiting(PATROLS) == [quiet]


@pytest.mark.parametrize(
    "name", ["2026-03-31__" + "é" * 100 + ".csv", "2026-03-31__'; drop--.csv",
             "2026-03-31__a\nb.csv", "2026-03-31__" + "n" * 239 + ".csv"],
)  # fmt: skip
def test_a_name_may_be_odd_or_long(zone, name):
    delivered = offer(PATROLS, SAMPLES[PATROLS][1], name)
    assert delivered.status == "landed"
    assert len(list((settings().delivered / PATROLS).iterdir())) == 1
    with pytest.raises(RejectedError):
        offer(PATROLS, "x;y\n1;2\n", name)
    assert len(list((settings().rejected / PATROLS).iterdir())) == 2


def test_a_link_is_rejected_and_not_followed(zone, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(SAMPLES[PATROLS][1])
    link = settings().inbox / PATROLS / "2026-03-31__x.csv"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(secret)
    from wijkbeeld.landing.deliver import deliver

    with pytest.raises(RejectedError, match="snelkoppeling"):
        deliver(link, PATROLS, no_gate)
    assert secret.exists()


def test_landed_and_rejected_files_are_destroyed_also_where_nothing_comes(
    zone, monkeypatch
):
    offer(PATROLS, SAMPLES[PATROLS][1])
    with pytest.raises(RejectedError):
        offer(PATROLS, "ronde_id;team\nR-1;WT-A\n")
    kept = [settings().delivered / PATROLS, settings().rejected / PATROLS]
    list(inbox.land([], no_gate))
    assert [len(list(folder.iterdir())) for folder in kept] == [1, 2]
    monkeypatch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
    settings.cache_clear()
    list(inbox.land([], no_gate))
    assert [list(folder.iterdir()) for folder in kept] == [[], []]


def test_two_files_of_one_name_both_stay(zone):
    offer(PATROLS, SAMPLES[PATROLS][1])
    offer(PATROLS, SAMPLES[PATROLS][1].replace("Noord", "Oost"))
    assert len(list((settings().delivered / PATROLS).iterdir())) == 2


def test_a_rejected_file_may_be_offered_again_once_it_is_mended(zone):
    with pytest.raises(RejectedError):
        offer(PATROLS, "ronde_id;team\nR-1;WT-A\n")
    assert offer(PATROLS, SAMPLES[PATROLS][1]).status == "landed"


def test_mostly_problems_is_a_warning(zone):
    text = SAMPLES[PATROLS][1].replace("BU05181786", "nergens")
    delivered = offer(PATROLS, text)
    assert any(w.startswith("mostly_problems") for w in delivered.warnings)


@pytest.mark.parametrize("source", SAMPLES)
def test_what_is_landed_has_the_types_of_the_empty_file(zone, source):
    delivered = offer(source, SAMPLES[source][1])

    def types(path):
        columns = duckdb.sql(f"describe select * from '{path}'").fetchall()
        return [column[:2] for column in columns]

    assert types(delivered.parquet) == types(zone / source / "empty.parquet")


def test_rounds_and_signals_may_share_a_workbook(zone, tmp_path):
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("signalen").write_row(0, 0, ["signaal_id", "ronde_id", "team"])
    page = book.add_worksheet("rondes")
    rows = csv.reader(io.StringIO(SAMPLES[PATROLS][1]), delimiter=";")
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    assert source_of(path) == PATROLS
    delivered = offer(PATROLS, path.read_bytes(), "2026-03-31__r.xlsx")
    assert (delivered.row_count, delivered.problem_count) == (3, 0)


def test_what_looks_like_two_sources_is_rejected(zone):
    text = SAMPLES[CRIMES][1].replace('"ID"', '"Deelacties"')
    with pytest.raises(RejectedError, match="één ding per bestand"):
        offer(CRIMES, text)
