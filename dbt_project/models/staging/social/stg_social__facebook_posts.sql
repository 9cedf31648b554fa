with

source as (

    select * from {{ source('social', 'facebook_posts') }}
    where {{ accepted_new_rows('social', 'facebook_posts') }}

),

typed as (

    select
        ---------- ids
        post_id,
        page_id,

        ---------- text
        caption,
        format,
        permalink,
        metric_definition,

        ---------- numerics
        cast(views as bigint) as views,
        cast(impressions as bigint) as impressions,
        cast(reach as bigint) as reach,
        cast(reach_organic as bigint) as reach_organic,
        cast(reach_paid as bigint) as reach_paid,
        cast(engagement_count as bigint) as engagement_count,
        cast(reaction_count as bigint) as reaction_count,
        cast(comment_count as bigint) as comment_count,
        cast(share_count as bigint) as share_count,
        cast(total_click_count as bigint) as total_click_count,
        cast(link_click_count as bigint) as link_click_count,
        cast(other_click_count as bigint) as other_click_count,
        cast(video_views_3s as bigint) as video_views_3s,
        cast(video_views_60s as bigint) as video_views_60s,
        cast(duration_s as double) as duration_s,
        cast(seconds_viewed as double) as seconds_viewed,
        cast(average_seconds_viewed as double) as average_seconds_viewed,

        ---------- booleans
        cast(is_share as boolean) as is_share,

        ---------- timestamps
        {{ start_to_utc("cast(published_local as timestamp)") }}
            as published_at,

        ---------- dates
        cast(
            date_trunc('month', cast(published_local as timestamp)) as date
        ) as published_month,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
