-- A view, because a Python model reads it.
{{ config(materialized='view') }}

with

team_buurten as (

    select
        source,
        'buurt' as level,
        buurt_code as area_code,
        offence_code,
        month,
        crime_count,
        is_incomplete,
        true as is_shown

    from {{ ref('fct_registered_crimes') }}

),

-- Buurten of others lend their season and their dispersion.
other_buurten as (

    select
        'police__open_data' as source,
        'buurt' as level,
        buurt_code as area_code,
        offence_code,
        month,
        crime_count,
        is_incomplete,
        false as is_shown

    from {{ ref('int_open_data_deduped_to_cell') }}
    where
        table_number = '47022NED'
        and buurt_code not in (
            select buurten.buurt_code from {{ ref('buurten') }} as buurten
        )

),

-- A sum with a withheld count in it is a lower bound, and no base for anything.
team as (

    select
        source,
        'team' as level,
        'team' as area_code,
        offence_code,
        month,
        case when null_cell_count = 0 then crime_count end as crime_count,
        is_incomplete,
        true as is_shown

    from {{ ref('int_crimes_summed_to_team_month') }}

),

areas as (

    select * from team_buurten
    union all
    select * from other_buurten
    union all
    select * from team

),

gaps as (

    select * from {{ ref('int_gaps_spread_to_month') }}

),

complete as (

    select
        areas.source,
        areas.level,
        areas.area_code,
        areas.offence_code,
        areas.month,
        -- Every window that needs an incomplete month is null. What the team was not
        -- given, its surroundings were not either.
        case
            when not areas.is_incomplete and gaps.completeness_flag is null
                then areas.crime_count
        end as crime_count,
        areas.is_shown

    from areas
    left join gaps
        on
            areas.source = gaps.source
            and areas.offence_code = gaps.offence_code
            and areas.month = gaps.month

)

select * from complete
