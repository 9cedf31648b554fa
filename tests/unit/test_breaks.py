"""The oracles of MEASURES A13 on breaks, and what must hold of any of them."""

import numpy as np
import pandas as pd
import pytest
from unit.test_expectation import published  # noqa: F401 a fixture

from wijkbeeld.measures.breaks import breaks, shift_of

BICYCLES, BURGLARY, CARS = "1.2.3", "1.1.1", "1.2.1"


def series(counts_by_area, first="2018-01-01", ours=None):
    frames = [
        pd.DataFrame(
            {
                "buurt_code": area,
                "offence_code": BICYCLES,
                "month": pd.date_range(first, periods=len(counts), freq="MS"),
                "crime_count": np.array(counts, float),
                "is_shown": ours is None or area in ours,
            }
        )
        for area, counts in counts_by_area.items()
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def found(published):  # noqa: F811 a fixture
    return breaks(published, ours="is_ours")


def test_a13_the_bicycles_of_2014_are_a_break(found):
    bicycles = found[found["offence_code"] == BICYCLES].set_index("month")
    suspected = bicycles[bicycles["is_suspected_break"]]
    # In December one of the 13 buurten stays where it was, and 11 are too few.
    flagged = [f"{m:%Y-%m}" for m in suspected.index]
    assert flagged == ["2013-11", "2014-01", "2014-02"]
    assert suspected.index[suspected["is_strongest"]].tolist() == [
        pd.Timestamp("2014-02-01")
    ]
    january = bicycles.loc["2014-01-01"]
    # MEASURES gives two decimals, and one of the z outside.
    assert january["shift_ratio"] == pytest.approx(397 / 206)
    assert january["shift_z"] == pytest.approx(5.73, abs=0.005)
    assert january["outside_ratio"] == pytest.approx(1.26, abs=0.005)
    assert january["outside_z"] == pytest.approx(8.5, abs=0.05)


def test_a13_fewer_burglaries_are_no_break(found):
    assert BURGLARY not in set(found["offence_code"])


def test_a13_thefts_from_cars_shift_and_are_no_suspected_break(found):
    cars = found[found["offence_code"] == CARS]
    assert not cars["is_suspected_break"].any()
    assert [f"{m:%Y-%m}" for m in cars["month"]] == [
        "2013-11", "2013-12", "2014-01", "2016-11", "2016-12",
    ]  # fmt: skip


def test_a13_no_other_offence_is_suspected(found):
    assert set(found[found["is_suspected_break"]]["offence_code"]) == {BICYCLES}


def test_a_step_of_all_areas_is_found_in_its_month():
    steps = {f"b{n}": [4] * 18 + [9] * 18 for n in range(8)}
    steps |= {f"o{n}": [40] * 18 + [60] * 18 for n in range(3)}
    result = breaks(series(steps, ours={f"b{n}" for n in range(8)}))
    (strongest,) = result[result["is_strongest"]].to_dict("records")
    assert strongest["month"] == pd.Timestamp("2019-07-01")
    assert strongest["is_suspected_break"]


def test_a_step_of_the_team_alone_is_a_shift_and_no_break():
    steps = {f"b{n}": [4] * 18 + [9] * 18 for n in range(8)}
    assert not breaks(series(steps))["is_suspected_break"].any()
    steps |= {f"o{n}": [40] * 36 for n in range(3)}
    result = breaks(series(steps, ours={f"b{n}" for n in range(8)}))
    assert len(result)
    assert not result["is_suspected_break"].any()


def test_a_step_of_one_area_is_none_of_the_team():
    steps = {f"b{n}": [4] * 36 for n in range(7)} | {"b7": [2] * 18 + [90] * 18}
    assert breaks(series(steps)).empty


def test_a_missing_month_hides_what_lies_around_it():
    counts = [4.0] * 18 + [9.0] * 18
    counts[17] = None
    assert breaks(series({f"b{n}": counts for n in range(8)})).empty


def test_the_ends_of_a_series_have_no_year_on_both_sides():
    shift = shift_of(np.arange(1.0, 37))
    known = ~np.isnan(shift.ratio)
    assert known.tolist() == [False] * 12 + [True] * 13 + [False] * 11


def test_no_months_have_no_breaks():
    assert breaks(series({"b1": []})).empty
