"""Rules on calls to the control room, and on open data beside the monthly crimes."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    not_negative,
    one_row_per,
    unique,
)
from wijkbeeld.language import later

_WITHHELD = Rule(
    later("een aantal dat de uitgever niet geeft is leeg"),
    "count(*) filter (where is_suppressed and crime_count is not null)",
)

_SENT = """abs(
    (
        select count(*) from marts.fct_calls
        where
            not is_withdrawn
            and (dispatched_at is not null or on_scene_at is not null)
    )
    -- Without calls there is nothing to sum.
    - coalesce(sum(call_count), 0)
)"""

TABLES = {
    "fct_calls": (
        unique("call_id"),
        known_in("buurt_code", "dim_buurten"),
        in_order("created_at", "dispatched_at", "on_scene_at"),
        Rule(
            later("priority loopt van 1 tot en met 5"),
            "count(*) filter (where priority not between 1 and 5)",
            later(
                "zie src/wijkbeeld/landing/sources/police__calls.yml, en lees "
                "het bestand opnieuw in"
            ),
        ),
    ),
    "rpt_response": (
        one_row_per("buurt_code", "month", "priority"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            later(
                "binnen 15 minuten zijn er niet meer dan er een tijd hebben, "
                "en dat zijn er niet meer dan er zijn"
            ),
            "count(*) filter (where within_15_minutes_count > registered_count "
            "or registered_count > call_count)",
        ),
        Rule(later("elke melding waar iemand heen ging telt één keer mee"), _SENT),
    ),
    "fct_nuisance": (
        unique("buurt_code", "nuisance_code", "month"),
        known_in("buurt_code", "dim_buurten"),
        not_negative("crime_count"),
        _WITHHELD,
    ),
    "fct_registered_crime_years": (
        unique("buurt_code", "offence_code", "year"),
        known_in("buurt_code", "dim_buurten"),
        known_in("offence_code", "dim_offences"),
        not_negative("crime_count"),
        _WITHHELD,
    ),
    "fct_forecast_cells": (
        unique(
            "model",
            "model_version",
            "theme",
            "period_start",
            "day_part",
            "x_rd",
            "y_rd",
        ),
        known_in("buurt_code", "dim_buurten"),
        not_negative("score", "forecast_rank"),
        Rule(
            later("een kans loopt van 0 tot en met 1"),
            "count(*) filter (where score_kind = 'probability' and score > 1)",
        ),
        Rule(
            later("geen periode eindigt voor zij begint"),
            "count(*) filter (where period_end < period_start)",
        ),
    ),
}
