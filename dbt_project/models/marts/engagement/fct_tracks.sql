with

files as (

    select
        file_sha256,
        file_name,
        patrol_id as named_patrol_id,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        cast(sum(length_m) / 1000 as double) as length_km,
        sum(moving_seconds) / 60 as moving_minutes,
        sum(accepted_count + cut_count) as point_count,
        sum(accepted_count) = 0 as is_too_short

    from {{ ref('stg_watch__tracks') }}
    group by file_sha256, file_name, patrol_id
    having sum(accepted_count + cut_count) > 0

),

patrols as (

    select * from {{ ref('int_patrols_deduped_to_patrol') }}
    where not is_withdrawn

),

-- A list may name the file of a patrol; the same name serves another day again.
listed as (

    select
        files.file_sha256,
        case
            when count(*) = 1 then any_value(patrols.patrol_id)
        end as patrol_id

    from files
    inner join patrols
        on
            {{ track_name('files.file_name') }}
            = {{ track_name('patrols.gpx_file') }}
            and coalesce(
                abs(date_diff('hour', files.started_at, patrols.started_at)) < 12,
                true
            )
    where files.named_patrol_id is null
    group by files.file_sha256

),

-- A track that names no patrol belongs to the only one under way at the time.
found as (

    select
        files.file_sha256,
        files.named_patrol_id,
        case
            when count(*) = 1 then any_value(patrols.patrol_id)
        end as patrol_id

    from files
    inner join patrols
        on
            files.started_at < coalesce(
                patrols.ended_at, patrols.started_at + interval 3 hour
            )
            and files.ended_at > patrols.started_at
    where files.named_patrol_id is null
    group by files.file_sha256, files.named_patrol_id

),

known as (

    select
        files.*,
        coalesce(
            files.named_patrol_id, listed.patrol_id, found.patrol_id
        ) as patrol_id,
        case
            when files.named_patrol_id is not null then 'name'
            when listed.patrol_id is not null then 'list'
            when found.patrol_id is not null then 'time'
        end as linked_by

    from files
    left join listed
        on
            files.file_sha256 = listed.file_sha256
            and files.named_patrol_id is null
    left join found
        on
            files.file_sha256 = found.file_sha256
            and files.named_patrol_id is null

)

-- Of two files for one round the one with more points, or with any left to place.
select
    coalesce(patrol_id, file_sha256) as track_id,
    patrol_id,
    file_sha256,
    started_at,
    ended_at,
    length_km,
    moving_minutes,
    cast(point_count as integer) as point_count,
    linked_by,
    named_patrol_id is not null as is_named,
    is_too_short

from known
qualify
    row_number() over (
        partition by coalesce(patrol_id, file_sha256)
        order by point_count desc, is_too_short asc, file_sha256 desc
    ) = 1
order by track_id
