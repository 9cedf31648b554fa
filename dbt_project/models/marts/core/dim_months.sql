with

-- The source that is shown for the month decides.
crimes as (

    select
        month,
        not arg_max(is_incomplete, source = 'police__incidents') as is_complete

    from {{ ref('int_crimes_summed_to_team_month') }}
    group by 1

),

all_months as (

    select published_month as month from {{ ref('stg_social__facebook_posts') }}
    union all
    select date_trunc('month', started_date) as month
    from {{ ref('stg_watch__patrols') }}
    union all
    select month from crimes

),

extent as (

    select unnest(generate_series(
        min(month), max(month), interval 1 month
    )) as month
    from all_months

),

months as (

    select
        cast(extent.month as date) as month,
        coalesce(crimes.is_complete, false) as is_complete

    from extent
    left join crimes on extent.month = crimes.month

)

select * from months
order by month
