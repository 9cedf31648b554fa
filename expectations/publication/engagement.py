"""Rules on posts, patrols and WhatsApp groups."""

from expectations.publication.rule import (
    Rule,
    known_in,
    no_way_to_reach,
    not_negative,
    unique,
)
from wijkbeeld.language import later

_METRICS = (
    "reach",
    "views",
    "impressions",
    "reaction_count",
    "comment_count",
    "share_count",
    "engagement_count",
    "link_click_count",
    "save_count",
    "follow_count",
    "bookmark_count",
    "profile_visit_count",
)

TABLES = {
    "fct_posts": (
        unique("channel", "post_id"),
        not_negative(*_METRICS),
        Rule(
            later("first_exported_on ligt niet na last_exported_on"),
            "count(*) filter (where first_exported_on > last_exported_on)",
        ),
        no_way_to_reach("caption"),
    ),
    "fct_post_snapshots": (
        unique("channel", "post_id", "exported_on"),
        not_negative(*_METRICS),
    ),
    "fct_patrols": (
        unique("patrol_id"),
        known_in("buurt_code", "dim_buurten"),
        not_negative("volunteer_count", "person_hours", "signal_count"),
        Rule(
            later("geen ronde eindigt voor zij begint"),
            "count(*) filter (where ended_at < started_at)",
        ),
        Rule(
            later("has_track zegt wat fct_tracks zegt"),
            "count(*) filter (where has_track <> "
            "(patrol_id in (select patrol_id from marts.fct_tracks "
            "where patrol_id is not null)))",
        ),
    ),
    "dim_whatsapp_groups": (
        unique("group_id"),
        known_in("buurt_code", "dim_buurten"),
    ),
    "fct_whatsapp_groups": (
        unique("group_id", "as_of_date"),
        not_negative("member_count", "admin_count", "dwelling_count"),
    ),
    "fct_broadcasts": (
        unique("message_id", "group_id"),
        not_negative("reached_member_count", "reply_count", "tip_count"),
        no_way_to_reach("text"),
    ),
    "fct_group_weeks": (
        unique("group_id", "iso_year", "iso_week"),
        not_negative("message_count", "police_message_count", "saar_breach_count"),
        Rule(
            later("minder dan vijf bewoners worden niet geteld"),
            "count(*) filter (where resident_count < 5 or (is_suppressed "
            "and coalesce(message_count, resident_message_count) is not null))",
        ),
    ),
    "rpt_reach": (
        not_negative("post_count", "reach_sum_upper", "views_sum", "engagement_sum"),
        Rule(
            later("de ondergrens van het bereik ligt niet boven de bovengrens"),
            "count(*) filter (where reach_max_lower > reach_sum_upper)",
        ),
        Rule(
            later("elk bericht dat geen antwoord is telt één keer mee"),
            "abs((select count(*) from marts.fct_posts where not is_reply) "
            # Without posts there is nothing to sum.
            "- coalesce(sum(post_count), 0))",
        ),
    ),
    "rpt_patrols": (
        unique("buurt_code", "month"),
        known_in("buurt_code", "dim_buurten"),
        not_negative("patrol_count", "patrol_hours", "person_hours", "signal_count"),
    ),
}
