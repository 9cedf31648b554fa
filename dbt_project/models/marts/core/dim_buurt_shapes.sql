with

shapes as (

    select shapes.*
    from {{ ref('stg_cbs__buurten') }} as shapes
    inner join {{ ref('buurten') }} as buurten
        on shapes.region_code = buurten.buurt_code
    where shapes.geometry_wkt is not null

),

-- Of the newest division; exact borders go before those generalised for a picture.
latest as (

    select
        region_code as buurt_code,
        vintage_year,
        geometry_wkt

    from shapes
    qualify row_number() over (
        partition by region_code
        order by
            vintage_year desc, kind = 'shapes' desc,
            exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select * from latest
order by buurt_code
