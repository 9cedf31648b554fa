with

source as (

    select * from {{ source('social', 'facebook_page_days') }}
    where {{ accepted_new_rows('social', 'facebook_page_days') }}

),

typed as (

    select
        ---------- ids
        account_id,

        ---------- text
        metric,

        ---------- numerics
        cast(value as bigint) as value,
        cast(viewers_total as bigint) as viewers_total,
        cast(viewers_new as bigint) as viewers_new,
        cast(viewers_returning as bigint) as viewers_returning,

        ---------- dates
        cast(day as date) as day,

        ---------- booleans
        -- The day an export is made is not over.
        cast(day as date) >= cast(_exported_on as date) as is_incomplete,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
