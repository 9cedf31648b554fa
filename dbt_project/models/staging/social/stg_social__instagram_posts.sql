with

source as (

    select * from {{ source('social', 'instagram_posts') }}
    where {{ accepted_new_rows('social', 'instagram_posts') }}

),

typed as (

    select
        ---------- ids
        post_id,
        account_id,

        ---------- text
        account_username,
        caption,
        format,
        permalink,
        metric_definition,

        ---------- numerics
        cast(views as bigint) as views,
        cast(impressions as bigint) as impressions,
        cast(reach as bigint) as reach,
        cast(reaction_count as bigint) as reaction_count,
        cast(comment_count as bigint) as comment_count,
        cast(share_count as bigint) as share_count,
        cast(save_count as bigint) as save_count,
        cast(follow_count as bigint) as follow_count,
        cast(link_click_count as bigint) as link_click_count,
        cast(profile_visit_count as bigint) as profile_visit_count,
        cast(duration_s as double) as duration_s,

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
