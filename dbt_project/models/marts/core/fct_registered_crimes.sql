with

incidents as (

    select
        *,
        'police__incidents' as source

    from {{ ref('int_incidents_counted_to_buurt_month') }}

),

open_data as (

    select
        cells.*,
        'police__open_data' as source

    from {{ ref('int_open_data_deduped_to_cell') }} as cells
    inner join {{ ref('buurten') }} as buurten
        on cells.buurt_code = buurten.buurt_code

),

crimes as (

    select
        buurt_code,
        offence_code,
        month,
        source,
        cast(crime_count as integer) as crime_count,
        cast(gross_count as integer) as gross_count,
        false as is_suppressed,
        is_provisional,
        is_incomplete

    from incidents
    union all
    select
        buurt_code,
        offence_code,
        month,
        source,
        cast(crime_count as integer) as crime_count,
        cast(null as integer) as gross_count,
        is_suppressed,
        is_provisional,
        is_incomplete

    from open_data

)

select * from crimes
