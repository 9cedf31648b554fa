with

-- The share of time; where points have no time, that of the way.
parts as (

    select
        tracks.track_id,
        tracks.patrol_id,
        staged.buurt_code,
        cast(sum(staged.length_m) as double) as length_m,
        sum(staged.moving_seconds) as moving_seconds

    from {{ ref('fct_tracks') }} as tracks
    inner join {{ ref('stg_watch__tracks') }} as staged
        on
            tracks.file_sha256 = staged.file_sha256
            and staged.patrol_id is not distinct from
            case when tracks.is_named then tracks.patrol_id end
    where staged.is_placed
    group by tracks.track_id, tracks.patrol_id, staged.buurt_code

),

weighed as (

    select
        *,
        case
            when sum(moving_seconds) over track > 0
                -- A buurt that was only stood still in.
                then coalesce(moving_seconds, 0)
            else length_m
        end as weight,
        count(*) over track as part_count

    from parts
    window track as (partition by track_id)

)

select
    track_id,
    patrol_id,
    buurt_code,
    length_m / 1000 as length_km,
    coalesce(
        weight / nullif(sum(weight) over (partition by track_id), 0),
        -- It was stood still in everywhere.
        1.0 / part_count
    ) as share

from weighed
order by track_id, buurt_code
