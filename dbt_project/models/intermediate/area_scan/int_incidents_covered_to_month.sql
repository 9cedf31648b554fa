{{ config(materialized='table') }}

with

reported as (

    select
        file_sha256,
        registered_date,
        any_value(covers_from) as covers_from,
        any_value(covers_to) as covers_to,
        any_value(exported_on) as exported_on

    from {{ ref('stg_police__incidents') }}
    group by file_sha256, registered_date

),

spoken as (

    select
        cast(date_trunc('month', registered_date) as date) as month,
        max(exported_on) as exported_on,
        bool_or(covers_from is null) as has_undeclared

    from reported
    group by month

),

-- A file that says what it holds: the days of it that it names, and both its ends.
named as (

    select
        file_sha256,
        registered_date as day

    from reported
    where registered_date between covers_from and covers_to
    union
    select
        file_sha256,
        unnest([covers_from, covers_to]) as day

    from reported
    where covers_from is not null

),

stepped as (

    select
        day,
        lag(day) over (partition by file_sha256 order by day) as day_before

    from named

),

-- What lies between two of its days it holds as well, unless a whole month without a
-- registration does: no team is silent so long, so one of the days is a mistake.
held as (

    select distinct
        cast(unnest(generate_series(
            case
                when
                    day_before >= date_trunc('month', day) - interval 1 month
                    then day_before
                else day
            end,
            day,
            interval 1 day
        )) as date) as day

    from stepped

),

quiet as (

    select
        registered_date as day,
        lag(registered_date) over (order by registered_date) as day_before

    from (select distinct reported.registered_date from reported) as days

),

-- An end is often no more than the first or last registration. Days outside are taken
-- for quiet ones as long as there are no more of them than were ever quiet inside. At
-- the beginning of all, where no file speaks of the days before, it is a week at most.
longest as (

    select coalesce(max(quiet_day_count), 0) as quiet_day_count
    from (
        select count(*) as quiet_day_count
        from quiet
        inner join held
            on quiet.day_before < held.day and quiet.day > held.day
        group by quiet.day, quiet.day_before
        having count(*) = quiet.day - quiet.day_before - 1
    ) as stretches

),

bounded as (

    select
        spoken.month,
        held.day

    from spoken
    inner join held on spoken.month = date_trunc('month', held.day)
    union all
    select
        month,
        unnest([
            cast(month - interval 1 day as date), cast(month + interval 1 month as date)
        ]) as day

    from spoken

),

gaps as (

    select
        month,
        day,
        day - lag(day) over (partition by month order by day) - 1 as day_count

    from bounded

),

beginning as (

    select min(day) as day from held

),

judged as (

    select
        gaps.month,
        bool_or(
            gaps.day_count > least(
                longest.quiet_day_count,
                case when gaps.day = beginning.day then 7 end
            )
        ) as has_unheld_days

    from gaps
    cross join longest
    cross join beginning
    group by gaps.month

),

newest as (

    select max(exported_on) as exported_on from spoken

),

flagged as (

    select
        spoken.month,
        -- Every export that speaks of it was made before it was over.
        spoken.exported_on < spoken.month + interval 1 month
        -- Files do not hold all of its days, or do not say what they hold and begin
        -- somewhere in it: an export seldom begins on a first day.
        or (
            judged.has_unheld_days
            and (not spoken.has_undeclared or before.month is null)
        ) as is_incomplete,
        -- Late reports arrive for weeks: the newest complete month is not final.
        spoken.month
        >= date_trunc('month', newest.exported_on) - interval 1 month
            as is_provisional

    from spoken
    inner join judged on spoken.month = judged.month
    left join spoken as before
        on spoken.month = before.month + interval 1 month
    cross join newest

)

select * from flagged
