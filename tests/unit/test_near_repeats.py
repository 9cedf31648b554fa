"""The oracle of MEASURES A10, and the rules of its table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld.measures.near_repeats import (
    MOST_INCIDENTS,
    Places,
    is_pattern,
    knox,
    near_pairs,
    near_repeats,
)

CHICAGO = Path(__file__).parents[3] / "shared/data/near_repeat_oracle"
with_chicago = pytest.mark.skipif(
    not CHICAGO.exists(), reason="the shared real data is absent"
)

OBSERVED = [
    [28, 5, 5, 2],
    [44, 13, 8, 4],
    [97, 56, 19, 16],
    [77, 67, 45, 20],
    [182_194, 146_149, 95_237, 45_879],
]
EXACT_RATIOS = [1.803, 0.402, 1.643, 0.605, 1.329, 0.957, 0.949, 1.030, 1.0, 1.0]
CALCULATOR_RATIOS = [1.652, 0.430, 1.685, 0.600, 1.318, 0.945, 0.938, 1.028, 1.0, 1.0]
CALCULATOR_SHUFFLES = 19


def chicago(**how):
    month = pd.read_csv(
        CHICAGO / "chicago_be_month1.csv", header=None, names=["x", "y", "date"]
    )
    days = pd.to_datetime(month["date"]).to_numpy("datetime64[D]").astype(int)
    return knox(Places(month["x"].to_numpy(), month["y"].to_numpy()), days, **how)


def grid(cells, column):
    return cells[column].to_numpy().reshape(5, 4)


@pytest.fixture(scope="module")
def by_streets():
    return chicago(metric="cityblock")


@with_chicago
def test_a10_all_twenty_cells_are_those_of_the_near_repeat_calculator(by_streets):
    assert grid(by_streets, "observed_count").tolist() == OBSERVED
    assert by_streets["observed_count"].sum() == 469_965


@with_chicago
def test_a10_exact_ratios(by_streets):
    ratios = grid(by_streets, "ratio")[:, :2].ravel()
    assert ratios == pytest.approx(EXACT_RATIOS, abs=0.0006)
    assert by_streets["expected_count"].iloc[0] == pytest.approx(15.53, abs=0.005)


@with_chicago
def test_a10_the_calculator_lies_within_its_monte_carlo_error(by_streets):
    """It divides by the mean of 19 shuffles, of which we know the exact spread."""
    half = (grid(by_streets, "expected_upper") - grid(by_streets, "expected_lower")) / 2
    deviation = (half / 1.96)[:, :2].ravel()
    mean_of_19 = np.ravel([row[:2] for row in OBSERVED]) / CALCULATOR_RATIOS
    exact = grid(by_streets, "expected_count")[:, :2].ravel()
    # The last row is printed to three digits of a number of six.
    error = deviation / np.sqrt(CALCULATOR_SHUFFLES) + 0.0005 * exact
    # Of ten draws, none is expected beyond.
    assert (np.abs(mean_of_19 - exact) / error).max() < 2.8


@with_chicago
def test_a10_the_first_three_cells_of_a_week_are_a_pattern(by_streets):
    assert grid(by_streets, "p_value")[:3, 0].tolist() == [0.001] * 3
    assert grid(is_pattern(by_streets).to_frame("it"), "it").sum() == 3
    assert is_pattern(by_streets).iloc[[0, 4, 8]].all()


@with_chicago
def test_a10_straight_distances_give_other_counts():
    straight = chicago(shuffles=0)
    assert grid(straight, "observed_count")[:4, 0].tolist() == [28, 54, 110, 132]
    assert grid(straight, "ratio")[:3, 0] == pytest.approx(
        [1.803, 1.480, 1.282], abs=0.0006
    )
    # What pointpats counts up to 200 m and 6 days.
    assert grid(straight, "observed_count")[:3, 0].sum() == 192


@st.composite
def incidents(draw):
    number = draw(st.integers(0, 40))
    coordinate = st.lists(st.integers(0, 600), min_size=number, max_size=number).map(
        lambda values: np.array(values, float)
    )
    days = st.lists(st.integers(0, 40), min_size=number, max_size=number)
    return draw(coordinate), draw(coordinate), np.array(draw(days), np.int64)


@given(incidents(), st.sampled_from(["euclidean", "cityblock"]), st.randoms())
@settings(max_examples=60, deadline=None)
def test_a10_counts_are_those_of_all_pairs_and_columns_stay_when_dates_are_dealt_out(
    found, metric, random
):
    x, y, day = found
    cells = knox(Places(x, y), day, metric=metric, shuffles=0)
    wanted = np.zeros((5, 4), int)
    for one in range(len(x)):
        for two in range(one):
            apart = np.abs([x[one] - x[two], y[one] - y[two]])
            metres = apart.sum() if metric == "cityblock" else np.hypot(*apart)
            row = np.searchsorted([0, 100, 200, 300], metres)
            wanted[row, min(abs(day[one] - day[two]) // 7, 3)] += 1
    assert grid(cells, "observed_count").tolist() == wanted.tolist()

    dealt = list(day)
    random.shuffle(dealt)
    again = knox(Places(x, y), np.array(dealt, np.int64), metric=metric, shuffles=0)
    assert grid(again, "observed_count").sum(0).tolist() == wanted.sum(0).tolist()
    assert grid(again, "observed_count").sum(1).tolist() == wanted.sum(1).tolist()


def test_a10_the_expected_count_is_the_mean_of_the_shuffles():
    random = np.random.default_rng(1)
    x, y = random.uniform(0, 1500, (2, 120))
    day = random.integers(0, 60, 120)
    cells = knox(Places(x, y), day, shuffles=0)
    mean = np.mean(
        [
            knox(Places(x, y), random.permutation(day), shuffles=0)["observed_count"]
            for _ in range(400)
        ],
        axis=0,
    )
    expected = cells["expected_count"].to_numpy()
    # Four standard errors of 400 shuffles, taken as Poisson.
    assert (np.abs(mean - expected) <= 4 * np.sqrt(expected / 400) + 1e-9).all()


def test_a10_a_week_later_is_in_the_second_band():
    x = y = np.zeros(2)
    bands = [
        knox(Places(x, y), np.array([0, later]), shuffles=0)
        .query("observed_count == 1")["day_band"]
        .item()
        for later in (0, 6, 7, 13, 14, 20, 21)
    ]
    assert bands == ["0-6", "0-6", "7-13", "7-13", "14-20", "14-20", ">20"]


def test_a10_one_address_is_one_place_whatever_its_points():
    x = np.array([0.0, 50, 5000, 0.2, 150])
    address = np.array(["a", "a", "a", None, None], object)
    pairs = near_pairs(Places(x, np.zeros(5), address))
    bands = {
        (min(pair), max(pair)): int(band)
        for *pair, band in zip(*map(np.ndarray.tolist, pairs), strict=True)
    }
    assert bands == {
        (0, 1): 0, (0, 2): 0, (1, 2): 0, (0, 3): 0, (1, 3): 1, (0, 4): 2, (1, 4): 1,
        (3, 4): 2,
    }  # fmt: skip


def frame(number, **columns):
    random = np.random.default_rng(7)
    first = pd.Timestamp("2025-01-01") + pd.to_timedelta(
        random.integers(0, 700, number), "D"
    )
    values = {
        "offence_code": "1.1.1",
        "x_rd": random.uniform(76_000, 79_000, number),
        "y_rd": random.uniform(450_000, 453_000, number),
        "address_key": None,
        "occurred_from_date": first,
        "occurred_to_date": first,
        "is_dated": True,
    }
    return pd.DataFrame(values | columns)


def test_a10_fewer_than_a_hundred_are_too_few_to_say():
    known = frame(101, is_dated=[False] * 2 + [True] * 99)
    found = near_repeats(known)
    assert found["is_too_few"].all()
    assert found["incident_count"].unique().tolist() == [99]
    assert found["left_out_count"].unique().tolist() == [2]
    assert found[["ratio", "expected_count", "p_value"]].isna().all(axis=None)
    assert not found["is_pattern"].any()
    assert found["observed_count"].sum() == 99 * 98 // 2


def test_a10_shuffled_dates_are_no_pattern_and_the_order_of_rows_is_no_matter():
    known = frame(300)
    found = near_repeats(known)
    assert not found["is_pattern"].any()
    mixed = near_repeats(known.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, mixed)


def test_a10_of_very_many_the_newest_whole_days_are_compared():
    found = near_repeats(frame(MOST_INCIDENTS + 200))
    count = found["incident_count"].iloc[0]
    assert MOST_INCIDENTS - 20 < count <= MOST_INCIDENTS
    assert found["first_date"].iloc[0] > pd.Timestamp("2025-01-01")


def test_a10_without_incidents_there_is_no_table():
    assert near_repeats(frame(0)).empty
