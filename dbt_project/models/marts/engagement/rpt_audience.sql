with

buurten as (

    select
        shown.buurt_code,
        shown.inhabitant_count,
        shown.dwelling_count,
        figures.inhabitant_0_to_14_count,
        figures.inhabitant_15_to_24_count,
        figures.inhabitant_65_plus_count

    from {{ ref('dim_buurten') }} as shown
    left join {{ ref('fct_buurt_figures') }} as figures
        on
            shown.buurt_code = figures.buurt_code
            and shown.vintage_year = figures.vintage_year

),

-- A group of a few neighbours is about those neighbours.
groups as (

    select
        *,
        string_split(coalesce(area_buurt_codes, buurt_code), ' ') as codes

    from {{ ref('dim_whatsapp_groups') }}
    where active_to_date is null and member_count >= 5

),

areas as (

    select
        group_id,
        dwelling_count,
        len(codes) as buurt_count,
        unnest(codes) as buurt_code

    from groups

),

-- How the areas of groups lie in a buurt is not told: at least the largest that is
-- wholly in it, at most all of them side by side.
covered as (

    select
        buurt_code,
        cast(count(*) as integer) as group_count,
        max(dwelling_count) filter (where buurt_count = 1) as dwellings_lower,
        case
            when count(*) = count(dwelling_count) then sum(dwelling_count)
        end as dwellings_upper

    from areas
    group by buurt_code

),

recent_articles as (

    select * from {{ ref('fct_articles') }}
    qualify
        published_date > max(published_date) over () - interval 12 month
        and not is_circulation_doubtful is true

),

-- Nowhere named is everywhere.
delivered as (

    select
        recent_articles.article_id,
        buurten.buurt_code,
        recent_articles.circulation / sum(buurten.dwelling_count) over (
            partition by recent_articles.article_id
        ) as copies_per_dwelling

    from recent_articles
    inner join buurten
        on
            recent_articles.buurt_codes is null
            or list_contains(
                string_split(recent_articles.buurt_codes, ' '), buurten.buurt_code
            )

),

printed as (

    select
        buurt_code,
        cast(count(*) as integer) as article_count,
        -- Exact, so that the mean does not depend on the order of its parts.
        cast(
            sum(cast(1000 * copies_per_dwelling as decimal(18, 6)))
            / count(copies_per_dwelling) as double
        ) as copies_per_1000_dwellings

    from delivered
    group by buurt_code

),

newest as (

    select
        (select max(published_date) from {{ ref('fct_articles') }}) as article_date,
        (select max(as_of_date) from groups) as group_date,
        (select max(started_at) from {{ ref('fct_patrols') }}) as patrolled_at

),

walked as (

    select
        unnest(string_split(patrols.buurt_codes, ' ')) as buurt_code,
        patrols.team_id

    from {{ ref('fct_patrols') }} as patrols
    cross join newest
    where
        not patrols.is_withdrawn
        and patrols.started_at > newest.patrolled_at - interval 12 month

),

teams as (

    select
        buurt_code,
        cast(count(distinct team_id) as integer) as team_count

    from walked
    group by buurt_code

)

-- What was never delivered is not known, what was delivered and is not there is none.
select
    buurten.buurt_code,
    buurten.inhabitant_count,
    buurten.inhabitant_0_to_14_count,
    buurten.inhabitant_15_to_24_count,
    buurten.inhabitant_65_plus_count,
    buurten.dwelling_count,
    case
        when newest.group_date is not null then coalesce(covered.group_count, 0)
    end as whatsapp_group_count,
    case
        when newest.group_date is not null
            then
                least(coalesce(covered.dwellings_lower, 0), buurten.dwelling_count)
                / nullif(buurten.dwelling_count, 0)
    end as covered_share_lower,
    case
        when newest.group_date is null or buurten.dwelling_count is null then null
        when covered.group_count is null then 0
        else
            least(
                coalesce(covered.dwellings_upper, buurten.dwelling_count),
                buurten.dwelling_count
            ) / nullif(buurten.dwelling_count, 0)
    end as covered_share_upper,
    case
        when newest.article_date is not null then coalesce(printed.article_count, 0)
    end as article_count,
    printed.copies_per_1000_dwellings,
    case
        when newest.patrolled_at is not null then coalesce(teams.team_count, 0)
    end as team_count

from buurten
cross join newest
left join covered on buurten.buurt_code = covered.buurt_code
left join printed on buurten.buurt_code = printed.buurt_code
left join teams on buurten.buurt_code = teams.buurt_code
order by buurten.buurt_code
