-- A judgement in two lists is one judgement, a goal that was moved is one goal.
with

counts as (

    select
        'judgements' as what,
        (
            select count(distinct judgement_id)
            from {{ ref('stg_team__street_knowledge') }}
        ) as staged,
        (select count(*) from {{ ref('fct_street_knowledge') }}) as kept
    union all
    select
        'portfolios' as what,
        (
            select
                count(distinct concat_ws(
                    '|', theme, organisation, role_name, valid_from_date
                ))
            from {{ ref('stg_team__portfolios') }}
        ) as staged,
        (select count(*) from {{ ref('dim_portfolios') }}) as kept
    union all
    select
        'goals' as what,
        (
            select count(distinct goal_id) from {{ ref('stg_team__goals') }}
        ) as staged,
        (
            select count(*) from {{ ref('fct_goals') }}
            where is_latest
        ) as kept

)

select * from counts
where staged is distinct from kept
