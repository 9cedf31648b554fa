import csv

from python_calamine import CalamineWorkbook

SIGNALS = "watch__signals"


def files(written, source):
    return {path.name: path for path in written.files if path.parent.name == source}


def test_the_list_of_signals_of_june_is_a_workbook_with_the_rounds_too(written):
    name = "2026-07-02__demo_signalen.xlsx"
    book = CalamineWorkbook.from_path(files(written, SIGNALS)[name])
    assert book.sheet_names == ["rondes", "signalen"]
    rows = book.get_sheet_by_name("signalen").to_python()
    assert len(rows) - 3 == written.deliveries[SIGNALS][name]["row_count"]


def test_lists_come_in_several_encodings(written):
    starts = {
        path.read_bytes()[:2]
        for source in (SIGNALS, "outreach__print", "outreach__briefings")
        for path in files(written, source).values()
    }
    assert {b"\xff\xfe", b"\xef\xbb", b"PK", b"si", b"ar"} <= starts


def outcomes(path):
    lines = path.read_bytes().decode("latin-1").splitlines()
    rows = csv.DictReader(lines, delimiter=";")
    return {next(iter(row.values())): row["uitkomst"] for row in rows}


def test_what_is_known_later_is_in_a_later_list(written):
    lists = files(written, SIGNALS)
    first = outcomes(lists["2026-09-02__demo_signalen.csv"])
    later = outcomes(lists["2026-10-02__demo_signalen.csv"])
    august = {one for one in first if one.startswith("S-2026-08")}
    assert august <= later.keys()
    assert any(later[one] > first[one] == "" for one in august)
    assert all(later[one] == first[one] for one in august if first[one])
