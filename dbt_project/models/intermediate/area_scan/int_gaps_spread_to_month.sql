with

gaps as (

    select * from {{ ref('int_crimes_searched_for_gaps') }}

),

months as (

    select * from {{ ref('int_crimes_summed_to_team_month') }}

)

select
    months.source,
    months.offence_code,
    months.month,
    -- In the alphabet what is missing comes before what may be incomplete.
    min(gaps.flag) as completeness_flag

from months
inner join gaps
    on
        months.source = gaps.source
        and months.month = gaps.month
        and months.offence_code = coalesce(gaps.offence_code, months.offence_code)
group by months.source, months.offence_code, months.month
