"""Rules on when it happens, whether it comes back, and on how few places."""

from expectations.publication.rule import Rule, known_in, not_negative, unique
from wijkbeeld.language import later

_MEASURES = later(
    "draai de tests van wijkbeeld.measures; voer dan uit: "
    "wijkbeeld build --full-refresh"
)

TABLES = {
    "fct_clock_hours": (
        known_in("buurt_code", "dim_buurten"),
        Rule(
            later("elk uur is er een van de week, en heeft gewicht"),
            "count(*) filter (where hour_of_week not between 0 and 167 or weight <= 0)",
            _MEASURES,
        ),
    ),
    "rpt_clock": (
        Rule(
            later("een gebied, delict en maand heeft acht delen van de week"),
            "(select count(*) from (select count(*) as parts, "
            "count(distinct (day_part, week_part)) as different from marts.rpt_clock "
            "group by level, area_code, offence_code, month) "
            "where parts <> 8 or different <> 8)",
            _MEASURES,
        ),
        Rule(
            later("de aandelen van de delen tellen op tot één"),
            "(select count(*) from (select sum(share_estimate) as whole "
            "from marts.rpt_clock group by level, area_code, offence_code, month) "
            "where abs(whole - 1) > 1e-5)",
            _MEASURES,
        ),
        Rule(
            later(
                "een aandeel ligt binnen zijn marge, en staat er alleen bij "
                "genoeg incidenten"
            ),
            "count(*) filter (where is_too_few <> (share_estimate is null) "
            "or is_too_few <> (share_lower is null) "
            "or share_estimate not between share_lower and share_upper)",
            _MEASURES,
        ),
    ),
    "rpt_near_repeats": (
        unique("offence_code", "distance_band", "day_band"),
        not_negative("observed_count", "expected_count", "ratio", "p_value"),
        Rule(
            later("bij te weinig incidenten wordt geen patroon gemeld"),
            "count(*) filter (where is_pattern and (is_too_few or p_value is null))",
            _MEASURES,
        ),
    ),
    "fct_near_repeat_zones": (
        unique("offence_code", "buurt_code", "active_from"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            later("een zone is zeven dagen actief"),
            "count(*) filter (where active_until - active_from <> 6)",
        ),
    ),
    "rpt_concentration": (
        unique("offence_code"),
        Rule(
            later(
                "elk aandeel ligt tussen zijn grenzen, en staat er alleen bij "
                "genoeg incidenten"
            ),
            "count(*) filter (where "
            "(is_too_few and gini_generalised_estimate is not null) "
            "or share_top_5_percent_estimate not between share_top_5_percent_lower "
            "and share_top_5_percent_upper or gini_generalised_estimate "
            "not between gini_generalised_lower and gini_generalised_upper)",
            _MEASURES,
        ),
    ),
}
