"""The clock of the week says what stands out, and nothing of too few."""

import duckdb
import pytest
from tests.dashboards.conftest import write_marts

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

_ROWS = """
    insert into marts.rpt_clock by name
    select
        'team' as level, '1.1.1' as offence_code, date '2026-09-01' as month,
        day_part, week_part, hours_share, 3 as time_unknown_count,
        4 as uninformative_count, {count} as informative_count,
        {count} < 50 as is_too_few, share as share_estimate, lower as share_lower,
        upper as share_upper
    from (values
        ('evening', 'weekend', 0.107, 0.40, 0.30, 0.50),
        ('evening', 'weekday', 0.143, 0.15, 0.09, 0.21),
        ('night', 'weekday', 0.143, 0.05, 0.01, 0.09)
    ) as parts (day_part, week_part, hours_share, share, lower, upper)
"""


@pytest.fixture
def with_clock(home):
    def with_clock(count):
        write_marts(settings().warehouse)
        with duckdb.connect(str(settings().warehouse)) as con:
            con.execute(_ROWS.format(count=count))
        publish("clock")

    return with_clock


def said(app):
    shown = [*app.markdown, *app.info, *app.caption, *app.header]
    return "\n".join(each.value.replace("\\", "") for each in shown)


def test_the_clock_says_which_parts_of_the_week_stand_out(with_clock, open_as):
    with_clock(93)
    app = open_as("team", "buurtpreventie")

    assert not app.exception
    assert "Vaker dan naar het aantal uren: avond (18-24), weekend." in said(app)
    assert "Minder vaak: nacht (0-6), door de week." in said(app)
    assert "Over 93 voorvallen" in said(app)
    assert "tot en met september 2026" in said(app)
    assert "3 zonder begin- of eindtijd, 4 die over een week" in said(app)


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
