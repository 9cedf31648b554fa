with

years as (

    select
        *,
        cast(period[1:4] as integer) as year

    from {{ ref('stg_police__open_data') }}
    where
        table_number in ('47018NED', '47022NED')
        and period like '____JJ00'
        and offence_code <> '0.0.0'

),

-- The table of years is made for it; the months' own sum stands in where it has none.
latest as (

    select years.* from years
    inner join {{ ref('buurten') }} as buurten
        on years.region_code = buurten.buurt_code
    qualify row_number() over (
        partition by years.region_code, years.offence_code, years.year
        order by
            years.table_number asc, years.exported_on desc, years.file_sha256 desc,
            years.row_number desc
    ) = 1

),

newest as (

    select max(year) as year from latest

)

select
    latest.region_code as buurt_code,
    latest.offence_code,
    latest.year,
    latest.crime_count,
    latest.crime_count is null as is_suppressed,
    -- Figures are final after about two years, unless the table says otherwise.
    coalesce(latest.is_provisional, latest.year > newest.year - 2)
        as is_provisional,
    latest.table_number,
    latest.geo_vintage

from latest
cross join newest
