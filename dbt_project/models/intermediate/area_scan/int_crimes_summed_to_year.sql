{%- set window -%}
    partition by source, buurt_code, offence_code order by month
    range between interval 11 month preceding and current row
{%- endset -%}
{%- set window_before -%}
    partition by source, buurt_code, offence_code order by month
    range between interval 12 month preceding and interval 1 month preceding
{%- endset -%}

with

gaps as (

    select * from {{ ref('int_gaps_spread_to_month') }}

),

crimes as (

    select
        crimes.source,
        crimes.buurt_code,
        crimes.offence_code,
        crimes.month,
        crimes.is_incomplete,
        -- Every window that needs an incomplete month is null.
        gaps.completeness_flag is null
        and not crimes.is_incomplete as is_delivered,
        case
            when gaps.completeness_flag is null and not crimes.is_incomplete
                then crimes.crime_count
        end as crime_count

    from {{ ref('fct_registered_crimes') }} as crimes
    left join gaps
        on
            crimes.source = gaps.source
            and crimes.offence_code = gaps.offence_code
            and crimes.month = gaps.month

),

-- The twelve months up to this one; up to the one before while it is incomplete.
summed as (

    select
        source,
        buurt_code,
        offence_code,
        month,
        case
            when is_incomplete then cast(month - interval 1 month as date)
            else month
        end as last_month,
        case
            when is_incomplete then sum(crime_count) over before_this
            else sum(crime_count) over up_to_this
        end as crime_count,
        case
            when is_incomplete then count_if(is_delivered) over before_this
            else count_if(is_delivered) over up_to_this
        end as month_count,
        case
            when is_incomplete then count(crime_count) over before_this
            else count(crime_count) over up_to_this
        end as counted_month_count

    from crimes
    window
        up_to_this as ({{ window }}),
        before_this as ({{ window_before }})

),

complete as (

    select
        source,
        buurt_code,
        offence_code,
        month,
        last_month,
        case
            when counted_month_count = 12 then cast(crime_count as integer)
        end as count_12_months,
        -- Before the first month there is none to count.
        coalesce(month_count = 12, false) as is_covered

    from summed

)

select * from complete
