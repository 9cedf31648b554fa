{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['channel', 'post_id'],
    on_schema_change='fail',
) }}

{%- set metrics = post_metrics() %}

with

exported as (

    {{ posts_of_every_channel() }}

),

-- The same export under another name is one snapshot.
snapshots as (

    select * from exported
    qualify row_number() over (
        partition by channel, post_id, exported_on
        order by file_sha256 desc, row_number desc
    ) = 1

),

compared as (

    select
        channel,
        post_id,
        exported_on,
        published_at,
        {{ start_to_utc('exported_on') }} as exported_at,
        date_diff('second', lag(exported_on) over post, exported_on)
        / 86400.0 as days_since_previous,
        {% for metric in metrics %}
            {{ metric }},
            {{ metric }} - lag({{ metric }}) over post as {{ metric }}_growth,
        {% endfor %}
        lag(exported_on) over post as previous_exported_on

    from snapshots
    window post as (partition by channel, post_id order by exported_on)

),

-- An export that only says its day may seem older than the post in it.
grown as (

    select
        channel,
        post_id,
        exported_on,
        published_at,
        case
            when exported_at >= published_at
                then date_diff('second', published_at, exported_at) / 3600.0
        end as hours_since_published,
        previous_exported_on,
        {% for metric in metrics %}
            {{ metric }},
            {{ metric }}_growth,
            {{ metric }}_growth / days_since_previous
                as {{ metric }}_growth_per_day,
        {% endfor %}
        coalesce(
            {% for metric in metrics %}
                {% if not loop.first %}or {% endif %}{{ metric }}_growth < 0
            {% endfor %},
            false
        ) as has_lower_figure

    from compared

)

select * from grown
