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
        arg_min(household_count, kind) as household_count

    from latest
    where kind in ('key_figures', 'shapes')
    group by 1, 2

)

select * from merged
where coalesce(inhabitant_count, dwelling_count, household_count) is not null
