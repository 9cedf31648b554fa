-- Read by three marts, and worked out once.
{{ config(materialized='table') }}

with

newest as (

    select
        source,
        max(month) as month

    from {{ ref('int_crimes_summed_to_team_month') }}
    where not is_incomplete
    group by source

),

-- In the first month after it an export is of lag 1. A year and a half holds twelve
-- final months and those that still grow.
incidents as (

    select
        incident_id,
        date_trunc('month', min(registered_date)) as month,
        date_diff(
            'month', date_trunc('month', min(registered_date)), min(exported_on)
        ) as first_lag

    from {{ ref('stg_police__incidents') }}
    where
        registered_date >= (
            select last_month.month - interval 18 month from newest as last_month
            where last_month.source = 'police__incidents'
        )
    group by incident_id

),

exported as (

    select max(exported_on) as exported_on from {{ ref('stg_police__incidents') }}

),

months as (

    select
        incidents.month,
        min(incidents.first_lag) as first_lag,
        date_diff('month', incidents.month, any_value(exported.exported_on)) as lag,
        count(*) as seen_count

    from incidents
    cross join exported
    group by incidents.month

),

growing as (

    select months.* from months
    inner join newest
        on newest.source = 'police__incidents' and months.month <= newest.month
    where months.lag between 1 and 3

),

-- Of the latest twelve final months that were seen as early as this one is now.
final as (

    select
        growing.month,
        growing.seen_count,
        months.month as final_month,
        count_if(incidents.first_lag <= growing.lag) as early_count,
        count(*) as final_count

    from growing
    inner join months on growing.lag >= months.first_lag and months.lag > 3
    inner join incidents on months.month = incidents.month
    group by growing.month, growing.seen_count, growing.lag, months.month
    qualify row_number() over (
        partition by growing.month order by months.month desc
    ) <= 12

),

late as (

    select
        month,
        cast(count(*) as integer) as snapshot_month_count,
        cast(sum(early_count) as double)
        / sum(final_count) as completeness_estimate,
        any_value(seen_count) as seen_count

    from final
    group by month
    having count(*) >= 3

),

-- Without exports that tell, the newest month is always provisional.
provisional as (

    select
        newest.source,
        coalesce(cast(late.month as date), newest.month) as month,
        late.seen_count / late.completeness_estimate as expected_count,
        late.completeness_estimate,
        late.snapshot_month_count

    from newest
    left join late on newest.source = 'police__incidents'
    where coalesce(late.completeness_estimate < 0.95, true)

)

select * from provisional
order by source, month
