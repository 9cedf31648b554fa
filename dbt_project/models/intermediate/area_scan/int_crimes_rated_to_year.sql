{{ config(materialized='table') }}

with

years as (

    select * from {{ ref('int_crimes_summed_to_year') }}

),

middles as (

    select distinct
        buurt_code,
        last_month,
        last_month - interval 5 month as middle

    from years

),

-- Key figures are those of 1 January. Of two that are as near, the earlier.
distances as (

    select
        middles.buurt_code,
        middles.last_month,
        figures.dwelling_count,
        figures.inhabitant_count,
        row(
            abs(date_diff(
                'day', make_date(figures.vintage_year, 1, 1), middles.middle
            )),
            figures.vintage_year
        ) as distance

    from middles
    inner join {{ ref('int_buurt_figures_merged_to_vintage') }} as figures
        on middles.buurt_code = figures.buurt_code

),

-- A figure that is null is passed over for that of the next year.
figures as (

    select
        buurt_code,
        last_month,
        arg_min(dwelling_count, distance) as dwelling_count,
        arg_min(inhabitant_count, distance) as inhabitant_count

    from distances
    group by 1, 2

),

based as (

    select
        years.*,
        buurten.is_residential,
        offences.rate_base,
        case offences.rate_base
            when 'dwellings' then figures.dwelling_count
            else figures.inhabitant_count
        end as base_count,
        case offences.rate_base
            when 'dwellings' then 200
            else 500
        end as least_base_count

    from years
    inner join {{ ref('buurten') }} as buurten
        on years.buurt_code = buurten.buurt_code
    inner join {{ ref('offence_groups') }} as offences
        on years.offence_code = offences.offence_code
    left join figures
        on
            years.buurt_code = figures.buurt_code
            and years.last_month = figures.last_month

),

compared as (

    select
        *,
        1000.0 * count_12_months / base_count as rate_per_1000,
        1000.0 * sum(count_12_months) filter (where base_count is not null)
            over team
        / sum(base_count) filter (where count_12_months is not null)
            over team as team_rate_per_1000

    from based
    window team as (partition by source, offence_code, month)

),

noted as (

    select
        *,
        case
            when not is_covered then 'missing_months'
            when count_12_months is null then 'suppressed'
            when base_count is null then 'no_denominator'
            when not is_residential then 'not_residential'
            when
                base_count < least_base_count
                or 1000.0 / base_count > 0.5 * team_rate_per_1000
                then 'low_denominator'
        end as rate_note

    from compared

)

select
    source,
    buurt_code,
    offence_code,
    month,
    count_12_months,
    base_count,
    is_residential,
    case when rate_note is null then rate_per_1000 end as rate_per_1000,
    rate_note

from noted
