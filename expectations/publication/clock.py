"""Rules on when it happens, whether it comes back, and on how few places."""

from expectations.publication.rule import Rule, known_in, not_negative, unique

_MEASURES = "run the tests of wijkbeeld.measures, then wijkbeeld build --full-refresh"

TABLES = {
    "fct_clock_hours": (
        known_in("buurt_code", "dim_buurten"),
        Rule(
            "every hour is of a week, and has weight",
            "count(*) filter (where hour_of_week not between 0 and 167 or weight <= 0)",
            _MEASURES,
        ),
    ),
    "rpt_clock": (
        Rule(
            "an area, offence and month has eight parts of the week",
            "(select count(*) from (select count(*) as parts, "
            "count(distinct (day_part, week_part)) as different from marts.rpt_clock "
            "group by level, area_code, offence_code, month) "
            "where parts <> 8 or different <> 8)",
            _MEASURES,
        ),
        Rule(
            "the shares of its parts add up to one",
            "(select count(*) from (select sum(share_estimate) as whole "
            "from marts.rpt_clock group by level, area_code, offence_code, month) "
            "where abs(whole - 1) > 1e-5)",
            _MEASURES,
        ),
        Rule(
            "a share stands within its interval, and only where there are enough",
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
            "no pattern is told of too few incidents",
            "count(*) filter (where is_pattern and (is_too_few or p_value is null))",
            _MEASURES,
        ),
    ),
    "fct_near_repeat_zones": (
        unique("offence_code", "buurt_code", "active_from"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            "a zone is active for seven days",
            "count(*) filter (where active_until - active_from <> 6)",
        ),
    ),
    "rpt_concentration": (
        unique("offence_code"),
        Rule(
            "every share is between its bounds, and only where there are enough",
            "count(*) filter (where "
            "(is_too_few and gini_generalised_estimate is not null) "
            "or share_top_5_percent_estimate not between share_top_5_percent_lower "
            "and share_top_5_percent_upper or gini_generalised_estimate "
            "not between gini_generalised_lower and gini_generalised_upper)",
            _MEASURES,
        ),
    ),
}
