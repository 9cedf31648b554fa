{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='incident_id',
    on_schema_change='fail',
) }}

with

delivered as (

    select * from {{ ref('stg_police__incidents') }}
    where
        {{ touched_by_new_files(
            'police__incidents', 'incident_id', 'registered_date', 'uuid'
        ) }}

),

{{ order_of_deliveries(
    'police__incidents', 'incident_id', 'registered_date', 'uuid'
) }},

registrations as (

    select
        delivered.*,
        files.file_rank

    from delivered
    inner join files on delivered.file_sha256 = files.file_sha256
    qualify row_number() over (
        partition by delivered.incident_id, delivered.mk_code
        order by files.file_rank desc, delivered.row_number desc
    ) = 1

),

{{ judged_by_deliveries('registrations', 'incident_id', 'registered_date') }},

-- Net: one row per incident, under the code of its latest delivery; of several the
-- heaviest.
incidents as (

    select
        *,
        count(*) filter (where not is_withdrawn) over (
            partition by incident_id
        ) as registration_count

    from judged
    qualify row_number() over (
        partition by incident_id
        order by
            is_withdrawn, file_rank desc,
            {{ offence_weight('offence_code') }}, mk_code
    ) = 1

)

select
    incident_id,
    offence_code,
    buurt_code,
    occurred_from_at,
    occurred_to_at,
    registered_at,
    has_time,
    is_long_window,
    is_attempt,
    cast(registration_count as integer) as registration_count,
    is_withdrawn,
    address_key,
    file_sha256

from incidents
