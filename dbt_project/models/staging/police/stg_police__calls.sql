with

source as (

    select * from {{ source('police', 'calls') }}
    where {{ accepted_new_rows('police', 'calls') }}

),

typed as (

    select
        ---------- ids
        -- A call that was merged into another is told by that one.
        cast(coalesce(leading_call_id, call_id) as uuid) as call_id,
        buurt_code,

        ---------- text
        class_1,
        class_2,
        class_3,
        closing_code,

        ---------- numerics
        cast(priority as integer) as priority,

        ---------- booleans
        call_id is not null as is_of_police,
        coalesce(leading_call_id <> call_id, false) as is_merged,

        ---------- timestamps
        {{ start_to_utc("cast(created_local as timestamp)") }} as created_at,
        {{ start_to_utc("cast(dispatched_local as timestamp)") }}
            as dispatched_at,
        {{ start_to_utc("cast(on_scene_local as timestamp)") }} as on_scene_at,
        {{ end_to_utc("cast(closed_local as timestamp)") }} as closed_at,

        ---------- dates
        cast(cast(created_local as timestamp) as date) as created_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on,
        _covers_from as covers_from,
        _covers_to as covers_to

    from source

)

select * from typed
