-- Added up while it is read: where somebody walked is nobody's business after that,
-- and the points would be most of the warehouse. The ends of a track have no place,
-- but a length and a time, so they are added up as well, as a part without a buurt.
with

source as (

    select * from {{ source('watch', 'tracks') }}
    where {{ of_new_files('watch', 'tracks', 'row_count') }}

),

summed as (

    select
        ---------- ids
        patrol_id,
        buurt_code,

        ---------- numerics
        count(*) filter (where _problem is null) as accepted_count,
        count(*) filter (where _problem = 'cut_for_privacy') as cut_count,
        coalesce(
            -- No distance is known of a point with a problem.
            sum(cast(distance_m as decimal(12, 1))), 0
        ) as length_m,
        sum(cast(moving_seconds as integer)) as moving_seconds,

        ---------- booleans
        _problem is null as is_placed,

        ---------- timestamps
        min(cast(recorded_at as timestamp)) filter (
            where _problem is null or _problem = 'cut_for_privacy'
        ) as started_at,
        max(cast(recorded_at as timestamp)) filter (
            where _problem is null or _problem = 'cut_for_privacy'
        ) as ended_at,

        ---------- delivery
        _file_sha256 as file_sha256,
        _file_name as file_name,
        any_value(_exported_on) as exported_on

    from source
    group by patrol_id, buurt_code, is_placed, _file_sha256, _file_name

)

select * from summed
