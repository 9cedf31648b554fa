with

-- A zone lasts the first seven days, so only a pattern in those opens it.
patterns as (

    select distinct offence_code
    from {{ ref('int_incidents_tested_for_near_repeats') }}
    where
        is_pattern
        and day_band = '0-6'
        and distance_band in ('0', '1-100', '101-200')

)

select
    placed.offence_code,
    placed.buurt_code,
    placed.occurred_from_date as active_from,
    cast(placed.occurred_from_date + interval 6 day as date) as active_until,
    count(*) as incident_count

from {{ ref('int_incidents_placed_to_point') }} as placed
inner join patterns on placed.offence_code = patterns.offence_code
where
    placed.is_dated
    and placed.buurt_code is not null
    and placed.occurred_from_date
    >= cast(placed.last_month - interval 23 month as date)
group by 1, 2, 3, 4
