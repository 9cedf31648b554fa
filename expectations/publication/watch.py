"""Rules on what the watch teams noticed and where they walked."""

from expectations.publication.rule import (
    Rule,
    in_order,
    known_in,
    not_negative,
    one_row_per,
    unique,
)
from wijkbeeld.language import later

_LINKED = """(
    select count(*)
    from marts.fct_tracks
    left join marts.fct_patrols using (patrol_id)
    where linked_by in ('list', 'time') and fct_patrols.patrol_id is null
)"""

_SHARES = """(
    select count(*)
    from (
        select track_id from marts.fct_track_buurten
        group by track_id having abs(sum(share) - 1) > 1e-6
    )
)"""

TABLES = {
    "fct_signals": (
        unique("signal_id"),
        known_in("buurt_code", "dim_buurten"),
        in_order("reported_at", "responded_at"),
    ),
    "fct_tracks": (
        unique("track_id"),
        not_negative("length_km", "moving_minutes", "point_count"),
        in_order("started_at", "ended_at"),
        Rule(
            later("een spoor dat via lijst of tijd is gevonden heeft zijn ronde"),
            _LINKED,
        ),
    ),
    "fct_track_buurten": (
        # What lies outside the area is of no buurt.
        one_row_per("track_id", "buurt_code"),
        known_in("buurt_code", "dim_buurten"),
        known_in("track_id", "fct_tracks"),
        not_negative("length_km", "share"),
        Rule(later("de aandelen van een spoor tellen op tot 1"), _SHARES),
    ),
}
