"""Reads what starts did to crime, and what may be said of it."""

import pandas as pd

from dashboards.queries.publication import fetch, tables

TABLES = {"rpt_effects", "rpt_effect_events"}
_NAMED = """
    select
        effects.*,
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
