"""Of rounded counts no more is said than every count behind them carries."""

import pandas as pd

from wijkbeeld.measures import rounded


def cells(*counts, is_lower_bound=False, reason=None):
    return pd.DataFrame(
        {
            "crime_count": pd.array(counts, "Int32"),
            "reason": pd.Series([reason] * len(counts), dtype=object),
            "is_lower_bound": [is_lower_bound] * len(counts),
        }
    )


def words(areas, months, bases):
    areas = areas.assign(base_count=pd.array(bases, "Int32"))
    areas = areas.join(rounded.per_1000(areas, "dwellings"))
    return rounded.against(areas, months)


def test_of_a_count_that_may_be_more_the_most_is_not_known():
    known, bound = cells(10), cells(10, is_lower_bound=True)

    assert rounded.spans(known).iloc[0].tolist() == [8, 12]
    assert rounded.spans(bound)["least"].tolist() == [8]
    assert rounded.spans(bound)["most"].isna().all()


def test_an_area_that_may_have_more_has_no_upper_rate_and_is_not_called_fewer():
    months = cells(*[50] * 12)
    exact = words(cells(5, 300, 300), months, [2000, 2000, 2000])
    areas = pd.concat(
        [cells(5, is_lower_bound=True), cells(300, 300)], ignore_index=True
    ).assign(base_count=2000)

    assert exact[0] == "fewer"
    assert words(areas, months, [2000] * 3)[0] == "no difference"
    assert rounded.per_1000(areas, "dwellings")["rate_upper"].isna().tolist() == [
        True, False, False
    ]  # fmt: skip


def test_no_area_is_called_more_when_all_together_may_be_more():
    bases, whole = [2000, 2000, 2000], cells(*[40] * 12)
    bound = cells(40, is_lower_bound=True)
    months = pd.concat([whole[1:], bound], ignore_index=True)
    areas = pd.concat(
        [cells(300, 100), cells(100, is_lower_bound=True)], ignore_index=True
    )

    assert words(cells(300, 100, 100), whole, bases) == ["more", "fewer", "fewer"]
    assert words(areas, months, bases) == ["no difference", "fewer", "no difference"]


def test_areas_are_compared_with_those_where_people_live():
    # Six hundred of the nine hundred are of a business estate.
    areas, bases = cells(160, 140, 600), [2000, 2000, None]
    months = cells(*[75] * 12)

    assert words(areas, months, bases) == ["no difference", "no difference", None]
    # What is withheld of the estate is at least nothing, and may be nearly all.
    withheld = pd.concat(
        [cells(160, 140), cells(None, reason="protected")], ignore_index=True
    )
    assert words(withheld, months, bases) == ["no difference", "no difference", None]


def test_areas_without_a_known_month_are_not_compared():
    months = pd.concat(
        [cells(*[40] * 11), cells(None, reason="unknown")], ignore_index=True
    )

    assert words(cells(300, 100), months, [2000, 2000]) == [None, None]
