{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='patrol_id',
    on_schema_change='fail',
) }}

with

delivered as (

    select * from {{ ref('stg_watch__patrols') }}
    where {{ touched_by_new_files('watch__patrols', 'patrol_id', 'started_date') }}

),

{{ order_of_deliveries('watch__patrols', 'patrol_id', 'started_date') }},

latest as (

    select
        delivered.*,
        files.file_rank

    from delivered
    inner join files on delivered.file_sha256 = files.file_sha256
    qualify row_number() over (
        partition by delivered.patrol_id
        order by files.file_rank desc, delivered.row_number desc
    ) = 1

),

{{ judged_by_deliveries('latest', 'patrol_id', 'started_date') }},

measured as (

    select
        *,
        list_sort(list_distinct(string_split(buurt_codes, ' '))) as buurt_code_list,
        cast(date_diff('minute', started_at, ended_at) as integer)
            as duration_minutes

    from judged

)

select
    patrol_id,
    team_id,
    buurt_code,
    array_to_string(buurt_code_list, ' ') as buurt_codes,
    cast(len(buurt_code_list) as integer) as buurt_count,
    started_at,
    ended_at,
    volunteer_count,
    duration_minutes,
    duration_minutes / 60 * volunteer_count as person_hours,
    distance_km,
    signal_count,
    conversation_count,
    is_registered_with_police,
    is_advice_followed,
    gpx_file,
    is_withdrawn

from measured
