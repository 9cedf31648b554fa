-- Snapshots are not posts, and a message in a group is one; what the pages show adds up
-- to posts and patrols. Hours are compared to the second.
with

named as (

    select distinct
        message_id,
        unnest(string_split(group_ids, ' ')) as group_id

    from {{ ref('stg_whatsapp__broadcasts') }}
    where group_ids <> 'ALLE'

),

staged_posts as (

    {% for channel in ['facebook', 'instagram', 'x'] %}
        {% if not loop.first %}
            union
        {% endif %}
        select
            '{{ channel }}' as channel,
            post_id,
            exported_on

        from {{ ref('stg_social__' ~ channel ~ '_posts') }}
    {% endfor %}

),

counts as (

    select
        'posts' as what,
        (
            select count(distinct channel || ' ' || post_id)
            from staged_posts
        ) as staged,
        (select count(*) from {{ ref('fct_posts') }}) as kept
    union all
    select
        'snapshots of posts' as what,
        (select count(*) from staged_posts) as staged,
        (select count(*) from {{ ref('fct_post_snapshots') }}) as kept
    union all
    select
        'days of channels' as what,
        (
            select count(distinct account_id || metric || day) from (
                select
                    account_id,
                    metric,
                    day
                from {{ ref('stg_social__facebook_page_days') }}
                union all
                select
                    account_id,
                    '' as metric,
                    day
                from {{ ref('stg_social__x_days') }}
            ) as staged_days
        ) as staged,
        (
            select count(*) from {{ ref('fct_channel_days') }}
            where
                channel = 'facebook'
                and metric not in ('viewers_new', 'viewers_returning')
                or channel = 'x' and metric = 'impressions'
        ) as kept
    union all
    select
        'posts in the report' as what,
        (
            select count(*) from {{ ref('fct_posts') }}
            where not is_reply
        ) as staged,
        (
            select coalesce(sum(post_count), 0) from {{ ref('rpt_reach') }}
        ) as kept
    union all
    select
        'messages and the groups they name' as what,
        (select count(*) from named) as staged,
        (
            select count(*) from {{ ref('fct_broadcasts') }} as broadcasts
            inner join named
                on
                    broadcasts.message_id = named.message_id
                    and broadcasts.group_id = named.group_id
        ) as kept
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
