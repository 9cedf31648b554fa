with

source as (

    select * from {{ source('whatsapp', 'groups') }}
    where {{ accepted_new_rows('whatsapp', 'groups') }}

),

typed as (

    select
        ---------- ids
        group_id,
        buurt_code,
        area_buurt_codes,

        ---------- text
        group_name,
        kind,
        area_description,

        ---------- numerics
        cast(dwelling_count as integer) as dwelling_count,
        cast(member_count as integer) as member_count,
        cast(admin_count as integer) as admin_count,

        ---------- booleans
        cast(has_police as boolean) as has_police,
        cast(is_saar_agreed as boolean) as is_saar_agreed,

        ---------- dates
        cast(cast(active_from_local as timestamp) as date) as active_from_date,
        cast(cast(active_to_local as timestamp) as date) as active_to_date,
        cast(cast(as_of_local as timestamp) as date) as as_of_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
