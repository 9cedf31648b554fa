with

source as (

    select * from {{ source('watch', 'signals') }}
    where {{ accepted_new_rows('watch', 'signals') }}

),

typed as (

    select
        ---------- ids
        signal_id,
        patrol_id,
        team_id,
        buurt_code,
        cast(call_id as uuid) as call_id,

        ---------- text
        kind,
        reported_to,
        responded_by,
        outcome,

        ---------- booleans
        cast(is_urgent as boolean) as is_urgent,

        ---------- timestamps
        {{ start_to_utc("cast(reported_local as timestamp)") }} as reported_at,
        case
            when has_responded_time = 'true'
                then {{ end_to_utc("cast(responded_local as timestamp)") }}
        end as responded_at,

        ---------- dates
        cast(cast(responded_local as timestamp) as date) as responded_date,
        cast(cast(feedback_local as timestamp) as date) as feedback_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
