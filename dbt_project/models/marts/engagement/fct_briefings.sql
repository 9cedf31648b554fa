with

latest as (

    select *
    from {{ ref('stg_outreach__briefings') }}
    qualify row_number() over (
        partition by briefing_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- What is open should be what was open before, and what came and went since.
compared as (

    select
        *,
        [
            resident_count,
            coordinator_count,
            administrator_count,
            police_count,
            municipality_count
        ] as group_counts,
        case
            when status = 'gehouden'
                then
                    lag(open_action_count) over held
                    + new_action_count - done_action_count
        end as expected_open_action_count,
        status = 'gehouden'
        and count(*) over (
            partition by status, date_trunc('month', started_date)
        ) > 1 as is_second_in_month

    from latest
    window held as (partition by status order by started_date, briefing_id)

)

select
    briefing_id,
    started_date,
    started_at,
    ended_at,
    status,
    venue,
    guest_from,
    themes,
    resident_count,
    coordinator_count,
    administrator_count,
    police_count,
    municipality_count,
    cast(list_sum(group_counts) as integer) as attendance_count,
    -- A group that nobody counted is not empty.
    list_count(group_counts) between 1 and 4 as is_attendance_lower_bound,
    group_count,
    team_count,
    new_action_count,
    done_action_count,
    open_action_count,
    expected_open_action_count,
    minutes_date,
    minutes_url,
    minutes_view_count,
    police_hours,
    is_second_in_month

from compared
order by started_date, briefing_id
