with

latest as (

    select *
    from {{ ref('stg_outreach__ride_alongs') }}
    qualify row_number() over (
        partition by evening_id, post_no
        order by exported_on desc, file_sha256 desc, row_number desc
    ) = 1

),

-- An evening that was listed without posts has posts once a list names them.
kept as (

    select *
    from latest
    qualify
        post_no is not null
        or count(post_no) over (partition by evening_id) = 0

)

select
    evening_id,
    post_no,
    started_date,
    started_at,
    ended_at,
    guest_count,
    channel,
    post_id,
    call_type,
    area_code,
    called_at,
    released_at,
    published_at,
    reviewed_by,
    cast(
        date_diff('minute', called_at, published_at) as integer
    ) as delay_minutes,
    published_at < released_at as is_released_late,
    published_at < called_at + interval 15 minute as is_too_soon,
    case
        when post_no is not null
            -- A check that was not filled in was not made.
            then coalesce(
                is_plate_checked
                and is_name_checked
                and is_address_checked
                and is_medical_checked
                and is_minor_checked,
                false
            )
    end as is_fully_checked

from kept
order by started_at, evening_id, post_no
