"""What the pages say of the engagement: a figure with its interval, or too few."""

import duckdb
import pytest
from tests.dashboards.conftest import write_marts
from tests.dashboards.test_clock import said

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

_ROWS = """
    insert into marts.rpt_engagement by name
    select
        topic, measure, level, subject, part, date '2026-10-01' as month,
        months as month_count, estimate as figure_estimate, lower as figure_lower,
        upper as figure_upper, kind as interval_kind, events as event_count,
        base as base_count, 5 as unknown_count, few as is_too_few, null as note
    from (values
        ('reach', 'engagement_rate', 'channel', 'facebook', null, 12,
         0.027, 0.024, 0.030, 'confidence', 90, 90, false),
        ('video', 'video_ratio_views_now', 'channel', 'facebook', null, 12,
         2.3, 1.55, 3.46, 'confidence', 6, 14, false),
        ('watch', 'patrol_hours', 'team', 'WT-HOUTWIJK', null, 1,
         20.5, 20.5, 20.5, 'none', 9, 9, false),
        ('watch', 'followed_share', 'team', 'WT-HOUTWIJK', null, 1,
         0.25, 0.09, 0.53, 'confidence', 3, 12, true),
        ('watch', 'signals_per_hour', 'team', 'WT-HOUTWIJK', null, 12,
         0.3, 0.137, 0.569, 'confidence', 9, 30, false),
        ('watch', 'signals_per_hour', 'all', null, null, 12,
         0.3, 0.137, 0.569, 'confidence', 9, 30, false),
        ('watch', 'response_minutes_median', 'all', null, null, 12,
         40, 3, null, 'confidence', 16, 30, false),
        ('watch', 'targeting', 'all', null, '1.1.1', 12,
         1.28, 1.1, 1.4, 'confidence', 30, 30, false),
        ('watch', 'hot_time_share', 'all', null, '1.1.1', 12,
         0.5, 0.4, 0.6, 'confidence', 30, 30, false),
        ('watch', 'hot_hours_share', 'all', null, '1.1.1', 12,
         0.3, 0.3, 0.3, 'none', 30, 30, false),
        ('whatsapp', 'first_reply_minutes_median', 'all', null, null, 12,
         40, 3, null, 'confidence', 16, 30, false),
        ('whatsapp', 'solved_share', 'all', null, null, 12,
         0.073, 0.026, 0.194, 'confidence', 3, 41, false),
        ('calls', 'within_15_share', 'all', null, null, 12,
         0.867, 0.758, 0.931, 'confidence', 52, 60, false),
        ('calls', 'within_15_share_bounds', 'all', null, null, 12,
         null, 0.8, 0.877, 'bounds', 52, 60, false),
        ('calls', 'report_p_value', 'priority', '1', null, 12,
         0.001, 0.001, 0.001, 'none', 13, 810, false),
        ('calls', 'response_minutes_median', 'priority', '1', 'with_report', 12,
         8.4, 5.4, 9.3, 'confidence', 13, 13, false),
        ('calls', 'response_minutes_median', 'priority', '1', 'without_report', 12,
         9.5, 9.2, 9.9, 'confidence', 797, 797, false),
        ('briefing', 'groups_present_share', 'all', null, null, 12,
         0.463, 0.349, 0.581, 'confidence', 31, 67, false),
        ('whatsapp', 'prefix_share', 'all', null, null, 12,
         0.94, 0.86, 0.98, 'confidence', 67, 71, true),
        ('whatsapp', 'prefix_share', 'kind', null, 'getuigenoproep', 12,
         0.85, 0.66, 0.94, 'confidence', 12, 14, true),
        ('briefing', 'actions_on_time_share', 'all', null, null, 12,
         0.75, 0.5, 0.9, 'confidence', 12, 16, true),
        ('briefing', 'minutes_on_time_share', 'all', null, null, 12,
         1.0, 0.74, 1.0, 'confidence', 11, 11, true),
        ('ride_along', 'checked_share', 'all', null, null, 12,
         0.88, 0.66, 0.97, 'confidence', 15, 17, true)
    ) as figures (
        topic, measure, level, subject, part, months, estimate, lower, upper, kind,
        events, base, few
    );
    insert into marts.rpt_outlets by name
    select 'newspaper' as channel, 'K1' as item_id, date '2026-10-07' as published_date,
        date '2026-10-01' as month, 24500 as copies_delivered;
    insert into marts.rpt_audience by name
    select buurt_code, 4000 as inhabitant_count, 400 as inhabitant_15_to_24_count,
        0.1 as covered_share_lower, 0.4 as covered_share_upper, 3 as article_count,
        case when buurt_code = 'BU05181786' then 0 else 1 end as team_count
    from marts.dim_buurten;
"""


@pytest.fixture
def with_figures(home):
    write_marts(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute(_ROWS)
    publish("figures")


def bold(app):
    return said(app).replace("**", "")


def test_reach_is_told_with_its_interval_and_without_a_total(with_figures, open_as):
    app = open_as("team", "bereik")
    table = next(t.value for t in app.table if "Exemplaren" in t.value)

    assert not app.exception
    assert "kwamen 27 (24 tot 30) reacties" in bold(app)
    assert "wordt 2,3 keer (1,6 tot 3,5) zo vaak bekeken" in bold(app)
    assert "Hoeveel eerder een video wordt bekeken is niet te zeggen" in said(app)
    assert table["Exemplaren"].tolist() == ["24\\.500"]
    assert table["Bezoekers"].tolist() == ["–"]
    assert "Geen rondes van een team: Houtwijk." in bold(app)
    assert "10 % van de inwoners is 15 tot 25 jaar" in bold(app)


def test_a_figure_that_not_every_post_told_is_what_there_is_at_least(home, open_as):
    write_marts(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute(
            "update marts.rpt_reach set is_views_lower_bound = true, views_sum = 10035 "
            "where month = date '2026-10-01' and format = 'video'"
        )
        con.execute("update marts.rpt_reach set post_count = 5, views_sum = 10035")
    publish("partly")
    app = open_as("team", "bereik")
    table = next(t.value for t in app.table if "Weergaven" in t.value)

    assert not app.exception
    assert "#### ≥ 20\\.070" in [text.value for text in app.markdown]
    assert table["Weergaven"].tolist() == ["10\\.035", "≥ 10\\.035"]
    assert "niet van elk bericht gaf het platform dit cijfer." in said(app)
    assert "Open staaf: ten minste zoveel, want" in said(app)
    assert any(
        "Het laatst ten minste 20.070 in oktober 2026" in chart.proto.alt
        for chart in app.get("vega_lite_chart")
    )
    residents = open_as("public", "bereik")
    assert "#### 20\\.070 of meer" in [text.value for text in residents.markdown]


def test_with_an_export_every_day_it_is_told_how_much_sooner(with_figures, open_as):
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute(
            "insert into marts.rpt_engagement by name select 'video' as topic, "
            "measure, 'channel' as level, 'instagram' as subject, part, "
            "date '2026-10-01' as month, 12 as month_count, "
            "estimate as figure_estimate, 0.8 * estimate as figure_lower, "
            "2 * estimate as figure_upper, 'confidence' as interval_kind, "
            "12 as event_count, 12 as base_count, 0 as unknown_count, "
            "few as is_too_few from (values "
            "('video_ratio_views_24h', null, 2.0, false), "
            "('half_views_hours_median', 'video', 24.5, true), "
            "('half_views_hours_median', 'static', 60.0, false)"
            ") as figures (measure, part, estimate, few)"
        )
    publish("sooner")
    app = open_as("team", "bereik")

    assert not app.exception
    assert "Na 24 uur is een video op Instagram 2,0 keer (1,6 tot 4,0)" in bold(app)
    assert "andere berichten op Instagram in twee weken" in bold(app)
    assert "na 60,0 (48,0 tot 120,0) uur" in bold(app)
    # Of too few videos nothing is said but what it takes.
    assert "24,5" not in said(app)
    assert "vanaf tien berichten" in said(app)


def test_a_team_signals_and_the_police_respond(with_figures, open_as):
    app = open_as("team", "buurtpreventie")
    table = next(t.value for t in app.table if "Helft beantwoord na" in t.value)

    assert not app.exception
    assert "gaven de teams 0,30 (0,14 tot 0,57) signalen per uur" in bold(app)
    assert "beantwoord na 40 minuten (ten minste 3)" in bold(app)
    assert table["Met uitkomst"].tolist() == ["3 van 12"]
    assert "50 % (40 tot 60) van de looptijd" in bold(app)
    assert "Die uren zijn 30 % van de week" in bold(app)
    assert "7 % (3 tot 19) is met een tip opgelost" in bold(app)
    assert "Bij 87 % (76 tot 93) van de spoedmeldingen" in bold(app)
    assert "waren nagekeken: 15 van 17." in bold(app)
    assert "Groepen die erbij waren, gemiddeld: 46 % (35 tot 58)." in bold(app)
    # What is told as so many of so many is not too few to say anything of.
    assert (
        "Te weinig voor een percentage: Verslag binnen tien dagen (11 van 11), "
        "Acties op tijd klaar (12 van 16)" in said(app)
    )
    # Of the appeals, and not of all messages.
    assert "Oproepen die beginnen met de vaste woorden (12 van 14)" in said(app)
    assert any(each.label.startswith("Hoe is dit berekend?") for each in app.expander)


def test_of_calls_is_said_which_are_meant_and_what_a_report_does_not_show(
    with_figures, open_as
):
    told = bold(open_as("team", "buurtpreventie"))

    assert "(prioriteit 1) waarvan de aankomst is geregistreerd," in told
    assert "met een melding van een team (13 keer)" in told
    assert "groter dan toeval, maar een team meldt andere dingen" in told


def test_without_a_year_of_figures_the_page_says_so(home, open_as):
    write_marts(settings().warehouse)
    publish("none")
    app = open_as("team", "buurtpreventie")

    assert not app.exception
    assert "Een jaar aan meldingen is er nog niet." in said(app)
    assert "Een jaar aan rondes en signalen is er nog niet." in said(app)


@pytest.mark.parametrize("page", ["bereik", "buurtpreventie"])
def test_residents_get_none_of_it(with_figures, open_as, page):
    app = open_as("public", page)

    assert not app.exception
    assert "Hoe is dit berekend" not in said(app)
    assert not any("signaleert" in header.value for header in app.header)
