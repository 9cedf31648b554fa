with

crimes as (

    select * from {{ ref('int_crimes_summed_to_team_month') }}

),

expected as (

    select * from {{ ref('int_crimes_expected_to_area_month') }}
    where level = 'team'

),

compared as (

    select * from {{ ref('int_crimes_compared_to_last_year') }}
    where level = 'team'

),

breaks as (

    select * from {{ ref('int_breaks_spread_to_month') }}

),

gaps as (

    select * from {{ ref('int_gaps_spread_to_month') }}

),

late as (

    {{ months_of_late_reports() }}

),

judged as (

    select
        crimes.offence_code,
        crimes.month,
        crimes.source,
        -- What was not delivered is no zero.
        cast(case
            when coalesce(gaps.completeness_flag, '') not like 'missing%'
                then crimes.crime_count
        end as integer) as crime_count,
        -- Only a whole count can be compared with.
        cast(case
            when
                last_year.null_cell_count = 0
                and not coalesce(last_year.is_incomplete, false)
                and coalesce(earlier_gaps.completeness_flag, '') not like 'missing%'
                then last_year.crime_count
        end as integer) as count_last_year,
        cast(compared.count_12_months as integer) as count_12_months,
        {{ judgements() }},
        cast(crimes.null_cell_count as integer) as null_cell_count,
        crimes.null_cell_count > 0 as is_lower_bound,
        {{ marks_of_the_month() }},
        breaks.months_since_break

    from crimes
    inner join {{ ref('int_sources_chosen_to_offence_month') }} as chosen
        on
            crimes.offence_code = chosen.offence_code
            and crimes.month = chosen.month
            and crimes.source = chosen.source
    inner join expected
        on
            crimes.source = expected.source
            and crimes.offence_code = expected.offence_code
            and crimes.month = expected.month
    inner join compared
        on
            crimes.source = compared.source
            and crimes.offence_code = compared.offence_code
            and crimes.month = compared.month
    left join breaks
        on
            crimes.source = breaks.source
            and crimes.offence_code = breaks.offence_code
            and crimes.month = breaks.month
    left join late on crimes.source = late.source and crimes.month = late.month
    left join gaps
        on
            crimes.source = gaps.source
            and crimes.offence_code = gaps.offence_code
            and crimes.month = gaps.month
    left join gaps as earlier_gaps
        on
            crimes.source = earlier_gaps.source
            and crimes.offence_code = earlier_gaps.offence_code
            and crimes.month = earlier_gaps.month + interval 1 year
    left join crimes as last_year
        on
            crimes.source = last_year.source
            and crimes.offence_code = last_year.offence_code
            and crimes.month = last_year.month + interval 1 year

)

-- The month of last year is 12 months back.
select
    offence_code,
    month,
    source,
    crime_count,
    {{ unless_broken('count_last_year', 12) }},
    {{ judgements_unless_broken() }},
    null_cell_count,
    is_lower_bound,
    is_provisional,
    is_incomplete,
    completeness_flag

from judged
