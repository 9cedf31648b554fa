"""The truth file against the deliveries, read without the code that wrote them."""

import csv
import gzip
import json
from collections import Counter
from itertools import pairwise

import pytest

from wijkbeeld import reference


@pytest.fixture(scope="session")
def truth(written):
    return json.loads(written.path.read_text("utf-8"))


def read(path):
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    is_utf8 = content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig" if is_utf8 else "cp1252")
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=";"))


def exports(written):
    folder = written.path.parent / "police__incidents"
    return [read(path) for path in sorted(folder.iterdir())]


def is_bad(row):
    return (
        row["Registratienummer"] == "Totaal"
        or None in row
        or row["MK-code"] in {"", "A2O"}
        or row["Pleegdatum vanaf"].startswith("31-02")
        or row["Poging"] == "deels"
        or not row["X-coördinaat"].startswith("7")
        or (row["Pleegdatum tot"] != "" and moment(row, "tot") < moment(row, "vanaf"))
    )


def moment(row, end):
    day, month, year = row[f"Pleegdatum {end}"].split("-")
    return (year, month, day, row[f"Pleegtijd {end}"])


def test_totals_are_those_of_the_last_export_of_each_incident(written, truth):
    newest = {}
    for rows in exports(written):
        months = {row["Datum kennisname"][3:10] for row in rows} - {""}
        newest = {k: v for k, v in newest.items() if k[2] not in months}
        for row in rows:
            if not is_bad(row):
                month = row["Datum kennisname"][3:10]
                newest[row["Registratienummer"], row["MK-code"], month] = row
    groups = reference.offence_of_incident_code()
    gross, net = Counter(), Counter()
    for _, code, month in newest:
        gross[groups[code], month[-4:]] += 1
    for _, code, month in {(n, groups[c], m) for n, c, m in newest}:
        net[code, month[-4:]] += 1
    counted = truth["registered_by_offence_and_year"]
    assert {(o, y): n["gross"] for o, ys in counted.items() for y, n in ys.items()} == (
        gross
    )
    assert {(o, y): n["net"] for o, ys in counted.items() for y, n in ys.items()} == net


def test_some_incidents_have_two_registrations_and_some_vanish(written):
    rows = exports(written)
    vanished = [
        {
            r["Registratienummer"]
            for r in before
            if r["Datum kennisname"][3:10] in shared(before, after)
        }
        - {r["Registratienummer"] for r in after}
        for before, after in pairwise(rows)
    ]
    assert sum(map(len, vanished)) > 0
    per_number = Counter(r["Registratienummer"] for r in rows[-1] if not is_bad(r))
    assert 2 in per_number.values()


def shared(before, after):
    months = [{r["Datum kennisname"][3:10] for r in rows} for rows in (before, after)]
    return set.intersection(*months) - {""}


def test_row_counts_are_those_of_the_files(written, truth):
    listed = truth["deliveries"]["police__incidents"]
    for (name, expected), rows in zip(
        sorted(listed.items()), exports(written), strict=True
    ):
        assert expected["row_count"] == len(rows), name
        bad = sum(map(is_bad, rows))
        repeated = len(rows) - len({tuple(map(str, row.values())) for row in rows})
        skipped = expected["problems"].get("nonexistent_local_time", 0)
        assert bad + repeated + skipped == expected["problem_count"], name


def test_open_data_and_incidents_agree_on_the_months_both_hold(written, truth):
    published = Counter()
    for path in (written.path.parent / "police__open_data").glob("*_47022NED_*"):
        for row in json.loads(path.read_text("utf-8"))["value"]:
            is_cell = row["WijkenEnBuurten"].startswith("BU")
            if is_cell and row["SoortMisdrijf"] == "1.1.1 ":
                key = (row["WijkenEnBuurten"].strip(), row["Perioden"])
                published[key] = row["GeregistreerdeMisdrijven_1"]
    counted = truth["burglaries_by_buurt_and_month"]
    final = [m for m in counted["BU05181786"] if m < "2026-09"]
    assert len(final) == 6
    for buurt, months in counted.items():
        for month in final:
            assert months[month]["net"] == published[buurt, month.replace("-", "MM")]


def test_canaries_are_in_the_files_to_be_found(written, truth):
    folder = written.path.parent / "police__incidents"
    content = b"".join(path.read_bytes() for path in folder.glob("*.csv"))
    for canary in truth["canaries"]:
        assert canary.encode() in content, canary


def test_a_group_has_no_figures_before_it_existed(written):
    folder = written.path.parent / "police__open_data"
    codes = {
        year: {
            row["SoortMisdrijf"].strip()
            for path in folder.glob(f"*_47022NED_{year}.json")
            for row in json.loads(path.read_text("utf-8"))["value"]
        }
        for year in (2015, 2016)
    }
    assert codes[2016] - codes[2015] == {"3.9.1"}
