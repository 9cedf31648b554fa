"""The same deliveries give the same marts, in any order and in any number of builds."""

import duckdb
import pytest
from tests.dbt.deliveries import DELIVERIES, pseudonym
from tests.dbt.zone import Zone

from wijkbeeld.landing.schema import SOURCES


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    zone = Zone(tmp_path_factory.mktemp("at_once"))
    for deliver in DELIVERIES:
        deliver(zone)
    zone.dbt("build")
    return zone


@pytest.fixture(scope="module")
def month_by_month(tmp_path_factory):
    zone = Zone(tmp_path_factory.mktemp("month_by_month"))
    backwards = DELIVERIES[::-1]
    for part in (backwards[1::3], backwards[::3], backwards[2::3]):
        for deliver in part:
            deliver(zone)
        zone.dbt("build", "--exclude-resource-type", "unit_test")
    return zone


def test_later_files_that_come_first_give_the_same_marts(at_once, month_by_month):
    assert month_by_month.marts() == at_once.marts()


def test_a_file_that_was_taken_in_halfway_is_taken_in_again(at_once, month_by_month):
    warehouse = month_by_month.home / "warehouse" / "wijkbeeld.duckdb"
    with duckdb.connect(warehouse) as con:
        con.execute("delete from intermediate.int_staged_files_taken_in")
        con.execute(
            "delete from marts.fct_incidents where incident_id = ?", [pseudonym("gone")]
        )
    month_by_month.dbt("build", "--exclude-resource-type", "unit_test")
    assert month_by_month.marts() == at_once.marts()


def test_a_rebuild_from_scratch_gives_the_same_marts(at_once, month_by_month):
    month_by_month.dbt(
        "build", "--full-refresh", "--exclude-resource-type", "unit_test"
    )
    assert month_by_month.marts() == at_once.marts()


def test_every_incident_is_what_its_latest_delivery_says(at_once):
    incidents = at_once.query(
        "select incident_id, offence_code, buurt_code, registration_count, is_withdrawn"
        " from marts.fct_incidents"
    )
    houtwijk, waldeck = "BU05181786", "BU05181795"
    expected = [
        ("before the period", "1.1.1", houtwijk, 1, False),
        ("gone", "1.1.1", houtwijk, 0, True),
        ("gone from march", "1.1.1", houtwijk, 0, True),
        ("half november", "1.1.1", houtwijk, 1, False),
        ("kept", "1.1.1", houtwijk, 1, False),
        ("late", "1.1.1", houtwijk, 1, False),
        ("moved", "1.2.3", houtwijk, 1, False),
        ("new", "1.1.1", waldeck, 1, False),
        ("spoilt later", "1.1.1", houtwijk, 1, False),
        ("two codes", "1.2.3", houtwijk, 2, False),
    ]
    years = {pseudonym(f"year {number}") for number in range(14)}
    assert {row for row in incidents if row[0] not in years} == {
        (pseudonym(name), *told) for name, *told in expected
    }


def test_the_clock_of_a_year_follows_a_correction_of_long_ago(at_once):
    years = at_once.query(
        "select offence_code, min(month)::varchar, max(month)::varchar,"
        " min(informative_count), max(informative_count)"
        " from marts.rpt_clock where level = 'buurt' and area_code = 'BU05181795'"
        " group by 1 order by 1"
    )
    # The first month of the year's list need not be whole, so no year begins with it.
    assert years == [("1.1.1", "2026-06-01", "2026-08-01", 9, 10)]
    moved = at_once.query(
        "select area_code, max(month)::varchar, max(informative_count)"
        " from marts.rpt_clock where level = 'buurt' and offence_code = '1.2.3'"
        " and month < '2026-08-01' group by 1"
    )
    assert moved == [("BU05181786", "2026-07-01", 2)]


def test_a_patrol_that_vanished_from_its_month_is_withdrawn(at_once):
    patrols = at_once.query(
        "select patrol_id, volunteer_count, is_withdrawn from marts.fct_patrols"
        " order by 1"
    )
    assert patrols == [("R1", 5, False), ("R2", 4, True), ("R3", 4, False)]


def test_a_response_is_counted_in_the_month_that_the_latest_delivery_says(at_once):
    responses = at_once.query(
        "select buurt_code, month::varchar, call_count from marts.rpt_response"
        " order by all"
    )
    assert responses == [
        ("BU05181786", "2026-07-01", 1),
        ("BU05181786", "2026-08-01", 2),
    ]


def test_the_newest_list_says_what_became_of_it(at_once):
    signals = at_once.query(
        "select signal_id, outcome, patrol_note from marts.fct_signals order by 1"
    )
    assert signals == [
        ("S1", "hersteld", None),
        ("S2", None, "no_patrol"),
        ("S3", None, "other_team"),
    ]
    articles = at_once.query("select title from marts.fct_articles order by article_id")
    assert articles == [("Licht",), ("Graffiti",)]
    held = at_once.query("select status, attendance_count from marts.fct_briefings")
    assert held == [("gehouden", 3)]
    # The minutes of B8 were sent again, without a point.
    agreed = at_once.query("select briefing_id, point_no from marts.fct_minutes")
    assert agreed == [("B7", 1)]
    evenings = at_once.query(
        "select evening_id, post_no from marts.fct_ride_along_posts order by 1"
    )
    assert evenings == [("M1", 1), ("M2", None)]
    tracks = at_once.query(
        "select patrol_id, round(length_km, 2), moving_minutes, is_too_short"
        " from marts.fct_tracks where patrol_id is not null"
    )
    assert tracks == [("R1", 1.2, 20.0, False)]
    shares = at_once.query(
        "select buurt_code, share from marts.fct_track_buurten order by 1"
    )
    assert shares == [("BU05181786", 0.5), ("BU05181795", 0.5)]
    starts = at_once.query(
        "select programme_id, start_dates from marts.fct_programmes order by 1"
    )
    assert starts == [("P1", "2026-10-01 2026-10-15"), ("P2", "2026-10-01")]


def test_a_withheld_cell_stays_withheld(at_once):
    cells = at_once.query(
        "select month::varchar, crime_count, is_suppressed, is_incomplete"
        " from marts.fct_registered_crimes where source = 'police__open_data'"
        " and buurt_code = 'BU05181786' order by 1"
    )
    assert cells == [
        ("2024-11-01", 3, False, False),
        ("2024-12-01", None, True, False),
        ("2025-01-01", 4, False, True),
    ]


def test_a_cell_that_no_file_holds_is_there_without_a_figure(at_once):
    others = at_once.query(
        "select count(*), count(crime_count), count(*) filter (not is_suppressed)"
        " from marts.fct_registered_crimes where source = 'police__open_data'"
        " and buurt_code <> 'BU05181786'"
    )
    assert others == [(3 * 12, 0, 0)]


def test_a_message_went_to_the_groups_that_the_latest_log_and_register_say(at_once):
    broadcasts = at_once.query(
        "select message_id, group_id, tip_count, is_group_known"
        " from marts.fct_broadcasts order by all"
    )
    assert broadcasts == [
        ("WB-1", "WA-07", 3, True),
        ("WB-1", "WA-08", None, True),
        ("WB-2", "WA-07", 5, True),
        ("WB-3", "WA-99", None, False),
        ("WB-4", "WA-05", None, True),
    ]


def test_a_week_of_a_group_is_what_the_chat_that_saw_most_says(at_once):
    weeks = at_once.query(
        "select iso_week, message_count from marts.fct_group_weeks order by 1"
    )
    assert weeks == [(32, 12), (33, 80), (34, 20)]


def test_every_source_is_in_the_list_of_freshness(at_once):
    counted = at_once.query("select source, delivery_count from marts.rpt_freshness")
    assert {source for source, _ in counted} == {*SOURCES}
    assert sum(count for _, count in counted) == len(DELIVERIES)


def test_an_empty_landing_zone_builds(tmp_path):
    zone = Zone(tmp_path)
    zone.dbt("build", "--exclude-resource-type", "unit_test")
    assert zone.query("select count(*) from marts.rpt_area_scan") == [(0,)]
    assert zone.query("select count(*) from marts.rpt_freshness") == [(len(SOURCES),)]


def test_of_two_lists_the_later_says_what_a_judgement_is(at_once):
    judgements = at_once.query(
        "select judgement_id, severity, superseded_date::varchar"
        " from marts.fct_street_knowledge order by 1"
    )
    assert judgements == [
        ("SK-1", 5, "2026-08-11"),
        ("SK-2", 3, "2026-09-11"),
        ("SK-3", 3, None),
    ]


def test_a_goal_that_was_moved_shows_both_versions(at_once):
    goals = at_once.query(
        "select version, owner, target, is_moved, is_latest from marts.fct_goals"
        " order by 1"
    )
    assert goals == [
        (1, "wijkagent", 3.0, False, False),
        (2, "teamchef", 4.0, True, True),
    ]
