with

posts as (

    select
        'facebook' as channel,
        posts.post_id,
        posts.published_at,
        posts.format,
        cast(themes.theme as varchar) as theme,
        posts.caption,
        posts.permalink,
        posts.reach,
        posts.views,
        posts.impressions,
        posts.reaction_count,
        posts.comment_count,
        posts.share_count,
        posts.engagement_count,
        posts.link_click_count,
        posts.duration_s,
        posts.metric_definition,
        cast(posts.snapshot_count as integer) as snapshot_count,
        posts.first_exported_on,
        posts.last_exported_on

    from {{ ref('int_posts_deduped_to_post') }} as posts
    inner join {{ ref('int_posts_labelled_to_theme') }} as themes
        on posts.post_id = themes.post_id

)

select * from posts
order by channel, post_id
