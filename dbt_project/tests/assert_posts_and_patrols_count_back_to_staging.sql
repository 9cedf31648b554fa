-- Snapshots are not posts, and a patrol in two lists is one patrol; what the pages
-- show adds up to them. Hours are compared to the second.
with

counts as (

    select
        'posts' as what,
        (
            select count(distinct post_id)
            from {{ ref('stg_social__facebook_posts') }}
        ) as staged,
        (select count(*) from {{ ref('fct_posts') }}) as kept
    union all
    select
        'posts in the report' as what,
        (select count(*) from {{ ref('fct_posts') }}) as staged,
        (
            select coalesce(sum(post_count), 0) from {{ ref('rpt_reach') }}
        ) as kept
    union all
    select
        'patrols' as what,
        (
            select count(distinct patrol_id)
            from {{ ref('stg_watch__patrols') }}
        ) as staged,
        (select count(*) from {{ ref('fct_patrols') }}) as kept
    union all
    select
        'seconds of patrols in the report' as what,
        (
            select sum(duration_minutes) * 60 from {{ ref('fct_patrols') }}
            where not is_withdrawn
        ) as staged,
        (
            select round(sum(patrol_hours) * 3600)
            from {{ ref('rpt_patrols') }}
        ) as kept

)

select * from counts
where staged is distinct from kept
