{{ config(materialized='table') }}

with

-- Roll-ups (all offences, wijken, the city, the country, years and quarters) stand
-- among the cells they add up: none of them may be counted beside those.
cells as (

    select * from {{ ref('stg_police__open_data') }}
    where
        table_number = '47022NED'
        and month is not null
        and region_code like 'BU%'
        and offence_code <> '0.0.0'

),

latest as (

    select
        region_code as buurt_code,
        offence_code,
        month,
        crime_count,
        is_provisional

    from cells
    qualify row_number() over (
        partition by region_code, offence_code, month
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

newest as (

    select max(month) as month from latest

),

flagged as (

    select
        latest.buurt_code,
        latest.offence_code,
        latest.month,
        latest.crime_count,
        latest.crime_count is null as is_suppressed,
        -- Figures are final after about two years, unless the table says otherwise.
        coalesce(
            latest.is_provisional,
            latest.month > newest.month - interval 24 month
        ) as is_provisional,
        latest.month = newest.month as is_incomplete

    from latest
    cross join newest

)

select * from flagged
