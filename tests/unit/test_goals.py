"""The oracles of MEASURES A17, and what must hold of any goal."""

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures.effect.detectable import least_effect
from wijkbeeld.measures.goals import measure, progress, status_of

NAN = float("nan")


def goal(**changes):
    made = {
        "goal_id": "D-1", "indicator": "crime_count", "direction": "down",
        "baseline": 240.0, "target": 100.0,
        "baseline_from_date": "2025-01-01", "baseline_to_date": "2025-12-31",
        "end_date": "2026-12-31", "is_stopped": False,
    } | changes  # fmt: skip
    return pd.DataFrame([made])


def counted(*years, first="2024-01-01", source="police__incidents"):
    counts = np.concatenate([np.asarray(year, float) for year in years])
    return pd.DataFrame(
        {
            "goal_id": "D-1",
            "source": source,
            "month": pd.date_range(first, periods=len(counts), freq="MS"),
            "crime_count": counts,
        }
    )


def one(goals, months):
    (found,) = measure(goals, months).to_dict("records")
    return found


@pytest.mark.parametrize(
    ("terms", "note"),
    [
        ({"baseline": 240.0, "target": 240.0}, "target_is_baseline"),
        ({"baseline": 0.0, "target": 0.0}, "baseline_is_zero"),
        ({"baseline": 0.0, "target": 5.0, "direction": "up"}, "baseline_is_zero"),
    ],
)
def test_a_goal_without_a_way_to_go_has_no_progress(terms, note):
    found = one(goal(**terms), counted([20] * 12, [20] * 12, [20] * 6))

    assert found["note"] == note
    assert found["status"] == "too few to say"
    assert np.isnan(found["progress_estimate"])


def test_a17_progress():
    assert progress(167, 100, 120) == pytest.approx(0.701, abs=0.0005)


def test_c7_of_few_crimes_nothing_would_be_found():
    assert np.isnan(least_effect(3, 1.5, 3, 3))
    assert np.isnan(least_effect(0, 1))


@pytest.mark.parametrize(
    ("share", "path", "status"),
    [
        ((1.1, 0.6, 1.5), 0.8, "reached"),
        ((1.1, -0.1, 2.2), 0.8, "too few to say"),
        ((0.8, 0.3, 1.2), 0.5, "on course"),
        ((0.3, 0.1, 0.5), 0.5, "behind"),
        ((0.1, -0.2, 0.4), 0.5, "behind"),
        ((0.1, -0.2, 0.6), 0.5, "too few to say"),
        ((-0.9, -1.4, -0.4), 0.5, "behind"),
        ((NAN, NAN, NAN), 0.5, "too few to say"),
    ],
)
def test_a17_status(share, path, status):
    assert status_of(share, path, is_stopped=False) == status
    assert status_of(share, path, is_stopped=True) == "stopped"


def test_a_goal_is_followed_by_equal_calendar_months():
    season = np.array([30, 30, 25, 15, 10, 10, 10, 10, 15, 25, 30, 30.0])
    found = one(goal(), counted(season, season, season[:10] / 2))
    assert found["compared_month_count"] == 10
    assert (found["baseline_count"], found["current_count"]) == (180, 90)
    # At the pace of the ten months: half of 240, whatever the season was.
    assert found["current_value"] == pytest.approx(120)
    assert found["progress_estimate"] == pytest.approx(120 / 140)
    assert found["progress_lower"] < found["progress_estimate"]
    assert found["progress_estimate"] < found["progress_upper"]
    # Ten twelfths of the way, give or take the lengths of months.
    assert found["linear_path_value"] == pytest.approx(240 - 140 * 10 / 12, abs=1)
    assert found["status"] == "on course"
    assert not found["is_refused"]


def test_after_more_than_a_year_only_the_last_twelve_months_count():
    months = counted([20] * 24, [20] * 6, [10] * 12)
    found = one(goal(end_date="2027-12-31"), months)
    assert found["compared_month_count"] == 12
    assert found["current_count"] == 120


def test_what_lies_after_the_end_does_not_count():
    months = counted([20] * 24, [10] * 12, [90] * 6)
    found = one(goal(), months)
    assert found["last_month"] == pd.Timestamp("2026-12-01")
    assert found["current_count"] == 120


def test_a_target_too_small_to_be_seen_is_refused():
    found = one(goal(target=220.0), counted([20] * 24, [19] * 10))
    assert found["is_refused"]
    assert found["minimum_detectable_effect"] > 1 - 220 / 240
    assert not one(goal(), counted([20] * 24, [19] * 10))["is_refused"]


def test_without_the_year_before_nothing_is_refused():
    found = one(goal(target=220.0), counted([20] * 12, [19] * 10, first="2025-01-01"))
    assert np.isnan(found["minimum_detectable_effect"])
    assert not found["is_refused"]


@pytest.mark.parametrize(
    ("goals", "months", "note"),
    [
        (goal(), counted([]), "baseline_unknown"),
        (goal(indicator="patrol_hours"), counted([]), "not_measured"),
        (goal(baseline_from_date="2025-09-01"), counted([20] * 34),
         "baseline_not_a_year"),
        (goal(), counted([20] * 14, [NAN], [20] * 19), "baseline_unknown"),
        (goal(), counted([20] * 26), "too_early"),
        (goal(), counted([20] * 30, [NAN], [20] * 3), "missing_months"),
        (goal(), counted([1] * 32), "too_few"),
    ],
)  # fmt: skip
def test_where_nothing_can_be_said_there_is_no_progress(goals, months, note):
    found = one(goals, months)
    assert found["note"] == note
    assert np.isnan(found["progress_estimate"])
    assert found["status"] == "too few to say"


def test_own_incidents_are_taken_before_published_figures():
    own = counted([20] * 34)
    published = counted([90] * 34, source="police__open_data")
    assert one(goal(), pd.concat([published, own]))["source"] == "police__incidents"
    short = own[own["month"] >= "2025-06-01"]
    found = one(goal(), pd.concat([published, short]))
    assert found["source"] == "police__open_data"


def test_no_goals_have_no_rows():
    assert measure(goal().head(0), counted([])).empty
