with

source as (

    select * from {{ source('outreach', 'minutes') }}
    where {{ accepted_new_rows('outreach', 'minutes') }}

),

typed as (

    select
        ---------- ids
        briefing_id,

        ---------- text
        point,

        ---------- numerics
        cast(point_no as integer) as point_no,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
