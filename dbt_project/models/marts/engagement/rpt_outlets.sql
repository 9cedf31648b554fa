with

posts as (

    select
        channel,
        post_id as item_id,
        cast({{ to_local('published_at') }} as date) as published_date,
        theme as themes,
        format,
        reach,
        views,
        impressions

    from {{ ref('fct_posts') }}
    -- Only who reads along with the one that is answered sees a reply.
    where not is_reply

),

held as (

    select * from {{ ref('fct_briefings') }}
    where status = 'gehouden'

),

-- What a channel does not have is null: copies are not readers, visitors no accounts.
items as (

    select
        *,
        cast(null as bigint) as copies_delivered,
        cast(null as bigint) as attendance_count,
        cast(null as boolean) as is_attendance_lower_bound,
        cast(null as bigint) as page_view_count

    from posts
    union all by name
    select
        channel,
        article_id as item_id,
        published_date,
        themes,
        format,
        circulation as copies_delivered

    from {{ ref('fct_articles') }}
    union all by name
    select
        'briefing' as channel,
        briefing_id as item_id,
        started_date as published_date,
        themes,
        attendance_count,
        is_attendance_lower_bound

    from held
    union all by name
    select
        'website' as channel,
        briefing_id as item_id,
        minutes_date as published_date,
        themes,
        minutes_view_count as page_view_count

    from held
    where minutes_date is not null

)

select
    channel,
    item_id,
    published_date,
    cast(date_trunc('month', published_date) as date) as month,
    themes,
    format,
    copies_delivered,
    attendance_count,
    is_attendance_lower_bound,
    page_view_count,
    cast(reach as bigint) as reach,
    cast(views as bigint) as views,
    cast(impressions as bigint) as impressions

from items
order by channel, published_date, item_id
