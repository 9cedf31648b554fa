with

figures as (

    select
        figures.buurt_code,
        figures.vintage_year,
        figures.inhabitant_count,
        figures.dwelling_count,
        figures.household_count,
        figures.car_count,
        figures.land_ha,
        figures.address_density,
        figures.population_density,
        figures.multi_family_pct,
        figures.owner_occupied_pct,
        figures.rental_pct,
        figures.inhabitant_0_to_14_count,
        figures.inhabitant_15_to_24_count,
        figures.inhabitant_25_to_44_count,
        figures.inhabitant_45_to_64_count,
        figures.inhabitant_65_plus_count,
        figures.boundary_change

    from {{ ref('int_buurt_figures_merged_to_vintage') }} as figures
    inner join {{ ref('buurten') }} as buurten
        on figures.buurt_code = buurten.buurt_code

)

select * from figures
order by buurt_code, vintage_year
