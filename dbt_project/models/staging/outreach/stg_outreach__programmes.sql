with

source as (

    select * from {{ source('outreach', 'programmes') }}
    where {{ accepted_new_rows('outreach', 'programmes') }}

),

typed as (

    select
        ---------- ids
        programme_id,
        buurt_code,
        target_offences,
        comparison_buurt_codes,

        ---------- text
        name,
        kind,
        audience,
        status,
        partners,

        ---------- numerics
        cast(participant_count as integer) as participant_count,
        cast(activity_count as integer) as activity_count,

        ---------- dates
        cast(cast(start_local as timestamp) as date) as start_date,
        cast(cast(end_local as timestamp) as date) as end_date,
        cast(cast(chosen_local as timestamp) as date) as chosen_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
