with

source as (

    select * from {{ source('social', 'x_posts') }}
    where {{ accepted_new_rows('social', 'x_posts') }}

),

typed as (

    select
        ---------- ids
        post_id,
        account_id,

        ---------- text
        caption,
        permalink,

        ---------- numerics
        cast(impressions as bigint) as impressions,
        cast(engagement_count as bigint) as engagement_count,
        cast(reaction_count as bigint) as reaction_count,
        cast(comment_count as bigint) as comment_count,
        cast(share_count as bigint) as share_count,
        cast(quote_count as bigint) as quote_count,
        cast(bookmark_count as bigint) as bookmark_count,
        cast(link_share_count as bigint) as link_share_count,
        cast(follow_count as bigint) as follow_count,
        cast(profile_visit_count as bigint) as profile_visit_count,
        cast(detail_expand_count as bigint) as detail_expand_count,
        cast(link_click_count as bigint) as link_click_count,

        ---------- booleans
        cast(is_reply as boolean) as is_reply,

        ---------- timestamps
        cast(published_at as timestamp) as published_at,

        ---------- dates
        cast(
            date_trunc(
                'month', {{ to_local("cast(published_at as timestamp)") }}
            ) as date
        ) as published_month,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
