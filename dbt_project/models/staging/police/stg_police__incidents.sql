with

source as (

    select * from {{ source('police', 'incidents') }}
    where {{ accepted_new_rows('police', 'incidents') }}

),

typed as (

    select
        ---------- ids
        cast(incident_id as uuid) as incident_id,
        cast(registration_id as uuid) as registration_id,
        mk_code,
        offence_code,
        buurt_code,
        cast(address_key as uuid) as address_key,

        ---------- text
        object,
        team,

        ---------- numerics
        cast(x_rd as double) as x_rd,
        cast(y_rd as double) as y_rd,

        ---------- booleans
        cast(has_registered_time as boolean) as has_registered_time,
        cast(has_time as boolean) as has_time,
        cast(is_long_window as boolean) as is_long_window,
        cast(is_attempt as boolean) as is_attempt,
        cast(has_report as boolean) as has_report,

        ---------- timestamps
        {{ start_to_utc("cast(registered_local as timestamp)") }}
            as registered_at,
        {{ start_to_utc("cast(occurred_from_local as timestamp)") }}
            as occurred_from_at,
        {{ end_to_utc("cast(occurred_to_local as timestamp)") }}
            as occurred_to_at,

        ---------- dates
        cast(cast(registered_local as timestamp) as date) as registered_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on,
        _covers_from as covers_from,
        _covers_to as covers_to

    from source

)

select * from typed
