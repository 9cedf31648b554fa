"""A briefing of before opens as it was, and says what was corrected since."""

import duckdb
import pytest
from tests.dashboards.conftest import LAST_MONTH, write_marts
from tests.dashboards.test_pages import said

from wijkbeeld import publish
from wijkbeeld.settings import settings

MONTH = f"{LAST_MONTH:%Y-%m}"


@pytest.fixture
def corrected(publication):
    """Freeze the newest month, then publish it with one burglary and two more."""
    name = publication("presented")
    publish.freeze(LAST_MONTH)

    def change(query):
        settings().warehouse.unlink()
        write_marts(settings().warehouse)
        with duckdb.connect(settings().warehouse) as con:
            con.execute(query)
        publish.publish(f"later {query}")
        return name

    return change


def more(offence, by):
    where = f"where offence_code = '{offence}' and month = date '{LAST_MONTH}'"
    return (
        f"update marts.rpt_briefing set crime_count = crime_count + {by} {where}; "
        f"update marts.fct_registered_crimes set crime_count = crime_count + {by} "
        f"{where} and buurt_code = 'BU05181786';"
    )


def counts(app):
    return [metric.value for metric in app.metric]


def test_a_briefing_opens_as_presented_and_says_what_changed(corrected, open_as):
    before = counts(open_as("team"))
    name = corrected(more("1.1.1", 1) + more("1.2.1", 2) + more("1.2.3", -1))
    now = open_as("team")
    assert counts(now) != before
    assert "Zoals getoond" not in said(now)
    then = open_as("team", bevroren=MONTH)
    assert not then.exception
    assert counts(then) == before
    assert "Zoals getoond bij de briefing over oktober 2026" in said(then)
    assert name in said(then)
    burglary, cars, bicycles = map(int, before)
    assert f"was {burglary}, is nu {burglary + 1}: een late melding" in said(then)
    assert f"was {cars}, is nu {cars + 2}: 2 late meldingen" in said(then)
    assert (
        f"was {bicycles}, is nu {bicycles - 1}: ingetrokken of anders ingedeeld"
        in said(then)
    )


def test_residents_hear_of_corrections_in_rounded_figures_only(corrected, open_as):
    before = counts(open_as("public"))
    # Rounded to fives, one of these two is told.
    corrected(more("1.1.1", 5))
    then = open_as("public", bevroren=MONTH)
    assert counts(then) == before
    was = int(before[0])
    assert f"was {was}, is nu {was + 5}" in said(then)
    assert "melding:" not in said(then)
    assert "late melding" not in said(then)


def test_where_nothing_changed_that_is_said(corrected, open_as):
    corrected("select 1")
    assert "sindsdien veranderd" in said(open_as("team", bevroren=MONTH))


def test_a_month_that_was_not_kept_shows_the_figures_of_now(corrected, open_as):
    corrected("select 1")
    for month in ("2020-01", "nooit", "2026-10-01", ""):
        app = open_as("team", bevroren=month)
        assert not app.exception
        assert "Zoals getoond" not in said(app)


def test_without_a_briefing_that_was_kept_there_is_nothing_to_choose(
    publication, open_as
):
    publication()
    assert [box.label for box in open_as("team").selectbox] == ["Maand"]


def test_only_the_briefing_is_of_before(corrected, open_as):
    corrected(more("1.1.1", 1))
    name = publish.current("team").parent.name
    assert name in said(open_as("team", "gebiedsscan", bevroren=MONTH))
