with

latest as (

    select * from {{ ref('stg_team__portfolios') }}
    qualify row_number() over (
        partition by theme, organisation, role_name, valid_from_date
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select
    theme,
    organisation,
    role_name,
    general_phone,
    valid_from_date,
    valid_to_date

from latest
order by theme, organisation, role_name, valid_from_date
