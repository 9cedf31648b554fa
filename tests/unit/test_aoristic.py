"""The oracles of MEASURES A8, and what is said of few incidents."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld.measures.aoristic import (
    HOURS_OF_WEEK,
    UNIT,
    cell_of_hour,
    clock_hours,
    clock_of_years,
    judge,
    shares,
    spread,
)

BUURT, CODE = "BU05181786", "1.1.1"


def utc(local):
    there = pd.DatetimeIndex([local]).tz_localize("Europe/Amsterdam", ambiguous=[True])
    return there.tz_convert("UTC").tz_localize(None).to_numpy()


def clock(from_local, to_local):
    found = spread(utc(from_local), utc(to_local))
    weights = np.bincount(found.hour_of_week, found.weight, HOURS_OF_WEEK)
    return {int(hour): float(weights[hour]) for hour in np.flatnonzero(weights)}


def test_a8_a_friday_night():
    found = clock("2026-11-20 22:30", "2026-11-21 01:15")
    assert found == pytest.approx(
        {118: 0.5 / 2.75, 119: 1 / 2.75, 120: 1 / 2.75, 121: 0.25 / 2.75}
    )
    assert [round(w, 4) for w in found.values()] == [0.1818, 0.3636, 0.3636, 0.0909]


def test_a8_the_hour_that_is_skipped_in_march():
    assert clock("2026-03-29 00:30", "2026-03-29 04:30") == pytest.approx(
        {144: 1 / 6, 145: 1 / 3, 147: 1 / 3, 148: 1 / 6}
    )


def test_a8_the_hour_that_comes_twice_in_october():
    assert clock("2026-10-25 01:30", "2026-10-25 03:30") == pytest.approx(
        {145: 1 / 6, 146: 2 / 3, 147: 1 / 6}
    )


def test_a8_a_week_with_a_skipped_hour_is_167_hours():
    found = clock("2026-03-23", "2026-03-30")
    assert found == pytest.approx(
        {hour: 1 / 167 for hour in range(HOURS_OF_WEEK) if hour != 146}
    )
    assert judge(utc("2026-03-23"), utc("2026-03-30")).is_informative.all()


def test_a8_a_week_with_an_hour_twice_says_nothing():
    found = clock("2026-10-19", "2026-10-26")
    assert found == pytest.approx(dict.fromkeys(range(HOURS_OF_WEEK), 1 / 168))
    assert not judge(utc("2026-10-19"), utc("2026-10-26")).is_informative.any()


def test_a8_a_moment_is_in_its_hour():
    assert clock("2026-11-24 12:00", "2026-11-24 12:00") == {36: 1}
    assert clock("2026-11-24 12:00", "2026-11-24 13:00") == {36: 1}


def test_a8_without_an_end_there_is_no_weight():
    begin, never = utc("2026-11-24 12:00"), np.array(["NaT"], "datetime64[us]")
    assert len(spread(begin, never).weight) == 0
    assert not judge(begin, never).is_known.any()


def test_a8_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        spread(utc("2026-11-24 12:00"), utc("2026-11-24 11:59"))


MINUTES = st.tuples(st.integers(0, 40 * 366 * 24 * 60), st.integers(0, 9 * 24 * 60))


@given(st.lists(MINUTES, min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_a8_the_weights_of_each_incident_add_up_to_one(windows):
    minutes = np.array(windows, np.int64)
    from_at = minutes[:, 0].view("datetime64[m]").astype("datetime64[us]")
    to_at = from_at + minutes[:, 1].astype("timedelta64[m]")
    found = spread(from_at, to_at)
    sums = np.bincount(found.incident, found.weight, len(windows))
    assert np.abs(sums - 1).max() < 1e-9
    assert (found.weight > 0).all()
    assert (found.hour_of_week < HOURS_OF_WEEK).all()


# -- the parts of the week


def test_a8_the_weekend_is_from_friday_evening_to_monday_morning():
    cells = cell_of_hour()
    assert np.bincount(cells).tolist() == [24, 18, 30, 12, 30, 12, 24, 18]
    assert cells[[4 * 24 + 17, 4 * 24 + 18, 5, 6]].tolist() == [4, 7, 1, 2]


def incidents(number, seed=1, **columns):
    random = np.random.default_rng(seed)
    begin = pd.Timestamp("2025-11-03") + pd.to_timedelta(
        random.integers(0, 355 * 24 * 60, number), "min"
    )
    length = random.choice([0, 20, 90, 480, 600, 3000], number)
    values = {
        "buurt_code": BUURT,
        "offence_code": CODE,
        "month": begin.to_period("M").to_timestamp(),
        "occurred_from_at": begin,
        "occurred_to_at": begin + pd.to_timedelta(length, "min"),
    }
    return pd.DataFrame(values | columns)


KEYS = ["buurt_code", "offence_code", "month"]
YEAR = pd.Series(pd.date_range("2025-11-01", periods=12, freq="MS"))


def test_a8_the_interval_is_that_of_999_resamples_of_incidents():
    known = incidents(120)
    year = clock_of_years(clock_hours(known, KEYS), YEAR)
    ours = year[year["level"] == "buurt"]

    found = spread(
        known["occurred_from_at"].to_numpy(), known["occurred_to_at"].to_numpy()
    )
    cell = found.incident * 8 + cell_of_hour()[found.hour_of_week]
    each = np.bincount(cell, found.weight, 8 * 120).reshape(120, 8)
    assert ours["share_estimate"].to_numpy() == pytest.approx(each.mean(0), abs=1e-7)
    drawn = np.random.default_rng(20260101).integers(0, 120, (999, 120))
    lower, upper = np.quantile(each[drawn].mean(1), [0.025, 0.975], axis=0)
    # Of 999 resamples an end is known to about a twelfth of the half width.
    half = (upper - lower) / 2
    assert (np.abs(ours["share_lower"].to_numpy() - lower) < 0.25 * half).all()
    assert (np.abs(ours["share_upper"].to_numpy() - upper) < 0.25 * half).all()


def test_a8_none_of_so_many_has_the_upper_bound_of_none():
    mean, lower, upper = shares(
        np.array([0.0, 60]), np.array([0.0, 60]), np.array([60.0, 60])
    )
    assert mean.tolist() == [0, 1]
    assert lower == pytest.approx([0, 0.025 ** (1 / 60)])
    assert upper == pytest.approx([1 - 0.025 ** (1 / 60), 1])


def test_a8_every_incident_has_its_weight_in_the_sums_or_is_counted_apart():
    known = incidents(300)
    known.loc[:9, "occurred_to_at"] = pd.NaT
    known.loc[10:29, "occurred_to_at"] = known["occurred_from_at"] + pd.Timedelta("7D")
    hours = clock_hours(known, KEYS)
    counts = hours.filter(like="_count").sum()
    assert counts["time_unknown_count"] == 10
    assert counts["uninformative_count"] == 20
    assert counts["informative_count"] == 270
    assert hours["weight_billionths"].sum() * UNIT == pytest.approx(270, abs=1e-5)
    mixed = clock_hours(known.sample(frac=1, random_state=1), KEYS)
    pd.testing.assert_frame_equal(hours, mixed)


def test_a8_fewer_than_fifty_informative_incidents_are_too_few_to_say():
    parts = [incidents(49), incidents(50, 2, buurt_code="BU05181894")]
    year = clock_of_years(clock_hours(pd.concat(parts), KEYS), YEAR)
    assert year["month"].unique().tolist() == [pd.Timestamp("2026-10-01")]
    shown = year.groupby(["level", "area_code"], dropna=False)["share_estimate"].sum()
    assert shown.to_dict() == pytest.approx(
        {("buurt", BUURT): 0, ("buurt", "BU05181894"): 1, ("team", np.nan): 1},
        nan_ok=True,
    )
    few = year[year["area_code"] == BUURT]
    assert few["is_too_few"].all()
    assert few[["share_estimate", "share_lower", "share_upper"]].isna().all(axis=None)
    assert few["informative_count"].unique().tolist() == [49]
    assert year["is_too_few_for_hours"].all()
    assert (
        year.groupby(["level", "area_code"], dropna=False)["hours_share"]
        .sum()
        .eq(1)
        .all()
    )


def test_a8_a_year_with_a_month_that_is_not_complete_is_not_told():
    hours = clock_hours(incidents(100), KEYS)
    assert clock_of_years(hours, YEAR.drop(5)).empty


def test_a8_without_incidents_there_is_no_clock():
    none = clock_hours(incidents(0), KEYS)
    assert none.empty
    assert clock_of_years(none, YEAR).empty
    assert clock_of_years(none, YEAR.head(0)).empty


def test_the_square_of_an_hour_is_that_of_whole_incidents():
    windows = [
        ("2026-11-20 22:30", "2026-11-21 01:15"),
        ("2026-11-20 23:00", "2026-11-20 23:00"),
        ("2026-10-25 01:30", "2026-10-25 03:30"),
    ]
    incidents = pd.DataFrame(
        {
            "buurt_code": BUURT,
            "occurred_from_at": [utc(begin)[0] for begin, _end in windows],
            "occurred_to_at": [utc(end)[0] for _begin, end in windows],
        }
    )
    found = clock_hours(incidents, ["buurt_code"]).dropna(subset=["hour_of_week"])
    squares = found.set_index("hour_of_week")["hour_square_billionths"] * UNIT
    expected = dict.fromkeys(range(HOURS_OF_WEEK), 0.0)
    for window in windows:
        for hour, weight in clock(*window).items():
            expected[hour] += weight**2

    assert squares.to_dict() == pytest.approx(
        {hour: square for hour, square in expected.items() if square}, abs=1e-8
    )
