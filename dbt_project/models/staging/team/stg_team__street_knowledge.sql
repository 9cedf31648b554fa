with

source as (

    select * from {{ source('team', 'street_knowledge') }}
    where {{ accepted_new_rows('team', 'street_knowledge') }}

),

typed as (

    select
        ---------- ids
        judgement_id,
        buurt_code,

        ---------- text
        judged_by,
        theme,
        day_part,
        direction,
        confidence,
        reason,

        ---------- numerics
        cast(severity as integer) as severity,
        cast(moved_places as integer) as moved_places,

        ---------- dates
        cast(judged_date as date) as judged_date,
        cast(valid_until_date as date) as valid_until_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
