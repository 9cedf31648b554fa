with

source as (

    select * from {{ source('outreach', 'print') }}
    where {{ accepted_new_rows('outreach', 'print') }}

),

typed as (

    select
        ---------- ids
        article_id,
        buurt_codes,
        tip_code,
        video_post_id,

        ---------- text
        paper,
        title,
        format,
        themes,
        url,

        ---------- numerics
        cast(circulation as integer) as circulation,
        cast(word_count as integer) as word_count,
        cast(page as integer) as page,
        cast(reply_count as integer) as reply_count,

        ---------- dates
        cast(cast(published_local as timestamp) as date) as published_date,

        ---------- delivery
        _file_sha256 as file_sha256,
        _row_number as row_number,
        _exported_on as exported_on

    from source

)

select * from typed
