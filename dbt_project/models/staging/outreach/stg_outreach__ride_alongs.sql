with

source as (

    select * from {{ source('outreach', 'ride_alongs') }}
    where {{ accepted_new_rows('outreach', 'ride_alongs') }}

),

typed as (

    select
        ---------- ids
        evening_id,
        post_id,
        area_code,

        ---------- text
        channel,
        call_type,
        reviewed_by,

        ---------- numerics
        cast(post_no as integer) as post_no,
        cast(guest_count as integer) as guest_count,

        ---------- booleans
        cast(is_plate_checked as boolean) as is_plate_checked,
        cast(is_name_checked as boolean) as is_name_checked,
        cast(is_address_checked as boolean) as is_address_checked,
        cast(is_medical_checked as boolean) as is_medical_checked,
        cast(is_minor_checked as boolean) as is_minor_checked,

        ---------- timestamps
        {{ start_to_utc("cast(started_local as timestamp)") }} as started_at,
        {{ end_to_utc("cast(ended_local as timestamp)") }} as ended_at,
        {{ start_to_utc("cast(called_local as timestamp)") }} as called_at,
        {{ end_to_utc("cast(released_local as timestamp)") }} as released_at,
        {{ end_to_utc("cast(published_local as timestamp)") }} as published_at,

        ---------- dates
        cast(cast(started_local as timestamp) as date) as started_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
