select
    buurt_code,
    offence_code,
    cast(month as date) as month,
    cast(hour_of_week as integer) as hour_of_week,
    weight_billionths / 1e9 as weight,
    hour_square_billionths / 1e9 as square

from {{ ref('int_incidents_spread_to_hour') }}
where hour_of_week is not null
