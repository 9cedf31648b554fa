with

source as (

    select * from {{ source('outreach', 'briefings') }}
    where {{ accepted_new_rows('outreach', 'briefings') }}

),

typed as (

    select
        ---------- ids
        briefing_id,

        ---------- text
        status,
        venue,
        guest_from,
        themes,
        minutes_url,

        ---------- numerics
        cast(attendance_residents as integer) as resident_count,
        cast(attendance_coordinators as integer) as coordinator_count,
        cast(attendance_administrators as integer) as administrator_count,
        cast(attendance_police as integer) as police_count,
        cast(attendance_municipality as integer) as municipality_count,
        cast(group_count as integer) as group_count,
        cast(team_count as integer) as team_count,
        cast(new_action_count as integer) as new_action_count,
        cast(done_action_count as integer) as done_action_count,
        cast(open_action_count as integer) as open_action_count,
        cast(minutes_view_count as integer) as minutes_view_count,
        cast(police_hours as double) as police_hours,

        ---------- timestamps
        case
            when has_start_time = 'true'
                then {{ start_to_utc("cast(started_local as timestamp)") }}
        end as started_at,
        case
            when has_start_time = 'true'
                then {{ end_to_utc("cast(ended_local as timestamp)") }}
        end as ended_at,

        ---------- dates
        cast(cast(started_local as timestamp) as date) as started_date,
        cast(cast(minutes_local as timestamp) as date) as minutes_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
