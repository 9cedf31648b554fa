"""Rules on the dimensions and on incidents."""

from expectations.publication.rule import (
    Rule,
    known_in,
    not_negative,
    one_of,
    unique,
)
from wijkbeeld import reference
from wijkbeeld.language import later

_BUURTEN = ", ".join(f"'{buurt.buurt_code}'" for buurt in reference.buurten())
_COUNT = len(reference.buurten())

TABLES = {
    "dim_buurten": (
        Rule(
            later("de {count} buurten van het team staan erin, en geen andere"),
            f"{_COUNT} + count(*) - 2 * count(distinct buurt_code) "
            f"filter (where buurt_code in ({_BUURTEN}))",
            later(
                "vergelijk het met dbt_project/seeds/buurten.csv; voer dan uit: "
                "wijkbeeld build --full-refresh"
            ),
            {"count": str(_COUNT)},
        ),
        not_negative("inhabitant_count", "dwelling_count", "household_count"),
    ),
    "dim_buurt_shapes": (
        unique("buurt_code"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            later("elke buurt heeft een vorm, zodra er vormen zijn geleverd"),
            f"case when count(*) > 0 then {_COUNT} - count(geometry_wkt) end",
            later("lever cbs__buurten met vormen van alle buurten, en bouw opnieuw"),
        ),
    ),
    "dim_offences": (
        unique("offence_code"),
        one_of("rate_base", "dwellings", "inhabitants"),
    ),
    "dim_months": (
        unique("month"),
        Rule(
            later("geen maand ontbreekt"),
            "datediff('month', min(month), max(month)) + 1 - count(*)",
        ),
    ),
    "fct_buurt_figures": (
        unique("buurt_code", "vintage_year"),
        known_in("buurt_code", "dim_buurten"),
        not_negative("inhabitant_count", "dwelling_count", "household_count"),
    ),
    "dim_days": (
        unique("day"),
        Rule(
            later("geen dag ontbreekt"),
            "datediff('day', min(day), max(day)) + 1 - count(*)",
        ),
    ),
    "fct_incidents": (
        unique("incident_id"),
        known_in("offence_code", "dim_offences"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            later("elk incident heeft een datum van registratie"),
            "count(*) filter (where registered_at is null)",
        ),
        Rule(
            later("occurred_from_at ligt niet na occurred_to_at"),
            "count(*) filter (where occurred_from_at > occurred_to_at)",
        ),
        Rule(
            # Of a withdrawn incident no registration is left.
            later("registration_count is ten minste één"),
            "count(*) filter (where registration_count < 1 and not is_withdrawn)",
        ),
        Rule(
            later("elk incident komt uit een ingelezen levering"),
            "count(*) filter (where file_sha256 not in (select file_sha256 "
            "from marts.fct_deliveries where status = 'landed'))",
            later(
                "kijk welke vermelding ontbreekt onder landing/_deliveries, en "
                "lees dat bestand opnieuw in"
            ),
        ),
    ),
}
