"""How a buurt compares with others (MEASURES A6)."""

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures.area_comparison import compare_areas, most_alike

MONTHS = pd.date_range("2025-01-01", periods=12, freq="MS")
HERE, NEXT, FAR = "BU05181785", "BU05181786", "BU05180101"
# Of wijk 17 and of the rest of the city, and one in another municipality.
HOMES = {HERE: 1000, NEXT: 500, FAR: 800, "BU15990101": 900}


def counts(
    per_month: dict[str, float | list[float]],
    shown: tuple[str, ...] = (HERE,),
) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame(
            {
                "source": "police__open_data",
                "offence_code": "1.1.1",
                "area_code": code,
                "month": MONTHS,
                "crime_count": count,
                "is_shown": code in shown,
            }
        )
        for code, count in per_month.items()
    )


def housing(homes: dict[str, int] = HOMES, year: int = 2025) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": list(homes),
            "vintage_year": year,
            "dwelling_count": list(homes.values()),
            "multi_family_pct": 50.0,
            "address_density": 2000.0,
        }
    )


def held(found: pd.DataFrame, kind: str) -> pd.Series:
    [place] = np.flatnonzero(found["compared_with"] == kind)
    return found.iloc[place]


def test_a_ratio_is_per_dwelling_and_has_the_interval_of_two_counts():
    found = compare_areas(counts({HERE: 2, NEXT: 1, FAR: 4}), housing())
    wijk = held(found, "wijk")

    # 24 per 1,000 beside 12 per 500; t(.975, 11) is 2.201, and nothing but Poisson.
    width = 2.200985 * np.sqrt(1 / 24 + 1 / 12)
    assert wijk["ratio_estimate"] == pytest.approx(1.0)
    assert wijk["ratio_lower"] == pytest.approx(np.exp(-width), rel=1e-6)
    assert wijk["ratio_upper"] == pytest.approx(np.exp(width), rel=1e-6)
    assert wijk["month"] == MONTHS[-1]


def test_the_city_is_its_wijken_without_the_buurt_and_no_other_municipality():
    found = compare_areas(
        counts({HERE: 2, NEXT: 1, FAR: 4, "BU15990101": 50}), housing()
    )
    city = held(found, "city")

    assert city["area_count"] == 2
    assert city["other_count_12_months"] == 12 + 48
    assert city["other_dwelling_count"] == 1300


def test_a_city_of_which_only_our_part_was_delivered_is_no_city():
    ours = counts({HERE: 2, NEXT: 1, FAR: 4}, shown=(HERE, NEXT, FAR))

    assert "city" not in set(compare_areas(ours, housing())["compared_with"])


def test_others_of_which_a_month_is_not_known_do_not_count():
    gap = [*[1.0] * 11, np.nan]
    found = compare_areas(counts({HERE: 2, NEXT: gap, FAR: 4}), housing())

    assert "wijk" not in set(found["compared_with"])
    assert held(found, "city")["area_count"] == 1


def test_a_buurt_of_which_a_month_is_not_known_is_not_compared():
    found = compare_areas(counts({HERE: [*[2.0] * 11, np.nan], NEXT: 1}), housing())

    assert found.empty


def test_where_nothing_is_known_of_homes_there_is_nothing_and_no_complaint():
    found = compare_areas(counts({HERE: 2, NEXT: 1}), housing({}))

    assert found.empty
    assert found["month"].dtype.kind == "M"


def test_where_few_homes_stand_nothing_is_compared():
    few = housing(HOMES | {NEXT: 199})
    found = compare_areas(counts({HERE: 2, NEXT: 1, FAR: 4}), few)

    assert "wijk" not in set(found["compared_with"])


def test_homes_are_those_nearest_to_the_middle_of_the_year():
    years = pd.concat(
        [housing({HERE: 400, NEXT: 400}, 2012), housing({HERE: 800, NEXT: 400}, 2026)]
    )
    found = compare_areas(counts({HERE: 2, NEXT: 2}), years)

    assert held(found, "wijk")["ratio_estimate"] == pytest.approx(0.5)


def test_alike_are_the_five_nearest_by_homes_and_not_the_buurt_itself():
    many = {f"BU051801{at:02d}": 1000 * 2**at for at in range(8)}
    alike = most_alike(housing(many))

    assert sorted(alike["BU05180100"]) == [f"BU051801{at:02d}" for at in range(1, 6)]
    assert all(code not in others for code, others in alike.items())


def test_every_crime_of_the_others_is_counted_once():
    random = np.random.default_rng(20260101)
    codes = [f"BU0518{wijk:02d}{at:02d}" for wijk in range(3) for at in range(4)]
    given = counts(
        {code: random.poisson(3, 12).tolist() for code in codes}, shown=(codes[0],)
    )
    city = held(compare_areas(given, housing(dict.fromkeys(codes, 700))), "city")
    per_area = given.groupby("area_code")["crime_count"].sum()

    assert city["count_12_months"] == per_area[codes[0]]
    assert city["other_count_12_months"] == per_area.drop(codes[0]).sum()
