"""The oracles of MEASURES C1 to C9."""

import numpy as np
import pytest
from scipy import stats

from wijkbeeld.measures.effect import panel as panels
from wijkbeeld.measures.effect.detectable import least_effect, months_needed
from wijkbeeld.measures.effect.displacement import Pair, difference, told, weighted
from wijkbeeld.measures.effect.groups import Group, Noise, grouped, noise_of
from wijkbeeld.measures.effect.randomisation import (
    assignments,
    probability,
    smallest_probability,
)
from wijkbeeld.measures.effect.relative import as_ratio, relative
from wijkbeeld.measures.effect.reporting import break_even, is_sensitive, true_ratio
from wijkbeeld.measures.effect.single import interrupted, mixture, synthetic
from wijkbeeld.measures.effect.verdict import Evidence, holm, verdict
from wijkbeeld.measures.effect.zones import displaced_share, net_effect

TREATED = np.array([40.0, 35, 25]), np.array([32.0, 20, 8])
COMPARED = np.array([50.0, 30, 45, 42]), np.array([62.0, 22, 45, 40])
ENDLESS = 1e12
"""Degrees of freedom with which the quantile of t is that of the normal."""


def group(before, after):
    return Group(np.array(before), np.array(after), np.array(0.0), np.array(9.0))


# -- C1


@pytest.mark.parametrize(
    ("pairs", "phi", "estimate", "error"),
    [
        ([Pair(1, 100, 80), Pair(-1, 100, 90)], 1.0, -10, 19.235),
        ([Pair(1, 100, 80), Pair(-1, 100, 90)], 1.5, -10, 23.558),
        (
            [Pair(1, 100, 80), Pair(-1, 100, 90), Pair(1, 50, 45), Pair(-1, 60, 62)],
            1.0, -17, 24.228,
        ),
        ([Pair(1, 100, 80), Pair(-1, 300, 270, 3, 3)], 1.0, -10, 15.599),
        ([Pair(1, 200, 80, 2, 1), Pair(-1, 200, 90, 2, 1)], 1.0, -10, 16.432),
    ],
)  # fmt: skip
def test_c1_weighted_displacement_difference(pairs, phi, estimate, error):
    found = told(*weighted(*pairs), Noise(np.array(phi), np.array(ENDLESS)))
    assert (found.estimate, found.error) == pytest.approx((estimate, error), abs=0.001)


def test_c1_its_interval_of_the_first_case():
    found = told(
        *weighted(Pair(1, 100, 80), Pair(-1, 100, 90)),
        Noise(np.array(1.0), np.array(ENDLESS)),
    )
    assert (found.lower, found.upper) == pytest.approx((-47.7, 27.7), abs=0.05)


def test_c1_with_dispersion_and_t():
    treated, compared = (grouped(*g, np.ones(len(g[0]))) for g in (TREATED, COMPARED))
    noise = noise_of(treated, compared)
    assert (treated.unruly, compared.unruly) == pytest.approx(
        (3.9865, 2.5534), abs=0.0001
    )
    assert (noise.phi, noise.freedom) == pytest.approx((1.308, 5), abs=0.0005)
    found = difference(treated, compared)
    assert compared.before / treated.before == 1.67
    assert (found.estimate, found.error) == pytest.approx((-41.20, 19.15), abs=0.005)
    assert (found.lower, found.upper) == pytest.approx((-90.4, 8.0), abs=0.05)


def test_c1_many_districts_and_many_draws_are_as_one_by_one():
    random = np.random.default_rng(3)
    before, after = random.poisson(20, (2, 4, 9)).astype(float)
    members = assignments(9, 3)
    at_once = difference(
        grouped(before, after, members), grouped(before, after, 1 - members)
    )
    alone = difference(
        grouped(before[2], after[2], members[7]),
        grouped(before[2], after[2], 1 - members[7]),
    )
    assert at_once.lower.shape == (4, 84)
    assert at_once.lower[2, 7] == pytest.approx(float(alone.lower))


def test_c1_a_single_comparison_area_leaves_no_interval():
    found = difference(
        grouped(np.array([50.0, 40]), np.array([40.0, 30]), np.ones(2)),
        grouped(np.array([60.0]), np.array([55.0]), np.ones(1)),
    )
    assert np.isnan([found.lower, found.upper]).all()


# -- C2


def test_c2_relative_effect_size_is_a_poisson_regression():
    from statsmodels.api import GLM, families

    four = (group(167.0, 100.0), group(167.0, 167.0))
    ratio, lower, upper = as_ratio(
        relative(*four, Noise(np.array(1.0), np.array(ENDLESS)))
    )
    assert (1 / ratio, 1 / upper, 1 / lower) == pytest.approx(
        (1.670, 1.203, 2.318), abs=0.0005
    )
    design = np.array([[1.0, t, p, t * p] for t in (0, 1) for p in (0, 1)])
    fit = GLM([167, 167, 167, 100], design, family=families.Poisson()).fit()
    found = relative(*four)
    assert ratio == pytest.approx(np.exp(fit.params[3]), abs=1e-6)
    assert ratio == pytest.approx(0.5988, abs=0.0001)
    error = np.sqrt(found.error**2 / noise_of(*four).phi)
    assert (error, fit.bse[3]) == pytest.approx((0.1672, 0.1672), abs=0.0001)


def test_c2_with_dispersion():
    four = (group(167.0, 100.0), group(167.0, 167.0))
    found = relative(*four, Noise(np.array(1.5), np.array(ENDLESS)))
    assert found.error == pytest.approx(0.2048, abs=0.0001)
    percent = [100 * (r - 1) for r in as_ratio(found)]
    assert percent == pytest.approx([-40.1, -59.9, -10.5], abs=0.05)


def test_c2_textbook_says_works_and_dispersion_cannot_say():
    treated, compared = (grouped(*g, np.ones(len(g[0]))) for g in (TREATED, COMPARED))
    plain = as_ratio(relative(treated, compared, Noise(np.array(1), np.array(ENDLESS))))
    assert [1 / plain[2], 1 / plain[1]] == pytest.approx([1.15, 2.48], abs=0.005)
    ratio, lower, upper = as_ratio(relative(treated, compared))
    assert [1 / ratio, 1 / upper, 1 / lower] == pytest.approx(
        [1.687, 0.947, 3.00], abs=0.005
    )


def test_c2_nothing_is_added_to_a_count_of_none():
    found = relative(group(10.0, 0.0), group(10.0, 12.0))
    assert np.isnan(found.estimate)


# -- C3


@pytest.mark.parametrize(
    ("zone", "share", "net"), [((50, 45), 0.100, 27.5), ((50, 55), -0.300, 17.5)]
)
def test_c3_quotient_and_net_effect(zone, share, net):
    three = group(100, 70), group(*zone), group(200, 190)
    assert displaced_share(*three) == pytest.approx(share, abs=0.0005)
    assert net_effect(*three) == pytest.approx(net, abs=1e-9)


def test_c3_there_is_no_quotient_without_success_and_no_net_of_few():
    assert np.isnan(displaced_share(group(70, 100), group(50, 45), group(200, 190)))
    assert np.isnan(net_effect(group(70, 50), group(50, 45), group(9, 10)))


# -- C4


def staircase(starts=(2, 5, panels.NEVER)):
    starts = np.array(starts)
    area, month = np.arange(len(starts))[:, None], np.arange(1, 9)[None, :]
    since = np.arange(8)[None, :] - starts[:, None]
    # In the oracle the month of the start is treated.
    effect = np.where(since >= 0, -0.1 * (since + 1), 0)
    counts = np.exp(2 + 0.3 * area + 0.05 * month + effect)
    return panels.Panel(counts, starts, first=0)


def test_c4_imputation_finds_what_two_way_effects_pull_to_nothing():
    found = panels.impute(staircase())
    assert np.exp(found.log_ratio) == pytest.approx(0.75264, abs=0.0001)
    assert found.avoided == pytest.approx(25.003, abs=0.001)


def test_c4_two_way_fixed_effects_are_another_figure():
    from statsmodels.api import GLM, families

    panel = staircase()
    areas, months = np.indices(panel.counts.shape)
    design = np.column_stack(
        [areas.ravel() == a for a in range(3)]
        + [months.ravel() == m for m in range(1, 8)]
        + [(months >= panel.starts[:, None]).ravel()]
    ).astype(float)
    fit = GLM(panel.counts.ravel(), design, family=families.Poisson()).fit()
    assert fit.params[-1] == pytest.approx(-0.20200, abs=0.0001)
    assert np.exp(fit.params[-1]) == pytest.approx(0.8171, abs=0.0001)


def test_c4_without_a_comparison_what_can_be_imputed_is_right():
    found = panels.impute(staircase((2, 5)))
    assert (found.treated.sum(), found.dropped) == (3, 6)
    assert np.exp(found.log_ratio) == pytest.approx(0.8187, abs=0.0001)


def test_c4_event_study_follows_the_growing_effect():
    panel = staircase()
    expected = panels.impute(panel).expected
    logs = np.log(panel.counts / expected)[0, 2:]
    assert logs == pytest.approx([-0.1, -0.2, -0.3, -0.4, -0.5, -0.6], abs=1e-6)


def test_c4_scaling_in_turn_is_the_poisson_regression():
    from statsmodels.api import GLM, families

    random = np.random.default_rng(5)
    counts = random.poisson(4, (5, 9)).astype(float)
    untreated = random.random((5, 9)) < 0.8
    areas, months = np.indices(counts.shape)
    design = np.column_stack(
        [areas.ravel() == a for a in range(5)]
        + [months.ravel() == m for m in range(1, 9)]
    ).astype(float)
    kept = untreated.ravel()
    fit = GLM(counts.ravel()[kept], design[kept], family=families.Poisson()).fit()
    expected = np.exp(design @ fit.params).reshape(counts.shape)
    assert panels.fitted(counts, untreated) == pytest.approx(expected, rel=1e-5)


# -- C5


@pytest.mark.parametrize(
    ("treated", "least"), [(1, 0.077), (2, 0.0128), (3, 0.0035), (6, 0.0006)]
)
def test_c5_smallest_probability_of_thirteen(treated, least):
    assert smallest_probability(13, treated) == pytest.approx(least, abs=0.0001)
    members = assignments(13, treated)
    assert len(members) == round(1 / smallest_probability(13, treated))
    assert (members.sum(axis=1) == treated).all()
    # The rarest of all draws has the smallest probability, and no other is rarer.
    statistic = np.arange(len(members), dtype=float) + 1
    rarest = probability(statistic[-1], statistic, is_all=True)
    assert rarest == smallest_probability(13, treated)


def test_c5_what_was_observed_counts_among_random_draws():
    assert probability(9.0, np.zeros(99), is_all=False) == 0.01
    assert np.isnan(probability(np.nan, np.zeros(9), is_all=False))


# -- C6


def test_c6_interrupted_series_returns_its_coefficients():
    t = np.arange(36.0)
    post = t >= 24
    season = 0.3 * np.cos(2 * np.pi * t / 12) + 0.1 * np.sin(2 * np.pi * t / 12)
    counts = np.exp(3 - 0.01 * t - 0.25 * post - 0.02 * (t - 24) * post + season)
    found = interrupted(counts, 24)
    assert found.coefficients == pytest.approx(
        [3, -0.01, -0.25, -0.02, 0.3, 0.1], abs=1e-6
    )
    assert found.avoided == pytest.approx(54.226, abs=0.001)
    assert found.ratio == pytest.approx(0.70648, abs=0.00001)


def test_c6_synthetic_control_finds_the_mixture():
    random = np.random.default_rng(1)
    donors = random.uniform(20, 60, (4, 36))
    treated = 0.6 * donors[0] + 0.4 * donors[1]
    treated[24:] *= 0.7
    found = synthetic(treated, donors, 24, 12)
    assert found.weights == pytest.approx([0.6, 0.4, 0, 0], abs=1e-4)
    assert found.ratio == pytest.approx(0.700, abs=1e-4)
    assert found.fit < 1e-4
    # Four donors cannot tell how rare that is.
    assert np.isnan([found.probability, found.lower]).all()


def test_c6_weights_are_those_of_slsqp():
    from scipy.optimize import minimize

    random = np.random.default_rng(2)
    donors = random.poisson(12, (6, 8)).astype(float)
    treated = random.poisson(12, 8).astype(float)
    ours = mixture(treated, donors)
    theirs = minimize(
        lambda w: ((treated - w @ donors) ** 2).sum(),
        np.full(6, 1 / 6), method="SLSQP", bounds=[(0, 1)] * 6,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
    ).x  # fmt: skip
    assert ours == pytest.approx(theirs, abs=0.001)


# -- C7


@pytest.mark.parametrize(
    ("count", "noise", "times", "least"),
    [
        (45, 1.5, 1, 73.6), (45, 1.5, 30, 62.9),
        (45, 1.0, 1, 63.1), (45, 1.0, 30, 52.5),
        (167, 1.5, 1, 44.1), (167, 1.5, 30, 34.8),
    ],
)  # fmt: skip
def test_c7_minimum_detectable_effect(count, noise, times, least):
    found = 100 * least_effect(count, noise, times * count, times * count)
    assert found == pytest.approx(least, abs=0.1)


def test_c7_the_months_that_are_needed_show_the_effect():
    months = months_needed(0.4, 45, 1.5, 45 * 30)
    years = months / 12
    assert months % 12 == 0
    at_last = least_effect(45 * years, 1.5, 45 * 30 * years, 45 * 30 * years)
    before = least_effect(45 * (years - 1), 1.5, *[45 * 30 * (years - 1)] * 2)
    assert at_last <= 0.4 < before


# -- C8


def test_c8_forty_percent_of_forty_five_is_too_few_to_say():
    found = relative(
        group(45.0, 27.0), group(45.0, 45.0), Noise(np.array(1.5), np.array(ENDLESS))
    )
    ratio, lower, upper = as_ratio(found)
    assert [1 / ratio, 1 / upper, 1 / lower] == pytest.approx(
        [1.667, 0.77, 3.61], abs=0.005
    )
    least = least_effect(45, 1.5, 45, 45)
    evidence = Evidence(float(lower), float(upper), 0.2, least, 0.4, nothing=1)
    assert verdict(evidence) == ("too few to say", "study_too_small")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lower": -9, "upper": -1}, ("works", None)),
        ({"lower": -9, "upper": -1, "probability": 0.06},
         ("too few to say", "chance_not_ruled_out")),
        ({"lower": 1, "upper": 9}, ("made worse", None)),
        ({"lower": 1, "upper": 9, "is_reporting_sensitive": True},
         ("too few to say", "more_reporting_possible")),
        ({}, ("no sign that it works", None)),
        ({"least_effect": 0.5}, ("too few to say", "study_too_small")),
        ({"least_effect": np.nan}, ("too few to say", "study_too_small")),
        ({"lower": -9, "upper": -1, "missing": "pre_trend"},
         ("too few to say", "pre_trend")),
        ({"upper": np.nan}, ("too few to say", "no_interval")),
    ],
)  # fmt: skip
def test_c8_verdicts(changes, said):
    evidence = Evidence(-5, 5, 0.01, 0.3, 0.4)._replace(**changes)
    assert verdict(evidence) == said


def test_c8_holm_allows_for_the_number_of_tests():
    adjusted = holm([0.04, 0.01, np.nan, 0.03])
    assert adjusted == pytest.approx([0.09, 0.04, np.nan, 0.09], nan_ok=True)


# -- C9


def test_c9_more_reporting_hides_a_fall():
    registered = (80 * 0.6) / (100 * 0.5)
    assert registered == pytest.approx(0.96)
    assert true_ratio(registered, 0.5, 0.6) == pytest.approx(0.80)


@pytest.mark.parametrize(
    ("effect", "unit", "after", "times"),
    [
        (0.96, "ratio", np.nan, 0.96),
        # 48 registered where 50 were expected, which is the same.
        (-2, "offences", 48, 0.96),
        (12, "offences", 36, 1.5),
        (36, "offences", 36, np.nan),
        (np.nan, "ratio", 36, np.nan),
        (np.nan, "offences", np.nan, np.nan),
    ],
)
def test_c9_at_the_break_even_of_reporting_nothing_changed(effect, unit, after, times):
    found = break_even(effect, unit, after)
    assert found == pytest.approx(times, nan_ok=True)
    if np.isfinite(times):
        assert true_ratio(found, 0.5, 0.5 * found) == pytest.approx(1)


def test_c9_vandalism_may_rise_by_reporting_and_burglary_hardly():
    assert is_sensitive("2.2.1")
    assert is_sensitive("1.2.3")
    assert not is_sensitive("1.1.1")
    assert not is_sensitive("1.2.2")


# -- C4 and C5 together


def test_c5_the_interval_of_a_panel_holds_its_ratio_and_the_truth():
    random = np.random.default_rng(11)
    starts = np.array([24, 27, 30, 33, *[panels.NEVER] * 9])
    since = np.arange(60) - starts[:, None]
    counts = random.poisson(np.where(since > 0, 0.6, 1.0) * 8.0).astype(float)
    panel = panels.Panel(counts, starts)
    draws = panels.drawn_starts(starts, 99)
    lower, upper = panels.ratio_interval(panel, draws)
    assert lower < 0.6 < upper < 1
    assert lower < np.exp(panels.impute(panel).log_ratio) < upper


def test_c4_bins_before_a_start_are_near_one_and_those_after_it_are_not():
    random = np.random.default_rng(12)
    starts = np.array([24, 27, 30, 33, *[panels.NEVER] * 9])
    since = np.arange(60) - starts[:, None]
    counts = random.poisson(np.where(since > 0, 0.5, 1.0) * 40.0).astype(float)
    panel = panels.Panel(counts, starts)
    ratios = np.exp(panels.events(panel, panels.impute(panel)))
    assert ratios[:4] == pytest.approx(np.ones(4), abs=0.12)
    assert ratios[4:] == pytest.approx(np.full(4, 0.5), abs=0.12)


def test_c7_simulated_power_is_eighty_percent():
    random = np.random.default_rng(7)
    n, effect, phi = 167, 0.441, 1.5

    # Counts of which the variance is phi times the mean.
    def drawn(mean):
        return random.negative_binomial(mean / (phi - 1), 1 / phi, 4000)

    a0, a1, c0, c1 = (drawn(m) for m in (n, n * (1 - effect), n, n))
    found = np.log(a1 * c0 / (a0 * c1)) / np.sqrt(
        phi * (1 / a0 + 1 / a1 + 1 / c0 + 1 / c1)
    )
    assert (found < stats.norm.ppf(0.025)).mean() == pytest.approx(0.80, abs=0.025)
