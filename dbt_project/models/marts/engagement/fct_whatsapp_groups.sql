with

-- A register that is sent again, or put right, is the same reference date.
latest as (

    select * from {{ ref('stg_whatsapp__groups') }}
    qualify row_number() over (
        partition by group_id, as_of_date
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select
    group_id,
    group_name,
    kind,
    buurt_code,
    area_buurt_codes,
    area_description,
    dwelling_count,
    member_count,
    admin_count,
    has_police,
    is_saar_agreed,
    active_from_date,
    active_to_date,
    as_of_date

from latest
