{{ config(materialized='table') }}

with

crimes as (

    select * from {{ ref('fct_registered_crimes') }}

),

size as (

    select count(*) as buurt_count from {{ ref('buurten') }}

),

summed as (

    select
        crimes.source,
        crimes.offence_code,
        crimes.month,
        sum(crimes.crime_count) as crime_count,
        -- Withheld, or not in the table at all.
        any_value(size.buurt_count)
        - count(crimes.crime_count) as null_cell_count,
        bool_or(crimes.is_provisional) as is_provisional,
        bool_or(crimes.is_incomplete) as is_incomplete

    from crimes
    cross join size
    group by 1, 2, 3

)

select * from summed
