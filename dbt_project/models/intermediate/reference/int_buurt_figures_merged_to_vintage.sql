{{ config(materialized='table') }}

with

regions as (

    select * from {{ ref('stg_cbs__buurten') }}
    where region_code like 'BU%'

),

-- A re-issue of the same year and kind takes the place of the earlier issue.
latest as (

    select * from regions
    qualify row_number() over (
        partition by region_code, vintage_year, kind
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- Maps carry some figures too; the table of key figures goes first.
merged as (

    select
        region_code as buurt_code,
        vintage_year,
        arg_min(inhabitant_count, kind) as inhabitant_count,
        arg_min(dwelling_count, kind) as dwelling_count,
        arg_min(household_count, kind) as household_count,
        arg_min(car_count, kind) as car_count,
        arg_min(land_ha, kind) as land_ha,
        arg_min(address_density, kind) as address_density,
        arg_min(population_density, kind) as population_density,
        arg_min(multi_family_pct, kind) as multi_family_pct,
        arg_min(owner_occupied_pct, kind) as owner_occupied_pct,
        arg_min(rental_pct, kind) as rental_pct,
        arg_min(inhabitant_0_to_14_count, kind) as inhabitant_0_to_14_count,
        arg_min(inhabitant_15_to_24_count, kind) as inhabitant_15_to_24_count,
        arg_min(inhabitant_25_to_44_count, kind) as inhabitant_25_to_44_count,
        arg_min(inhabitant_45_to_64_count, kind) as inhabitant_45_to_64_count,
        arg_min(inhabitant_65_plus_count, kind) as inhabitant_65_plus_count,
        arg_min(boundary_change, kind) as boundary_change

    from latest
    where kind in ('key_figures', 'shapes')
    group by 1, 2

)

select * from merged
where coalesce(inhabitant_count, dwelling_count, household_count) is not null
