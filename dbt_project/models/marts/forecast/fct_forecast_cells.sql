with

-- A forecast never changes: of one that was delivered again the first counts.
cells as (

    select *
    from {{ ref('stg_grid__forecasts') }}
    qualify row_number() over (
        partition by
            model, model_version, theme, period_start, day_part, x_rd, y_rd
        order by exported_on asc, file_sha256 asc, row_number asc
    ) = 1

),

counted as (

    select
        *,
        count(*) over (
            partition by model, model_version, theme, period_start, day_part
        ) as cell_count

    from cells

)

select
    model,
    model_version,
    made_at,
    theme,
    period_start,
    period_end,
    day_part,
    cell_id,
    x_rd,
    y_rd,
    buurt_code,
    score,
    score_kind,
    forecast_rank,
    -- Three in a hundred, unless the maker says which.
    coalesce(is_flagged, forecast_rank <= floor(0.03 * cell_count)) as is_flagged,
    is_inhabited

from counted
