with

extent as (

    select
        date_trunc('month', min(first_registered_date)) as first_month,
        date_trunc('month', max(exported_on)) as last_month

    from {{ ref('int_incident_files') }}

),

covered as (

    select
        cast(unnest(generate_series(
            first_month, last_month, interval 1 month
        )) as date) as month,
        cast(last_month as date) as last_month

    from extent

),

flagged as (

    select
        month,
        -- The newest export was made in it: more of it is to come.
        month = last_month as is_incomplete,
        -- Late reports arrive for weeks: the newest complete month is not final.
        month >= last_month - interval 1 month as is_provisional

    from covered

)

select * from flagged
