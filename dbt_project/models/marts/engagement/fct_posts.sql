{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['channel', 'post_id'],
    on_schema_change='fail',
) }}

with

snapshots as (

    {{ posts_of_every_channel() }}

),

-- The same export under another name is one snapshot.
latest as (

    select
        *,
        count(distinct exported_on) over (
            partition by channel, post_id
        ) as snapshot_count,
        min(exported_on) over (
            partition by channel, post_id
        ) as first_exported_on,
        max(exported_on) over (
            partition by channel, post_id
        ) as last_exported_on,
        -- Not every export says so.
        bool_or(reach_paid > 0) over (
            partition by channel, post_id
        ) as is_paid

    from snapshots
    qualify row_number() over (
        partition by channel, post_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

posts as (

    select
        latest.channel,
        latest.post_id,
        latest.published_at,
        latest.format,
        cast(themes.theme as varchar) as theme,
        latest.caption,
        latest.permalink,
        {% for metric in post_metrics() %}
            latest.{{ metric }},
        {% endfor %}
        latest.duration_s,
        latest.is_reply,
        latest.is_paid,
        latest.metric_definition,
        cast(latest.snapshot_count as integer) as snapshot_count,
        latest.first_exported_on,
        latest.last_exported_on

    from latest
    inner join {{ ref('int_captions_labelled_to_theme') }} as themes
        on latest.caption is not distinct from themes.caption

)

select * from posts
