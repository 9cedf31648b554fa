{# Figures that a platform may offer of a post, in the order of the marts. #}
{% macro post_metrics() -%}
    {{ return([
        'reach', 'views', 'impressions', 'engagement_count', 'reaction_count',
        'comment_count', 'share_count', 'save_count', 'follow_count',
        'bookmark_count', 'profile_visit_count', 'link_click_count',
    ]) }}
{%- endmacro %}

{# One row per post and export of every channel, of those posts that new files bring
   up. What a platform does not offer is null. #}
{% macro posts_of_every_channel() -%}
    {%- set offered = {
        'facebook': [
            'reach', 'views', 'impressions', 'engagement_count', 'reaction_count',
            'comment_count', 'share_count', 'link_click_count', 'format',
            'duration_s', 'metric_definition', 'reach_paid',
        ],
        'instagram': [
            'reach', 'views', 'impressions', 'reaction_count', 'comment_count',
            'share_count', 'save_count', 'follow_count', 'profile_visit_count',
            'link_click_count', 'format', 'duration_s', 'metric_definition',
        ],
        'x': [
            'impressions', 'engagement_count', 'reaction_count', 'comment_count',
            'share_count', 'follow_count', 'bookmark_count',
            'profile_visit_count', 'link_click_count', 'is_reply',
        ],
    } -%}
    {%- set instead = {
        'format': 'cast(null as varchar)', 'duration_s': 'cast(null as double)',
        'metric_definition': "'impressions'", 'is_reply': 'false',
        'reach_paid': 'cast(null as bigint)',
    } -%}
    {%- set columns = post_metrics() + instead.keys() | list -%}
    {%- for channel, columns_offered in offered.items() %}
        {% if not loop.first %}
            union all
        {% endif %}
        select
            '{{ channel }}' as channel,
            post_id,
            published_at,
            caption,
            permalink,
            {% for column in columns %}
                {{ column if column in columns_offered
                    else instead.get(column, 'cast(null as bigint)') }}
                    as {{ column }},
            {% endfor %}
            exported_on,
            file_sha256,
            row_number

        from {{ ref('stg_social__' ~ channel ~ '_posts') }}
        where
            {{ touched_by_new_files(
                'social__' ~ channel ~ '_posts', 'post_id'
            ) }}
    {% endfor %}
{%- endmacro %}
