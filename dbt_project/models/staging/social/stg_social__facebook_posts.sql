{%- set counts = [
    'views', 'impressions', 'reach', 'reach_organic', 'reach_paid',
    'engagement_count', 'reaction_count', 'comment_count', 'share_count',
    'total_click_count', 'link_click_count', 'other_click_count',
    'video_views_3s', 'video_views_60s',
] -%}

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
        {% for count in counts -%}
        cast({{ count }} as bigint) as {{ count }},
        {% endfor -%}
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
