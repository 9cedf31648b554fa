"""What is missing is said under the figure it touches."""

import duckdb
import pytest
from tests.dashboards.conftest import month_at, write_marts
from tests.dashboards.test_pages import said

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

FILL = """
    insert into marts.rpt_completeness by name
    select source, offence_code, month, flag, share as completeness_estimate
    from (values
        ('police__incidents', null, $gap, 'missing', null),
        ('police__incidents', '1.1.1', $low, 'possibly_incomplete', null),
        ('police__incidents', '1.2.1', $other, 'missing_code', null),
        ('police__open_data', null, $other, 'missing', null),
        ('police__incidents', null, $last, 'provisional', 0.88)
    ) as gaps (source, offence_code, month, flag, share);
    insert into marts.rpt_reconciliation by name
    select 'BU05181840' as buurt_code, offence_code, $gap as month, own as own_count,
        published as published_count, own - published as difference,
        cause is not null as is_flagged, cause as likely_cause
    from (values
        ('1.1.1', 9, 4, 'late_registration'), ('1.2.1', 4, 4, null),
        ('1.2.3', 4, null, null)
    ) as told (offence_code, own, published, cause);
"""


@pytest.fixture
def listed(home):
    write_marts(settings().warehouse)
    values = {"gap": month_at(5), "low": month_at(4), "other": month_at(6),
              "last": month_at(0)}  # fmt: skip
    with duckdb.connect(str(settings().warehouse)) as con:
        for statement in duckdb.extract_statements(FILL):
            used = statement.named_parameters
            con.execute(statement, {k: v for k, v in values.items() if k in used})
    return publish("one")


def test_a_figure_says_what_was_not_delivered(listed, open_as):
    told = said(open_as("team", "gebiedsscan"))
    assert "Niet geleverd: mei 2026." in told
    assert "Mogelijk niet compleet: juni 2026." in told
    assert "Oktober 2026 is voorlopig" in told
    assert "88 % binnen" in told
    # Another offence, and a source that the figure does not take the month from.
    assert "april 2026" not in told


def test_the_public_figure_says_nothing_of_it(listed, open_as):
    app = open_as("public", "gebiedsscan")
    assert not app.exception
    assert "Niet geleverd" not in said(app)


def test_own_and_published_counts_stand_side_by_side(listed, open_as):
    told = said(open_as("team", "datakwaliteit"))
    assert "In 1 van de 2 gevallen (een delict in een buurt in een maand)" in told
    assert "Politiecijfers niet bekend: 1." in told
    assert "later geregistreerd" in told


@pytest.mark.parametrize("role", ["team", "public"])
def test_the_briefing_says_why_a_late_month_has_no_verdict(home, open_as, role):
    write_marts(settings().warehouse)
    with duckdb.connect(settings().warehouse) as con:
        con.execute(
            "update marts.rpt_briefing set completeness_flag = 'provisional', "
            "status = 'too few to say' where month = ?",
            [month_at(0)],
        )
    publish("late")
    app = open_as(role)
    assert "nog geen oordeel" in said(app)
    # Residents are not told what was expected, so to them it is no verdict at all.
    assert ("te weinig om iets te zeggen" in said(app)) == (role == "team")
    assert "zoals verwacht" not in said(app)
