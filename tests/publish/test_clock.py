"""E: the clock of the week that residents see, attacked with a solver."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from publish import cubes
from publish.test_cube import FEW, attacked

from wijkbeeld.publish import protection

DECEMBER = date(2024, 12, 1)
BUSY = [[60] * 12] * 3


def parts(path):
    return {
        row["area_code"]: (row["crime_count"], row["reason"])
        for row in cubes.rows(path, replaced=False)
        if row["level"] == "clock"
    }


def of_year(*weights, months=12):
    """Weights that come to the given ones in a year, over the parts of the week."""
    return [[weight / 12 for weight in weights]] * months


def test_a_clock_of_fifty_is_told_in_fives_of_its_exact_weights(tmp_path):
    weights = of_year(0, 2.25, 7.25, 7.75, 12.25, 12.75, 5, 2.75)
    shown = parts(cubes.release(tmp_path, BUSY, weights=weights))
    assert [shown[part] for part in cubes.HOURS] == [
        (0, None),
        (None, "small_count"),
        (5, None),
        (10, None),
        (10, None),
        (15, None),
        (5, None),
        (None, "small_count"),
    ]
    # 50 exactly, which is not the sum of the parts.
    assert shown["all"] == (50, None)


def test_a_clock_of_a_year_with_a_month_that_did_not_come_says_at_least(tmp_path):
    path = cubes.release(tmp_path, BUSY, weights=of_year(*[12] * 8), missing=[3])
    told = {
        row["area_code"]: (row["crime_count"], row["is_lower_bound"])
        for row in cubes.rows(path)
        if row["level"] == "clock"
    }
    assert told["all"] == (90, True)
    assert told["night weekday"] == (10, True)
    assert attacked(path) == []


def test_under_fifty_there_is_no_clock_and_that_is_said(tmp_path):
    weights = of_year(49, *[0] * 7)
    shown = parts(cubes.release(tmp_path, BUSY, weights=weights))
    assert shown == {"all": (None, "too_few")}


def test_weekend_begins_on_friday_evening_and_ends_on_monday_morning(
    tmp_path, monkeypatch
):
    hours = {"17": 4 * 24 + 17, "18": 4 * 24 + 18, "5": 5, "6": 6}
    monkeypatch.setattr(cubes, "HOURS", hours)
    shown = parts(cubes.release(tmp_path, BUSY, weights=of_year(10, 20, 30, 40)))
    assert {part: count for part, (count, _) in shown.items() if count} == {
        "afternoon weekday": 10,
        "evening weekend": 20,
        "night weekend": 30,
        "morning weekday": 40,
        "all": 100,
    }


def test_a_month_less_than_twelve_makes_no_clock(tmp_path):
    weights = of_year(60, *[0] * 7, months=11)
    counts = [[60] * 11] * 3
    assert parts(cubes.release(tmp_path, counts, weights=weights)) == {}


# A clock of all 108 says 107.5 or more; two months of 50 are no more than 52 each, so
# the last one would be 4.
TOLD = [[52, *[0] * 11], [0, 52, *[0] * 10], [*[0] * 11, 4]]


def of_a_clock_that_tells(folder):
    weights = [[sum(of_month), *[0] * 7] for of_month in zip(*TOLD, strict=True)]
    return cubes.release(folder, TOLD, weights=weights)


def test_a_clock_that_tells_what_a_month_was_goes_and_no_other_figure(tmp_path):
    path = of_a_clock_that_tells(tmp_path)
    assert attacked(path) == []
    protected = [row for row in cubes.rows(path) if row["reason"] == "protected"]
    assert {row["level"] for row in protected} == {"clock"}


def test_without_the_audit_that_clock_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(protection, "_told", lambda *_: [])
    path = of_a_clock_that_tells(tmp_path)
    assert ("month", "team", DECEMBER, 4, 4) in attacked(path)


@settings(FEW, max_examples=3)
@given(
    st.lists(
        st.lists(st.sampled_from([0, 0, 0, 1, 2, 5]), min_size=8, max_size=8),
        min_size=14,
        max_size=14,
    )
)
def test_e6_clocks_of_all_past_months_together_tell_nothing(
    tmp_path_factory, incidents
):
    folder = tmp_path_factory.mktemp("clock")
    # A third of an evening may have been a night.
    weights = [
        [
            n[0] + n[3] / 3,
            n[1],
            n[2],
            n[3] * 2 / 3,
            n[4] + n[7] / 3,
            *n[5:7],
            n[7] * 2 / 3,
        ]
        for n in incidents
    ]
    counts = [[sum(n) for n in incidents], [1] * 14, [3] * 14]
    files = []
    for months in (12, 13, 14):
        files.append(
            cubes.release(
                folder,
                [each[:months] for each in counts],
                today=date(2025, months - 11, 10),
                earlier=files[-1] if files else None,
                weights=weights[:months],
            )
        )
    assert attacked(*files, wanted=cubes.rows(files[-1], replaced=False)) == []
