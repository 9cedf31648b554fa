"""The oracles of MEASURES A9."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity

from wijkbeeld.measures.clusters import (
    clusters,
    gi_star,
    local_moran,
    moran,
    neighbours,
    smallest_p,
)

LATTICE = np.array([9, 6, 1, 6, 5, 1, 1, 1, 0], float)
SQUARES = [
    shapely.box(column, 3 - row, column + 1, 4 - row).wkt
    for row in range(3)
    for column in range(3)
]
REAL = Path(__file__).parents[3] / "shared" / "data"
OUTLINES = REAL / "cbs" / "loosduinen_buurten_2023.geojson"
CRIMES = REAL / "police_open_data/47022NED_TypedDataSet_loosduinen_2011_2017.json"


def test_a9_moran_of_a_lattice():
    found = moran(LATTICE, neighbours(SQUARES))
    assert found.estimate == pytest.approx(0.2708, abs=1e-4)
    assert found.expected == -0.125


def test_a9_gi_star_of_a_lattice_is_undefined_in_its_centre():
    found = gi_star(LATTICE, neighbours(SQUARES)).round(3).tolist()
    assert found[:4] == [2.654, 1.767, -0.070, 1.767]
    assert np.isnan(found[4])
    assert found[5:] == [-1.325, -0.070, -1.325, -1.327]


def test_the_local_parts_add_up_to_the_whole():
    touch = neighbours(SQUARES)
    parts = local_moran(LATTICE, touch)
    # Scaled by n - 1 where the whole is by n.
    assert parts.sum() / (len(parts) - 1) == pytest.approx(
        moran(LATTICE, touch).estimate
    )


def test_a9_an_area_with_few_neighbours_can_never_be_found():
    touch = np.zeros((13, 13), bool)
    for at, of in enumerate((2, 3, 4)):
        touch[at, 3 : 3 + of] = True
    assert smallest_p(touch)[:3] == pytest.approx([1 / 66, 1 / 220, 1 / 495])


def buurten():
    """Return the outlines of the thirteen by their codes, in that order."""
    features = json.loads(OUTLINES.read_text("utf-8"))["features"]
    found = {
        one["properties"]["statcode"]: shapely.geometry.shape(one["geometry"]).wkt
        for one in features
    }
    return dict(sorted(found.items()))


@pytest.mark.skipif(not OUTLINES.exists(), reason="the real outlines are not here")
def test_a9_the_thirteen_buurten_touch_as_many_others():
    counts = neighbours(list(buurten().values())).sum(axis=1).tolist()
    assert counts == [4, 6, 5, 3, 4, 2, 5, 6, 3, 6, 5, 5, 6]


@pytest.mark.skipif(not CRIMES.exists(), reason="the real open data are not here")
def test_a9_burglaries_of_2016_lie_beside_each_other_by_chance():
    outlines = buurten()
    counts = dict.fromkeys(outlines, 0)
    for row in json.loads(CRIMES.read_text("utf-8"))["value"]:
        is_burglary = row["SoortMisdrijf"].strip() == "1.1.1"
        buurt = row["WijkenEnBuurten"].strip()
        if is_burglary and buurt in counts and row["Perioden"].startswith("2016MM"):
            counts[buurt] += row["GeregistreerdeMisdrijven_1"] or 0
    values = np.array(list(counts.values()), float)
    assert values.sum() == 167

    touch = neighbours(list(outlines.values()))
    found = moran(values, touch)
    assert found.estimate == pytest.approx(-0.146, abs=5e-4)
    # One-sided in the oracle, from 999 shuffles of its own: within three times their
    # error of .014; ours is two-sided.
    assert found.p_value / 2 == pytest.approx(0.29, abs=0.043)
    metres = [
        shapely.affinity.scale(
            shapely.from_wkt(one), 68_000, 111_000, origin=(0, 0)
        ).wkt
        for one in outlines.values()
    ]
    judged = clusters(pd.DataFrame({"rate": values, "geometry_wkt": metres}))
    assert judged["p_adjusted"].min() > 0.05


def test_p_values_are_those_of_chance_and_the_same_each_time():
    # In metres: what lies within one of them touches.
    large = [shapely.affinity.scale(shapely.from_wkt(one), 500, 500, origin=(0, 0)).wkt
             for one in SQUARES]  # fmt: skip
    areas = pd.DataFrame({"rate": LATTICE, "geometry_wkt": large})
    found = clusters(areas)
    pd.testing.assert_frame_equal(found, clusters(areas))
    assert found["neighbour_count"].tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]
    assert (found["p_adjusted"] >= found["p_value"]).all()
    # All others are its neighbours: however they are dealt, it is the same.
    assert found.loc[4, "p_value"] == 1 or found.loc[4, "smallest_p"] == 1


def test_equal_rates_are_no_pattern():
    found = moran(np.ones(9), neighbours(SQUARES))
    assert np.isnan(found.estimate)
