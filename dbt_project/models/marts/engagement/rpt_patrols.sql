with

-- Where its track lies in the area; what lies outside it is no buurt's.
tracked as (

    select
        patrol_id,
        buurt_code,
        share / sum(share) over (partition by patrol_id) as share,
        first_value(buurt_code) over (
            partition by patrol_id
            order by share desc, buurt_code asc
        ) as main_buurt_code

    from {{ ref('fct_track_buurten') }}
    where patrol_id is not null and buurt_code is not null and share > 0

),

named as (

    select
        patrol_id,
        unnest(string_split(buurt_codes, ' ')) as buurt_code,
        1 / buurt_count as share,
        buurt_code as main_buurt_code

    from {{ ref('fct_patrols') }}
    where patrol_id not in (select tracked.patrol_id from tracked)

),

shares as (

    select * from tracked
    union all
    select * from named

),

-- The time of a patrol is split over the buurten as its track says, or equally over
-- those that it named; what it signalled is counted in its main buurt, once.
parts as (

    select
        shares.buurt_code,
        shares.main_buurt_code,
        cast(
            date_trunc('month', {{ to_local('patrols.started_at') }}) as date
        ) as month,
        patrols.ended_at,
        patrols.signal_count,
        -- Exact, so that the sum does not depend on the order of its parts.
        cast(
            patrols.duration_minutes / 60 * shares.share as decimal(18, 9)
        ) as hours,
        cast(
            patrols.duration_minutes / 60 * patrols.volunteer_count * shares.share
            as decimal(18, 9)
        ) as person_hours

    from {{ ref('fct_patrols') }} as patrols
    inner join shares on patrols.patrol_id = shares.patrol_id
    where not patrols.is_withdrawn

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
