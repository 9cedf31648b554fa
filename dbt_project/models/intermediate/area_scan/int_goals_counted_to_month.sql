-- A view, because a Python model reads it.
{{ config(materialized='view') }}

with

goals as (

    select * from {{ ref('fct_goals') }}
    where
        is_latest
        and indicator in ('crime_count', 'rate_per_1000')

),

arranged as (

    select * from {{ ref('int_crimes_arranged_to_area_month') }}
    where
        is_shown
        and offence_code <> '0.0.0'

)

select
    goals.goal_id,
    arranged.source,
    arranged.month,
    -- Of offences of which one is unknown, the sum is.
    case
        when count(*) = count(arranged.crime_count) then sum(arranged.crime_count)
    end as crime_count

from goals
inner join arranged
    on
        coalesce(goals.buurt_code, 'team') = arranged.area_code
        and coalesce(goals.offence_code, arranged.offence_code)
        = arranged.offence_code
        and arranged.month >= goals.baseline_from_date - interval 1 year
        and goals.end_date >= arranged.month
inner join {{ ref('offence_groups') }} as offences
    on
        arranged.offence_code = offences.offence_code
        and (
            goals.offence_code is not null
            or coalesce(goals.theme, offences.theme) = offences.theme
        )
group by goals.goal_id, arranged.source, arranged.month
