"""E: the fixed cube of the public, attacked with a solver."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publish import attack, cubes

from wijkbeeld.publish import protection

DECEMBER = date(2024, 12, 1)


def attacked(*files, wanted=None):
    hidden = list(attack.ranges(cubes.rows(*files), cubes.BUURTEN, wanted))
    return [
        (row["period_kind"], row["area_code"], row["last_month"], least, most)
        for row, least, most in hidden
        if most - least < 2 - 1e-6
    ]


def test_e1_the_cube_has_these_cells_only(tmp_path):
    published = cubes.rows(cubes.release(tmp_path, [[9] * 26] * 3))
    assert {
        (row["level"], row["period_kind"], len(list(attack._months(row))))
        for row in published
    } == {
        ("team", "month", 1),
        ("wijk", "quarter", 3),
        ("buurt", "year", 12),
        ("buurt", "briefing", 12),
    }
    # The third year and its first quarter are not over; the briefing reaches back.
    assert max(row["last_month"] for row in published) == cubes.month(25)
    for row in published:
        if row["period_kind"] == "quarter":
            assert row["last_month"] <= cubes.month(23)
        if row["period_kind"] == "year":
            assert row["first_month"] in (cubes.month(0), cubes.month(12))
        if row["period_kind"] == "briefing":
            assert row["last_month"] == cubes.month(25)


@pytest.mark.parametrize(
    ("exact", "count", "reason"),
    [
        (0, 0, None),
        *((small, None, "small_count") for small in (1, 2, 3, 4)),
        *((n, 5, None) for n in (5, 6, 7)),
        *((n, 10, None) for n in (8, 10, 12)),
        (13, 15, None),
        (22, 20, None),
    ],
)
def test_e3_counts_are_rounded_once_from_the_exact_value(
    tmp_path, exact, count, reason
):
    counts = [[exact] + [0] * 11, [60] * 12, [60] * 12]
    path = cubes.release(tmp_path, counts)
    assert cubes.one(path, "year", "BU1", DECEMBER) == (count, reason)


def test_e3_totals_come_from_exact_totals(tmp_path):
    path = cubes.release(tmp_path, [[7] * 12, [7] * 12, [7] * 12])
    # 21 is 20, not three times 5.
    assert cubes.one(path, "month", "team", DECEMBER) == (20, None)


def test_e2_a_buurt_of_four_homes_is_withheld_whatever_its_count(tmp_path):
    counts = [[30] * 12, [60] * 12, [60] * 12]
    path = cubes.release(tmp_path, counts, dwellings=4)
    assert cubes.one(path, "year", "BU1", DECEMBER) == (None, "few_dwellings")
    assert attacked(path) == []


def test_a_period_with_gaps_is_a_lower_bound_and_a_small_one_is_not_known(tmp_path):
    path = cubes.release(tmp_path, [[9] * 11 + [None], [1] + [None] * 11, [None] * 12])
    [row] = [
        row
        for row in cubes.rows(path)
        if row["area_code"] == "BU1" and row["period_kind"] == "year"
    ]
    assert (row["crime_count"], row["is_lower_bound"]) == (100, True)
    assert cubes.one(path, "year", "BU2", DECEMBER) == (None, "unknown")
    assert cubes.one(path, "year", "BU3", DECEMBER) == (None, "unknown")


def test_a_month_that_was_not_delivered_is_not_one_without_crimes(tmp_path):
    counts = [[9] * 11 + [0], [30] * 11 + [0], [0] * 12]
    path = cubes.release(tmp_path, counts, missing=[11])
    assert cubes.one(path, "month", "team", DECEMBER) == (None, "unknown")
    bounds = {
        (row["period_kind"], row["area_code"]): (
            row["crime_count"], row["is_lower_bound"]
        )
        for row in cubes.rows(path)
        if row["last_month"] == DECEMBER and row["period_kind"] != "month"
    }  # fmt: skip
    assert bounds["quarter", "WK1"] == (80, True)
    assert bounds["year", "BU1"] == (100, True)
    # Of what is below five nobody can say that it is.
    assert cubes.one(path, "year", "BU3", DECEMBER) == (None, "unknown")
    assert attacked(path) == []


def test_e5_a_figure_that_tells_is_withheld_and_no_other(tmp_path):
    # Two fours and a total of 8, which rounds to 10: each must be 4.
    counts = [[0] * 11 + [4], [0] * 11 + [4], [0] * 12]
    path = cubes.release(tmp_path, counts)
    assert attacked(path) == []
    withheld = [row for row in cubes.rows(path) if row["reason"] == "protected"]
    assert {(row["level"], row["last_month"]) for row in withheld} == {
        ("team", DECEMBER),
        ("wijk", DECEMBER),
    }


def test_e5_without_the_audit_the_attack_succeeds(tmp_path, monkeypatch):
    monkeypatch.setattr(protection, "_told", lambda *_: [])
    counts = [[0] * 11 + [4], [0] * 11 + [4], [0] * 12]
    assert attacked(cubes.release(tmp_path, counts)) != []


COUNTS = st.lists(
    st.lists(st.sampled_from([0, 0, 0, 0, 1, 1, 2, 4, 9]), min_size=15, max_size=15),
    min_size=3,
    max_size=3,
)
FEW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@FEW
@given(COUNTS)
def test_e8_no_hidden_figure_of_a_random_cube_is_told(tmp_path_factory, counts):
    path = cubes.release(tmp_path_factory.mktemp("cube"), counts)
    for row in cubes.rows(path):
        assert (row["crime_count"] or 0) % 5 == 0
    assert attacked(path) == []


@settings(FEW, max_examples=4)
@given(COUNTS)
def test_e6_windows_of_all_past_briefings_together_tell_nothing(
    tmp_path_factory, counts
):
    folder = tmp_path_factory.mktemp("cube")
    files = []
    for months in (12, 13, 14, 15):
        files.append(
            cubes.release(
                folder,
                [each[:months] for each in counts],
                today=date(2025, months - 11, 10),
                earlier=files[-1] if files else None,
            )
        )
    assert attacked(*files, wanted=cubes.rows(files[-1], replaced=False)) == []
    # The newest file remembers all of them.
    remembered = {tuple(row.values())[:10] for row in cubes.rows(files[-1])}
    assert {tuple(row.values())[:10] for row in cubes.rows(*files)} == remembered


def test_e6_what_readers_have_is_not_taken_from_them_in_place_of_another(tmp_path):
    counts = [[4] + [0] * 13, [0] * 9 + [4, 4] + [0] * 3, [0] * 14]
    first = cubes.release(tmp_path, [each[:12] for each in counts])
    second = cubes.release(tmp_path, counts, today=date(2026, 4, 10), earlier=first)
    assert attacked(first, second, wanted=cubes.rows(second, replaced=False)) == []


def test_e6_a_corrected_figure_waits_for_the_next_quarter(tmp_path):
    before = [[9] * 12, [60] * 12, [60] * 12]
    after = [[9] * 11 + [19], [60] * 12, [60] * 12]
    first = cubes.release(tmp_path, before, today=date(2026, 1, 10))
    same_quarter = cubes.release(
        tmp_path, after, today=date(2026, 3, 31), earlier=first
    )
    assert cubes.one(same_quarter, "year", "BU1", DECEMBER) == (110, None)
    at_once = cubes.release(
        tmp_path, after, today=date(2026, 3, 31), earlier=first, at_once=True
    )
    assert cubes.one(at_once, "year", "BU1", DECEMBER) == (120, None)
    next_quarter = cubes.release(
        tmp_path, after, today=date(2026, 4, 1), earlier=same_quarter
    )
    assert cubes.one(next_quarter, "year", "BU1", DECEMBER) == (120, None)
    replaced = [
        row["crime_count"]
        for row in cubes.rows(next_quarter)
        if (row["area_code"], row["period_kind"]) == ("BU1", "year")
    ]
    assert sorted(replaced) == [110, 120]


def test_e6_what_was_provisional_is_corrected_when_it_changes(tmp_path):
    first = cubes.release(tmp_path, [[9] * 12, [60] * 12, [60] * 12], provisional=[11])
    second = cubes.release(
        tmp_path, [[9] * 11 + [30], [60] * 12, [60] * 12], earlier=first
    )
    assert cubes.one(second, "month", "team", DECEMBER) == (150, None)


def test_e6_a_figure_that_is_told_again_keeps_its_day(tmp_path):
    counts = [[9] * 12, [60] * 12, [60] * 12]
    first = cubes.release(tmp_path, counts, today=date(2026, 1, 10))
    again = cubes.release(tmp_path, counts, today=date(2026, 7, 1), earlier=first)
    assert {row["released_on"] for row in cubes.rows(again)} == {date(2026, 1, 10)}


def test_what_was_found_is_not_solved_again(tmp_path, monkeypatch):
    counts = [[1] * 12, [2] * 12, [9] * 12]
    first = cubes.release(tmp_path, counts)
    monkeypatch.setattr(protection, "_withheld", None)
    assert cubes.rows(cubes.release(tmp_path, counts)) == cubes.rows(first)


def test_what_is_told_again_is_not_solved_again(tmp_path, monkeypatch):
    counts = [[1] * 12, [2] * 12, [9] * 12]
    first = cubes.release(tmp_path, counts)
    monkeypatch.setattr(protection, "_withheld", None)
    again = cubes.release(tmp_path, counts, today=date(2026, 4, 10), earlier=first)
    assert cubes.rows(again) == cubes.rows(first)


def test_a_publication_is_the_same_without_what_was_found_before(tmp_path):
    counts = [[0, 4] * 12, [4, 0] * 12, [1, 1] * 12]
    first = cubes.release(tmp_path, counts)
    (tmp_path / "audited.json").unlink()
    assert cubes.rows(cubes.release(tmp_path, counts)) == cubes.rows(first)
