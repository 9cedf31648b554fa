with

-- What only shows beside other lists and files is no problem of a row: it would
-- depend on the order in which they landed.
compared as (

    select
        patrols.*,
        tracks.patrol_id is not null as has_track,
        patrols.gpx_file is not null
        and tracks.patrol_id is null as is_track_missing,
        {{ local_month('patrols.started_at') }} as month,
        min(case
            when not patrols.is_withdrawn
                then {{ local_month('patrols.started_at') }}
        end) over (partition by patrols.team_id) as first_month,
        min(case
            when not patrols.is_withdrawn
                then {{ local_month('patrols.started_at') }}
        end) over () as first_month_of_all,
        coalesce(max(coalesce(patrols.ended_at, patrols.started_at)) over (
            earlier rows between unbounded preceding and 1 preceding
        ) > patrols.started_at, false) as begins_during_another,
        coalesce(
            lead(patrols.started_at) over earlier
            < coalesce(patrols.ended_at, patrols.started_at), false
        ) as ends_during_another,
        count(*) over (
            partition by patrols.team_id, patrols.is_withdrawn, patrols.started_at
        ) > 1 as begins_with_another

    from {{ ref('int_patrols_deduped_to_patrol') }} as patrols
    left join {{ ref('fct_tracks') }} as tracks
        on patrols.patrol_id = tracks.patrol_id
    window
        earlier as (
            partition by patrols.team_id, patrols.is_withdrawn
            order by patrols.started_at, patrols.patrol_id
        )

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
    not is_withdrawn and (
        begins_during_another or ends_during_another or begins_with_another
    ) as is_overlapping,
    -- Of a team that only has withdrawn rounds there is no first month.
    not is_withdrawn and coalesce(
        first_month > first_month_of_all and month = first_month, false
    ) as is_new_team,
    is_withdrawn

from compared
order by started_at, patrol_id
