with

source as (

    select * from {{ source('team', 'portfolios') }}
    where {{ accepted_new_rows('team', 'portfolios') }}

),

typed as (

    select
        ---------- text
        theme,
        organisation,
        role_name,
        general_phone,

        ---------- dates
        cast(valid_from_date as date) as valid_from_date,
        cast(valid_to_date as date) as valid_to_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
