"""The oracles of MEASURES A11, and what is said of few crimes."""

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures.concentration import concentration, concentrations


@pytest.mark.parametrize(
    ("counts", "places", "gini", "generalised"),
    [
        ([1] * 10, 100, 0.900, 0.0),
        ([1, 1, 2, 3, 3], 100, 0.962, 0.620),
        ([0] * 95 + [3, 1, 2, 1, 3], 100, 0.962, 0.620),
        ([5, 3, 1, 1], 4, 0.350, 0.350),
    ],
)
def test_a11_gini(counts, places, gini, generalised):
    found = concentration(np.array(counts), places)
    assert found.gini == pytest.approx(gini, abs=0.0005)
    assert found.generalised_gini == pytest.approx(generalised, abs=0.0005)


def test_a11_the_busiest_twentieth_may_be_a_part_of_a_place():
    assert concentration(np.array([6, 4]), 20).share_top == pytest.approx(0.6)
    assert concentration(np.array([6, 4]), 30).share_top == pytest.approx(0.8)
    assert concentration(np.array([6, 4]), 10).share_top == pytest.approx(0.3)


def crimes(number, spread, code="1.1.1", **columns):
    random = np.random.default_rng(5)
    points = random.integers(0, spread, (2, number)) * 125 + 60.0
    values = {"offence_code": code, "x_rd": points[0], "y_rd": points[1]}
    return pd.DataFrame(values | {"is_counted": True} | columns)


def test_a11_crimes_that_fall_anywhere_are_not_concentrated():
    everywhere = crimes(5000, 20, is_counted=False)
    both = pd.concat([everywhere, crimes(400, 20)], ignore_index=True)
    found = concentrations(both).iloc[0]
    assert found["gini_generalised_lower"] < found["gini_generalised_estimate"]
    assert found["gini_generalised_estimate"] < found["gini_generalised_upper"] < 0.6
    assert (
        found["share_top_5_percent_lower"]
        < found["share_by_chance"]
        < found["share_top_5_percent_upper"]
    )


def test_a11_crimes_on_few_of_many_places_are():
    everywhere = crimes(3000, 20, is_counted=False)
    found = concentrations(pd.concat([everywhere, crimes(300, 5)], ignore_index=True))
    assert found["place_count"].tolist() == [400]
    assert found["crime_count"].tolist() == [300]
    assert found["share_top_5_percent_lower"].item() > found["share_by_chance"].item()


def test_a11_fewer_than_fifty_are_too_few_to_say():
    found = concentrations(
        pd.concat([crimes(49, 20), crimes(5, 20, x_rd=np.nan)], ignore_index=True)
    )
    assert found["is_too_few"].tolist() == [True]
    assert found["crime_count"].tolist() == [49]
    assert found["no_point_count"].tolist() == [5]
    assert found.filter(regex="estimate|lower|upper").isna().all(axis=None)


def test_a11_no_share_of_crimes_that_all_fit_in_the_top():
    everywhere = crimes(9000, 40, is_counted=False)
    found = concentrations(pd.concat([everywhere, crimes(60, 40)], ignore_index=True))
    assert found.filter(like="share_top").isna().all(axis=None)
    assert found["gini_generalised_upper"].notna().all()


def test_a11_the_order_of_rows_is_no_matter():
    known = pd.concat([crimes(90, 9), crimes(80, 6, "1.2.1")], ignore_index=True)
    mixed = known.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(concentrations(known), concentrations(mixed))


def test_a11_without_crimes_there_is_no_row():
    assert concentrations(crimes(0, 9)).empty
