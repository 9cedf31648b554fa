with

ranked as (

    select
        *,
        row_number() over (
            partition by programme_id, buurt_code
            order by exported_on desc, file_sha256 desc, row_number desc
        ) as age

    from {{ ref('stg_outreach__programmes') }}

),

-- Each start that a list brought up, as long as it was not the one of the list before.
starts as (

    select
        programme_id,
        buurt_code,
        age,
        start_date

    from ranked
    qualify
        start_date is distinct from lag(start_date) over (
            partition by programme_id, buurt_code
            order by age desc
        )

),

histories as (

    select
        programme_id,
        buurt_code,
        arg_max(start_date, age) as first_start_date,
        string_agg(cast(start_date as varchar), ' ' order by age desc)
            as start_dates,
        cast(count(*) - 1 as integer) as start_change_count

    from starts
    group by programme_id, buurt_code

)

select
    ranked.programme_id,
    ranked.buurt_code,
    ranked.name,
    ranked.kind,
    ranked.audience,
    ranked.status,
    ranked.start_date,
    ranked.end_date,
    histories.first_start_date,
    histories.start_dates,
    histories.start_change_count,
    ranked.target_offences,
    ranked.comparison_buurt_codes,
    ranked.chosen_date,
    ranked.chosen_date > ranked.start_date as is_chosen_afterwards,
    ranked.participant_count,
    ranked.activity_count,
    ranked.partners

from ranked
inner join histories
    on
        ranked.programme_id = histories.programme_id
        and ranked.buurt_code = histories.buurt_code
where ranked.age = 1
order by ranked.programme_id, ranked.buurt_code
