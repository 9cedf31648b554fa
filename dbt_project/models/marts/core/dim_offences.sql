-- Without the roll-up 0.0.0, which stands in the code list but is no offence.
select
    offence_code,
    offence_name_nl,
    offence_name_en,
    theme,
    is_citizen_reported,
    rate_base

from {{ ref('offence_groups') }}
where offence_code <> '0.0.0'
order by offence_code
