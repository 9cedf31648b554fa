{%- set first_month %}
    {{- first_touched_month(
        'police__calls', 'call_id', 'created_at', 'created_date', 'uuid'
    ) }}
{%- endset -%}

{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_from(first_touched_month(
        'police__calls', 'call_id', 'created_at', 'created_date', 'uuid'
    )) }}",
) }}

with

calls as (

    select
        *,
        {{ local_month('created_at') }} as month

    from {{ ref('fct_calls') }}
    -- To what nobody was sent, nobody could respond.
    where
        not is_withdrawn
        and (dispatched_at is not null or on_scene_at is not null)
        -- Only of those nearby the local month has to be told.
        and created_at >= {{ first_month }} - interval 1 day

),

-- An arrival that was not registered is not late and not in time: it is not counted,
-- and the two counts beside each other tell how many those are (MEASURES B10).
summed as (

    select
        buurt_code,
        month,
        priority,
        cast(count(*) as integer) as call_count,
        cast(count(response_minutes) as integer) as registered_count,
        cast(
            count(*) filter (where response_minutes <= 15) as integer
        ) as within_15_minutes_count,
        case
            when count(response_minutes) >= 10 then median(response_minutes)
        end as median_response_minutes,
        count(response_minutes) < 20 as is_too_few

    from calls
    where month >= {{ first_month }}
    group by buurt_code, month, priority

)

select * from summed
