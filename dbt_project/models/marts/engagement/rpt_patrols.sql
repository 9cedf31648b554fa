with

-- The time of a patrol is split equally over the buurten it went through; what it
-- signalled is counted in its main buurt, once.
parts as (

    select
        unnest(string_split(buurt_codes, ' ')) as buurt_code,
        buurt_code as main_buurt_code,
        cast(
            date_trunc('month', {{ to_local('started_at') }}) as date
        ) as month,
        ended_at,
        signal_count,
        -- Exact, so that the sum does not depend on the order of its parts.
        cast(duration_minutes / 60 / buurt_count as decimal(18, 9)) as hours,
        cast(
            duration_minutes / 60 * volunteer_count / buurt_count
            as decimal(18, 9)
        ) as person_hours

    from {{ ref('fct_patrols') }}
    where not is_withdrawn

),

summed as (

    select
        buurt_code,
        month,
        cast(count(*) as integer) as patrol_count,
        cast(sum(hours) as double) as patrol_hours,
        cast(sum(person_hours) as double) as person_hours,
        cast(
            sum(signal_count) filter (where buurt_code = main_buurt_code)
            as integer
        ) as signal_count,
        bool_or(ended_at is null) as is_lower_bound

    from parts
    group by buurt_code, month

),

rated as (

    select
        summed.buurt_code,
        summed.month,
        summed.patrol_count,
        summed.patrol_hours,
        summed.person_hours,
        summed.signal_count,
        -- Too few homes for a rate: null, as in the area scan.
        case
            when buurten.dwelling_count >= 200
                then 1000 * summed.patrol_hours / buurten.dwelling_count
        end as hours_per_1000_dwellings,
        summed.is_lower_bound

    from summed
    left join {{ ref('dim_buurten') }} as buurten
        on summed.buurt_code = buurten.buurt_code

)

select * from rated
order by buurt_code, month
