"""The oracles of MEASURES A13 on gaps, and what must hold of any of them."""

import numpy as np
import pandas as pd
import pytest
from unit.test_expectation import published  # noqa: F401 a fixture

from wijkbeeld.measures.completeness import (
    MISSING,
    MISSING_CODE,
    POSSIBLY_INCOMPLETE,
    gaps,
    look,
)

OPEN_DATA = "police__open_data"
NOTHING = pd.DataFrame({"offence_code": [], "month": [], "crime_count": []})
SEED = 20260101


def totals(published, *, is_ours):  # noqa: F811 a fixture
    rows = published[published["is_ours"]] if is_ours else published
    summed = rows.groupby(["offence_code", "month"])["crime_count"].sum().reset_index()
    return summed.assign(source=OPEN_DATA, is_incomplete=False)


@pytest.fixture(scope="module")
def ours(published):  # noqa: F811 a fixture
    return totals(published, is_ours=True)


@pytest.fixture(scope="module")
def around(published):  # noqa: F811 a fixture
    return totals(published, is_ours=False)


def with_month_of_zeros(frame, month):
    zeros = frame[["offence_code", "source"]].drop_duplicates()
    return pd.concat(
        [frame, zeros.assign(month=month, crime_count=0.0, is_incomplete=False)],
        ignore_index=True,
    )


def series(counts, offence="1.1.1", first="2018-01-01"):
    return pd.DataFrame(
        {
            "source": OPEN_DATA,
            "offence_code": offence,
            "month": pd.date_range(first, periods=len(counts), freq="MS"),
            "crime_count": np.array(counts, float),
            "is_incomplete": False,
        }
    )


def test_a13_a_month_of_zeros_is_missing_and_not_zero(ours, around):
    december = pd.Timestamp("2017-12-01")
    found = gaps(with_month_of_zeros(ours, december), around)
    (whole,) = found[found["offence_code"].isna()].to_dict("records")
    assert (whole["month"], whole["flag"]) == (december, MISSING)
    assert whole["expected_count"] == pytest.approx(106.8, abs=0.05)
    assert whole["p_zero"] == pytest.approx(2e-22, rel=0.2)


def test_a13_single_codes_would_catch_two_only(ours):
    counts = ours.pivot_table(index="offence_code", columns="month", aggfunc="sum",
                              values="crime_count")  # fmt: skip
    grid = np.column_stack([counts.to_numpy(), np.zeros(len(counts))])
    looked = look(grid, np.ones(grid.shape[1], bool))
    caught = dict(zip(counts.index, looked.p_zero[:, -1], strict=True))
    assert {code for code, chance in caught.items() if chance <= 1e-4} == {
        "2.2.1", "1.4.5",
    }  # fmt: skip
    assert caught["2.2.1"] == pytest.approx(2e-7, rel=0.3)
    assert caught["1.4.5"] == pytest.approx(2e-6, rel=0.3)


def test_a13_no_real_month_is_flagged(ours, around):
    assert gaps(ours, around).empty
    assert gaps(ours, NOTHING).empty


def test_a13_the_lowest_real_month_is_seen_and_not_flagged(ours):
    total = ours.groupby("month")["crime_count"].sum()
    looked = look(total.to_numpy()[None], np.ones(len(total), bool))
    at = total.index.get_loc(pd.Timestamp("2015-09-01"))
    assert looked.position[0, at] == pytest.approx(0.0009, abs=0.00005)
    assert np.nanargmin(looked.position[0]) == at


@pytest.mark.parametrize("has_area", [True, False])
def test_a13_a_code_that_is_always_zero_is_missing(ours, around, has_area):
    months = ours["month"].unique()
    code = pd.DataFrame({"offence_code": "1.1.7", "month": months, "crime_count": 0.0})
    elsewhere = code.assign(crime_count=40.0)
    area = pd.concat([around, elsewhere]) if has_area else NOTHING
    found = gaps(
        pd.concat([ours, code.assign(source=OPEN_DATA, is_incomplete=False)]), area
    )
    assert set(found["flag"]) == {MISSING_CODE}
    assert set(found["offence_code"]) == {"1.1.7"}
    assert len(found) == len(months)


def test_a13_simulated_series_raise_at_most_one_false_flag_in_a_hundred_years():
    random = np.random.default_rng(SEED)
    runs, length, means = 40, 120, np.array([21, 30, 9, 25, 6, 4, 7, 0.6, 28, 3])
    at = np.arange(length)
    false, years = 0, 0
    for run in range(runs):
        season = 1 + 0.3 * np.cos(2 * np.pi * at / 12)
        shock = np.exp(random.normal(0, (0.1, 0.25)[run % 2], length))
        mean = means[:, None] * season * 0.92 ** (at / 12) * shock
        counts = random.poisson(random.gamma(1 / 0.02, 0.02 * mean))
        frame = pd.concat(series(row, offence=f"o{n}") for n, row in enumerate(counts))
        area = pd.concat(series(row * 8, offence=f"o{n}") for n, row in enumerate(mean))
        # As a run: a month, or a code, that is flagged in several rows is one flag.
        false += len(gaps(frame, area).drop_duplicates(["offence_code", "flag"]))
        years += length / 12 * (len(means) + 1)
    assert false <= years / 100


def test_a_month_of_no_row_is_missing_when_others_follow():
    counts = series([20.0] * 40)
    found = gaps(counts.drop(index=30), NOTHING)
    assert found["month"].tolist() == [counts.at[30, "month"]]
    assert found["flag"].tolist() == [MISSING]


def test_a_total_too_low_to_be_true_is_possibly_incomplete():
    random = np.random.default_rng(SEED)
    counts = random.poisson(60, 48)
    counts[40] = 20
    found = gaps(series(counts), NOTHING)
    assert found["flag"].tolist() == [POSSIBLY_INCOMPLETE]
    assert found["offence_code"].isna().all()


def test_a_month_that_is_still_going_on_is_low_for_another_reason():
    counts = series([60.0] * 40 + [10.0])
    counts.loc[40, "is_incomplete"] = True
    assert gaps(counts, NOTHING).empty


def test_a_gap_is_no_base_for_the_month_after_it():
    counts = series([60.0, 58.0] * 20 + [0.0, 0.0])
    found = gaps(counts, NOTHING)
    assert found["flag"].tolist() == [MISSING, MISSING]
    assert found["expected_count"].tolist() == [59.0, 59.0]


def test_two_years_are_needed_to_tell():
    assert gaps(series([60.0] * 20 + [0.0]), NOTHING).empty


def test_no_months_have_no_gaps():
    assert gaps(series([]), NOTHING).empty
