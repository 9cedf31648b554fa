with

latest as (

    select * from {{ ref('fct_whatsapp_groups') }}
    qualify row_number() over (
        partition by group_id order by as_of_date desc
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
order by group_id
