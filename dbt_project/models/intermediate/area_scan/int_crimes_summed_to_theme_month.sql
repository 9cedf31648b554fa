-- A view, because a Python model reads it.
{{ config(materialized='view') }}

with

arranged as (

    select * from {{ ref('int_crimes_arranged_to_area_month') }}
    where level = 'buurt'

),

-- Season, dispersion and a year of the list reach back less than this.
newest as (

    select max(month) as month from arranged

),

themed as (

    select
        arranged.*,
        offences.theme

    from arranged
    cross join newest
    inner join {{ ref('offence_groups') }} as offences
        on arranged.offence_code = offences.offence_code
    where
        -- What is left over is no theme.
        offences.theme <> 'overig'
        and arranged.month > newest.month - interval 6 year

),

sizes as (

    select
        source,
        theme,
        count(distinct offence_code) as offence_count

    from themed
    group by source, theme

)

select
    themed.source,
    themed.theme,
    themed.area_code as buurt_code,
    themed.month,
    -- Of offences of which one is unknown, the sum is.
    case
        when count(themed.crime_count) = any_value(sizes.offence_count)
            then sum(themed.crime_count)
    end as crime_count,
    bool_or(themed.is_shown) as is_shown

from themed
inner join sizes
    on
        themed.source = sizes.source
        and themed.theme = sizes.theme
group by themed.source, themed.theme, themed.area_code, themed.month
