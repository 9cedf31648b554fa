"""Near repeats and concentration are told, doubted or left unsaid as they should be."""

import duckdb
import pytest
from tests.dashboards.conftest import write_marts
from tests.dashboards.test_pages import said

from dashboards.components import cluster_words, concentration_words
from wijkbeeld.measures import clusters
from wijkbeeld.measures.clusters import Moran
from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

_CELLS = """
    insert into marts.rpt_near_repeats by name
    select
        '1.1.1' as offence_code, date '2026-10-01' as month,
        date '2024-11-01' as first_date, distance_band, day_band,
        {count} as incident_count, 17 as left_out_count, {count} < 100 as is_too_few,
        case when is_out then {pairs} else 1 end as observed_count,
        if(is_too_few, null, 26.8) as expected_count,
        if(is_too_few, null, 18) as expected_lower,
        if(is_too_few, null, 36) as expected_upper,
        if(is_too_few, null, if(is_out, 1.643, 0.9)) as ratio,
        if(is_too_few, null, if(is_out, 0.001, 0.5)) as p_value,
        is_out and not is_too_few and {pairs} >= 10 as is_pattern
    from (
        select
            *, distance_band = '1-100' and day_band = '0-6' and {is_out} as is_out
        from (select unnest(['0', '1-100', '101-200', '201-300', '>300'])
            as distance_band)
        cross join (select unnest(['0-6', '7-13', '14-20', '>20']) as day_band)
    )
"""


@pytest.fixture
def with_patterns(home):
    def with_patterns(count=183, is_out=True, pairs=44):
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            con.execute(_CELLS.format(count=count, is_out=is_out, pairs=pairs))
        publish("patterns")

    return with_patterns


def test_a_pattern_is_told_with_where_when_and_what_chance_gives(
    with_patterns, open_as
):
    with_patterns()
    app = open_as("team", "gebiedsscan", **{"gebiedsscan-delict": "Woninginbraak"})
    told = [chart.proto.alt for chart in app.get("vega_lite_chart")]

    assert not app.exception
    sentence = (
        "Na een voorval van woninginbraak is de kans op nog een in de straten "
        "eromheen (tot 100 m) 1,6 keer zo groot als door toeval, gedurende de eerste "
        "7 dagen: 44 paren, waar toeval er 18 tot 36 geeft."
    )
    assert sentence in said(app)
    assert any(sentence in text and "1 paar, toeval" in text for text in told)
    assert "over 183 voorvallen van 1 november 2024 tot en met oktober 2026" in said(
        app
    )
    assert "Weken van verhoogde kans in oktober 2026: Houtwijk (1)." in said(app)
    # Nothing is known of concentration here.
    assert "Op hoe weinig plekken het gebeurt, wordt alleen bekeken" in said(app)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ({"is_out": False}, "niet aantoonbaar groter"),
        ({"count": 99}, "Van 99 voorvallen in twee jaar zijn dag en plaats bekend"),
    ],
)
def test_without_a_pattern_or_of_too_few_nothing_is_claimed(
    with_patterns, open_as, made, sentence
):
    with_patterns(**made)
    app = open_as("team", "gebiedsscan", **{"gebiedsscan-delict": "Woninginbraak"})

    assert not app.exception
    assert sentence in said(app)
    assert "keer zo groot" not in said(app)


@pytest.mark.parametrize("page", ["gebiedsscan", "buurt"])
def test_nine_pairs_that_stand_out_are_too_few_and_not_no_pattern(
    with_patterns, open_as, page
):
    with_patterns(pairs=9)
    app = open_as("team", page, **{f"{page}-delict": "Woninginbraak"})

    assert not app.exception
    assert (
        "groter is, is niet te zeggen: te weinig paren (tot 100 m, gedurende de "
        "eerste 7 dagen: 9 paren, waar toeval er 18 tot 36 geeft)."
    ) in said(app)
    assert "niet aantoonbaar groter" not in said(app)


FEW = {"is_too_few": True, "share_top_5_percent_estimate": None}
FIT = FEW | {"is_too_few": False}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {},
            "ligt 54 % (48 tot 60) op de drukste 5 % van de plekken: meer dan de 45 %",
        ),
        ({"share_top_5_percent_lower": 0.45}, "niet te onderscheiden van de 45 %"),
        ({"share_by_chance": 0.61}, "minder dan de 61 % die toeval geeft"),
        (FEW | {"crime_count": 1}, "Van 1 voorval in twaalf maanden is de plaats"),
        (FEW | {"crime_count": 49}, "Van 49 voorvallen in twaalf maanden is de plaats"),
        (FIT | {"crime_count": 52}, "De 52 voorvallen passen allemaal"),
    ],
)
def test_of_concentration_is_said_what_may_be_said(row, sentence):
    known = {
        "offence_code": "1.1.1", "crime_count": 100, "is_too_few": False,
        "share_top_5_percent_estimate": 0.54, "share_top_5_percent_lower": 0.48,
        "share_top_5_percent_upper": 0.60, "share_by_chance": 0.45,
    }  # fmt: skip
    assert sentence in concentration_words.finding(known | row)


OCKENBURGH = "BU05181590"


def test_a_buurt_tells_its_zones_and_what_follows_a_crime(with_patterns, open_as):
    with_patterns()
    app = open_as("team", "buurt", **{"buurt-buurt": "Houtwijk"})

    assert not app.exception
    assert "Let op herhaling" in said(app)
    assert "1,6 keer zo groot als door toeval" in said(app)
    assert "Gemeten over alle buurten." in said(app)

    app.selectbox("buurt-buurt").set_value(OCKENBURGH).run()
    assert "In oktober 2026 liep hier geen week van verhoogde kans." in said(app)
    assert "Let op herhaling" not in said(app)


def test_fewer_buurten_than_a_test_takes_are_described_without_a_verdict():
    told = cluster_words.finding(
        Moran(0.4, -1 / 12, 0.01), clusters.FEWEST_FOR_A_TEST - 1
    )

    assert told.startswith("Moran is 0,40; lagen de cijfers willekeurig")
    assert "bij elkaar" not in told
    assert "0,01" not in told


@pytest.mark.parametrize(
    ("estimate", "p_value", "sentence"),
    [
        (0.4, 0.01, "hoge cijfers liggen bij elkaar (Moran 0,40, bij toeval -0,08"),
        (-0.5, 0.02, "hoge cijfers liggen uit elkaar"),
        (0.4, 0.06, "niet aantoonbaar bij elkaar"),
    ],
)
def test_of_neighbours_is_said_what_the_shuffles_bear_out(estimate, p_value, sentence):
    assert sentence in cluster_words.finding(
        Moran(estimate, -1 / 12, p_value), clusters.FEWEST_FOR_A_TEST
    )
