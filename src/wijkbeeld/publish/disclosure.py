"""What the public file holds; what may not be seen is not in it (MEASURES E).

The only module that names what is public. A public table is a list of columns: a
column that is not named here is not in the file, and the file is written anew, so that
what is withheld was never in it.

**Crimes** are the cells of one fixed cube, made and audited in ``cube``: a count of 1
to 4 is null with the reason ``small_count``, zero stays zero, any other is rounded to
a five once, from the exact value. The briefing is made of these cells. No rate,
expectation or interval is in the file: they would give exact counts back. A verdict in
words is, where the count and the expectation are both five or more.

**Signals, rounds, posts and what was seen of them** have the same threshold and
rounding; months of fewer than five posts are withheld whole. Hours of one to four
rounds are withheld with their number, which they would tell; those of more are rounded,
and so is what they come to per dwelling. Hours of all who walked are not in the file:
beside the hours they tell how many walked.

**Whether something works** is told in words, and why there is too little to say only
where that is no word on counts: a year has not passed, there is nothing to compare
with. A verdict is told where every count and expectation that it rests on is five or
more; else it is too few to say, as it is where nothing was found. So who knows all but
one of these counts learns on which side of a bound it lies, and no more. Programmes are
what the team itself announces: name, place and days, and not how many took part. A name
that could be that of a person is left out.

**Briefings** tell how many residents, coordinators and administrators came, under the
same threshold and rounding. Of a group of one to four the total would tell how many it
was, also by being absent: then the total is told, and no group. Police and municipality
are at work there, and few: they are not in it. **Actions and minutes** are the team's
own words for residents. Landing has looked for persons in them, and what could name one
after all is left out here. How often an action was carried over counts briefings, and
nobody.

**Deliveries** are named with their day, and how much was in them is not told.

**Still open**: who knows an offence himself can subtract it; the verdicts rest on exact
counts, and say of a rounded count on which side of an expectation it lies.
"""

import duckdb

from wijkbeeld.landing import personal, values
from wijkbeeld.publish import cube

_FIVES = """
    create temp macro in_fives(counted) as
    (5 * floor(counted / 5.0 + 0.5))::bigint;
    create temp macro in_fives_if_many(counted) as
    case when counted = 0 or counted >= 5 then in_fives(counted) end
"""


def prepare(con: duckdb.DuckDBPyConnection, history: cube.History) -> None:
    """Make in the attached ``warehouse``'s session what the queries of ``PUBLIC`` read.

    Raises:
        ContradictionError: The figures for the public cannot all be true.
    """
    con.execute(_FIVES)
    cube.prepare(con, history)


_CRIMES = """
    select
        level, area_code, offence_code, period_kind, first_month, last_month, source,
        crime_count, reason, is_lower_bound, is_provisional, released_on
    from public_figures
    order by all
"""

# What was published and is not any more: corrected, or of a briefing of long ago.
_REPLACED = """
    select distinct
        level, area_code, offence_code, period_kind, first_month, last_month, source,
        crime_count, reason, is_lower_bound, is_provisional, released_on
    from earlier
    anti join public_figures as now
        on
            earlier.level = now.level
            and earlier.area_code = now.area_code
            and earlier.offence_code = now.offence_code
            and earlier.period_kind = now.period_kind
            and earlier.first_month = now.first_month
            and earlier.last_month = now.last_month
            and earlier.source = now.source
            and earlier.crime_count is not distinct from now.crime_count
            and earlier.reason is not distinct from now.reason
            and earlier.is_lower_bound = now.is_lower_bound
    order by all
"""

# The same columns as elsewhere, so that one query of a page serves every role.
_BRIEFING = """
    with months as (
        from public_figures where period_kind = 'month'
    )
    select
        briefing.offence_code,
        briefing.month,
        briefing.source,
        now.crime_count,
        now.reason,
        last_year.crime_count as count_last_year,
        last_year.reason as reason_last_year,
        null::double as expected_count,
        null::integer as expected_lower,
        null::integer as expected_upper,
        case
            when now.crime_count >= 5 and briefing.expected_count >= 5
                then briefing.status
        end as status,
        null::integer as count_3_months,
        null::double as expected_3_months_count,
        null::integer as expected_3_months_lower,
        null::integer as expected_3_months_upper,
        null::varchar as status_3_months,
        null::integer as count_12_months,
        null::integer as count_12_months_before,
        null::double as change_ratio,
        null::double as change_lower,
        null::double as change_upper,
        null::integer as null_cell_count,
        coalesce(now.is_lower_bound, briefing.is_lower_bound) as is_lower_bound,
        coalesce(now.is_provisional, briefing.is_provisional) as is_provisional,
        briefing.is_incomplete,
        -- That a month is too low to be true is a verdict on an exact count.
        case when briefing.completeness_flag = 'provisional' then 'provisional' end
            as completeness_flag,
        coalesce(now.reason in ('small_count', 'protected'), false) as is_suppressed
    from warehouse.marts.rpt_briefing as briefing
    left join months as now
        on
            briefing.offence_code = now.offence_code
            and briefing.month = now.last_month
            and briefing.source = now.source
    left join months as last_year
        on
            briefing.offence_code = last_year.offence_code
            and briefing.month = last_year.last_month + interval 12 months
            and briefing.source = last_year.source
    where briefing.offence_code <> '0.0.0'
"""

# By channel and month: few formats or themes have five posts in one.
_REACH = """
    select
        channel,
        month,
        null::varchar as format,
        null::varchar as theme,
        case when posts >= 5 then in_fives(posts) end as post_count,
        -- Of a post that did not tell its reach nothing is in it: no upper bound.
        case when posts >= 5 and reported = posts then in_fives_if_many(reach_upper) end
            as reach_sum_upper,
        case when posts >= 5 then in_fives_if_many(reach_lower) end
            as reach_max_lower,
        case when posts >= 5 then in_fives_if_many(views) end as views_sum,
        case when posts >= 5 then in_fives_if_many(impressions) end
            as impressions_sum,
        case when posts >= 5 then in_fives_if_many(engagement) end as engagement_sum,
        case when posts >= 5 then in_fives_if_many(reported) end
            as reach_reported_post_count,
        case when posts >= 5 then has_more_views end as is_views_lower_bound,
        case when posts >= 5 then has_more_impressions end
            as is_impressions_lower_bound,
        case when posts >= 5 then has_more_engagement end as is_engagement_lower_bound
    from (
        select
            channel,
            month,
            sum(post_count) as posts,
            sum(reach_sum_upper) as reach_upper,
            max(reach_max_lower) as reach_lower,
            sum(views_sum) as views,
            sum(impressions_sum) as impressions,
            sum(engagement_sum) as engagement,
            sum(reach_reported_post_count) as reported,
            bool_or(is_views_lower_bound) as has_more_views,
            bool_or(is_impressions_lower_bound) as has_more_impressions,
            bool_or(is_engagement_lower_bound) as has_more_engagement
        from warehouse.marts.rpt_reach
        group by channel, month
    )
"""

# Hours of few rounds tell how many rounds, and beside them those of all who walked how
# many walked.
_PATROLS = """
    with judged as (
        select
            patrols.*,
            buurten.dwelling_count,
            case
                when patrols.patrol_count not between 1 and 4
                    then in_fives_if_many(patrols.patrol_hours)
            end as rounded_hours
        from warehouse.marts.rpt_patrols as patrols
        left join warehouse.marts.dim_buurten as buurten using (buurt_code)
    )
    select
        buurt_code,
        month,
        in_fives_if_many(patrol_count) as patrol_count,
        rounded_hours as patrol_hours,
        null::bigint as person_hours,
        in_fives_if_many(signal_count) as signal_count,
        case
            when hours_per_1000_dwellings is not null
                then 1000 * rounded_hours / dwelling_count
        end as hours_per_1000_dwellings,
        is_lower_bound,
        coalesce(
            patrol_count between 1 and 4 or signal_count between 1 and 4, false
        ) as is_suppressed
    from judged
"""


def _could_name_somebody(text: str) -> str:
    """Return SQL that holds wherever a text names a person or a house, or worse."""
    odd = values.odd_text().replace("'", "''")
    found = personal.possibly_in(text, is_own=True)
    return f"(regexp_matches({text}, '{odd}') or {found})"


def _without_persons(text: str) -> str:
    """Return SQL of a text that is null where it could name somebody after all."""
    return f"case when not {_could_name_somebody(text)} then {text} end as {text}"


_BRIEFINGS = f"""
    with counted as (
        select
            *,
            -- Null where one of them was not counted.
            resident_count + coordinator_count + administrator_count
                as visitor_count,
            coalesce(list_bool_or(list_transform(
                [resident_count, coordinator_count, administrator_count],
                lambda present: present between 1 and 4
            )), false) as has_small_group
        from warehouse.marts.fct_briefings
    )
    select
        briefing_id,
        started_date as briefing_date,
        status,
        {_without_persons("venue")},
        {_without_persons("guest_from")},
        themes,
        case when not has_small_group then in_fives(resident_count) end
            as attendance_residents,
        case when not has_small_group then in_fives(coordinator_count) end
            as attendance_coordinators,
        case when not has_small_group then in_fives(administrator_count) end
            as attendance_administrators,
        in_fives_if_many(visitor_count) as attendance_total,
        has_small_group as is_suppressed,
        minutes_date as minutes_on
    from counted
"""  # noqa: S608 - the names are ours

_ACTIONS = f"""
    select
        action_id, briefing_id, description, owner, asked_on, due_on, status, done_on
    from warehouse.marts.fct_actions
    where not {_could_name_somebody("description")}
"""  # noqa: S608 - the names are ours

_MINUTES = f"""
    select briefing_id, point_no, point
    from warehouse.marts.fct_minutes
    where not {_could_name_somebody("point")}
"""  # noqa: S608 - the names are ours

_DELIVERIES = """
    select
        file_sha256,
        source,
        status,
        null::bigint as row_count,
        null::bigint as accepted_count,
        null::bigint as problem_count,
        null::bigint as size_bytes,
        exported_on,
        landed_at,
        is_demo
    from warehouse.marts.fct_deliveries
"""

_FRESHNESS = """
    select
        source,
        name_nl,
        name_en,
        last_landed_at,
        last_exported_on,
        null::integer as delivery_count,
        null::integer as rejected_count,
        null::bigint as problem_count,
        null::bigint as row_count,
        warn_after_days,
        error_after_days
    from warehouse.marts.rpt_freshness
"""

# Of the design that counts; a verdict on fewer than five would be one on somebody.
_EFFECTS = f"""
    select
        study_id,
        study_kind,
        {_without_persons("study_name")},
        offence_code,
        design,
        start_month,
        case
            when
                count_after is not null
                and least(
                    count_before, count_after, expected_after, comparison_before,
                    comparison_after
                ) >= 5
                then verdict
            else 'too few to say'
        end as verdict,
        case
            when
                reason in (
                    'too_early', 'no_history', 'few_comparison_areas', 'one_area',
                    'missing_months'
                )
                then reason
        end as reason,
        is_reporting_sensitive
    from warehouse.marts.rpt_effects
    where is_primary
"""  # noqa: S608 - the names are ours

_PROGRAMMES = f"""
    select
        programme_id, buurt_code, {_without_persons("name")}, kind, status, start_date,
        end_date
    from warehouse.marts.fct_programmes
"""  # noqa: S608 - the names are ours

PUBLIC: dict[str, str] = {
    "dim_buurten": """
        select
            buurt_code, buurt_name, wijk_code, wijk_name, inhabitant_count,
            dwelling_count, household_count, is_residential, vintage_year
        from warehouse.marts.dim_buurten
    """,
    "dim_buurt_shapes": """
        select buurt_code, vintage_year, geometry_wkt
        from warehouse.marts.dim_buurt_shapes
    """,
    "dim_offences": """
        select
            offence_code, offence_name_nl, offence_name_en, theme,
            is_citizen_reported, rate_base
        from warehouse.marts.dim_offences
    """,
    "dim_months": "select month, is_complete from warehouse.marts.dim_months",
    "fct_actions": _ACTIONS,
    "fct_briefings": _BRIEFINGS,
    "fct_deliveries": _DELIVERIES,
    # That something broke, and when; by how much rests on exact counts.
    "fct_level_shifts": """
        select
            source, offence_code, month, null::double as shift_ratio,
            null::double as shift_z, null::double as outside_ratio,
            null::double as outside_z, is_suspected_break, is_strongest
        from warehouse.marts.fct_level_shifts
        where is_suspected_break
    """,
    "fct_minutes": _MINUTES,
    "fct_public_crimes_replaced": _REPLACED,
    "fct_programmes": _PROGRAMMES,
    "rpt_public_crimes": _CRIMES,
    "rpt_public_effects": _EFFECTS,
    "rpt_briefing": _BRIEFING,
    "rpt_reach": _REACH,
    "rpt_patrols": _PATROLS,
    "rpt_freshness": _FRESHNESS,
}
"""The tables of the public file, each with the query that fills it."""
