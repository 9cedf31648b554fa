"""From starts and counts to a verdict, and what the choices on the way hang on."""

import numpy as np
import pandas as pd
import pytest
from bench._planted import Arm, districts

from wijkbeeld.measures.effect.cases import source_of
from wijkbeeld.measures.effect.displacement import difference
from wijkbeeld.measures.effect.groups import grouped
from wijkbeeld.measures.effect.near import pairs
from wijkbeeld.measures.effect.study import measure

OWN, OPEN = "police__incidents", "police__open_data"
NONE = pd.DataFrame(
    {"source": [], "offence_code": [], "month": pd.to_datetime([])}
).astype({"source": "str", "offence_code": "str"})
AREAS = [f"A{number:02d}" for number in range(13)]
START = "2023-06-01"


def study(*areas, start=START, **changes):
    return pd.DataFrame(
        {
            "study_id": "P1", "study_kind": "programme", "kind": "team",
            "study_name": "One", "buurt_code": list(areas),
            "start_month": pd.Timestamp(start), "offence_code": "1.1.1",
            "comparison_buurt_codes": None, "goal_effect": np.nan,
        } | changes
    )  # fmt: skip


def months(factor=1.0, treated=("A00",), source=OWN, others=0):
    """Return counts from 2020 to 2025, with ``factor`` after the start."""
    random, mean = np.random.default_rng(1), 10.0
    names = [*AREAS, *(f"B{number:03d}" for number in range(others))]
    when = pd.date_range("2020-01-01", "2025-12-01", freq="MS")
    after = np.array(when > pd.Timestamp(START))
    parts = [
        pd.DataFrame(
            {
                "source": source, "area_code": name, "offence_code": "1.1.1",
                "month": when, "is_shown": name in AREAS,
                "crime_count": random.poisson(
                    mean * np.where(after & (name in treated), factor, 1.0)
                ).astype(float),
            }
        )
        for name in names
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def primary(rows):
    [row] = rows[rows["is_primary"]].to_dict("records")
    return row


def test_a_large_effect_in_three_of_thirteen_works():
    treated = ("A00", "A01", "A02")
    row = primary(measure(study(*treated), months(0.4, treated), NONE, []))
    assert (row["verdict"], row["design"], row["comparison"]) == (
        "works",
        "wdd",
        "team",
    )
    assert row["effect_upper"] < 0
    assert (row["comparison_area_count"], row["test_count"]) == (10, 1)


def test_nothing_in_three_of_thirteen_is_no_sign():
    row = primary(measure(study("A00", "A01", "A02"), months(), NONE, []))
    assert row["verdict"] == "no sign that it works"
    assert row["minimum_detectable_effect"] <= row["goal_effect"] == 0.4
    assert not row["is_goal_agreed"]


def test_one_area_among_a_dozen_never_works_however_large_the_effect():
    row = primary(measure(study("A00"), months(0.2), NONE, []))
    assert (row["verdict"], row["reason"]) == ("too few to say", "one_area")
    assert row["smallest_probability"] == pytest.approx(1 / 13)


def test_one_area_beside_a_region_can_work():
    rows = measure(study("A00"), months(0.3, source=OPEN, others=60), NONE, [])
    row = primary(rows)
    assert (row["verdict"], row["comparison"]) == ("works", "region")
    synthetic = rows[rows["design"] == "synthetic"].to_dict("records")[0]
    assert synthetic["effect_upper"] < 1


def test_a_kind_of_which_one_buurt_is_left_is_no_study():
    def together(*starts):
        each = [
            study(f"A0{at}", start=start, study_id=f"P{at}")
            for at, start in enumerate(starts)
        ]
        kind = [part.assign(study_id="kind:team", study_kind="kind") for part in each]
        rows = measure(pd.concat([*each, *kind]), months(), NONE, [])
        return rows[rows["study_kind"] == "kind"]

    assert primary(together(START, START))["treated_area_count"] == 2
    # The figures begin in 2020: what was before that start is not known.
    assert together(START, "2019-01-01").empty


def test_an_offence_that_more_is_reported_of_is_not_made_worse():
    treated = ("A00", "A01", "A02")
    counts = months(2.5, treated)
    assert (
        primary(measure(study(*treated), counts, NONE, []))["verdict"] == "made worse"
    )
    row = primary(
        measure(
            study(*treated, offence_code="2.2.1"),
            counts.assign(offence_code="2.2.1"), NONE, [],
        )
    )  # fmt: skip
    assert (row["verdict"], row["reason"]) == (
        "too few to say", "more_reporting_possible",
    )  # fmt: skip


def test_neighbours_are_no_comparison_but_a_zone():
    near = [("A00", area) for area in AREAS[1:5]]
    row = primary(measure(study("A00"), months(), NONE, near))
    assert (row["zone_area_count"], row["comparison_area_count"]) == (4, 8)
    assert row["effect_estimate"] == pytest.approx(
        row["local_estimate"] + row["displacement_estimate"]
    )


def test_an_agreed_comparison_counts_when_it_is_large_enough():
    agreed = study("A00", comparison_buurt_codes="A03 A04 A05 A06")
    row = primary(measure(agreed, months(), NONE, []))
    assert (row["comparison"], row["comparison_area_count"]) == ("agreed", 4)
    few = study("A00", comparison_buurt_codes="A03")
    assert primary(measure(few, months(), NONE, []))["comparison"] == "team"


def test_neither_neighbours_nor_other_starts_are_in_an_agreed_comparison():
    agreed = study("A00", comparison_buurt_codes="A01 A02 A03 A04 A05 A06")
    other = study("A02").assign(study_id="P2")
    both = pd.concat([agreed, other], ignore_index=True)
    rows = measure(both, months(), NONE, [("A00", "A01")])
    row = primary(rows[rows["study_id"] == "P1"])
    assert (row["comparison"], row["comparison_area_count"]) == ("agreed", 4)
    assert row["zone_area_count"] == 1


def test_what_was_agreed_of_one_buurt_is_the_goal_of_all():
    agreed = study("A00", "A01", goal_effect=[np.nan, 0.2])
    row = primary(measure(agreed, months(), NONE, []))
    assert (row["goal_effect"], row["is_goal_agreed"]) == (0.2, True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda counts: counts[counts["month"] <= "2024-01-01"], "too_early"),
        (lambda counts: counts[counts["month"] >= "2023-01-01"], "no_history"),
        (lambda counts: counts.assign(crime_count=counts["crime_count"].mask(
            (counts["month"] == "2023-09-01") & (counts["area_code"] == "A05"))),
         "missing_months"),
        (lambda counts: counts.assign(crime_count=counts["crime_count"] // 9),
         "few_crimes"),
        (lambda counts: counts[counts["area_code"] <= "A03"], "few_comparison_areas"),
    ],
)  # fmt: skip
def test_c8_what_leaves_too_few_to_say(change, reason):
    row = primary(measure(study("A00"), change(months()), NONE, []))
    assert (row["verdict"], row["reason"]) == ("too few to say", reason)
    assert np.isnan(row["effect_estimate"])


def test_c8_a_break_inside_leaves_too_few_to_say():
    broken = pd.DataFrame(
        {"source": [OWN], "offence_code": ["1.1.1"],
         "month": [pd.Timestamp("2023-10-01")]}
    )  # fmt: skip
    row = primary(measure(study("A00"), months(), broken, []))
    assert row["reason"] == "break_inside"


def test_staggered_starts_are_judged_by_the_panel():
    starts = pd.to_datetime(["2023-01-01", "2023-04-01", "2023-09-01"])
    given = study("A00", "A01", "A02").assign(start_month=starts)
    rows = measure(given, months(), NONE, [])
    row = primary(rows)
    assert row["design"] == "panel"
    assert row["effect_lower"] < 1 < row["effect_upper"]
    assert (rows["design"] == "event").sum() == 8


@pytest.mark.parametrize("started", [13, 3])
def test_what_a_panel_could_show_never_contradicts_its_interval(started):
    # Two months apart; where all have started, none is left beside the last.
    starts = pd.date_range("2022-01-01", periods=started, freq="2MS")
    given = study(*AREAS[:started]).assign(start_month=starts)
    row = primary(measure(given, months(), NONE, []))
    # A 95 % interval is 3.92 errors wide; 80 % power takes 2.80 of them (C7).
    wide = np.log(row["effect_upper"] / row["effect_lower"])
    least = 1 - np.exp(-2.8016 * wide / 3.92)
    assert row["minimum_detectable_effect"] == pytest.approx(least, abs=1e-4)


def test_months_help_a_panel_only_while_a_buurt_has_not_started():
    def needed(started):
        starts = pd.date_range("2023-01-01", periods=started, freq="2MS")
        given = study(*AREAS[:started], goal_effect=0.1).assign(start_month=starts)
        return primary(measure(given, months(), NONE, []))

    some, all_of_them = needed(3), needed(13)
    assert some["minimum_detectable_effect"] > 0.1
    assert some["months_needed"] > some["months_after"]
    assert some["months_needed"] % 12 == 0
    assert all_of_them["months_needed"] == 0


def test_the_order_of_what_is_given_changes_nothing():
    given, counts = study("A00", "A01", "A02"), months(0.7, ("A00", "A01"))
    near = [("A00", "A04"), ("A01", "A05")]
    forward = measure(given, counts, NONE, near)
    backward = measure(
        given.iloc[::-1], counts.sample(frac=1, random_state=3), NONE, near[::-1]
    )
    pd.testing.assert_frame_equal(forward, backward)


def test_a_count_that_changes_is_measured_anew_and_nothing_else():
    counts = pd.concat([months(), months().assign(offence_code="1.2.1")])
    given = pd.concat([study("A00"), study("A01", study_id="P2", offence_code="1.2.1")])
    kept = measure(given, counts, NONE, []).assign(fit=-1.0)
    changed = counts.assign(
        crime_count=counts["crime_count"] + (counts["offence_code"] == "1.2.1")
    )
    found = measure(given, changed, NONE, [], kept)
    assert found.loc[found["study_id"] == "P1", "fit"].eq(-1).all()
    assert found.loc[found["study_id"] == "P2", "fit"].isna().all()


def test_own_incidents_are_taken_where_they_hold_a_year_on_either_side():
    def period(text):
        return pd.Period(text, "M")

    own = {OWN: (period("2022-01"), period("2026-01"))}
    reach = own | {OPEN: (period("2012-01"), period("2026-01"))}
    assert source_of([period("2024-01")], reach) == OWN
    assert source_of([period("2015-01")], reach) == OPEN
    assert source_of([period("2025-09")], reach) == OWN
    assert source_of([period("2010-01")], reach) is None


def test_areas_that_touch_are_neighbours():
    def square(x):
        return f"POLYGON (({x} 0, {x + 900} 0, {x + 900} 900, {x} 900, {x} 0))"

    shapes = pd.DataFrame(
        {
            "buurt_code": ["B", "A", "C", "D"],
            "geometry_wkt": [square(910), square(0), square(5000), None],
        }
    )
    assert pairs(shapes) == [("A", "B")]


def test_c10_intervals_cover_and_naive_comparisons_are_fooled():
    made = districts(Arm("NB2"), 600, seed=4)
    before, after = (
        made.counts[:, :, :12].sum(axis=2),
        made.counts[:, :, 13:].sum(axis=2),
    )
    treated = grouped(before, after, made.treated)
    found = difference(treated, grouped(before, after, 1 - made.treated))
    covers = ((found.lower <= 0) & (found.upper >= 0)).mean()
    assert covers == pytest.approx(0.96, abs=0.025)
    z = np.log(treated.after / treated.before) / np.sqrt(
        1 / treated.before + 1 / treated.after
    )
    assert (z < -1.96).mean() > 0.12
