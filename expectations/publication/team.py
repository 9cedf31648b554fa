"""Rules on the lists that the team keeps by hand."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    no_way_to_reach,
    one_of,
    unique,
)

TABLES = {
    "fct_street_knowledge": (
        unique("judgement_id"),
        known_in("buurt_code", "dim_buurten"),
        one_of("direction", "less", "same", "more"),
        Rule(
            "severity is from 1 to 5",
            "count(*) filter (where severity not between 1 and 5)",
        ),
        Rule(
            "no words of residents or entrepreneurs are kept",
            "count(*) filter (where reason is not null "
            "and judged_by in ('resident', 'entrepreneur'))",
            "see src/wijkbeeld/landing/sources/team__street_knowledge.yml, and land "
            "the list again",
        ),
        no_way_to_reach("reason"),
    ),
    "dim_portfolios": (
        unique("theme", "organisation", "role_name", "valid_from_date"),
        Rule(
            "no holder has a mobile number",
            "count(*) filter (where regexp_matches("
            "general_phone, '^([+]31|0031|0)[ -]?6'))",
            "take it out of the list, and land the list again",
        ),
        in_order("valid_from_date", "valid_to_date"),
        no_way_to_reach("role_name"),
    ),
    "fct_goals": (
        unique("goal_id", "version"),
        known_in("buurt_code", "dim_buurten"),
        known_in("offence_code", "dim_offences"),
        Rule(
            "every goal has one newest version",
            "count(distinct goal_id) - count(*) filter (where is_latest)",
        ),
        no_way_to_reach("owner", "stop_rule"),
    ),
}
