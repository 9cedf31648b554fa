with

patrols as (

    select
        patrol_id,
        team_id,
        buurt_code,
        cast(len(buurt_code_list) as integer) as buurt_count,
        started_at,
        ended_at,
        volunteer_count,
        duration_minutes,
        duration_minutes / 60 * volunteer_count as person_hours,
        distance_km,
        signal_count,
        conversation_count,
        is_registered_with_police,
        is_advice_followed,
        is_withdrawn

    from {{ ref('int_patrols_deduped_to_patrol') }}

)

select * from patrols
order by patrol_id
