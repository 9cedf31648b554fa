import csv
import io

from tests.landing.offers import landed, offer

from wijkbeeld.demo import team
from wijkbeeld.demo.canaries import CANARIES


def lists(written, source):
    folder = written.path.parent / source
    return sorted(folder.glob("*"))


def rows(path):
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] == b"\xff\xfe" else "cp1252"
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    return list(csv.DictReader(io.StringIO(data.decode(encoding)), delimiter=";"))


def test_the_lists_come_in_every_form_that_a_spreadsheet_writes(written):
    paths = lists(written, team.STREET)
    starts = {path.read_bytes()[:2] for path in paths if path.suffix == ".csv"}
    assert {path.suffix for path in paths} == {".csv", ".xlsx"}
    assert {b"\xff\xfe", b"oo"} <= starts
    assert {path.suffix for path in lists(written, team.HOLDERS)} == {".xlsx"}


def test_canaries_sing_in_columns_that_are_dropped_and_in_texts(written):
    for path in lists(written, team.GOALS):
        text = path.read_bytes().decode("cp1252")
        assert sum(canary in text for canary in CANARIES) >= 2


def test_a_judgement_is_put_right_in_a_later_list(written, home):
    seen = {}
    for path in lists(written, team.STREET):
        delivered = offer(team.STREET, path.read_bytes(), path.name)
        for key, severity in landed(delivered, "judgement_id, severity"):
            seen.setdefault(key, set()).add(severity)
    assert any(len(severities) > 1 for severities in seen.values())


def test_the_truth_counts_what_the_lists_hold_in_the_end(written, home):
    keys = {
        team.STREET: "judgement_id",
        team.HOLDERS: "theme, organisation, role_name, valid_from_date",
        team.GOALS: "goal_id, baseline, target, end_date",
    }
    for source, key in keys.items():
        found = set()
        for path in lists(written, source):
            delivered = offer(source, path.read_bytes(), path.name)
            kept = landed(delivered, f"_problem, {key}")
            found |= {row[1:] for row in kept if row[0] is None}
        assert len(found) == written.lists[source] > 0


def test_a_goal_is_moved_in_july(written):
    january, july = (rows(path) for path in lists(written, team.GOALS)[-2:])
    moved = [a["doel_id"] for a, b in zip(january, july, strict=True)
             if a["streefwaarde"] != b["streefwaarde"]]  # fmt: skip
    assert "D-2026-01" in moved
