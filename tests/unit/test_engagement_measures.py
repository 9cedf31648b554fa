"""The oracles of MEASURES B1 to B11, and what must hold of any data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wijkbeeld.measures import (
    figure_rows,
    patrolling,
    rates,
    reach_figures,
    resampling,
    survival,
    watching,
)
from wijkbeeld.measures.cases import Span, in_windows
from wijkbeeld.measures.engagement import without_gaps
from wijkbeeld.measures.proportions import between, wilson

REPLIES = np.array([3, 5, 8, 8, 14, 22, 40, 60, 120, 120], float)
CAME = np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 0], bool)
VIDEOS = np.array([2100, 3400, 1500, 2800, 5200, 1900], float)
STATIC = np.array([900, 1400, 700, 2000, 1100, 800, 1600, 1000], float)
HOURS = np.array([0, 6, 20, 30, 72, 200, 336], float)
VIEWS = np.array([0, 300, 900, 1100, 1500, 1780, 1800], float)


def one(events, base):
    found = wilson(events, base)
    return [round(100 * float(value), 1) for value in found]


def test_b4_the_rate_is_a_ratio_of_sums():
    done, reach = np.array([30.0, 12, 55]), np.array([1200.0, 800, 2500])
    rate, lower, upper = resampling.ratios_of_sums([done], [reach])
    assert round(100 * rate[0], 3) == 2.156
    assert lower[0] < rate[0] < upper[0]


def test_b6_videos_beside_static_posts():
    found = watching.compare(VIDEOS, STATIC)
    assert round(found.ratio, 3) == 2.304
    assert [found.lower, found.upper] == pytest.approx([1.55, 3.46], abs=0.03)
    assert found.statistic == 45
    assert round(found.p_value, 5) == 0.00466
    assert found.chance_higher == 0.9375
    assert not found.has_zeros


def exports(hours, views):
    return pd.DataFrame({"post": "P1", "hours": hours, "views": views})


def test_b6_views_at_a_moment_and_the_time_to_half():
    snapshots = exports(HOURS, VIEWS)
    assert watching.views_at(snapshots, ["post"], 24)["estimate"].tolist() == [980]
    assert watching.views_at(snapshots, ["post"], 20)["estimate"].tolist() == [900]
    at = watching.views_at(snapshots, ["post"], 48).iloc[0]
    assert np.isnan(at["estimate"])
    assert (at["lower"], at["upper"]) == (1100, 1500)
    half = watching.hours_to_half(snapshots, ["post"])
    assert half.iloc[0].tolist() == [20.0, True]


def test_b6_a_young_post_is_not_done():
    young = exports(HOURS[:5], VIEWS[:5])
    assert watching.hours_to_half(young, ["post"]).iloc[0].tolist() == [72.0, False]
    fresh = watching.views_at(exports(HOURS[:2], VIEWS[:2]), ["post"], 24).iloc[0]
    assert np.isnan(fresh["estimate"])
    assert np.isnan(fresh["upper"])
    assert fresh["lower"] == 300


@pytest.mark.parametrize(
    ("hours", "views"),
    [([330.0], [50.0]), ([20.0, 600.0], [10.0, 50.0]), ([100.0, 330.0], [30.0, 50.0])],
)
def test_b6_exports_that_lie_far_apart_do_not_tell_when_half_was_seen(hours, views):
    half = watching.hours_to_half(exports(hours, views), ["post"]).iloc[0]
    assert np.isnan(half["hours"])
    assert not half["is_seen"]


def test_b6_a_post_begins_with_nobody_having_seen_it():
    soon = exports([20.0, 330.0], [80.0, 100.0])
    assert watching.hours_to_half(soon, ["post"]).iloc[0].tolist() == [12.5, True]


def test_b6_a_post_that_was_paid_for_is_not_compared():
    posts = pd.DataFrame(
        {
            "channel": "facebook",
            "post_id": [str(at) for at in range(13)],
            "theme": "preventie",
            "format": ["video"] * 7 + ["photo"] * 6,
            "month": 24321,
            "published_at": pd.Timestamp("2026-10-01"),
            "views_since": pd.NaT,
            # Of the others it was told that they were not, or nothing.
            "is_paid": pd.array([True, *[None] * 6, *[False] * 6], "boolean"),
        }
    )
    views = [9e9, *[2000.0] * 6, *[1000.0] * 6]
    snapshots = posts[["channel", "post_id"]].assign(hours=400.0, views=views)
    found = reach_figures.videos(posts, snapshots)
    whole = found[
        (found["measure"] == "video_ratio_views_now") & (found["level"] == "channel")
    ]
    assert whole[["base_count", "event_count"]].to_numpy().tolist() == [[12, 6]]
    assert whole["figure_estimate"].round(6).tolist() == [2.0]


def test_b8_shares_have_their_interval():
    assert one(118, 120) == [98.3, 94.1, 99.5]
    assert one(3, 41) == [7.3, 2.5, 19.4]
    assert one(0, 41) == [0.0, 0.0, 8.6]
    assert one(41, 41)[1:] == [91.4, 100.0]
    assert round(100 * 41 / 54, 1) == 75.9


@pytest.mark.parametrize(
    ("reach", "lower", "upper"),
    [
        ([1200.0, 800, 500], 1200, 2500),
        # What was not told can be anything.
        ([1200.0, 800, np.nan], 1200, None),
        ([np.nan, np.nan, np.nan], None, None),
    ],
)
def test_b2_what_overlaps_adds_up_to_bounds(reach, lower, upper):
    posts = {"level": "all", "subject": "", "part": "", "month": 1, "reach": reach}
    cases = in_windows(pd.DataFrame(posts), Span(1, 1, frozenset([1])), (1,))
    [row] = figure_rows.bounds(cases, "reach", "reach").to_dict("records")
    ends = [row["figure_lower"], row["figure_upper"]]
    assert [None if np.isnan(end) else end for end in ends] == [lower, upper]
    assert row["is_too_few"] == (lower is None)


def test_b8_the_share_of_dwellings_lies_between_the_bounds_of_its_appeals():
    cases = in_windows(
        pd.DataFrame(
            {
                "level": "all", "subject": "", "part": "", "month": 24321,
                "lower": [0.1, 0.3, np.nan], "upper": [0.2, 0.6, np.nan],
            }
        ),
        Span(24321, 24321, frozenset([24321])),
        (1,),
    )  # fmt: skip
    found = figure_rows.mean_bounds(cases, "x", "lower", "upper").iloc[0]
    assert (round(found["figure_lower"], 9), round(found["figure_upper"], 9)) == (
        0.2,
        0.4,
    )
    assert (found["base_count"], found["unknown_count"]) == (2, 1)
    assert np.isnan(found["figure_estimate"])
    assert found["interval_kind"] == "bounds"


def test_b8_the_median_counts_who_still_waits():
    curve = survival.curves(np.zeros(10, np.intp), REPLIES, CAME)
    at = dict(zip(curve.time.tolist(), curve.left.round(4).tolist(), strict=True))
    assert [at[t] for t in (3, 5, 8, 14, 40, 60)] == [
        0.9, 0.8, 0.7, 0.5833, 0.4375, 0.2917,
    ]  # fmt: skip
    wait = survival.quantile(curve, 1)
    assert (wait.estimate[0], wait.lower[0]) == (40, 3)
    assert np.isnan(wait.upper[0])
    assert np.median(REPLIES[CAME]) == 11


def test_b8_a_half_that_is_not_quite_one_is_a_half():
    ten = survival.curves(np.zeros(10, np.intp), np.arange(1.0, 11), np.ones(10, bool))
    assert survival.quantile(ten, 1).estimate[0] == 5


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9), st.booleans()), min_size=1)
)
def test_b8_many_curves_at_once_are_those_of_scipy(cases):
    groups, times, seen = (np.array(values) for values in zip(*cases, strict=True))
    found = survival.curves(groups.astype(np.intp), times.astype(float), seen)
    for group in np.unique(groups):
        mine = groups == group
        data = stats.CensoredData(
            uncensored=times[mine & seen], right=times[mine & ~seen]
        )
        curve = stats.ecdf(data).sf
        ours = found.left[found.group == group]
        assert ours == pytest.approx(
            curve.evaluate(found.time[found.group == group]), abs=1e-12
        )


@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.integers(1, 3)), min_size=1)
)
def test_b8_a_case_that_stands_for_more_is_that_many_cases(cases):
    times, seen, weight = (np.array(values) for values in zip(*cases, strict=True))
    nought = np.zeros(len(times), np.intp)
    found = survival.curves(nought, times.astype(float), seen, weight.astype(float))
    each = (np.repeat(values, weight) for values in (nought, times.astype(float), seen))
    for ours, theirs in zip(found, survival.curves(*each), strict=True):
        assert ours == pytest.approx(theirs, nan_ok=True)


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=8))
def test_b8_two_curves_differ_as_often_by_chance_as_scipy_says(cases):
    times, is_first = (np.array(values) for values in zip(*cases, strict=True))
    times = times.astype(float)
    if is_first.all() or not is_first.any() or len(set(times)) == 1:
        return
    ones, nought = np.ones(len(times)), np.zeros(len(times), np.intp)
    found = survival.log_rank(nought, times, is_first, ones, 1)
    theirs = stats.logrank(
        stats.CensoredData(times[is_first]), stats.CensoredData(times[~is_first])
    )
    assert found[0] == pytest.approx(theirs.pvalue, abs=1e-9)


def test_b9_overlap_and_targeting():
    risk = np.array([0.4, 0.3, 0.2, 0.1])
    walked = np.array([[0.1, 0.2, 0.3, 0.4], [0.5, 0.3, 0.1, 0.1]])
    assert patrolling.overlap(walked, risk) == pytest.approx([0.6, 0.9], abs=1e-9)
    assert patrolling.targeting(walked, risk) == pytest.approx([0.8, 1.28], abs=1e-9)
    assert risk.max() * 4 == 1.6
    assert patrolling.hot_parts(risk).tolist() == [1, 1, 0, 0]


def test_b9_a_long_part_weighs_by_its_hours():
    length = np.array([0.75, 0.25])
    at_any_time = patrolling.targeting(length, np.array([0.5, 0.5]), length)
    assert at_any_time == pytest.approx(1)
    assert patrolling.hot_parts(np.array([0.5, 0.5]), length).tolist() == [0, 1]


def test_b9_signals_per_hour():
    found = rates.exact(np.array([9.0, 0]), np.array([30_000.0, 30_000]))
    assert found.estimate.round(3).tolist() == [0.3, 0]
    assert found.lower.round(3).tolist() == [0.137, 0]
    assert found.upper.round(3).tolist() == [0.569, 0.123]


def test_a2_of_what_nobody_counted_there_is_too_little_to_say():
    counted = pd.DataFrame(
        {"level": "all", "subject": "", "part": "", "month": 1, "appeal_count": 1.0,
         "tip_count": [None, None]}
    ).astype({"tip_count": "Int64"})  # fmt: skip
    span = Span(1, 1, frozenset([1]))
    cases = in_windows(counted, span, (1,))
    [row] = figure_rows.rate(cases, "tips", "tip_count", "appeal_count").to_dict(
        "records"
    )
    assert (row["base_count"], row["unknown_count"]) == (0, 2)
    assert row["is_too_few"]


def test_b10_arrivals_that_are_not_known_are_bounds():
    assert one(52, 60) == [86.7, 75.8, 93.1]
    low, high = between(52, 60, 5)
    assert (round(100 * float(low), 1), round(100 * float(high), 1)) == (80.0, 87.7)


def test_b11_who_was_at_the_briefing():
    assert one(31, 67) == [46.3, 34.9, 58.1]


def test_draws_do_not_depend_on_what_was_asked_before():
    first = resampling.draws(7)
    resampling.draws.cache_clear()
    resampling.draws(8)
    assert (resampling.draws(7) == first).all()
    assert (first.sum(axis=1) == 7).all()


def all_months_of(rows):
    first, last = int(rows["month"].min()), int(rows["month"].max())
    return Span(first, last, frozenset(range(first, last + 1)))


def windows_of(rows):
    """Return the cases by hand: each row again in every window that it is in."""
    first, last = rows["month"].min(), rows["month"].max()
    return {
        (month, length): rows[rows["month"].between(month - length + 1, month)]
        for length in (1, 12)
        for month in range(first + length - 1, last + 1)
    }


def test_a_window_counts_its_months_as_if_each_row_were_copied():
    random = np.random.default_rng(20260101)
    rows = pd.DataFrame(
        {
            "level": "all", "subject": "", "part": "",
            "month": random.integers(24_000, 24_015, 400),
            "top": random.integers(1, 40, 400), "bottom": random.integers(40, 90, 400),
            "is_so": random.random(400) < 0.3,
            "minutes": random.integers(1, 60, 400).astype(float),
        }
    )  # fmt: skip
    cases = in_windows(rows, all_months_of(rows))
    ratio = figure_rows.ratio(cases, "r", "top", "bottom", 999)
    share = figure_rows.shares(cases, "s", "is_so")
    wait = figure_rows.waits(cases, "w", "minutes", "is_so")
    by_hand = windows_of(rows)

    at = list(zip(ratio["month"], ratio["month_count"], strict=True))
    assert sorted(at) == sorted(by_hand)
    for place, key in enumerate(at):
        mine = by_hand[key]
        expected = resampling.ratios_of_sums(
            [mine["top"].to_numpy(float)], [mine["bottom"].to_numpy(float)], 999
        )
        if len(mine) >= figure_rows.FEWEST_POSTS:
            assert ratio.loc[place, ["figure_estimate"]].tolist() == expected[0]
        assert share.loc[place, "event_count"] == mine["is_so"].sum()
        curve = survival.curves(
            np.zeros(len(mine), np.intp), mine["minutes"].to_numpy(),
            mine["is_so"].to_numpy(),
        )  # fmt: skip
        told = wait[wait["measure"] == "w_median"].iloc[place]["figure_estimate"]
        assert told == pytest.approx(
            survival.quantile(curve, 1).estimate[0], nan_ok=True
        )


def test_no_window_holds_a_month_of_which_nothing_was_delivered():
    months = [month for month in range(24_000, 24_030) if month != 24_014]
    rows = pd.DataFrame(
        {"level": "all", "subject": "", "part": "", "month": months, "hours": 1.0}
    )
    span = without_gaps(all_months_of(rows), rows)
    cases = in_windows(rows, span)
    found = figure_rows.totals(cases, "hours", "hours")
    years = found.loc[found["month_count"] == 12, "month"]
    assert span.absent == {24_014}
    assert set(years) == {24_011, 24_012, 24_013, 24_026, 24_027, 24_028, 24_029}
    assert len(found) - len(years) == 29


@given(st.sets(st.integers(24_000, 24_029), min_size=1), st.integers(0, 99))
def test_a_window_is_told_the_same_whether_or_not_others_are(told, seed):
    random = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "level": "all", "subject": "", "part": "",
            "month": np.sort(random.integers(24_000, 24_030, 300)),
            "top": random.integers(1, 40, 300),
            "bottom": random.integers(40, 90, 300),
            "is_so": random.random(300) < 0.3,
        }
    )  # fmt: skip
    whole = all_months_of(rows)
    some = Span(whole.first, whole.last, frozenset(told))
    near = rows[rows["month"].between(some.since, some.until)]
    for measured in (
        lambda cases: figure_rows.ratio(cases, "r", "top", "bottom", 99),
        lambda cases: figure_rows.shares(cases, "s", "is_so"),
        lambda cases: figure_rows.waits(cases, "w", "top", "is_so"),
    ):
        all_told = measured(in_windows(rows, whole))
        found = measured(in_windows(near, some))
        pd.testing.assert_frame_equal(
            all_told[all_told["month"].isin(told)].reset_index(drop=True), found
        )


def test_many_cases_have_the_interval_of_their_draws():
    random = np.random.default_rng(20260101)
    for _ in range(20):
        bottom = random.gamma(2, 50, resampling.MANY)
        top = bottom * random.beta(2, 30, resampling.MANY)
        drawn = resampling.ratios_of_sums([top], [bottom])
        both = np.stack([top, bottom])
        told = resampling.ratio_of_many(len(top), both.sum(axis=1), both @ both.T)
        width = float(drawn[2][0] - drawn[1][0])
        assert told[0] == pytest.approx(drawn[0][0], rel=1e-6)
        assert told[1:] == pytest.approx(
            [float(end[0]) for end in drawn[1:]], abs=width / 10
        )


def test_sums_of_many_cases_lie_as_their_draws_do():
    random = np.random.default_rng(20260101)
    few = random.gamma(2, 50, (resampling.MANY, 3))
    many = np.concatenate([few, few.mean(axis=0)[None]])
    near, exact = (np.stack(resampling.ends(resampling.sums(x))) for x in (many, few))
    width = (exact[1] - exact[0])[None]
    assert (np.abs(near - few.mean(axis=0) - exact) < width / 10).all()
