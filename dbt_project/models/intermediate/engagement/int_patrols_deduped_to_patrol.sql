{{ config(materialized='table') }}

with

rows_delivered as (

    select * from {{ ref('stg_watch__patrols') }}

),

files as (

    select
        file_sha256,
        any_value(covers_from) as covers_from,
        any_value(covers_to) as covers_to,
        row_number() over (
            order by any_value(exported_on), file_sha256
        ) as file_rank

    from rows_delivered
    group by 1

),

covered as (

    select
        cast(days.day as date) as started_date,
        max(files.file_rank) as cover_rank

    from files
    cross join
        unnest(generate_series(
            files.covers_from, files.covers_to, interval 1 day
        )) as days (day)
    group by 1

),

-- A patrol whose row has a problem is not gone.
faulty as (

    select
        problems.record_id as patrol_id,
        max(files.file_rank) as faulty_rank

    from {{ ref('stg_landing__problems') }} as problems
    inner join files on problems.file_sha256 = files.file_sha256
    where problems.source = 'watch__patrols'
    group by 1

),

latest as (

    select
        rows_delivered.*,
        files.file_rank

    from rows_delivered
    inner join files on rows_delivered.file_sha256 = files.file_sha256
    qualify row_number() over (
        partition by rows_delivered.patrol_id
        order by files.file_rank desc, rows_delivered.row_number desc
    ) = 1

),

-- Gone from a later list that holds all of its day.
judged as (

    select
        latest.*,
        coalesce(
            covered.cover_rank > greatest(latest.file_rank, faulty.faulty_rank),
            false
        ) as is_withdrawn,
        list_distinct(
            string_split(latest.buurt_codes, ' ')
        ) as buurt_code_list,
        cast(
            date_diff('minute', latest.started_at, latest.ended_at) as integer
        ) as duration_minutes

    from latest
    left join covered on latest.started_date = covered.started_date
    left join faulty on latest.patrol_id = faulty.patrol_id

)

select * from judged
