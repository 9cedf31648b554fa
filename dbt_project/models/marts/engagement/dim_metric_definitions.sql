with

definitions as (

    select
        channel,
        metric,
        measure,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        definition_nl,
        definition_en,
        cast(is_break as boolean) as is_break,
        cast(is_confirmed as boolean) as is_confirmed

    from {{ ref('metric_definitions') }}

)

select * from definitions
order by channel, metric, valid_from nulls first
