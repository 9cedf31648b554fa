"""The oracles of MEASURES A2 and A3, and what must hold of any rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from wijkbeeld.measures.rates import exact, shrink

Y = np.array([12.0, 3, 0, 9, 30])
N = np.array([2000.0, 1500, 90, 2500, 3000])
ALL = np.ones(5, bool)
ONE = np.zeros(5, np.intp)


def test_a2_seven_in_2350_dwellings():
    rate = exact(np.array([7.0, 0.0]), np.array([2350.0, 1800.0]))
    assert rate.estimate.round(3).tolist() == [2.979, 0]
    assert rate.lower.round(3).tolist() == [1.198, 0]
    assert rate.upper.round(3).tolist() == [6.137, 2.049]


@given(st.integers(0, 5000), st.integers(1, 100_000))
def test_a2_the_interval_is_the_one_of_chi_squares(count, exposure):
    rate = exact(np.array([float(count)]), np.array([float(exposure)]))
    lower = chi2.ppf(0.025, 2 * count) / 2 if count else 0
    upper = chi2.ppf(0.975, 2 * count + 2) / 2
    # Two ways to the same quantile, each exact to about ten digits.
    assert rate.lower[0] == pytest.approx(1000 * lower / exposure, rel=1e-9)
    assert rate.upper[0] == pytest.approx(1000 * upper / exposure, rel=1e-9)


def test_a2_what_is_not_known_has_no_rate():
    rate = exact(np.array([np.nan, 3, 3]), np.array([100.0, np.nan, 0]))
    assert np.isnan([rate.estimate, rate.lower, rate.upper]).all()


def test_a3_five_buurten():
    shrunk = shrink(Y, N, ONE, ALL)
    expected = [5.982, 3.479, 5.401, 4.220, 9.062]
    assert shrunk.rates.estimate.round(3).tolist() == expected
    assert shrunk.weight.round(4).tolist() == [0.6893, 0.6246, 0.0908, 0.7350, 0.7689]
    # MEASURES rounds alpha and beta before it takes the quantiles.
    lower, upper = [3.51, 1.54, 1.84, 2.33, 6.33], [9.11, 6.21, 10.85, 6.67, 12.28]
    assert shrunk.rates.lower == pytest.approx(lower, abs=0.01)
    assert shrunk.rates.upper == pytest.approx(upper, abs=0.01)
    assert shrunk.mean.round(3).tolist() == [5.941] * 5


def test_a3_buurten_that_differ_by_chance_only_are_all_the_team():
    shrunk = shrink(np.full(5, 6.0), np.full(5, 1000.0), ONE, ALL)
    assert shrunk.is_alike.all()
    assert shrunk.rates.estimate.tolist() == [6.0] * 5
    team = exact(np.array([30.0]), np.array([5000.0]))
    assert shrunk.rates.lower.tolist() == [team.lower[0]] * 5


def test_a3_an_estate_takes_no_part_and_gets_no_rate():
    counts, exposure = np.append(Y, 400.0), np.append(N, 20.0)
    part = np.append(ALL, False)
    with_estate = shrink(counts, exposure, np.zeros(6, np.intp), part)
    assert np.isnan(with_estate.rates.estimate[5])
    alone = shrink(Y, N, ONE, ALL)
    assert with_estate.rates.estimate[:5].tolist() == alone.rates.estimate.tolist()


def test_a3_four_buurten_are_too_few():
    assert np.isnan(shrink(Y[:4], N[:4], ONE[:4], ALL[:4]).rates.estimate).all()


def test_a3_a_count_that_is_withheld_counts_for_nobody():
    counts, exposure = np.append(Y, np.nan), np.append(N, 5000.0)
    shrunk = shrink(counts, exposure, np.zeros(6, np.intp), np.append(ALL, True))
    assert shrunk.mean.round(3).tolist() == [5.941] * 6
    assert np.isnan(shrunk.rates.estimate[5])


def test_a3_groups_do_not_touch_each_other():
    both = shrink(
        np.concatenate([Y, Y[::-1] * 3]), np.concatenate([N, N[::-1]]),
        np.repeat([0, 1], 5), np.ones(10, bool),
    )  # fmt: skip
    alone = shrink(Y, N, ONE, ALL)
    assert both.rates.estimate[:5].tolist() == alone.rates.estimate.tolist()


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(1, 9000)), min_size=5, max_size=30
    )
)
def test_a3_a_shrunk_rate_lies_between_its_own_and_the_team_s(areas):
    counts, exposure = (np.array(values, float) for values in zip(*areas, strict=True))
    groups = np.zeros(len(areas), np.intp)
    shrunk = shrink(counts, exposure, groups, np.ones(len(areas), bool))
    crude = 1000 * counts / exposure
    # Room for the last binary digits of a sum.
    low = np.minimum(crude, shrunk.mean) - 1e-9
    high = np.maximum(crude, shrunk.mean) + 1e-9
    assert ((shrunk.rates.estimate >= low) & (shrunk.rates.estimate <= high)).all()
    assert (shrunk.rates.lower <= shrunk.rates.upper).all()
