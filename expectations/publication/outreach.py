"""Rules on what was written, said and done for residents."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    no_way_to_reach,
    not_negative,
    one_of,
    one_row_per,
    unique,
)
from wijkbeeld.language import later
from wijkbeeld.output import owners

TABLES = {
    "fct_articles": (
        unique("article_id"),
        not_negative("circulation", "word_count", "reply_count"),
        no_way_to_reach("title"),
    ),
    "fct_briefings": (
        unique("briefing_id"),
        not_negative(
            *("resident_count", "coordinator_count", "administrator_count"),
            *("police_count", "municipality_count", "attendance_count"),
            *("open_action_count", "minutes_view_count", "police_hours"),
        ),
        in_order("started_at", "ended_at"),
        no_way_to_reach("venue", "guest_from"),
    ),
    "fct_actions": (
        unique("action_id"),
        one_of("status", "open", "done", "dropped"),
        one_of("owner", *owners.NAMES),
        in_order("asked_on", "due_on", "done_on"),
        not_negative("carried_count"),
        no_way_to_reach("description", "note"),
    ),
    "fct_minutes": (
        unique("briefing_id", "point_no"),
        no_way_to_reach("point"),
    ),
    "fct_ride_along_posts": (
        # An evening without posts is a row too.
        one_row_per("evening_id", "post_no"),
        in_order("started_at", "ended_at"),
        in_order("called_at", "published_at"),
    ),
    "fct_programmes": (
        one_row_per("programme_id", "buurt_code"),
        known_in("buurt_code", "dim_buurten"),
        in_order("start_date", "end_date"),
        not_negative("participant_count", "activity_count"),
        no_way_to_reach("name", "audience", "partners"),
    ),
    "fct_channel_days": (
        unique("channel", "account_id", "day", "metric"),
        Rule(
            later("geen dag ligt in de toekomst"),
            "count(*) filter (where day > $today)",
            later(
                "zoek in fct_deliveries het bestand met dagen in de toekomst; "
                "herstel of verwijder het, en zet de klok van deze machine goed"
            ),
        ),
    ),
    "dim_metric_definitions": (
        one_row_per("channel", "metric", "valid_from"),
        in_order("valid_from", "valid_to"),
    ),
}
