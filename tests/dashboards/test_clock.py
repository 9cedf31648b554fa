"""The clock of the week says what stands out, and nothing of too few."""

import json

import duckdb
import numpy as np
import pytest
from tests.dashboards.conftest import write_marts

from dashboards.components import clock
from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

_ROWS = """
    insert into marts.rpt_clock by name
    select
        'team' as level, '1.1.1' as offence_code, date '2026-09-01' as month,
        day_part, week_part, hours_share, 3 as time_unknown_count,
        4 as uninformative_count, {count} as informative_count,
        {count} < 50 as is_too_few, {count} < 300 as is_too_few_for_hours,
        share as share_estimate, lower as share_lower, upper as share_upper
    from (values
        ('evening', 'weekend', 0.107, 0.40, 0.30, 0.50),
        ('evening', 'weekday', 0.143, 0.15, 0.09, 0.21),
        ('night', 'weekday', 0.143, 0.05, 0.01, 0.09)
    ) as parts (day_part, week_part, hours_share, share, lower, upper)
"""
# Half of it on Sunday from 23 to 24, a tenth the hour after, the rest spread evenly.
_HOURS = """
    insert into marts.fct_clock_hours by name
    select
        'BU05181786' as buurt_code, '1.1.1' as offence_code,
        date '2026-03-01' as month, hour_of_week,
        {count} * case hour_of_week when 167 then 0.5 when 0 then 0.1
            else 0.4 / 166 end as weight,
        weight as square
    from (select unnest(range(168)) as hour_of_week)
"""


@pytest.fixture
def with_clock(home):
    def with_clock(count):
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            con.execute(_ROWS.format(count=count))
            con.execute(_HOURS.format(count=count))
        publish("clock")

    return with_clock


def said(app):
    shown = [*app.markdown, *app.info, *app.caption, *app.header]
    return "\n".join(each.value.replace("\\", "") for each in shown)


def test_the_clock_says_which_parts_of_the_week_stand_out(with_clock, open_as):
    with_clock(93)
    app = open_as("team", "buurtpreventie")

    assert not app.exception
    assert (
        "Vaker dan bij zoveel uren te verwachten is: avond (18-24), weekend."
        in said(app)
    )
    assert "Minder vaak: nacht (0-6), door de week." in said(app)
    assert "Over 93 voorvallen" in said(app)
    assert "tot en met september 2026" in said(app)
    assert "3 zonder begin- of eindtijd, 4 over een week of meer" in said(app)
    assert "zijn 93 voorvallen te weinig; dat kan vanaf 300" in said(app)
    assert "Vaker dan gemiddeld" not in said(app)


def test_the_clock_is_silent_where_there_are_too_few(with_clock, open_as):
    with_clock(49)
    app = open_as("team", "buurtpreventie")

    assert not app.exception
    assert "Te weinig om te zeggen" in said(app)
    assert "Van 49 voorvallen" in said(app)
    assert "Vaker dan" not in said(app)


def test_residents_see_no_clock(with_clock, open_as):
    with_clock(93)
    app = open_as("public", "buurtpreventie")

    assert not app.exception
    assert "Wanneer gebeurt het" not in said(app)
    app.switch_page("app_pages/gebiedsscan_public.py").run()
    assert "Komt het terug" not in said(app)


def test_the_hours_of_the_week_are_told_from_three_hundred_incidents(
    with_clock, open_as
):
    with_clock(300)
    app = open_as("team", "buurtpreventie")
    told = app.get("vega_lite_chart")[-1].proto.alt

    assert not app.exception
    assert "Vaker dan gemiddeld: zondag 23 tot maandag 1 uur." in said(app)
    assert "Drukste uur: zondag 23 uur, 84,0 (74,5 tot 93,5) keer" in told
    assert "Per dag: maandag 16 %; dinsdag 6 %" in told


def test_a_buurt_with_too_few_hours_has_the_clock_of_the_team(with_clock, open_as):
    with_clock(300)
    app = open_as("team", "buurt", **{"buurt-buurt": "Houtwijk"})
    drawn = [json.loads(c.proto.spec) for c in app.get("vega_lite_chart")]
    titles = [chart["title"]["text"] for chart in drawn]

    assert not app.exception
    assert "Van alle buurten samen:\n**Vaker dan gemiddeld: zondag 23" in said(app)
    assert any("Uren van de week: Houtwijk: woninginbraak, alle buurten" in t
               for t in titles)  # fmt: skip


def test_of_a_buurt_where_nothing_happened_nought_is_known_and_the_team_shown(
    with_clock, open_as
):
    with_clock(93)
    app = open_as("team", "buurt", **{"buurt-buurt": "Houtwijk"})

    assert not app.exception
    assert "Van 0 voorvallen in twaalf maanden is bekend" in said(app)
    assert "Van alle buurten samen:\n**Vaker dan bij zoveel uren" in said(app)
    assert "nog niets bekend" not in said(app)


def test_where_nobody_has_a_clock_nothing_is_known(publication, open_as):
    publication()
    app = open_as("team", "buurt", **{"buurt-buurt": "Houtwijk"})

    assert "Over de klok van de week is nog niets bekend." in said(app)
    assert "Van 0 voorvallen" not in said(app)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([], []),
        ([5, 6, 30], [(5, 6), (30, 30)]),
        ([0, 1, 166, 167, 40], [(40, 40), (166, 1)]),
        (range(168), [(0, 167)]),
    ],
)
def test_hours_that_follow_each_other_are_one_stretch(hours, told):
    is_more = np.isin(np.arange(168), list(hours))
    assert clock._stretches(is_more) == told
