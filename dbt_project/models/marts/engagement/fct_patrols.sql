with

patrols as (

    select
        *,
        {{ local_month('started_at') }} as month

    from {{ ref('int_patrols_deduped_to_patrol') }}

),

first_months as (

    select
        team_id,
        min(month) as first_month,
        min(min(month)) over () as first_month_of_all

    from patrols
    where not is_withdrawn
    group by team_id

),

-- What only shows beside other lists and files is no problem of a row: it would
-- depend on the order in which they landed. Few columns, because a window takes
-- along all that it is given.
overlapping as (

    select patrol_id
    from patrols
    where not is_withdrawn
    window
        earlier as (partition by team_id order by started_at, patrol_id)
    qualify
        max(coalesce(ended_at, started_at)) over (
            earlier rows between unbounded preceding and 1 preceding
        ) > started_at
        or lead(started_at) over earlier < coalesce(ended_at, started_at)
        or started_at in (
            lag(started_at) over earlier, lead(started_at) over earlier
        )

),

compared as (

    select
        patrols.*,
        tracks.patrol_id is not null as has_track,
        patrols.gpx_file is not null
        and tracks.patrol_id is null as is_track_missing,
        overlapping.patrol_id is not null as is_overlapping,
        -- Of a team that only has withdrawn rounds there is no first month.
        not patrols.is_withdrawn and coalesce(
            first_months.first_month > first_months.first_month_of_all
            and patrols.month = first_months.first_month, false
        ) as is_new_team

    from patrols
    left join {{ ref('fct_tracks') }} as tracks
        on patrols.patrol_id = tracks.patrol_id
    left join overlapping on patrols.patrol_id = overlapping.patrol_id
    left join first_months
        on patrols.team_id is not distinct from first_months.team_id

)

select
    patrol_id,
    team_id,
    buurt_code,
    buurt_codes,
    buurt_count,
    started_at,
    ended_at,
    volunteer_count,
    duration_minutes,
    person_hours,
    distance_km,
    signal_count,
    conversation_count,
    is_registered_with_police,
    is_advice_followed,
    has_track,
    is_track_missing,
    month,
    is_overlapping,
    is_new_team,
    is_withdrawn

from compared
order by started_at, patrol_id
