with

-- The source that is shown for the month decides, and that is one that is complete.
crimes as (

    select
        month,
        not bool_and(is_incomplete) as is_complete

    from {{ ref('int_crimes_summed_to_team_month') }}
    group by month

),

all_months as (

    select published_month as month from {{ ref('stg_social__facebook_posts') }}
    union all
    select published_month from {{ ref('stg_social__instagram_posts') }}
    union all
    select published_month from {{ ref('stg_social__x_posts') }}
    union all
    select date_trunc('month', started_date) as month
    from {{ ref('stg_watch__patrols') }}
    union all
    select month from crimes

),

extent as (

    select
        min(month) as first_month,
        max(month) as last_month

    from all_months

),

spine as (

    select unnest(generate_series(first_month, last_month, interval 1 month)) as month
    from extent

),

months as (

    select
        cast(spine.month as date) as month,
        coalesce(crimes.is_complete, false) as is_complete

    from spine
    left join crimes on spine.month = crimes.month

)

select * from months
order by month
