"""The oracles of MEASURES A16, and what must hold of any list."""

import numpy as np
import pandas as pd
import pytest

from wijkbeeld.measures.focus import (
    PARTS,
    WEIGHTS,
    burden,
    deviation,
    expect_themes,
    focus_list,
    ranks,
    score,
    volume,
)

LAST = pd.Timestamp("2026-10-01")


def one(value):
    return np.array([value], float)


@pytest.mark.parametrize(
    ("seen", "street", "points", "expected"),
    [
        ((9.06, 30, 0.93, 7, 1), -1 / 3, [22.88, 20, 21.5, 5.83, 15], 80.21),
        ((5.98, 12, 0.60, 5, 0), 2 / 3, [15.10, 17.78, 5, 4.17, 0], 52.05),
    ],
)
def test_a16_scores(seen, street, points, expected):
    rate, count, position, above, zone = (one(value) for value in seen)
    parts = np.column_stack(
        [
            burden(rate, one(5.94)),
            volume(count, one(54)),
            deviation(position, np.array([True])),
            above / 12,
            zone,
        ]
    )
    assert (parts * WEIGHTS)[0].tolist() == pytest.approx(points, abs=0.01)
    assert score(parts, one(1), one(street))[0] == pytest.approx(expected, abs=0.01)


def test_what_is_not_known_adds_nothing():
    nothing = one(np.nan)
    assert burden(nothing, one(5)) == burden(one(3), nothing) == [0]
    assert volume(nothing, one(5)) == volume(one(0), one(0)) == [0]
    assert deviation(one(0.99), np.array([False])) == [0]
    assert deviation(one(0.2), np.array([True])) == [0]


def test_no_part_is_more_than_one():
    assert burden(one(50), one(5)) == volume(one(50), one(50)) == [1]


def test_a_theme_that_weighs_twice_as_much_does_so_without_the_street():
    parts = np.full((1, 5), 0.5)
    assert score(parts, one(2), one(1))[0] == 2 * 50 + 15


def test_equals_stand_in_the_order_they_came_in():
    # So many that a sort that is not stable would mix them.
    placed = ranks(np.full((40, 5), 1 / 3), np.ones(40), np.zeros(40))
    in_order = list(range(1, 41))
    assert placed.rank.tolist() == placed.lower.tolist() == in_order
    assert placed.upper.tolist() == in_order


def test_a_line_that_leads_in_all_is_first_whatever_the_weights():
    parts = np.vstack([np.full(5, 0.9), np.full(5, 0.1)])
    placed = ranks(parts[::-1], np.ones(2), np.zeros(2))
    assert placed.rank.tolist() == [2, 1]
    assert placed.lower.tolist() == placed.upper.tolist() == [2, 1]


def test_lines_that_lean_on_other_parts_change_places_with_the_weights():
    parts = np.array([[1, 0, 0, 0, 0], [0, 0, 1, 0.5, 0], [0, 0, 0, 0, 0.1]])
    placed = ranks(parts, np.ones(3), np.zeros(3))
    assert placed.rank.tolist() == [1, 2, 3] or placed.rank.tolist() == [2, 1, 3]
    assert placed.lower.tolist() == [1, 1, 3]
    assert placed.upper.tolist() == [2, 2, 3]


def test_no_lines_have_no_ranks():
    assert ranks(np.empty((0, 5)), np.empty(0), np.empty(0)).rank.tolist() == []


BUURTEN = [f"b{number}" for number in range(6)]


def months_of(counts_of, length=48):
    every = pd.date_range(end=LAST, periods=length, freq="MS")
    return pd.concat(
        pd.DataFrame(
            {
                "source": "own", "theme": theme, "buurt_code": buurt, "month": every,
                "crime_count": np.asarray(counts_of(theme, at), float),
                "is_shown": True,
            }
        )
        for theme in ("auto", "woning")
        for at, buurt in enumerate(BUURTEN)
    )  # fmt: skip


def lines_of(months, **changes):
    last_year = months[months["month"] > LAST - pd.DateOffset(months=12)]
    counts = last_year.groupby(["theme", "buurt_code"])["crime_count"].sum()
    return counts.rename("count_12_months").reset_index().assign(
        source="own", month=LAST, base_count=1500, is_residential=True,
        months_since_break=None, months_since_late=None, is_zone_active=False,
        theme_weight=1.0,
        street_judgement=None,
    ).assign(**changes)  # fmt: skip


@pytest.fixture(scope="module")
def months():
    random = np.random.default_rng(1)
    made = months_of(lambda _theme, at: random.poisson(1 + 2 * at, 48))
    is_last = (made["month"] >= "2026-08-01") & (made["buurt_code"] == "b1")
    return made.assign(crime_count=made["crime_count"] + 6 * is_last)


def test_a_list_holds_every_line_once_with_parts_that_make_its_score(months):
    found = focus_list(lines_of(months), expect_themes(months))
    assert found["rank"].tolist() == list(range(1, 13))
    assert found["score"].is_monotonic_decreasing
    parts = found[list(PARTS)].to_numpy(float)
    assert ((parts >= 0) & (parts <= 1)).all()
    assert (parts @ WEIGHTS).tolist() == pytest.approx(found["score"].tolist())
    assert (found["rank_lower"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_upper"]).all()


def test_a_buurt_that_rises_stands_above_its_equals(months):
    found = focus_list(lines_of(months), expect_themes(months)).set_index(
        ["theme", "buurt_code"]
    )
    assert found.loc[("woning", "b1"), "deviation"] > 0.9
    assert found.loc[("woning", "b1"), "status_3_months"] == "higher"
    assert found.loc[("woning", "b1"), "rank"] < found.loc[("woning", "b2"), "rank"]


def test_the_order_of_the_rows_changes_nothing(months):
    lines = lines_of(months)
    shuffled = focus_list(
        lines.sample(frac=1, random_state=2),
        expect_themes(months.sample(frac=1, random_state=3)),
    )
    pd.testing.assert_frame_equal(focus_list(lines, expect_themes(months)), shuffled)


def test_over_a_break_nothing_is_compared(months):
    found = focus_list(lines_of(months, months_since_break=3), expect_themes(months))
    assert (found[["burden", "volume", "deviation", "persistence"]] == 0).all(axis=None)
    assert found["note"].str.contains("definition_break").all()


@pytest.mark.parametrize("months_since_late", [0, 1, 2])
def test_three_months_of_which_reports_are_to_come_get_no_verdict(
    months, months_since_late
):
    lines = lines_of(months)
    is_late = lines["theme"] == "woning"
    late = pd.Series(np.where(is_late, months_since_late, None), index=lines.index)
    before = focus_list(lines, expect_themes(months))
    found = focus_list(lines.assign(months_since_late=late), expect_themes(months))
    grown = found[found["theme"] == "woning"]
    assert (before.query("theme == 'woning'")["deviation"] > 0).any()
    assert (grown["deviation"] == 0).all()
    assert (grown["status_3_months"] == "too few to say").all()
    assert grown["note"].str.contains("late_reports").all()
    assert not grown["note"].str.contains("too_few").any()
    same = ["burden", "volume", "persistence", "count_3_months", "position_3_months"]
    keys = ["theme", "buurt_code"]
    pd.testing.assert_frame_equal(
        found.set_index(keys)[same].sort_index(),
        before.set_index(keys)[same].sort_index(),
    )
    other = found[found["theme"] == "auto"].set_index("buurt_code")
    untouched = before[before["theme"] == "auto"].set_index("buurt_code")
    assert other["deviation"].to_dict() == untouched["deviation"].to_dict()


def test_street_knowledge_without_figures_is_a_line_and_says_so(months):
    lines = lines_of(months)
    alone = lines.head(1).assign(theme="jeugd", source=None, month=None,
                                 count_12_months=None, base_count=None,
                                 street_judgement=1.0)  # fmt: skip
    found = focus_list(pd.concat([lines, alone]), expect_themes(months)).set_index(
        "theme"
    )
    assert found.loc["jeugd", "score"] == 15
    assert found.loc["jeugd", "note"] == "no_figures"


def test_an_estate_has_no_burden_and_keeps_its_volume(months):
    lines = lines_of(months)
    is_estate = lines["buurt_code"] == "b5"
    found = focus_list(lines.assign(is_residential=~is_estate), expect_themes(months))
    estate = found[found["buurt_code"] == "b5"]
    assert (estate["burden"] == 0).all()
    assert (estate["volume"] == 1).all()
    assert estate["note"].str.contains("no_rate").all()


def test_no_lines_make_an_empty_list(months):
    assert focus_list(lines_of(months).head(0), expect_themes(months.head(0))).empty


def test_equal_lines_stand_by_theme_and_buurt_whatever_order_they_come_in(months):
    lines = lines_of(months)
    # So many that a sort that is not stable would mix them.
    equal = pd.concat(
        lines.head(1).assign(theme="jeugd", buurt_code=f"b{at:02}", source=None,
                             month=None, count_12_months=None, base_count=None)
        for at in range(40)
    )  # fmt: skip
    found = focus_list(equal.sample(frac=1, random_state=5), expect_themes(months))
    assert found["score"].nunique() == 1
    assert found["buurt_code"].tolist() == [f"b{at:02}" for at in range(40)]
