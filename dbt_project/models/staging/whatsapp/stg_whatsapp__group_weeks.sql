with

source as (

    select * from {{ source('whatsapp', 'group_weeks') }}
    where {{ accepted_new_rows('whatsapp', 'group_weeks') }}

),

typed as (

    select
        ---------- ids
        group_id,

        ---------- numerics
        cast(iso_year as integer) as iso_year,
        cast(iso_week as integer) as iso_week,
        cast(member_count as integer) as member_count,
        cast(message_count as integer) as message_count,
        cast(police_message_count as integer) as police_message_count,
        cast(prefix_message_count as integer) as prefix_message_count,
        cast(resident_message_count as integer) as resident_message_count,
        cast(resident_count as integer) as resident_count,
        cast(media_message_count as integer) as media_message_count,
        cast(report_count as integer) as report_count,
        cast(tip_count as integer) as tip_count,
        cast(reply_count as integer) as reply_count,
        cast(reply_1h_count as integer) as reply_1h_count,
        cast(reply_24h_count as integer) as reply_24h_count,
        cast(first_reply_minutes as double) as first_reply_minutes,
        cast(saar_breach_count as integer) as saar_breach_count,

        ---------- booleans
        cast(is_chat as boolean) as is_chat,
        cast(is_partial_week as boolean) as is_partial_week,
        cast(is_suppressed as boolean) as is_suppressed,

        ---------- dates
        cast(week_start as date) as week_start_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
