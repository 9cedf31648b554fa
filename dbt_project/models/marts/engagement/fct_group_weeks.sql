with

groups as (

    select group_id from {{ ref('dim_whatsapp_groups') }}

),

-- Of chats the one that saw most: a member sees what came after joining. Of lists
-- the newest. Between the two, the newest.
best as (

    select * from {{ ref('stg_whatsapp__group_weeks') }}
    qualify row_number() over (
        partition by group_id, iso_year, iso_week, is_chat
        order by
            case when is_chat then message_count end desc nulls last,
            case when is_chat then police_message_count end desc nulls last,
            case when is_chat then is_partial_week end asc nulls last,
            exported_on desc,
            file_sha256 desc,
            row_number desc
    ) = 1

),

latest as (

    select * from best
    qualify row_number() over (
        partition by group_id, iso_year, iso_week
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

)

select
    latest.group_id,
    latest.iso_year,
    latest.iso_week,
    latest.week_start_date,
    groups.group_id is not null as is_group_known,
    latest.is_chat,
    latest.is_partial_week,
    latest.is_suppressed,
    latest.member_count,
    latest.message_count,
    latest.police_message_count,
    latest.prefix_message_count,
    latest.resident_message_count,
    latest.resident_count,
    latest.media_message_count,
    latest.report_count,
    latest.tip_count,
    latest.reply_count,
    latest.reply_1h_count,
    latest.reply_24h_count,
    latest.first_reply_minutes,
    latest.saar_breach_count

from latest
left join groups on latest.group_id = groups.group_id
