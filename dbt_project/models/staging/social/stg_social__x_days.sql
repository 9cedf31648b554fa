with

source as (

    select * from {{ source('social', 'x_days') }}
    where {{ accepted_new_rows('social', 'x_days') }}

),

typed as (

    select
        ---------- ids
        account_id,

        ---------- numerics
        cast(impressions as bigint) as impressions,
        cast(reaction_count as bigint) as reaction_count,
        cast(engagement_count as bigint) as engagement_count,
        cast(bookmark_count as bigint) as bookmark_count,
        cast(link_share_count as bigint) as link_share_count,
        cast(follow_count as bigint) as follow_count,
        cast(unfollow_count as bigint) as unfollow_count,
        cast(comment_count as bigint) as comment_count,
        cast(share_count as bigint) as share_count,
        cast(profile_visit_count as bigint) as profile_visit_count,
        cast(post_count as bigint) as post_count,
        cast(video_view_count as bigint) as video_view_count,
        cast(media_view_count as bigint) as media_view_count,

        ---------- dates
        cast(day as date) as day,

        ---------- booleans
        -- The day an export is made is not over.
        cast(day as date) >= cast(_exported_on as date) as is_incomplete,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
