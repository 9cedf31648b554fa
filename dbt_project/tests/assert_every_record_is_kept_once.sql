-- A record in two lists is one record, and none is lost on the way to its mart.
{%- set kept_as = [
    ('stg_grid__forecasts',
     'row(model, model_version, theme, period_start, day_part, x_rd, y_rd)',
     'fct_forecast_cells', '*'),
    ('stg_outreach__actions', 'action_id', 'fct_actions', '*'),
    ('stg_outreach__briefings', 'briefing_id', 'fct_briefings', '*'),
    ('stg_outreach__print', 'article_id', 'fct_articles', '*'),
    ('stg_outreach__programmes', 'row(programme_id, buurt_code)', 'fct_programmes',
     '*'),
    ('stg_outreach__ride_alongs', 'evening_id', 'fct_ride_along_posts',
     'distinct evening_id'),
    ('stg_team__goals', 'goal_id', 'fct_goals', 'case when is_latest then 1 end'),
    ('stg_team__portfolios',
     'row(theme, organisation, role_name, valid_from_date)', 'dim_portfolios', '*'),
    ('stg_team__street_knowledge', 'judgement_id', 'fct_street_knowledge', '*'),
    ('stg_watch__patrols', 'patrol_id', 'fct_patrols', '*'),
    ('stg_watch__signals', 'signal_id', 'fct_signals', '*'),
    ('stg_whatsapp__group_weeks', 'row(group_id, week_start_date)',
     'fct_group_weeks', '*'),
    ('stg_whatsapp__groups', 'row(group_id, as_of_date)', 'fct_whatsapp_groups',
     '*'),
] %}

with

counts as (

    {% for staged_model, key, mart, kept in kept_as %}
        {% if not loop.first %}
            union all
        {% endif %}
        select
            '{{ mart }}' as mart,
            (select count(distinct {{ key }}) from {{ ref(staged_model) }})
                as staged_count,
            (select count({{ kept }}) from {{ ref(mart) }}) as kept_count
    {% endfor %}
    -- Briefings of which the latest minutes have a point.
    union all
    select
        'fct_minutes' as mart,
        (
            select count(*)
            from (
                select briefing_id
                from {{ ref('stg_outreach__minutes') }}
                group by briefing_id
                having
                    max_by(point_no, row(exported_on, file_sha256, point_no)) > 0
            )
        ) as staged_count,
        (select count(distinct briefing_id) from {{ ref('fct_minutes') }})
            as kept_count
    -- Metres of the ways through buurten, of the tracks that count.
    union all
    select
        'fct_track_buurten' as mart,
        (
            select coalesce(round(sum(staged.length_m)), 0)
            from {{ ref('stg_watch__tracks') }} as staged
            where
                staged.is_placed
                and exists (
                    select 1 from {{ ref('fct_tracks') }} as tracks
                    where
                        tracks.file_sha256 = staged.file_sha256
                        and staged.patrol_id is not distinct from
                        case when tracks.is_named then tracks.patrol_id end
                )
        ) as staged_count,
        (
            select coalesce(round(1000 * sum(length_km)), 0)
            from {{ ref('fct_track_buurten') }}
        ) as kept_count

)

select * from counts
where staged_count is distinct from kept_count
