with

incidents as (

    select
        *,
        'police__incidents' as source

    from {{ ref('int_incidents_counted_to_buurt_month') }}

),

cells as (

    select cells.* from {{ ref('int_open_data_deduped_to_cell') }} as cells
    inner join {{ ref('buurten') }} as buurten
        on cells.buurt_code = buurten.buurt_code
    where cells.table_number = '47022NED'

),

published as (

    select
        offence_code,
        month,
        bool_or(is_provisional) as is_provisional,
        bool_or(is_incomplete) as is_incomplete

    from cells
    group by 1, 2

),

-- A cell that was left out of a delivery has no figure, as one that is withheld.
open_data as (

    select
        buurten.buurt_code,
        published.offence_code,
        published.month,
        'police__open_data' as source,
        cells.crime_count,
        cells.crime_count is null as is_suppressed,
        coalesce(cells.is_provisional, published.is_provisional)
            as is_provisional,
        published.is_incomplete

    from {{ ref('buurten') }} as buurten
    cross join published
    left join cells
        on
            buurten.buurt_code = cells.buurt_code
            and published.offence_code = cells.offence_code
            and published.month = cells.month

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
