with

cells as (

    select cells.* from {{ ref('int_open_data_deduped_to_cell') }} as cells
    inner join {{ ref('buurten') }} as buurten
        on cells.buurt_code = buurten.buurt_code
    where cells.table_number = '47024NED'

),

published as (

    select
        offence_code,
        month,
        bool_or(is_provisional) as is_provisional,
        bool_or(is_incomplete) as is_incomplete,
        max(geo_vintage) as geo_vintage

    from cells
    group by 1, 2

)

-- A cell that was left out of a delivery has no figure, as one that is withheld.
select
    buurten.buurt_code,
    kinds.nuisance_code,
    kinds.nuisance_name_nl,
    kinds.nuisance_name_en,
    published.month,
    cells.crime_count,
    cells.crime_count is null as is_suppressed,
    coalesce(cells.is_provisional, published.is_provisional) as is_provisional,
    published.is_incomplete,
    coalesce(cells.geo_vintage, published.geo_vintage) as geo_vintage

from {{ ref('buurten') }} as buurten
cross join published
inner join {{ ref('nuisance_kinds') }} as kinds
    on published.offence_code = kinds.nuisance_code
left join cells
    on
        buurten.buurt_code = cells.buurt_code
        and published.offence_code = cells.offence_code
        and published.month = cells.month
