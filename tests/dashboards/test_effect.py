"""The page that says whether something works, and what the briefing says of it."""

import duckdb
import pytest
from tests.dashboards.conftest import EVIL, write_marts
from tests.dashboards.test_pages import said

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

FILL = (
    """
    insert into marts.rpt_effects by name
    select
        study_id, 'programme' as study_kind, name as study_name, offence_code,
        'wdd' as design, true as is_primary, 'BU05181786 BU05181840' as buurt_codes,
        date '2024-03-01' as start_month, date '2024-03-01' as last_start_month,
        'police__incidents' as source, 'team' as comparison, 'offences' as unit,
        (lower + upper) / 2 as effect_estimate, lower as effect_lower,
        upper as effect_upper, -3.0 as displacement_estimate,
        -9.0 as displacement_lower, 4.0 as displacement_upper, verdict, reason,
        0.03 as probability, 2 as test_count, 0.45 as minimum_detectable_effect,
        0.4 as goal_effect, false as is_goal_agreed, 36 as months_needed,
        60 as count_before, 31 as count_after, 12 as months_before,
        12 as months_after, 2 as treated_area_count, 7 as comparison_area_count,
        1.3 as phi, offence_code = '2.2.1' as is_reporting_sensitive
    from (values
        ('P1', 'Team', '1.1.1', -46.4, -3.2, 'works', null),
        ('P2', $evil, '2.2.1', null, null, 'too few to say', 'too_early'),
        ('P3', 'Derde', '1.2.1', -9.0, 12.0, 'no sign that it works', null),
        ('P4', 'Vierde', '1.2.2', 3.0, 20.0, 'made worse', null),
        ('P5', 'Vijfde', '2.2.1', -31.0, -3.0, 'works', null),
        ('P6', 'Zesde', '2.2.1', 3.0, 13.0, 'too few to say',
            'more_reporting_possible'),
        ('P7', 'Zevende', '2.2.1', -9.0, 12.0, 'no sign that it works', null)
    ) as found (study_id, name, offence_code, lower, upper, verdict, reason)
    """,
    """
    insert into marts.rpt_effect_events by name
    select 'P1' as study_id, 'programme' as study_kind, '1.1.1' as offence_code,
        unnest([-3, 1]) as event_from_month, unnest([1.1, 0.6]) as effect_estimate,
        unnest([0.7, 0.3]) as effect_lower, unnest([1.6, 0.9]) as effect_upper
    """,
)


@pytest.fixture
def published(home):
    write_marts(settings().warehouse)
    with duckdb.connect(settings().warehouse) as con:
        for statement, given in zip(FILL, ({"evil": EVIL}, {}), strict=True):
            con.execute(statement, given)
    return publish("one")


def test_each_finding_is_one_of_four_sentences_with_its_interval(published, open_as):
    app = open_as("team", "effect")

    assert not app.exception
    text = said(app)
    for words in (
        "✔ werkt", "● geen teken dat het werkt", "○ te weinig om te zeggen",
        "▲ het werd erger",
    ):  # fmt: skip
        assert words in text
    assert "✔ Werkt: Team · Woninginbraak" in text
    assert "3 tot 46 minder misdrijven dan verwacht" in text
    assert "9 minder tot 4 meer misdrijven" in text
    assert "een daling van 45 % of meer" in text
    assert "36 maanden" in text
    assert "Van woninginbraak wordt bijna alles gemeld" in text


def test_what_is_too_early_shows_no_figure_and_the_caveat_of_reporting(
    published, open_as
):
    chosen = f"{EVIL} · Vernieling cq. zaakbeschadiging"
    app = open_as("team", "effect", **{"effect-wat": chosen})

    assert not app.exception
    assert "Waarom: er is nog geen jaar voorbij" in said(app)
    assert "wordt veel niet gemeld" in said(app)


def test_buurten_that_all_started_are_compared_with_themselves_before(
    published, open_as
):
    assert "vergeleken met 7 andere buurten van het team" in said(
        open_as("team", "effect")
    )
    with duckdb.connect(settings().warehouse) as con:
        con.execute("update marts.rpt_effects set design = 'panel'")
    publish("staggered")
    text = said(open_as("team", "effect"))

    assert "7 buurten, in de maanden waarin die zelf nog niet begonnen waren" in text
    assert "andere buurten van het team" not in text


def test_all_answers_stand_in_a_table_with_the_whole_reason(published, open_as):
    app = open_as("team", "effect")
    (table,) = [t.value for t in app.table if "Verandering" in t.value]

    assert "er is nog geen jaar voorbij" in table["Waarom geen oordeel"].tolist()


@pytest.mark.parametrize(
    ("programme", "told"),
    [
        # 31 were registered where 48 were expected: 62 to 34.
        ("Vijfde", "Deze daling verdwijnt pas als vernieling cq. zaakbeschadiging na "
         "het begin **0,65 keer** zo vaak werd gemeld als ervoor (0,50 tot 0,91)."),
        ("Zesde", "**1,35 keer** zo vaak werd gemeld als ervoor (1,11 tot 1,72)."),
        ("Zevende", None),
        ("Team", None),
    ],
)  # fmt: skip
def test_c9_the_page_says_how_much_reporting_would_undo_an_effect(
    published, open_as, programme, told
):
    offence = (
        "Woninginbraak" if programme == "Team" else ("Vernieling cq. zaakbeschadiging")
    )
    app = open_as("team", "effect", **{"effect-wat": f"{programme} · {offence}"})
    text = said(app).replace("\\", "")
    assert (told or "") in text
    assert ("verdwijnt" in text) == (told is not None)


def test_the_briefing_says_what_works_and_how_much_cannot_be_said(published, open_as):
    text = said(open_as("team"))

    assert "Werkt: Team · Woninginbraak." in text
    assert "Van **2** vragen is er te weinig om te zeggen" in text


def test_residents_see_no_effects(published, open_as):
    text = said(open_as("public"))

    assert "Werkt het?" not in text


def test_without_a_start_the_page_says_what_to_deliver(publication, open_as):
    publication()
    app = open_as("team", "effect")

    assert not app.exception
    assert "programma’s" in said(app)
