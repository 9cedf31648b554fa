with

crimes as (

    select
        offence_code,
        month,
        source,
        bool_or(is_incomplete) as is_incomplete

    from {{ ref('fct_registered_crimes') }}
    group by 1, 2, 3

),

-- The team's own incidents where they cover the month, open data elsewhere; what is not
-- complete only where nothing else is.
chosen as (

    select
        offence_code,
        month,
        arg_min(source, (is_incomplete, source <> 'police__incidents')) as source

    from crimes
    group by 1, 2

)

select * from chosen
