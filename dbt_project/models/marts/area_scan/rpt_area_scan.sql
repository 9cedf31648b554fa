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

rates as (

    select * from {{ ref('int_crimes_rated_to_year') }}

),

judged as (

    select
        crimes.buurt_code,
        crimes.offence_code,
        crimes.month,
        crimes.source,
        crimes.crime_count,
        rates.rate_per_1000,
        rates.rate_note,
        cast(expected.expected_count as double) as expected_count,
        cast(expected.expected_lower as integer) as expected_lower,
        cast(expected.expected_upper as integer) as expected_upper,
        cast(expected.status as varchar) as status,
        rates.count_12_months,
        crimes.is_suppressed,
        crimes.is_provisional,
        crimes.is_incomplete

    from crimes
    inner join expected
        on
            crimes.source = expected.source
            and crimes.buurt_code = expected.area_code
            and crimes.offence_code = expected.offence_code
            and crimes.month = expected.month
    inner join rates
        on
            crimes.source = rates.source
            and crimes.buurt_code = rates.buurt_code
            and crimes.offence_code = rates.offence_code
            and crimes.month = rates.month

)

select * from judged
