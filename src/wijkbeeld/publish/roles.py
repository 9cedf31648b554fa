"""What each role may see; what is not named here is not in its file."""

from wijkbeeld.publish import disclosure

_AGGREGATES = (
    "dim_buurten",
    "dim_buurt_shapes",
    "dim_offences",
    "dim_months",
    "dim_days",
    "fct_buurt_figures",
    "fct_registered_crimes",
    "fct_posts",
    "fct_post_snapshots",
    "fct_channel_days",
    "dim_metric_definitions",
    "fct_patrols",
    "dim_whatsapp_groups",
    "fct_whatsapp_groups",
    "fct_broadcasts",
    "fct_group_weeks",
    "fct_street_knowledge",
    "dim_portfolios",
    "fct_goals",
    "fct_signals",
    "fct_tracks",
    "fct_track_buurten",
    "fct_articles",
    "fct_briefings",
    "fct_actions",
    "fct_minutes",
    "fct_ride_along_posts",
    "fct_programmes",
    "fct_deliveries",
    "fct_problems",
    "fct_releases",
    "fct_level_shifts",
    "fct_clock_hours",
    "fct_near_repeat_zones",
    "rpt_clock",
    "rpt_concentration",
    "rpt_near_repeats",
    "rpt_area_scan",
    "rpt_area_comparison",
    "rpt_completeness",
    "rpt_focus",
    "rpt_goals",
    "rpt_effects",
    "rpt_effect_events",
    "rpt_reconciliation",
    "rpt_briefing",
    "rpt_reach",
    "rpt_patrols",
    "rpt_engagement",
    "rpt_outlets",
    "rpt_audience",
    "rpt_freshness",
    "rpt_response",
    "fct_forecast_cells",
    "fct_nuisance",
    "fct_registered_crime_years",
)

# Column by column, so that coordinates can never come along.
_INCIDENTS = """
    select
        incident_id,
        offence_code,
        buurt_code,
        occurred_from_at,
        occurred_to_at,
        registered_at,
        has_time,
        is_long_window,
        is_attempt,
        registration_count,
        is_withdrawn,
        address_key,
        file_sha256
    from warehouse.marts.fct_incidents
"""

_TEAM = {table: "from warehouse.marts." + table for table in _AGGREGATES}

ROLES: dict[str, dict[str, str]] = {
    "public": disclosure.PUBLIC,
    "team": _TEAM,
    "analyst": _TEAM
    | {"fct_incidents": _INCIDENTS, "fct_calls": "from warehouse.marts.fct_calls"},
}
"""Per role the tables of its file, each with the query that fills it from the
attached ``warehouse``."""
