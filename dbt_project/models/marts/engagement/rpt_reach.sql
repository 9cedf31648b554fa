with

posts as (

    select
        *,
        cast(
            date_trunc('month', {{ to_local('published_at') }}) as date
        ) as month

    from {{ ref('fct_posts') }}
    -- Only who reads along with the one that is answered sees a reply.
    where not is_reply

),

-- Accounts that saw one post may have seen another: of the reach of several only
-- bounds are known, and no upper one where a post did not tell its own. A sum over no
-- reported value is null, not zero.
summed as (

    select
        channel,
        month,
        format,
        theme,
        cast(count(*) as integer) as post_count,
        case
            when count(reach) = count(*) then cast(sum(reach) as bigint)
        end as reach_sum_upper,
        max(reach) as reach_max_lower,
        cast(sum(views) as bigint) as views_sum,
        cast(sum(impressions) as bigint) as impressions_sum,
        cast(sum(engagement_count) as bigint) as engagement_sum,
        cast(count(reach) as integer) as reach_reported_post_count,
        count(views) < count(*) as is_views_lower_bound,
        count(impressions) < count(*) as is_impressions_lower_bound,
        count(engagement_count) < count(*) as is_engagement_lower_bound

    from posts
    group by channel, month, format, theme

)

select * from summed
order by channel, month, format, theme
