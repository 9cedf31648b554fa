{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_touched_broadcasts() }}",
) }}

with

groups as (

    select
        group_id,
        active_from_date,
        active_to_date

    from {{ ref('dim_whatsapp_groups') }}

),

logged as (

    select * from {{ ref('stg_whatsapp__broadcasts') }}
    where {{ touched_broadcasts() }}

),

-- ALLE is every group that was active on the day.
unfolded as (

    select
        logged.*,
        groups.group_id,
        true as is_group_known

    from logged
    inner join groups
        on
            logged.sent_date >= groups.active_from_date
            and (
                groups.active_to_date is null
                or logged.sent_date <= groups.active_to_date
            )
    where logged.group_ids = 'ALLE'
    union all
    select
        named.*,
        groups.group_id is not null as is_group_known

    from (
        select
            *,
            unnest(list_distinct(string_split(group_ids, ' '))) as group_id
        from logged
        where group_ids <> 'ALLE'
    ) as named
    left join groups on named.group_id = groups.group_id

),

-- What was counted over the groups of a line together stands at one of them.
counted as (

    select
        *,
        count(*) over of_line as counted_group_count,
        group_id = min(group_id) over of_line as is_first_of_line

    from unfolded
    window of_line as (partition by file_sha256, row_number)

),

latest as (

    select * from counted
    qualify row_number() over (
        partition by message_id, group_id
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- Where one of its groups is told anew, the counts of a line hold no longer.
whole as (

    select
        *,
        is_first_of_line
        and count(*) over (partition by file_sha256, row_number)
        = counted_group_count as is_counted_here

    from latest

)

select
    message_id,
    group_id,
    sent_at,
    sent_date,
    kind,
    theme,
    has_prefix,
    is_group_known,
    in_reply_to,
    text,
    cast(counted_group_count as integer) as counted_group_count,
    is_counted_here,
    case when is_counted_here then reached_member_count end
        as reached_member_count,
    case when is_counted_here then first_reply_minutes end
        as first_reply_minutes,
    case when is_counted_here then reply_count end as reply_count,
    case when is_counted_here then tip_count end as tip_count,
    is_solved_by_tip

from whole
