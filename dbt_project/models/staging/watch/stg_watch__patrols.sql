with

source as (

    select * from {{ source('watch', 'patrols') }}
    where {{ accepted_new_rows('watch', 'patrols') }}

),

typed as (

    select
        ---------- ids
        patrol_id,
        team_id,
        buurt_code,
        buurt_codes,

        ---------- text
        transport_mode,
        route_name,
        gpx_file,

        ---------- numerics
        cast(volunteer_count as integer) as volunteer_count,
        cast(distance_km as double) as distance_km,
        cast(signal_count as integer) as signal_count,
        cast(conversation_count as integer) as conversation_count,

        ---------- booleans
        cast(is_registered_with_police as boolean) as is_registered_with_police,
        cast(is_advice_followed as boolean) as is_advice_followed,

        ---------- timestamps
        {{ start_to_utc("cast(started_local as timestamp)") }} as started_at,
        {{ end_to_utc("cast(ended_local as timestamp)") }} as ended_at,

        ---------- dates
        cast(cast(started_local as timestamp) as date) as started_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on,
        _covers_from as covers_from,
        _covers_to as covers_to

    from source

)

select * from typed
