with

gaps as (

    select
        source,
        cast(offence_code as varchar) as offence_code,
        cast(month as date) as month,
        cast(flag as varchar) as flag,
        expected_count,
        p_zero,
        position,
        cast(null as double) as completeness_estimate,
        cast(null as integer) as snapshot_month_count

    from {{ ref('int_crimes_searched_for_gaps') }}

),

provisional as (

    select
        source,
        cast(null as varchar) as offence_code,
        month,
        'provisional' as flag,
        expected_count,
        cast(null as double) as p_zero,
        cast(null as double) as position,
        completeness_estimate,
        snapshot_month_count

    from {{ ref('int_reports_awaited_to_month') }}

)

select * from gaps
union all
select * from provisional
order by source, month, offence_code nulls first, flag
