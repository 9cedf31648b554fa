-- A view, because a Python model reads it.
{{ config(materialized='view') }}

with

programmes as (

    select
        programme_id as study_id,
        'programme' as study_kind,
        kind,
        name as study_name,
        buurt_code,
        cast(date_trunc('month', start_date) as date) as start_month,
        unnest(string_split(target_offences, ' ')) as offence_code,
        comparison_buurt_codes

    from {{ ref('fct_programmes') }}
    where target_offences is not null

),

-- What several programmes of a kind did together: a buurt starts once. One programme
-- in many buurten is a study already.
kinds as (

    select
        'kind:' || kind as study_id,
        'kind' as study_kind,
        kind,
        kind as study_name,
        buurt_code,
        min(start_month) as start_month,
        offence_code,
        cast(null as varchar) as comparison_buurt_codes

    from programmes
    where kind is not null
    group by kind, buurt_code, offence_code
    window alike as (partition by kind, offence_code)
    qualify
        count(*) over alike > 1
        and min(min(study_id)) over alike <> max(max(study_id)) over alike

),

-- The first group of a buurt; they are there to see burglars.
whatsapp_groups as (

    select
        'whatsapp' as study_id,
        'whatsapp' as study_kind,
        'whatsapp' as kind,
        'whatsapp' as study_name,
        buurt_code,
        cast(date_trunc('month', min(active_from_date)) as date) as start_month,
        '1.1.1' as offence_code,
        cast(null as varchar) as comparison_buurt_codes

    from {{ ref('dim_whatsapp_groups') }}
    where
        active_from_date is not null
        and buurt_code is not null
    group by buurt_code

),

starts as (

    select * from programmes
    union all
    select * from kinds
    union all
    select * from whatsapp_groups

),

-- A goal of the buurt that was agreed before or soon after the start.
goals as (

    select
        starts.study_id,
        starts.buurt_code,
        starts.offence_code,
        arg_max(1 - goals.target / goals.baseline, goals.agreed_date) as goal_effect

    from starts
    inner join {{ ref('fct_goals') }} as goals
        on
            starts.buurt_code = goals.buurt_code
            and starts.offence_code = goals.offence_code
            and starts.start_month >= goals.agreed_date - interval 1 year
            and starts.start_month <= goals.end_date
    where
        goals.is_latest
        and goals.indicator = 'crime_count'
        and goals.direction = 'down'
        and goals.baseline > goals.target
    group by starts.study_id, starts.buurt_code, starts.offence_code

)

select
    starts.study_id,
    starts.study_kind,
    starts.kind,
    starts.study_name,
    starts.buurt_code,
    starts.start_month,
    starts.offence_code,
    starts.comparison_buurt_codes,
    goals.goal_effect

from starts
left join goals
    on
        starts.study_id = goals.study_id
        and starts.buurt_code = goals.buurt_code
        and starts.offence_code = goals.offence_code
