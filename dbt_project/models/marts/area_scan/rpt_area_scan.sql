with

crimes as (

    select crimes.* from {{ ref('fct_registered_crimes') }} as crimes
    inner join {{ ref('int_sources_chosen_to_offence_month') }} as chosen
        on
            crimes.offence_code = chosen.offence_code
            and crimes.month = chosen.month
            and crimes.source = chosen.source

),

expected as (

    select * from {{ ref('int_crimes_expected_to_area_month') }}
    where level = 'buurt'

),

shrunk as (

    select * from {{ ref('int_rates_shrunk_to_year') }}

),

compared as (

    select * from {{ ref('int_crimes_compared_to_last_year') }}
    where level = 'buurt'

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
        crimes.buurt_code,
        crimes.offence_code,
        crimes.month,
        crimes.source,
        -- What was not delivered is no zero.
        case
            when coalesce(gaps.completeness_flag, '') not like 'missing%'
                then crimes.crime_count
        end as crime_count,
        shrunk.rate_per_1000,
        cast(shrunk.rate_lower as double) as rate_lower,
        cast(shrunk.rate_upper as double) as rate_upper,
        shrunk.rate_note,
        cast(shrunk.shrunk_rate_estimate as double) as shrunk_rate_estimate,
        cast(shrunk.shrunk_rate_lower as double) as shrunk_rate_lower,
        cast(shrunk.shrunk_rate_upper as double) as shrunk_rate_upper,
        cast(shrunk.team_rate as double) as team_rate_per_1000,
        shrunk.shrunk_rate_lower > shrunk.team_rate as is_hot,
        shrunk.count_12_months,
        {{ judgements() }},
        crimes.is_suppressed,
        {{ marks_of_the_month() }},
        breaks.months_since_break

    from crimes
    inner join expected
        on
            crimes.source = expected.source
            and crimes.buurt_code = expected.area_code
            and crimes.offence_code = expected.offence_code
            and crimes.month = expected.month
    inner join shrunk
        on
            crimes.source = shrunk.source
            and crimes.buurt_code = shrunk.buurt_code
            and crimes.offence_code = shrunk.offence_code
            and crimes.month = shrunk.month
    inner join compared
        on
            crimes.source = compared.source
            and crimes.buurt_code = compared.area_code
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

),

-- A rate reaches back 11 months.
told as (

    select
        buurt_code,
        offence_code,
        month,
        source,
        crime_count,
        {{ unless_broken('rate_per_1000', 11) }},
        {{ unless_broken('rate_lower', 11) }},
        {{ unless_broken('rate_upper', 11) }},
        {{ unless_broken('rate_note', 11, "'definition_break'") }},
        {{ unless_broken('shrunk_rate_estimate', 11) }},
        {{ unless_broken('shrunk_rate_lower', 11) }},
        {{ unless_broken('shrunk_rate_upper', 11) }},
        {{ unless_broken('team_rate_per_1000', 11) }},
        {{ unless_broken('is_hot', 11) }},
        {{ judgements_unless_broken() }},
        is_suppressed,
        is_provisional,
        is_incomplete,
        completeness_flag

    from judged

),

-- To stand beside the month a year later. As narrow as can be, and not told again:
-- all of that a second time would be too much for a whole country.
a_year_ago as (

    select
        shrunk.buurt_code,
        shrunk.offence_code,
        cast(shrunk.month + interval 1 year as date) as month,
        case
            when coalesce(breaks.months_since_break < 11, false) then null
            else shrunk.shrunk_rate_lower > shrunk.team_rate
        end as is_hot

    from shrunk
    inner join {{ ref('int_sources_chosen_to_offence_month') }} as chosen
        on
            shrunk.offence_code = chosen.offence_code
            and shrunk.month = chosen.month
            and shrunk.source = chosen.source
    left join breaks
        on
            shrunk.source = breaks.source
            and shrunk.offence_code = breaks.offence_code
            and shrunk.month = breaks.month

),

classed as (

    select
        told.*,
        a_year_ago.is_hot as was_hot

    from told
    left join a_year_ago
        on
            told.buurt_code = a_year_ago.buurt_code
            and told.offence_code = a_year_ago.offence_code
            and told.month = a_year_ago.month

)

-- Hot, new, cooling (MEASURES A12): never from one month.
select
    * exclude (is_hot, was_hot),
    case
        when status_3_months = 'higher' and not was_hot then 'new'
        when was_hot and (status_3_months = 'lower' or change_upper < 1)
            then 'cooling'
        when is_hot then 'hot'
        when not is_hot then 'ordinary'
    end as trend_class

from classed
