{{ config(materialized='table') }}

with

delivered as (

    select * from {{ ref('stg_police__open_data') }}
    where
        table_number in ('47022NED', '47024NED')
        and month is not null

),

-- Roll-ups (all offences, wijken, the city, the country, years and quarters) stand
-- among the cells they add up: none of them may be counted beside those.
cells as (

    select * from delivered
    where
        region_code like 'BU%'
        and offence_code <> '0.0.0'

),

-- The list of periods has neither offence nor region, and says what is final.
statuses as (

    select
        table_number,
        month,
        exported_on,
        is_provisional

    from delivered
    where
        region_code is null
        and offence_code is null
    qualify row_number() over (
        partition by table_number, month
        order by exported_on desc, file_sha256 desc
    ) = 1

),

latest as (

    select
        table_number,
        region_code as buurt_code,
        offence_code,
        month,
        crime_count,
        is_provisional,
        geo_vintage,
        exported_on

    from cells
    qualify row_number() over (
        partition by table_number, region_code, offence_code, month
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

newest as (

    select
        table_number,
        max(month) as month

    from latest
    group by 1

),

flagged as (

    select
        latest.table_number,
        latest.buurt_code,
        latest.offence_code,
        latest.month,
        latest.crime_count,
        latest.crime_count is null as is_suppressed,
        -- Figures are final after about two years, unless the table says otherwise.
        coalesce(
            case
                when statuses.exported_on >= latest.exported_on
                    then statuses.is_provisional
            end,
            latest.is_provisional,
            statuses.is_provisional,
            latest.month > newest.month - interval 24 month
        ) as is_provisional,
        latest.month = newest.month as is_incomplete,
        latest.geo_vintage

    from latest
    inner join newest on latest.table_number = newest.table_number
    left join statuses
        on
            latest.table_number = statuses.table_number
            and latest.month = statuses.month

)

select * from flagged
