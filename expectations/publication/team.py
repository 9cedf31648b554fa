"""Rules on the lists that the team keeps by hand."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    no_way_to_reach,
    one_of,
    unique,
)
from wijkbeeld.language import later

TABLES = {
    "fct_street_knowledge": (
        unique("judgement_id"),
        known_in("buurt_code", "dim_buurten"),
        one_of("direction", "less", "same", "more"),
        Rule(
            later("severity loopt van 1 tot en met 5"),
            "count(*) filter (where severity not between 1 and 5)",
        ),
        Rule(
            later("er staan geen woorden van bewoners of ondernemers in"),
            "count(*) filter (where reason is not null "
            "and judged_by in ('resident', 'entrepreneur'))",
            later(
                "zie src/wijkbeeld/landing/sources/team__street_knowledge.yml, "
                "en lees de lijst opnieuw in"
            ),
        ),
        no_way_to_reach("reason"),
    ),
    "dim_portfolios": (
        unique("theme", "organisation", "role_name", "valid_from_date"),
        Rule(
            later("geen portefeuillehouder heeft een mobiel nummer"),
            "count(*) filter (where regexp_matches("
            "general_phone, '^([+]31|0031|0)[ -]?6'))",
            later("haal het uit de lijst, en lees de lijst opnieuw in"),
        ),
        in_order("valid_from_date", "valid_to_date"),
        no_way_to_reach("role_name"),
    ),
    "fct_goals": (
        unique("goal_id", "version"),
        known_in("buurt_code", "dim_buurten"),
        known_in("offence_code", "dim_offences"),
        Rule(
            later("elk doel heeft één nieuwste versie"),
            "count(distinct goal_id) - count(*) filter (where is_latest)",
        ),
        no_way_to_reach("owner", "stop_rule"),
    ),
}
