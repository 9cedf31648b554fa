"""Rules on calls to the control room, and on open data beside the monthly crimes."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    not_negative,
    one_row_per,
    unique,
)

_WITHHELD = Rule(
    "a count that is withheld by the publisher is null",
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
            "priority is from 1 to 5",
            "count(*) filter (where priority not between 1 and 5)",
            "see src/wijkbeeld/landing/sources/police__calls.yml, and land it again",
        ),
    ),
    "rpt_response": (
        one_row_per("buurt_code", "month", "priority"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            "within 15 minutes are no more than have a time, and these than there are",
            "count(*) filter (where within_15_minutes_count > registered_count "
            "or registered_count > call_count)",
        ),
        Rule("it counts every call to which somebody was sent once", _SENT),
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
            "a probability is from 0 to 1",
            "count(*) filter (where score_kind = 'probability' and score > 1)",
        ),
        Rule(
            "no period ends before it starts",
            "count(*) filter (where period_end < period_start)",
        ),
    ),
}
