-- What the figures of the engagement are of is what was delivered: a message, a round
-- or a post counts once. That the facts are what was staged is another test's. The sum
-- over no row is null, and null is distinct from a number.
with

reported as (

    select
        topic,
        sum(base_count + unknown_count) as counted

    from {{ ref('rpt_engagement') }}
    where
        level = 'all'
        and month_count = 1
        and (topic, measure) in (
            ('whatsapp', 'prefix_share'),
            ('watch', 'patrol_hours'),
            ('calls', 'within_15_share'),
            ('reach', 'reach')
        )
    group by topic

),

staged as (

    select
        'whatsapp' as topic,
        count(distinct message_id) as counted

    from {{ ref('fct_broadcasts') }}
    union all
    select
        'watch' as topic,
        count(*) as counted

    from {{ ref('fct_patrols') }}
    where not is_withdrawn
    union all
    select
        'calls' as topic,
        count(*) as counted

    from {{ ref('fct_calls') }}
    where
        not is_withdrawn
        and priority = 1
        and (dispatched_at is not null or on_scene_at is not null)
    union all
    select
        'reach' as topic,
        count(*) as counted

    from {{ ref('fct_posts') }}
    where not is_reply

)

select
    staged.topic,
    staged.counted as staged_count,
    reported.counted as reported_count

from staged
left join reported on staged.topic = reported.topic
where nullif(staged.counted, 0) is distinct from reported.counted
