"""Rules on the dimensions and on incidents."""

from expectations.publication.rule import (
    REBUILD,
    Rule,
    known_in,
    not_negative,
    one_of,
    unique,
)
from wijkbeeld import reference

_BUURTEN = ", ".join(f"'{buurt.buurt_code}'" for buurt in reference.buurten())
_COUNT = len(reference.buurten())

TABLES = {
    "dim_buurten": (
        Rule(
            f"it holds the {_COUNT} buurten of the team and no other",
            f"{_COUNT} + count(*) - 2 * count(distinct buurt_code) "
            f"filter (where buurt_code in ({_BUURTEN}))",
            f"compare it with dbt_project/seeds/buurten.csv, then {REBUILD}",
        ),
        not_negative("inhabitant_count", "dwelling_count", "household_count"),
    ),
    "dim_buurt_shapes": (
        unique("buurt_code"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            "every buurt has a shape, once shapes have been delivered",
            f"case when count(*) > 0 then {_COUNT} - count(geometry_wkt) end",
            "deliver cbs__buurten with shapes of all buurten, then build",
        ),
    ),
    "dim_offences": (
        unique("offence_code"),
        one_of("rate_base", "dwellings", "inhabitants"),
    ),
    "dim_months": (
        unique("month"),
        Rule(
            "no month is left out",
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
            "no day is left out",
            "datediff('day', min(day), max(day)) + 1 - count(*)",
        ),
    ),
    "fct_incidents": (
        unique("incident_id"),
        known_in("offence_code", "dim_offences"),
        known_in("buurt_code", "dim_buurten"),
        Rule(
            "every incident has a date of registration",
            "count(*) filter (where registered_at is null)",
        ),
        Rule(
            "occurred_from_at is not after occurred_to_at",
            "count(*) filter (where occurred_from_at > occurred_to_at)",
        ),
        Rule(
            # Of a withdrawn incident no registration is left.
            "registration_count is at least one",
            "count(*) filter (where registration_count < 1 and not is_withdrawn)",
        ),
        Rule(
            "every incident comes from a landed delivery",
            "count(*) filter (where file_sha256 not in (select file_sha256 "
            "from marts.fct_deliveries where status = 'landed'))",
            "see which record is missing under landing/_deliveries, and land that "
            "file again",
        ),
    ),
}
