{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='signal_id',
    on_schema_change='fail',
) }}

with

-- New lists of patrols change what is said of signals that are long known.
touched as (

    select signal_id
    from {{ ref('stg_watch__signals') }}
    where
        {{ touched_by_new_files('watch__signals', 'signal_id') }}
        or {{ touched_by_new_files(
            'watch__patrols', 'patrol_id', 'started_date'
        ) }}

),

latest as (

    select *
    from {{ ref('stg_watch__signals') }}
    where signal_id in (select touched.signal_id from touched)
    qualify row_number() over (
        partition by signal_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- Lists of patrols and of signals come apart, so this is not judged at landing.
compared as (

    select
        latest.*,
        case
            when latest.patrol_id is null then null
            when patrols.patrol_id is null then 'no_patrol'
            when patrols.team_id <> latest.team_id then 'other_team'
            when
                latest.reported_at < patrols.started_at - interval 1 hour
                or latest.reported_at
                > coalesce(
                    patrols.ended_at, patrols.started_at + interval 8 hour
                ) + interval 1 hour
                then 'outside_patrol'
        end as patrol_note

    from latest
    left join {{ ref('fct_patrols') }} as patrols
        on latest.patrol_id = patrols.patrol_id

)

select
    signal_id,
    patrol_id,
    team_id,
    buurt_code,
    reported_at,
    kind,
    reported_to,
    is_urgent,
    call_id,
    responded_at,
    responded_date,
    responded_by,
    outcome,
    feedback_date,
    patrol_note

from compared
