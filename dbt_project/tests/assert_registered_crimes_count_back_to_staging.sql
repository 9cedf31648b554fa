-- Per source: the crimes of the team's buurten = what was staged about them, counted
-- another way. A sum over no row is null, and null is distinct from a number: one
-- empty side fails.
with

buurten as (

    select buurt_code from {{ ref('buurten') }}

),

newest_cells as (

    select
        arg_max_null(
            crime_count, (exported_on, file_sha256)
        ) as crime_count

    from {{ ref('stg_police__open_data') }}
    where
        table_number = '47022NED'
        and month is not null
        and offence_code <> '0.0.0'
        and region_code in (select buurten.buurt_code from buurten)
    group by region_code, offence_code, month

),

newest_nuisance as (

    select
        arg_max_null(
            crime_count, (exported_on, file_sha256)
        ) as crime_count

    from {{ ref('stg_police__open_data') }}
    where
        table_number = '47024NED'
        and month is not null
        and offence_code <> '0.0.0'
        and region_code in (select buurten.buurt_code from buurten)
    group by region_code, offence_code, month

),

expected as (

    select
        'police__incidents' as source,
        count(*) as crime_count,
        sum(registration_count) as gross_count

    from {{ ref('fct_incidents') }}
    where
        not is_withdrawn
        and buurt_code in (select buurten.buurt_code from buurten)
    having count(*) > 0
    union all
    select
        'police__open_data' as source,
        sum(crime_count) as crime_count,
        null as gross_count

    from newest_cells
    having count(*) > 0
    union all
    select
        'nuisance' as source,
        sum(crime_count) as crime_count,
        null as gross_count

    from newest_nuisance
    having count(*) > 0

),

counted as (

    select
        source,
        sum(crime_count) as crime_count,
        sum(gross_count) as gross_count

    from {{ ref('fct_registered_crimes') }}
    group by source
    -- Covered months of other buurten are zeros here, and no row there.
    having source <> 'police__incidents' or sum(crime_count) > 0
    union all
    select
        'nuisance' as source,
        sum(crime_count) as crime_count,
        null as gross_count

    from {{ ref('fct_nuisance') }}
    having count(*) > 0

)

select
    expected.source as expected_source,
    expected.crime_count as expected_count,
    counted.source as counted_source,
    counted.crime_count as counted_count

from expected
full outer join counted on expected.source = counted.source
where
    expected.crime_count is distinct from counted.crime_count
    or expected.gross_count is distinct from counted.gross_count
