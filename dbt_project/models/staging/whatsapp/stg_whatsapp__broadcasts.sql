with

source as (

    select * from {{ source('whatsapp', 'broadcasts') }}
    where {{ accepted_new_rows('whatsapp', 'broadcasts') }}

),

typed as (

    select
        ---------- ids
        message_id,
        group_ids,
        in_reply_to,

        ---------- text
        kind,
        theme,
        text,

        ---------- numerics
        cast(reached_member_count as integer) as reached_member_count,
        cast(first_reply_minutes as integer) as first_reply_minutes,
        cast(reply_count as integer) as reply_count,
        cast(tip_count as integer) as tip_count,

        ---------- booleans
        cast(has_prefix as boolean) as has_prefix,
        cast(is_solved_by_tip as boolean) as is_solved_by_tip,

        ---------- timestamps
        {{ start_to_utc("cast(sent_local as timestamp)") }} as sent_at,

        ---------- dates
        cast(cast(sent_local as timestamp) as date) as sent_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
