"""Reads what starts did to crime, and what may be said of it."""

import pandas as pd

from dashboards.queries.publication import fetch, tables

TABLES = {"rpt_effects", "rpt_effect_events"}
_NAMED = """
    select
        effects.study_id, effects.study_kind, effects.study_name, effects.offence_code,
        effects.design, effects.is_primary, effects.buurt_codes, effects.start_month,
        effects.last_start_month, effects.source, effects.comparison, effects.unit,
        effects.effect_estimate, effects.effect_lower, effects.effect_upper,
        effects.local_estimate, effects.local_lower, effects.local_upper,
        effects.displacement_estimate, effects.displacement_lower,
        effects.displacement_upper, effects.displaced_share, effects.net_effect,
        effects.verdict, effects.reason, effects.probability,
        effects.smallest_probability, effects.test_count,
        effects.minimum_detectable_effect, effects.goal_effect, effects.is_goal_agreed,
        effects.months_needed, effects.count_before, effects.count_after,
        effects.expected_after, effects.comparison_before, effects.comparison_after,
        effects.months_before, effects.months_after, effects.treated_area_count,
        effects.comparison_area_count, effects.zone_area_count, effects.phi,
        effects.degrees_of_freedom, effects.pre_trend_probability,
        effects.dropped_month_count, effects.fit, effects.is_reporting_sensitive,
        offences.offence_name_nl,
        offences.offence_name_en,
        (
            select string_agg(buurten.buurt_name, ', ' order by buurten.buurt_name)
            from marts.dim_buurten as buurten
            where list_contains(
                string_split(effects.buurt_codes, ' '), buurten.buurt_code
            )
        ) as buurt_names
    from marts.rpt_effects as effects
    join marts.dim_offences as offences using (offence_code)
"""
_MOST_SAID_FIRST = """
    order by
        list_position(
            ['works', 'made worse', 'no sign that it works', 'too few to say'],
            effects.verdict
        ),
        effects.effect_lower is null,
        effects.start_month desc,
        effects.study_id,
        effects.offence_code
"""


def findings() -> pd.DataFrame:
    """Return a row per start and offence, what says most first; none for residents."""
    if not tables() >= TABLES:
        return pd.DataFrame()
    return fetch(f"{_NAMED} where effects.is_primary {_MOST_SAID_FIRST}")


def designs(study_id: str, offence_code: str) -> pd.DataFrame:
    """Return what every design found of one start and offence."""
    return fetch(
        f"{_NAMED} where effects.study_id = ? and effects.offence_code = ? "
        "order by not effects.is_primary, effects.design",
        study_id,
        offence_code,
    )


def events(study_id: str, offence_code: str) -> pd.DataFrame:
    """Return the ratio per three months before and after one start."""
    return fetch(
        "select event_from_month, effect_estimate, effect_lower, effect_upper "
        "from marts.rpt_effect_events where study_id = ? and offence_code = ? "
        "order by event_from_month",
        study_id,
        offence_code,
    )
