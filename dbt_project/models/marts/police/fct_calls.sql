{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='call_id',
    on_schema_change='fail',
) }}

with

delivered as (

    select * from {{ ref('stg_police__calls') }}
    where
        is_of_police
        and {{ touched_by_new_files(
            'police__calls', 'call_id', 'created_date', 'uuid'
        ) }}

),

{{ order_of_deliveries('police__calls', 'call_id', 'created_date', 'uuid') }},

-- The call that others were merged into speaks for all; without it, the first does.
-- Of the units in its latest file each gives its times.
latest as (

    select
        delivered.*,
        files.file_rank

    from delivered
    inner join files on delivered.file_sha256 = files.file_sha256
    qualify rank() over (
        partition by delivered.call_id
        order by
            files.file_rank desc, delivered.is_merged asc,
            case when delivered.is_merged then delivered.created_at end asc
    ) = 1

),

-- First sent, first there: what counts is when the first of the units was.
calls as (

    select
        call_id,
        min(created_at) as created_at,
        min(dispatched_at) as dispatched_at,
        min(on_scene_at) as on_scene_at,
        max(closed_at) as closed_at,
        min(created_date) as created_date,
        arg_min(priority, row_number) as priority,
        arg_min_null(class_1, row_number) as class_1,
        arg_min_null(class_2, row_number) as class_2,
        arg_min_null(class_3, row_number) as class_3,
        arg_min_null(closing_code, row_number) as closing_code,
        arg_min_null(buurt_code, row_number) as buurt_code,
        any_value(file_rank) as file_rank

    from latest
    group by 1

),

{{ judged_by_deliveries('calls', 'call_id', 'created_date') }}

select
    call_id,
    created_at,
    dispatched_at,
    on_scene_at,
    closed_at,
    priority,
    class_1,
    class_2,
    class_3,
    closing_code,
    buurt_code,
    date_diff('second', created_at, on_scene_at) / 60 as response_minutes,
    on_scene_at is not null as is_response_registered,
    is_withdrawn

from judged
