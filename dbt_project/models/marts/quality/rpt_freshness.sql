with

deliveries as (

    select
        source,
        max(landed_at) filter (where status = 'landed') as last_landed_at,
        max(exported_on) filter (where status = 'landed') as last_exported_on,
        count(*) filter (where status = 'landed') as delivery_count,
        count(*) filter (where status = 'rejected') as rejected_count,
        sum(problem_count) as problem_count,
        sum(row_count) as row_count

    from {{ ref('stg_landing__deliveries') }}
    group by source

),

-- A source of which nothing ever came is in the list all the same: counted, none.
sources as (

    select
        sources.source,
        sources.name_nl,
        sources.name_en,
        deliveries.last_landed_at,
        deliveries.last_exported_on,
        cast(
            coalesce(deliveries.delivery_count, 0) as integer
        ) as delivery_count,
        cast(
            coalesce(deliveries.rejected_count, 0) as integer
        ) as rejected_count,
        cast(coalesce(deliveries.problem_count, 0) as bigint) as problem_count,
        cast(coalesce(deliveries.row_count, 0) as bigint) as row_count,
        sources.warn_after_days,
        sources.error_after_days

    from {{ ref('delivery_sources') }} as sources
    left join deliveries on sources.source = deliveries.source

)

select * from sources
order by source
