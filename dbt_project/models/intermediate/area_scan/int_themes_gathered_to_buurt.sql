-- A view, because a Python model reads it.
{{ config(materialized='view') }}

with

themes as (

    select
        offence_code,
        theme

    from {{ ref('offence_groups') }}
    where theme <> 'overig'

),

-- In the alphabet incidents come before open data.
theme_months as (

    select
        themes.theme,
        chosen.month,
        min(chosen.source) as source

    from {{ ref('int_sources_chosen_to_offence_month') }} as chosen
    inner join themes on chosen.offence_code = themes.offence_code
    group by themes.theme, chosen.month

),

-- Complete, and nothing missing in it.
newest as (

    select
        theme_months.theme,
        theme_months.month,
        theme_months.source

    from theme_months
    inner join {{ ref('int_crimes_summed_to_team_month') }} as crimes
        on
            theme_months.source = crimes.source
            and theme_months.month = crimes.month
    inner join themes
        on
            crimes.offence_code = themes.offence_code
            and theme_months.theme = themes.theme
    left join {{ ref('int_gaps_spread_to_month') }} as gaps
        on
            crimes.source = gaps.source
            and crimes.offence_code = gaps.offence_code
            and crimes.month = gaps.month
    group by theme_months.theme, theme_months.month, theme_months.source
    having
        not bool_or(crimes.is_incomplete)
        and count(gaps.completeness_flag) = 0
    qualify row_number() over (
        partition by theme_months.theme order by theme_months.month desc
    ) = 1

),

late as (

    {{ months_of_late_reports() }}

),

rated as (

    select
        newest.theme,
        rated.buurt_code,
        newest.source,
        newest.month,
        case
            when count(*) = count(rated.count_12_months)
                then sum(rated.count_12_months)
        end as count_12_months,
        max(rated.base_count) as base_count,
        bool_and(rated.is_residential) as is_residential,
        min(breaks.months_since_break) as months_since_break,
        min(late.months_since_late) as months_since_late,
        string_agg(rated.offence_code, ' ' order by rated.offence_code)
            as offence_codes

    from newest
    inner join themes on newest.theme = themes.theme
    inner join {{ ref('int_crimes_rated_to_year') }} as rated
        on
            themes.offence_code = rated.offence_code
            and newest.source = rated.source
            and newest.month = rated.month
    left join {{ ref('int_breaks_spread_to_month') }} as breaks
        on
            rated.source = breaks.source
            and rated.offence_code = breaks.offence_code
            and rated.month = breaks.month
    left join late
        on
            newest.source = late.source
            and newest.month = late.month
    group by newest.theme, rated.buurt_code, newest.source, newest.month

),

zones as (

    select distinct
        newest.theme,
        zones.buurt_code

    from newest
    inner join themes on newest.theme = themes.theme
    inner join {{ ref('fct_near_repeat_zones') }} as zones
        on
            themes.offence_code = zones.offence_code
            and last_day(newest.month)
            between zones.active_from and zones.active_until

),

-- What the street knew when the month was over, or has said since. The page counts
-- the judgements by the same day.
as_of as (

    select greatest(max(last_day(rated.month)), max(street.judged_date)) as as_of_date

    from {{ ref('fct_street_knowledge') }} as street
    left join rated on true

),

street as (

    select
        street.theme,
        street.buurt_code,
        count(*) as judgement_count,
        count(street.moved_places) as moved_count,
        avg(street.moved_places) / 2 as street_judgement,
        count_if(street.direction = 'more') as more_count,
        count_if(street.direction = 'same') as same_count,
        count_if(street.direction = 'less') as less_count,
        string_agg(
            street.reason, ' · '
            order by street.judged_date desc, street.judgement_id asc
        ) as reason

    from {{ ref('fct_street_knowledge') }} as street
    cross join as_of
    where
        not street.is_superseded
        and street.valid_until_date >= as_of.as_of_date
    group by street.theme, street.buurt_code

)

select
    coalesce(rated.theme, street.theme) as theme,
    coalesce(rated.buurt_code, street.buurt_code) as buurt_code,
    rated.source,
    rated.month,
    rated.offence_codes,
    rated.count_12_months,
    rated.base_count,
    rated.is_residential,
    rated.months_since_break,
    rated.months_since_late,
    zones.theme is not null as is_zone_active,
    -- A theme that the team gave no weight has that of all others.
    coalesce(weights.theme_weight, 1) as theme_weight,
    weights.set_by_role as theme_weight_set_by_role,
    weights.set_date as theme_weight_set_date,
    street.street_judgement,
    coalesce(street.judgement_count, 0) as judgement_count,
    coalesce(street.moved_count, 0) as moved_count,
    coalesce(street.more_count, 0) as more_count,
    coalesce(street.same_count, 0) as same_count,
    coalesce(street.less_count, 0) as less_count,
    street.reason

from rated
full outer join street
    on
        rated.theme = street.theme
        and rated.buurt_code = street.buurt_code
left join zones
    on
        rated.theme = zones.theme
        and rated.buurt_code = zones.buurt_code
left join {{ ref('theme_weights') }} as weights
    on coalesce(rated.theme, street.theme) = weights.theme
