with

figures as (

    select * from {{ ref('int_buurt_figures_merged_to_vintage') }}
    qualify row_number() over (
        partition by buurt_code order by vintage_year desc
    ) = 1

),

described as (

    select
        buurten.buurt_code,
        buurten.buurt_name,
        buurten.wijk_code,
        buurten.wijk_name,
        figures.inhabitant_count,
        figures.dwelling_count,
        figures.household_count,
        buurten.is_residential,
        figures.vintage_year

    from {{ ref('buurten') }} as buurten
    left join figures on buurten.buurt_code = figures.buurt_code

)

select * from described
order by buurt_code
