{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['channel', 'day'],
    on_schema_change='fail',
) }}

{%- set of_viewers = ['viewers_total', 'viewers_new', 'viewers_returning'] %}
{%- set of_x = [
    'impressions', 'engagement_count', 'reaction_count', 'comment_count',
    'share_count', 'bookmark_count', 'link_share_count', 'follow_count',
    'unfollow_count', 'profile_visit_count', 'post_count', 'video_view_count',
    'media_view_count',
] %}

with

page_days as (

    select * from {{ ref('stg_social__facebook_page_days') }}
    where
        {{ touched_by_new_files(
            'social__facebook_page_days', 'cast(day as varchar)'
        ) }}

),

account_days as (

    select * from {{ ref('stg_social__x_days') }}
    where {{ touched_by_new_files('social__x_days', 'cast(day as varchar)') }}

),

-- What was in no export is not there; what was blank in one is null.
delivered as (

    select
        'facebook' as channel,
        account_id,
        day,
        metric,
        value,
        is_incomplete,
        exported_on,
        file_sha256,
        row_number

    from page_days
    where metric <> 'viewers_by_kind'

    {% for metric in of_viewers %}
        union all
        select
            'facebook' as channel,
            account_id,
            day,
            '{{ metric }}' as metric,
            {{ metric }} as value,
            is_incomplete,
            exported_on,
            file_sha256,
            row_number

        from page_days
        where metric = 'viewers_by_kind'
    {% endfor %}
    {% for metric in of_x %}
        union all
        select
            'x' as channel,
            account_id,
            day,
            '{{ metric }}' as metric,
            {{ metric }} as value,
            is_incomplete,
            exported_on,
            file_sha256,
            row_number

        from account_days
    {% endfor %}

),

-- Exports overlap, and recent days are revised: the newest counts.
latest as (

    select
        channel,
        account_id,
        day,
        metric,
        value,
        is_incomplete,
        exported_on

    from delivered
    qualify row_number() over (
        partition by channel, account_id, day, metric
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select * from latest
