with

-- What is sent of a briefing takes the place of all that was sent of it before, so
-- that a point can be taken out as well; a point 0 says that there are none.
latest as (

    select *
    from {{ ref('stg_outreach__minutes') }}
    qualify dense_rank() over (
        partition by briefing_id
        order by exported_on desc, file_sha256 desc
    ) = 1

)

select
    briefing_id,
    point_no,
    point

from latest
where point_no > 0
order by briefing_id, point_no
