with

crimes as (

    select distinct
        offence_code,
        month,
        source

    from {{ ref('fct_registered_crimes') }}

),

-- The team's own incidents where they cover the month, open data elsewhere.
chosen as (

    select
        offence_code,
        month,
        case
            when bool_or(source = 'police__incidents') then 'police__incidents'
            else 'police__open_data'
        end as source

    from crimes
    group by 1, 2

)

select * from chosen
