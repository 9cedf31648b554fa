{{ config(materialized='table') }}

with

registered as (

    select
        cast(date_trunc('month', registered_date) as date) as month,
        max(exported_on) as exported_on

    from {{ ref('stg_police__incidents') }}
    group by 1

),

newest as (

    select max(exported_on) as exported_on from registered

),

flagged as (

    select
        registered.month,
        -- Every export that speaks of it was made before it was over.
        registered.exported_on < registered.month + interval 1 month
            as is_incomplete,
        -- Late reports arrive for weeks: the newest complete month is not final.
        registered.month
        >= date_trunc('month', newest.exported_on) - interval 1 month
            as is_provisional

    from registered
    cross join newest

)

select * from flagged
