with

source as (

    select * from {{ source('grid', 'forecasts') }}
    where {{ accepted_new_rows('grid', 'forecasts') }}

),

typed as (

    select
        ---------- ids
        model,
        model_version,
        theme,
        day_part,
        cell_id,
        buurt_code,

        ---------- text
        score_kind,

        ---------- numerics
        cast(x_rd as integer) as x_rd,
        cast(y_rd as integer) as y_rd,
        cast(score as double) as score,
        cast(forecast_rank as integer) as forecast_rank,

        ---------- booleans
        cast(is_flagged as boolean) as is_flagged,
        cast(is_inhabited as boolean) as is_inhabited,

        ---------- timestamps
        {{ start_to_utc("cast(made_local as timestamp)") }} as made_at,

        ---------- dates
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
