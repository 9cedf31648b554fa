with

periods as (

    select max(last_month) as last_month
    from {{ ref('int_incidents_placed_to_point') }}

)

select
    tested.offence_code,
    periods.last_month as month,
    cast(tested.first_date as date) as first_date,
    tested.distance_band,
    tested.day_band,
    cast(tested.observed_count as bigint) as observed_count,
    tested.expected_count,
    tested.expected_lower,
    tested.expected_upper,
    tested.ratio,
    tested.ratio_by_end,
    tested.p_value,
    tested.is_pattern,
    cast(tested.incident_count as bigint) as incident_count,
    cast(tested.left_out_count as bigint) as left_out_count,
    tested.is_too_few

from {{ ref('int_incidents_tested_for_near_repeats') }} as tested
cross join periods
