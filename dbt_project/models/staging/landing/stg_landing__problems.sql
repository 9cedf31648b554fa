{%- set record_ids = {
    ('police', 'incidents'): 'cast(incident_id as uuid)',
    ('police', 'calls'): 'cast(coalesce(leading_call_id, call_id) as uuid)',
    ('police', 'open_data'): 'null',
    ('grid', 'forecasts'): 'null',
    ('social', 'facebook_posts'): 'post_id',
    ('social', 'instagram_posts'): 'post_id',
    ('social', 'x_posts'): 'post_id',
    ('social', 'facebook_page_days'): 'day',
    ('social', 'x_days'): 'day',
    ('watch', 'patrols'): 'patrol_id',
    ('whatsapp', 'groups'): 'group_id',
    ('whatsapp', 'broadcasts'): 'message_id',
    ('whatsapp', 'group_weeks'): 'group_id',
    ('watch', 'signals'): 'signal_id',
    ('watch', 'tracks'): 'patrol_id',
    ('outreach', 'print'): 'article_id',
    ('outreach', 'briefings'): 'briefing_id',
    ('outreach', 'actions'): 'action_id',
    ('outreach', 'minutes'): 'briefing_id',
    ('outreach', 'ride_alongs'): 'evening_id',
    ('outreach', 'programmes'): 'programme_id',
    ('cbs', 'buurten'): 'region_code',
    ('team', 'street_knowledge'): 'judgement_id',
    ('team', 'portfolios'): 'null',
    ('team', 'goals'): 'goal_id',
} -%}

with

problems as (

    {% for (system, entity), record_id in record_ids.items() %}
        {% if not loop.first %}
            union all
        {% endif %}
        select
            _file_sha256 as file_sha256,
            _row_number as row_number,
            '{{ system }}__{{ entity }}' as source,
            _file_name as file_name,
            _problem as problem,
            cast({{ record_id }} as varchar) as record_id

        from {{ source(system, entity) }}
        where
            _problem is not null
            and {{ of_new_files(system, entity, 'problem_count') }}
    {% endfor %}

)

select * from problems
