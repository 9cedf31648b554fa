with

incidents as (

    select
        offence_code,
        buurt_code,
        registration_count,
        is_withdrawn,
        {{ local_month('registered_at') }} as month

    from {{ ref('fct_incidents') }}

),

counted as (

    select
        buurt_code,
        offence_code,
        month,
        count(*) filter (where not is_withdrawn) as crime_count,
        sum(registration_count) as gross_count

    from incidents
    group by 1, 2, 3

),

-- An export that never names an offence does not speak of it: no zeros there. One that
-- was withdrawn, or lies in no buurt, is no sign that the others are told.
offences as (

    select distinct offence_code from counted
    where
        crime_count > 0
        and buurt_code is not null

),

cells as (

    select
        buurten.buurt_code,
        offences.offence_code,
        months.month,
        months.is_incomplete,
        months.is_provisional

    from {{ ref('buurten') }} as buurten
    cross join offences
    cross join {{ ref('int_incidents_covered_to_month') }} as months

),

filled as (

    select
        cells.buurt_code,
        cells.offence_code,
        cells.month,
        -- A covered month without an incident is a count of zero.
        coalesce(counted.crime_count, 0) as crime_count,
        coalesce(counted.gross_count, 0) as gross_count,
        cells.is_provisional,
        cells.is_incomplete

    from cells
    left join counted
        on
            cells.buurt_code = counted.buurt_code
            and cells.offence_code = counted.offence_code
            and cells.month = counted.month

)

select * from filled
