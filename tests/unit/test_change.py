"""The oracles of MEASURES A6, and what must hold of any comparison of two years."""

import numpy as np
import pandas as pd
import pytest
from unit.test_expectation import months, published  # noqa: F401 a fixture

from wijkbeeld.measures.change import compare, year_on_year


def years(*counts):
    return year_on_year(months(list(counts))).iloc[-1]


def test_a6_loosduinen_2015_to_2016(published):  # noqa: F811 a fixture
    ours = published[published["is_ours"] & (published["offence_code"] == "1.1.1")]
    team = ours.groupby("month", as_index=False)["crime_count"].sum()
    team = team.assign(buurt_code="team", offence_code="1.1.1")
    found = year_on_year(team).set_index("month").loc["2016-12-01"]
    assert (found["count_12_months_before"], found["count_12_months"]) == (241, 167)
    percent = [100 * (found[f"change_{c}"] - 1) for c in ("ratio", "lower", "upper")]
    # MEASURES gives whole percents.
    assert percent == pytest.approx([-31, -50, -4], abs=0.5)
    two_years = team.set_index("month")["crime_count"]["2015":"2016"].to_numpy(float)
    noise = compare(two_years[:12], two_years[12:]).noise
    assert noise == pytest.approx(2.102, abs=0.0005)


def test_a6_from_six_to_none():
    found = years(*[0.5] * 12, *[0] * 12)
    assert found["change_ratio"] == found["change_lower"] == 0
    assert found["change_upper"] == pytest.approx(0.85, abs=0.005)


def test_a6_from_none_to_six_has_a_lower_bound_only():
    found = years(*[0] * 12, *[0.5] * 12)
    assert found["change_lower"] == pytest.approx(1 / 0.85, abs=0.01)
    assert np.isnan([found["change_ratio"], found["change_upper"]]).all()


def test_a6_two_years_of_nothing_have_no_ratio():
    found = years(*[0] * 24)
    assert (found["count_12_months"], found["count_12_months_before"]) == (0, 0)
    ratio = found[["change_ratio", "change_lower", "change_upper"]]
    assert ratio.isna().all()


def test_a6_a_month_that_is_missing_leaves_no_comparison():
    counts = [3.0] * 24
    counts[5] = None
    found = years(*counts)
    assert found["count_12_months"] == 36
    assert np.isnan(found["change_ratio"])


def test_a6_the_season_is_no_noise():
    season = np.array([9.0, 8, 6, 4, 3, 2, 2, 3, 4, 6, 8, 9])
    assert compare(season, season).noise == 1


def test_a6_a_swap_of_the_years_turns_the_ratio_around():
    random = np.random.default_rng(20260101)
    old, new = random.poisson(4, (2, 30, 12)).astype(float)
    there, back = compare(old, new), compare(new, old)
    assert there.ratio == pytest.approx(1 / back.ratio)
    assert there.lower == pytest.approx(1 / back.upper)


def test_a6_series_do_not_touch_each_other():
    both = pd.concat([months([2] * 30), months([5] * 30, "BU05180000")])
    result = year_on_year(both.reset_index(drop=True))
    last = result[result["month"] == result["month"].max()]
    assert last["count_12_months"].tolist() == [24, 60]
    assert last["change_ratio"].tolist() == [1, 1]
