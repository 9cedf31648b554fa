"""The oracles of MEASURES A1, A4 and A5."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures.expectation import (
    THREE_MONTHS,
    Judging,
    expect_counts,
    interval,
    status_of,
)

POLICE = Path(__file__).parents[3] / "shared" / "data" / "police_open_data"
BURGLARY = "1.1.1"


def months(counts, buurt_code="BU05181840", first="2020-01-01"):
    return pd.DataFrame(
        {
            "buurt_code": buurt_code,
            "offence_code": BURGLARY,
            "month": pd.date_range(first, periods=len(counts), freq="MS"),
            "crime_count": np.array(counts, float),
        }
    )


def judged(base_count, count, dispersion=0.19):
    base, counts = np.array([float(base_count)]), np.array([float(count)])
    found = interval(base / 12, np.array([dispersion]), counts)
    status = status_of(base, counts, found.position)[0]
    return int(found.lower[0]), int(found.upper[0]), float(found.position[0]), status


# -- A5, single cells


def test_a5_positions_of_a_mean_of_one_and_a_half():
    counts = np.arange(7.0)
    found = interval(np.full(7, 1.5), np.full(7, 0.19), counts)
    assert found.position.round(4).tolist() == [
        0.1394, 0.4317, 0.6889, 0.8501, 0.9340, 0.9728, 0.9894,
    ]  # fmt: skip
    assert (found.lower[0], found.upper[0]) == (0, 5)


@pytest.mark.parametrize(
    ("base_count", "count", "lower", "upper", "status"),
    [
        (18, 5, 0, 5, "as expected"),
        (18, 6, 0, 5, "higher"),
        (54, 0, 1, 11, "lower"),
        (5, 2, 0, 2, "too few to say"),
        (5, 3, 0, 2, "higher"),
        (0, 3, 0, 0, "higher"),
        (0, 0, 0, 0, "too few to say"),
    ],
)
def test_a5_single_cells(base_count, count, lower, upper, status):
    assert judged(base_count, count)[:2] == (lower, upper)
    assert judged(base_count, count)[3] == status


def test_a5_nothing_out_of_four_and_a_half_lies_at_two_per_cent():
    assert judged(54, 0)[2] == pytest.approx(0.0209, abs=5e-5)


@pytest.mark.parametrize("mean", [0.01, 0.7, 4.2, 33.0, 480.0, 25_000.0])
@pytest.mark.parametrize("dispersion", [0.0, 0.19, 3.0])
def test_a5_the_interval_is_every_count_within_both_limits(mean, dispersion):
    found = interval(np.array([mean]), np.array([dispersion]), np.array([0.0]))
    edges = [found.lower[0] - 1, found.lower[0], found.upper[0], found.upper[0] + 1]
    around = interval(np.full(4, mean), np.full(4, dispersion), np.array(edges))
    within = (around.position > 0.025) & (around.position < 0.975)
    expected = [False, True, True, False]
    if found.lower[0] == 0:
        expected[0] = bool(within[0])
    assert within.tolist() == expected


# -- A4 and 0.1: what a base is


def test_before_a_year_of_history_and_a_year_of_predictions_nothing_is_said():
    result = expect_counts(months([3] * 25))
    assert result["base_count"].notna().tolist() == [False] * 12 + [True] * 13
    assert result["expected_count"].notna().tolist() == [False] * 24 + [True]
    assert (result["status"][:24] == "too few to say").all()


def test_an_estimate_and_its_interval_are_null_together():
    result = expect_counts(months([3, 0, None, 7] * 15))
    estimate = result[["expected_count", "expected_lower", "expected_upper"]]
    assert (estimate.isna().all(axis=1) == estimate.isna().any(axis=1)).all()


def test_a_base_is_the_twelve_latest_complete_months_of_fifteen():
    counts = [100.0, 1, 1, 1] + [1.0] * 9 + [None, None, 5, 5]
    result = expect_counts(months(counts))
    # Of the fifteen before month 15, two are missing and the oldest is the 13th.
    assert result["base_count"].iloc[15] == 12
    assert result["base_count"].iloc[16] == 16


def test_fewer_than_twelve_complete_months_are_no_base():
    counts = [2.0] * 12 + [None] * 4 + [2.0]
    assert np.isnan(expect_counts(months(counts))["base_count"].iloc[16])


def test_a_month_that_was_not_reported_is_not_taken_for_zero():
    some = expect_counts(months([4, 4, 4] * 14))
    none = expect_counts(months([4, None, 4] * 14))
    assert none["expected_count"].dropna().unique().tolist() == []
    assert some["expected_count"].dropna().unique().tolist() == [4]


def test_a_month_that_is_absent_is_a_month_that_is_null():
    counts = [4.0, 2, None, 3] * 12
    with_null = expect_counts(months(counts))
    without = expect_counts(months(counts).dropna())
    kept = with_null[with_null["crime_count"].notna()]
    pd.testing.assert_frame_equal(kept, without)


def test_nothing_from_the_month_itself_or_after_takes_part():
    random = np.random.default_rng(20260101)
    counts = random.poisson(5, 60).astype(float)
    altered = counts.copy()
    altered[40:] = random.poisson(500, 20)
    columns = ["expected_count", "expected_lower", "expected_upper", "dispersion"]
    before, after = (
        expect_counts(months(c))[columns].iloc[:41] for c in (counts, altered)
    )
    pd.testing.assert_frame_equal(before, after)


def test_an_area_that_comes_and_goes_makes_no_season():
    steady = months([10] * 72)
    late = months([90] * 30, "BU05180000", "2023-07-01")
    result = expect_counts(pd.concat([steady, late], ignore_index=True))
    assert result["season_factor"].round(9).unique().tolist() == [1.0]


def test_areas_that_are_not_shown_lend_their_season_only():
    frame = pd.concat(
        [months([1, 9] * 36), months([4] * 72, "BU05180000")], ignore_index=True
    )
    frame["is_shown"] = frame["buurt_code"] == "BU05181840"
    shown = expect_counts(frame, shown="is_shown")
    everything = expect_counts(frame)
    pd.testing.assert_frame_equal(shown, everything[frame["is_shown"]])


def test_the_order_of_the_rows_does_not_matter():
    frame = pd.concat(
        [months([1, 9, 4] * 20), months([4, 2] * 30, "BU05180000")], ignore_index=True
    )
    shuffled = frame.sample(frac=1, random_state=20260101)
    result = expect_counts(shuffled)
    assert result.index.tolist() == sorted(shuffled.index)
    pd.testing.assert_frame_equal(result, expect_counts(frame))


def test_a_past_without_measure_leads_to_no_expectation():
    result = expect_counts(months([0] * 30 + [200] + [0] * 10))
    estimate = result[["expected_count", "expected_lower", "expected_upper"]]
    assert result["dispersion"].max() > 100
    assert (estimate.isna().all(axis=1) == estimate.isna().any(axis=1)).all()
    below = estimate["expected_count"] < estimate["expected_upper"] + 1
    assert (below | estimate["expected_count"].isna()).all()
    assert (
        result["status"][estimate["expected_count"].isna()] == "too few to say"
    ).all()


def test_three_months_are_judged_by_what_lies_before_the_first():
    counts = [2.0] * 40
    changed = [*counts[:37], 0, 9, 30]
    result = expect_counts(months(changed), how=THREE_MONTHS)
    steady = expect_counts(months(counts), how=THREE_MONTHS)
    assert result["judged_count"].iloc[[1, 2, -1]].fillna(-1).tolist() == [-1, 6, 39]
    assert result["base_count"].iloc[-1] == 24
    columns = ["base_count", "expected_count", "expected_lower", "expected_upper"]
    pd.testing.assert_frame_equal(result[columns], steady[columns])
    assert steady["expected_count"].iloc[-1] == 6


def test_three_months_of_which_one_is_missing_are_not_judged():
    counts = [2.0] * 40
    counts[-2] = None
    result = expect_counts(months(counts), how=THREE_MONTHS)
    assert np.isnan(result["judged_count"].iloc[-1])
    assert result["status"].iloc[-1] == "too few to say"


def test_no_months_give_no_rows():
    result = expect_counts(months([]))
    assert result.empty
    assert "status" in result


# -- A1, A4 and A5 on the real figures


@pytest.fixture(scope="module")
def published():
    table = POLICE / "47022NED_TypedDataSet_haaglanden_2011_2017.csv.gz"
    page = POLICE / "47022NED_TypedDataSet_loosduinen_2011_2017.json"
    if not table.exists():
        pytest.skip(f"the real police figures are not here: {table}")
    cells = pd.read_csv(table, sep=";", dtype=str)
    ours = json.loads(page.read_text("utf-8"))["value"]
    periods = cells["Perioden"]
    frame = pd.DataFrame(
        {
            "buurt_code": cells["WijkenEnBuurten"].str.strip(),
            "offence_code": cells["SoortMisdrijf"].str.strip(),
            "month": pd.to_datetime(periods.str[:4] + "-" + periods.str[6:] + "-01"),
            "crime_count": cells["GeregistreerdeMisdrijven_1"].astype(float),
        }
    )
    codes = {cell["WijkenEnBuurten"].strip() for cell in ours}
    return frame.assign(is_ours=frame["buurt_code"].isin(codes))


@pytest.fixture(scope="module")
def by_default(published):
    return expect_counts(published)


@pytest.fixture(scope="module")
def without_season(published):
    return expect_counts(published, how=Judging(with_season=False))


@pytest.fixture(scope="module")
def three_months(published):
    return expect_counts(published, how=Judging(length=3, with_season=False))


def scored(result, offence=BURGLARY, *, ours=False):
    wanted = (result["offence_code"] == offence) & (result["month"] >= "2014-01-01")
    return result[wanted & (result["is_ours"] | (not ours))]


def mean_error(result):
    return (result["crime_count"] - result["expected_count"]).abs().mean()


def coverage(result):
    return (
        result["judged_count"]
        .between(result["expected_lower"], result["expected_upper"])
        .mean()
    )


def test_a1_burglary_in_loosduinen(published):
    ours = published[published["is_ours"] & (published["offence_code"] == BURGLARY)]
    years = ours.groupby(ours["month"].dt.year)["crime_count"].sum()
    assert years.tolist() == [335, 363, 209, 282, 241, 167, 163]


def test_a4_mean_absolute_error(by_default, without_season):
    assert len(scored(by_default, ours=True)) == 611
    errors = [
        mean_error(scored(without_season, ours=True)),
        mean_error(scored(by_default, ours=True)),
        mean_error(scored(by_default)),
        mean_error(scored(without_season)),
    ]
    assert errors == pytest.approx([1.041, 1.025, 0.739, 0.748], abs=0.001)


@pytest.mark.parametrize(
    ("offence", "everywhere", "ours"),
    [
        ("1.1.1", 0.968, 0.957),
        ("1.2.3", 0.964, 0.936),
        ("1.2.1", 0.962, 0.964),
        ("2.2.1", 0.968, 0.967),
        ("1.4.5", 0.966, 0.971),
        ("1.4.4", 0.969, 0.967),
    ],
)
def test_a5_coverage(without_season, offence, everywhere, ours):
    found = (
        coverage(scored(without_season, offence)),
        coverage(scored(without_season, offence, ours=True)),
    )
    assert found == pytest.approx((everywhere, ours), abs=0.002)


@pytest.mark.parametrize(
    ("offence", "everywhere"),
    [
        ("1.1.1", 0.953),
        ("1.2.3", 0.950),
        ("1.2.1", 0.942),
        ("2.2.1", 0.946),
        ("1.4.5", 0.953),
    ],
)
def test_a5_coverage_of_three_months(three_months, offence, everywhere):
    assert coverage(scored(three_months, offence)) == pytest.approx(
        everywhere, abs=0.002
    )


def test_a5_coverage_with_season(by_default):
    assert coverage(scored(by_default)) == pytest.approx(0.969, abs=0.002)


def test_a5_status_counts(by_default, without_season):
    names = ["higher", "lower", "as expected", "too few to say"]
    for result, expected in (
        (by_default, [19, 1, 414, 177]),
        (without_season, [20, 0, 414, 177]),
    ):
        counts = scored(result, ours=True)["status"].value_counts()
        assert counts.reindex(names, fill_value=0).tolist() == expected


def test_a5_february_2016_in_bohemen_and_in_houtwijk(by_default):
    cells = scored(by_default, ours=True)
    february = cells[cells["month"] == "2016-02-01"].set_index("buurt_code")
    bohemen, houtwijk = february.loc["BU05181492"], february.loc["BU05181786"]
    assert bohemen["base_count"] == 11
    assert bohemen["season_factor"] == pytest.approx(1.1235, abs=5e-5)
    assert bohemen["dispersion"] == pytest.approx(0.1720, abs=5e-5)
    assert bohemen["expected_count"] == pytest.approx(0.972, abs=5e-4)
    assert tuple(bohemen[["expected_lower", "expected_upper"]]) == (0, 3)
    assert (bohemen["crime_count"], bohemen["status"]) == (8, "higher")
    assert houtwijk["base_count"] == 79
    assert houtwijk["expected_count"] == pytest.approx(6.98, abs=5e-3)
    assert tuple(houtwijk[["expected_lower", "expected_upper"]]) == (1, 16)
    assert houtwijk["position"] == pytest.approx(0.919, abs=5e-4)
    assert (houtwijk["crime_count"], houtwijk["status"]) == (13, "as expected")
