with

source as (

    select * from {{ source('cbs', 'buurten') }}
    where {{ accepted_new_rows('cbs', 'buurten') }}

),

typed as (

    select
        ---------- ids
        trim(region_code) as region_code,
        trim(wijk_code) as wijk_code,

        ---------- text
        region_name,
        region_type,
        kind,
        boundary_change,
        geometry_wkt,

        ---------- numerics
        cast(vintage_year as integer) as vintage_year,
        cast(inhabitant_count as integer) as inhabitant_count,
        cast(household_count as integer) as household_count,
        cast(dwelling_count as integer) as dwelling_count,
        cast(car_count as integer) as car_count,
        cast(inhabitant_0_to_14_count as integer) as inhabitant_0_to_14_count,
        cast(inhabitant_15_to_24_count as integer) as inhabitant_15_to_24_count,
        cast(inhabitant_25_to_44_count as integer) as inhabitant_25_to_44_count,
        cast(inhabitant_45_to_64_count as integer) as inhabitant_45_to_64_count,
        cast(inhabitant_65_plus_count as integer) as inhabitant_65_plus_count,
        cast(land_ha as double) as land_ha,
        cast(address_density as double) as address_density,
        cast(population_density as double) as population_density,
        cast(multi_family_pct as double) as multi_family_pct,
        cast(owner_occupied_pct as double) as owner_occupied_pct,
        cast(rental_pct as double) as rental_pct,

        ---------- booleans
        cast(is_water as boolean) as is_water,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
