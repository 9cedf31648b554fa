with

breaks as (

    select * from {{ ref('int_crimes_searched_for_shifts') }}
    where is_suspected_break and is_strongest

),

chosen as (

    select * from {{ ref('int_sources_chosen_to_offence_month') }}

)

select
    chosen.source,
    chosen.offence_code,
    chosen.month,
    date_diff('month', max(breaks.month), chosen.month) as months_since_break

from chosen
inner join breaks
    on
        chosen.source = breaks.source
        and chosen.offence_code = breaks.offence_code
        and chosen.month >= breaks.month
group by chosen.source, chosen.offence_code, chosen.month
