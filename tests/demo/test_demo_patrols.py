import csv

from python_calamine import CalamineWorkbook


def lists(written):
    folder = written.path.parent / "watch__patrols"
    return {
        path.name: list(csv.DictReader(path.open(encoding="utf-8"), delimiter=";"))
        for path in folder.glob("*.csv")
    }


def good(row):
    is_known = row["buurtcodes"] != "Scheveningen"
    return is_known and row["aantal_lopers"] != "0" and len(row["datum"]) == 10


def test_the_truth_counts_the_rounds_that_are_right(written):
    delivered = lists(written)
    for month, rounds in written.rounds.items():
        again = delivered.get(f"{month}__demo_rondes_verbeterd.csv")
        first = delivered.get(f"{month}__demo_rondes.csv")
        if month != "2026-06":
            assert rounds == sum(map(good, again or first)), month


def test_the_list_of_march_comes_again_without_one_round(written):
    delivered = lists(written)
    first = {r["ronde_id"] for r in delivered["2026-03__demo_rondes.csv"]}
    again = {r["ronde_id"] for r in delivered["2026-03__demo_rondes_verbeterd.csv"]}
    assert again < first
    assert len(first - again) == 1


def test_rounds_pass_midnight_lack_an_end_and_cross_buurten(written):
    rows = [row for rows in lists(written).values() for row in rows]
    assert any(row["eind_tijd"] == "" for row in rows)
    assert any(row["start_tijd"] > row["eind_tijd"] > "" for row in rows)
    assert any(" " in row["buurtcodes"] for row in rows)


def test_the_list_of_june_is_a_workbook_under_a_title(written):
    path = written.path.parent / "watch__patrols" / "2026-06__demo_rondes.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("rondes").to_python()
    assert "demo" in rows[0][0]
    assert rows[2][0] == "ronde_id"
    listed = written.deliveries["watch__patrols"][path.name]
    assert len(rows) - 3 == listed["row_count"]
