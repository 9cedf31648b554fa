with

periods as (

    select max(last_month) as last_month
    from {{ ref('int_incidents_placed_to_point') }}

)

select
    concentrated.offence_code,
    periods.last_month as month,
    concentrated.place_count,
    concentrated.crime_count,
    concentrated.no_point_count,
    concentrated.share_top_5_percent_estimate,
    concentrated.share_top_5_percent_lower,
    concentrated.share_top_5_percent_upper,
    concentrated.share_by_chance,
    concentrated.gini_generalised_estimate,
    concentrated.gini_generalised_lower,
    concentrated.gini_generalised_upper,
    concentrated.is_too_few

from {{ ref('int_incidents_concentrated_to_offence') }} as concentrated
cross join periods
