with

source as (

    select * from {{ source('team', 'goals') }}
    where {{ accepted_new_rows('team', 'goals') }}

),

typed as (

    select
        ---------- ids
        goal_id,
        buurt_code,
        offence_code,

        ---------- text
        owner,
        indicator,
        theme,
        direction,
        stop_rule,

        ---------- numerics
        cast(baseline as double) as baseline,
        cast(target as double) as target,

        ---------- dates
        cast(agreed_date as date) as agreed_date,
        cast(baseline_from_date as date) as baseline_from_date,
        cast(baseline_to_date as date) as baseline_to_date,
        cast(end_date as date) as end_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
