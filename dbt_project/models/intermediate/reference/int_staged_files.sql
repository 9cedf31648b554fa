{{ config(materialized='table') }}

{%- set staged_models = {
    'cbs__buurten': ref('stg_cbs__buurten'),
    'grid__forecasts': ref('stg_grid__forecasts'),
    'police__calls': ref('stg_police__calls'),
    'police__incidents': ref('stg_police__incidents'),
    'police__open_data': ref('stg_police__open_data'),
    'social__facebook_posts': ref('stg_social__facebook_posts'),
    'social__instagram_posts': ref('stg_social__instagram_posts'),
    'social__x_posts': ref('stg_social__x_posts'),
    'social__facebook_page_days': ref('stg_social__facebook_page_days'),
    'social__x_days': ref('stg_social__x_days'),
    'watch__patrols': ref('stg_watch__patrols'),
    'whatsapp__groups': ref('stg_whatsapp__groups'),
    'whatsapp__broadcasts': ref('stg_whatsapp__broadcasts'),
    'whatsapp__group_weeks': ref('stg_whatsapp__group_weeks'),
    'team__street_knowledge': ref('stg_team__street_knowledge'),
    'team__portfolios': ref('stg_team__portfolios'),
    'team__goals': ref('stg_team__goals'),
    'watch__signals': ref('stg_watch__signals'),
    'watch__tracks': ref('stg_watch__tracks'),
    'outreach__print': ref('stg_outreach__print'),
    'outreach__briefings': ref('stg_outreach__briefings'),
    'outreach__actions': ref('stg_outreach__actions'),
    'outreach__minutes': ref('stg_outreach__minutes'),
    'outreach__ride_alongs': ref('stg_outreach__ride_alongs'),
    'outreach__programmes': ref('stg_outreach__programmes'),
} %}
{%- set says_what_it_covers = [
    'police__calls',
    'police__incidents',
    'watch__patrols',
] %}

{% for source, staged_model in staged_models.items() -%}
    {% if not loop.first %}
        union all
    {% endif -%}
    {%- set covers = source in says_what_it_covers -%}
    select
        '{{ source }}' as source,
        file_sha256,
        any_value(exported_on) as exported_on,
        {{ 'any_value(covers_from)' if covers else 'cast(null as date)' }}
            as covers_from,
        {{ 'any_value(covers_to)' if covers else 'cast(null as date)' }}
            as covers_to,
        {{ 'sum(accepted_count)' if source == 'watch__tracks' else 'count(*)' }}
            as row_count

    from {{ staged_model }}
    group by file_sha256
{% endfor %}
