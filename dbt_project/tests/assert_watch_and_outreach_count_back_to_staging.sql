-- A record in two lists is one record, and none is lost on the way to its mart.
{%- set kept_as = [
    ('stg_watch__signals', 'signal_id', 'fct_signals'),
    ('stg_outreach__print', 'article_id', 'fct_articles'),
    ('stg_outreach__briefings', 'briefing_id', 'fct_briefings'),
    ('stg_outreach__programmes', 'row(programme_id, buurt_code)', 'fct_programmes'),
    ('stg_outreach__ride_alongs', 'evening_id', 'fct_ride_along_posts'),
] %}

with

counts as (

    {% for staged_model, key, mart in kept_as %}
        {% if not loop.first %}
            union all
        {% endif %}
        {% set kept = 'distinct evening_id' if key == 'evening_id' else '*' %}
        select
            '{{ mart }}' as mart,
            (select count(distinct {{ key }}) from {{ ref(staged_model) }})
                as staged_count,
            {# Evenings are counted, since one without posts is a row as well. -#}
            (
                select count({{ kept }})
                from {{ ref(mart) }}
            ) as kept_count
    {% endfor %}
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
