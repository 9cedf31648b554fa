with

latest as (

    select *
    from {{ ref('stg_outreach__actions') }}
    qualify row_number() over (
        partition by action_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

held as (

    select started_date
    from {{ ref('fct_briefings') }}
    where status = 'gehouden'

),

-- What is done on the evening itself was told of there, and is carried no further.
carried as (

    select
        latest.action_id,
        cast(count(*) as integer) as carried_count
    from latest
    inner join held
        on
            latest.asked_on < held.started_date
            and (latest.done_on is null or latest.done_on > held.started_date)
    group by latest.action_id

)

select
    latest.action_id,
    latest.briefing_id,
    latest.description,
    latest.owner,
    latest.asked_on,
    latest.due_on,
    latest.status,
    latest.done_on,
    latest.note,
    -- No briefing since is none, for all that were held are known.
    coalesce(carried.carried_count, 0) as carried_count

from latest
left join carried on latest.action_id = carried.action_id
order by latest.asked_on, latest.action_id
