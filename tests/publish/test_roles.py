"""Somebody decided, for every mart and column, who may see it."""

import duckdb
import pytest
from publish import marts
from tests import contracts as promised

from wijkbeeld import publish
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

# What residents do not get, and that this was meant. A mart or column that dbt makes
# and that stands neither here nor in the public file makes a test fail.
NOT_PUBLIC = {
    "fct_incidents": "all",
    "fct_calls": "all",
    "rpt_response": "all",
    "fct_forecast_cells": "all",
    "fct_nuisance": "all",
    "fct_registered_crime_years": "all",
    "fct_posts": "all",
    "fct_post_snapshots": "all",
    "fct_channel_days": "all",
    "dim_metric_definitions": "all",
    "fct_patrols": "all",
    "dim_whatsapp_groups": "all",
    "fct_whatsapp_groups": "all",
    "fct_broadcasts": "all",
    "fct_group_weeks": "all",
    "fct_signals": "all",
    "fct_tracks": "all",
    "fct_track_buurten": "all",
    "fct_articles": "all",
    "fct_briefings": {
        *("started_date", "started_at", "ended_at", "minutes_date", "minutes_url"),
        *("resident_count", "coordinator_count", "administrator_count"),
        *(
            "police_count",
            "municipality_count",
            "attendance_count",
            "is_attendance_lower_bound",
            "group_count",
            "team_count",
        ),
        *("new_action_count", "done_action_count", "open_action_count"),
        *("expected_open_action_count", "minutes_view_count", "police_hours"),
        "is_second_in_month",
    },
    "fct_actions": {"note", "carried_count"},
    "fct_ride_along_posts": "all",
    "fct_programmes": {
        "audience",
        "first_start_date",
        "start_dates",
        "start_change_count",
        "target_offences",
        "comparison_buurt_codes",
        "chosen_date",
        "is_chosen_afterwards",
        "participant_count",
        "activity_count",
        "partners",
    },
    "rpt_engagement": "all",
    "rpt_outlets": "all",
    "rpt_audience": "all",
    "fct_problems": "all",
    "fct_releases": "all",
    "fct_street_knowledge": "all",
    "dim_portfolios": "all",
    "dim_days": "all",
    "fct_buurt_figures": "all",
    "fct_goals": "all",
    "fct_clock_hours": "all",
    "fct_near_repeat_zones": "all",
    "rpt_clock": "all",
    "rpt_area_comparison": "all",
    "rpt_concentration": "all",
    "rpt_near_repeats": "all",
    "rpt_completeness": "all",
    "rpt_focus": "all",
    "rpt_goals": "all",
    # In the public file in words, rpt_public_effects.
    "rpt_effects": "all",
    "rpt_effect_events": "all",
    "rpt_reconciliation": "all",
    # In the public file as cells of one cube, rpt_public_crimes.
    "fct_registered_crimes": "all",
    "rpt_area_scan": "all",
    "fct_deliveries": {"file_name", "reason", "warnings"},
}


@pytest.fixture(scope="module")
def contracts():
    found = {mart: set(named) for mart, named in promised.columns().items()}
    assert len(found) > 10
    return found


def test_the_analyst_gets_every_mart(contracts):
    assert set(ROLES["analyst"]) == set(contracts)


def test_the_team_gets_every_mart_but_rows_of_the_police(contracts):
    assert set(ROLES["team"]) == set(contracts) - {"fct_incidents", "fct_calls"}


def test_every_column_is_public_or_was_meant_not_to_be(
    contracts, tmp_path, monkeypatch
):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    marts.make(settings().warehouse)
    publish.publish("a")
    with duckdb.connect(str(publish.current("public")), read_only=True) as con:
        public = set(
            con.sql("select table_name, column_name from marts.columns").fetchall()
        )
    settings.cache_clear()
    for mart, columns in contracts.items():
        kept_back = NOT_PUBLIC.get(mart, set())
        if kept_back == "all":
            assert mart not in ROLES["public"]
        else:
            shown = {column for table, column in public if table == mart}
            assert columns - kept_back <= shown, mart
            assert not kept_back & shown, mart


def test_the_marts_of_these_tests_are_those_of_dbt(contracts, tmp_path):
    marts.make(tmp_path / "wijkbeeld.duckdb")
    with duckdb.connect(str(tmp_path / "wijkbeeld.duckdb")) as con:
        for mart, columns in contracts.items():
            made = con.sql(f"from marts.{mart} limit 0").columns
            assert columns <= set(made), mart
