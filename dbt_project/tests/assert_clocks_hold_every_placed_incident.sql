-- An incident of a buurt has the weight 1 in its month, or is counted as one of which
-- the hour is not known. Weights are whole billionths, rounded once per hour.
with

placed as (

    select count(*) as placed_count
    from {{ ref('fct_incidents') }}
    where not is_withdrawn and buurt_code is not null

),

counted as (

    select
        sum(informative_count) as informative_count,
        sum(informative_count + uninformative_count + time_unknown_count)
            as clock_count

    from {{ ref('int_incidents_spread_to_hour') }}
    where hour_of_week is null

),

spread as (

    select
        sum(weight) as weight,
        count(*) as hour_count

    from {{ ref('fct_clock_hours') }}

)

select
    placed.placed_count,
    counted.clock_count,
    counted.informative_count,
    spread.weight

from placed
cross join counted
cross join spread
where
    placed.placed_count is distinct from coalesce(counted.clock_count, 0)
    -- Without an incident there is no weight.
    or abs(
        coalesce(spread.weight, 0) - coalesce(counted.informative_count, 0)
    ) > spread.hour_count * 1e-9 + 1e-6
