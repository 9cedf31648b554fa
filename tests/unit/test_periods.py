"""Two periods beside each other: which may be compared, and how they differ."""

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures import periods
from wijkbeeld.measures.change import compare, year_on_year

MONTHS = pd.date_range("2023-01-01", "2026-10-01", freq="MS")
OURS = pd.Series("police__incidents", index=MONTHS)


def month(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"{text}-01")


def counts(seed: int = 1, areas: int = 3) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {"buurt_code": f"b{area}", "month": at, "crime_count": int(random.poisson(6))}
        for area in range(areas)
        for at in MONTHS
    )


def test_a6_a_year_against_the_year_before_is_what_the_marts_say():
    months = counts()
    said = periods.compared(months, "twelve", month("2025-10"), month("2026-10"))
    marts = year_on_year(months.assign(offence_code="1.1.1"))
    marts = marts[marts["month"] == month("2026-10")].set_index("buurt_code")

    for name in ("change_ratio", "change_lower", "change_upper"):
        assert said[name].tolist() == pytest.approx(marts[name].tolist())


def test_a6_years_that_begin_in_different_months_are_paired_by_calendar_month():
    one = counts(areas=1)
    said = periods.compared(one, "twelve", month("2024-03"), month("2026-10")).iloc[0]
    wide = one.set_index("month")["crime_count"].astype(float)

    def by_name(end: str) -> np.ndarray:
        year = wide[pd.date_range(end=month(end), periods=12, freq="MS")]
        return year.groupby(year.index.month).sum().to_numpy()

    expected = compare(by_name("2024-03"), by_name("2026-10"))
    assert said["change_lower"] == pytest.approx(float(expected.lower))
    assert said["count_before"] == by_name("2024-03").sum()


def test_a6_of_three_months_the_noise_is_that_of_the_years_around_them():
    one = counts(areas=1)
    said = periods.compared(one, "three", month("2025-10"), month("2026-10")).iloc[0]
    wide = one.set_index("month")["crime_count"]

    assert said["count_now"] == wide["2026-08":"2026-10"].sum()
    assert said["count_before"] == wide["2025-08":"2025-10"].sum()
    assert said["change_lower"] < said["change_ratio"] < said["change_upper"]


def test_a_month_that_is_not_known_leaves_nothing_to_compare():
    months = counts()
    months["crime_count"] = months["crime_count"].astype("Int32")
    gone = (months["month"] == month("2026-02")) & (months["buurt_code"] == "b1")
    months.loc[gone, "crime_count"] = pd.NA
    said = periods.compared(months, "year", month("2024-12"), month("2025-12"))
    later = periods.compared(months, "twelve", month("2025-10"), month("2026-10"))
    together = periods.compared_together(
        months, "twelve", month("2025-10"), month("2026-10")
    )

    assert said["count_now"].notna().all()
    assert later["count_now"].isna().tolist() == [False, True, False]
    assert later["change_upper"].isna().tolist() == [False, True, False]
    assert together["count_now"].isna().all()


def test_periods_never_overlap_and_three_months_keep_their_season():
    latest = month("2026-10")
    twelve = periods.earlier_ends("twelve", latest, OURS, ()).comparable
    three = periods.earlier_ends("three", latest, OURS, ()).comparable

    assert twelve[0] == month("2025-10")
    assert three == [month("2025-10"), month("2024-10")]


def test_a_calendar_year_ends_in_december():
    assert periods.latest_ends("year", OURS) == [month("2025-12"), month("2024-12")]


def test_nothing_is_compared_across_a_break():
    found = periods.earlier_ends("three", month("2026-10"), OURS, [month("2024-06")])

    assert found.comparable == [month("2025-10")]
    assert found.across == [month("2024-10")]


def test_a_break_at_the_first_month_lies_before_the_period():
    found = periods.earlier_ends("three", month("2026-10"), OURS, [month("2023-11")])

    assert found.across == []


def test_nothing_is_compared_across_two_sources():
    sources = OURS.copy()
    sources[: month("2023-12")] = "police__open_data"
    found = periods.earlier_ends("year", month("2025-12"), sources, ())

    assert found.comparable == [month("2024-12")]
    assert found.across == [month("2023-12")]


def test_a_month_that_is_not_complete_ends_no_period():
    sources = OURS.drop(month("2026-02"))

    assert periods.latest_ends("twelve", sources)[0] == month("2026-01")
