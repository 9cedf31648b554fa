"""The cells that the public may see of counted crimes, and no others (MEASURES E.1).

Team by offence and month; wijk by offence and quarter; buurt by offence and calendar
year, and by offence and the twelve months of the briefing, which end with the newest
complete month; and of twelve such months the clock of the week (``clock``). Only whole
periods of one source: a year so far minus the same of last month would be a month of a
buurt.

A figure that was published stays as it was until the next quarter, unless it was
provisional: a correction of a few would otherwise tell when they came in (E.6).
Everything that was ever published is remembered in the public file itself, and the
audit holds today's figures against all of it.
"""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from wijkbeeld import files
from wijkbeeld.publish import clock, cube_audit

# What was not delivered though it reads as zero: an offence in a month, null is all.
_MISSING = """
    create temp table public_missing as
    select distinct source, offence_code, month
    from warehouse.marts.rpt_completeness
    where starts_with(flag, 'missing')
"""

# The crimes of each buurt and month, and what of them falls in a part of the week.
_COUNTS = f"""
    create temp table public_counts as
    with counted as (
        select
            crimes.source,
            crimes.offence_code,
            crimes.buurt_code,
            buurten.wijk_code,
            null as part,
            crimes.month,
            case when not exists (
                from public_missing as missing
                where
                    missing.source = crimes.source
                    and missing.month = crimes.month
                    and coalesce(missing.offence_code, crimes.offence_code)
                    = crimes.offence_code
            ) then crimes.crime_count::double end as exact,
            crimes.is_provisional
        from warehouse.marts.fct_registered_crimes as crimes
        inner join warehouse.marts.dim_buurten as buurten using (buurt_code)
        where crimes.offence_code <> '0.0.0' and crimes.is_incomplete is not true
        union all
        select
            '{clock.SOURCE}', offence_code, null, null, part, month, weight,
            is_provisional
        from public_weights
    )
    select
        row_number() over (
            order by part nulls first, source, offence_code, buurt_code, month
        ) - 1 as count_id,
        *
    from counted
"""  # noqa: S608 - all of it is ours

# A period counts by the source that its last month goes by.
_PERIODS = """
    create temp table public_periods as
    with chosen as (
        select offence_code, month as last_month, source
        from warehouse.marts.rpt_briefing
        where offence_code <> '0.0.0' and is_incomplete is not true
    ),
    kinds as (
        from (values
            ('month', 'team', 1), ('quarter', 'wijk', 3), ('year', 'buurt', 12),
            ('briefing', 'buurt', 12)
        ) as kinds (period_kind, level, month_count)
    ),
    ended as (
        select
            *,
            (last_month - to_months(month_count - 1))::date as first_month,
            max(last_month) over (partition by offence_code) as newest_month
        from chosen cross join kinds
    )
    select level, period_kind, offence_code, source, first_month, last_month,
        month_count
    from ended
    where case period_kind
        when 'month' then true
        when 'briefing' then last_month = newest_month
        else first_month = date_trunc(period_kind, last_month)
    end
"""

_EARLIER = """
    insert into earlier by name
    select *, $is_newest as is_current from earlier_file.marts.rpt_public_crimes
    union all by name
    select *, false as is_current from earlier_file.marts.fct_public_crimes_replaced
"""

_EARLIER_TABLE = """
    create temp table earlier (
        level varchar, area_code varchar, offence_code varchar, source varchar,
        period_kind varchar, first_month date, last_month date, crime_count integer,
        reason varchar, is_lower_bound boolean, is_provisional boolean,
        released_on date, is_current boolean
    )
"""

# Whatever is or was published, with what it comes to today.
_MEMBERS = f"""
    create temp table public_keys as
    with areas as (
        select distinct 'team' as level, 'team' as area_code from public_counts
        union all
        select distinct 'wijk', wijk_code from public_counts where part is null
        union all
        select distinct 'buurt', buurt_code from public_counts where part is null
        union all
        select distinct '{clock.LEVEL}', part from public_counts where part <> ''
        union all select '{clock.LEVEL}', '{clock.ALL}'
    ),
    keys as (
        select
            level, area_code, offence_code, source, period_kind, first_month,
            last_month
        from public_periods inner join areas using (level)
        union
        select
            level, area_code, offence_code, source, period_kind, first_month,
            last_month
        from earlier
    )
    select
        row_number() over (
            order by
                level, area_code, offence_code, source, period_kind, first_month,
                last_month
        ) - 1 as key_id,
        *
    from keys;

    create temp table public_members as
    select keys.key_id, counts.*
    from public_keys as keys
    inner join public_counts as counts
        on
            keys.offence_code = counts.offence_code
            and keys.source = counts.source
            and counts.month between keys.first_month and keys.last_month
            and (keys.level = '{clock.LEVEL}') = (counts.part is not null)
            and keys.area_code = case
                when keys.level = 'team' then 'team'
                when keys.level = 'wijk' then counts.wijk_code
                when keys.level = 'buurt' then counts.buurt_code
                when keys.area_code = '{clock.ALL}' then '{clock.ALL}'
                else counts.part
            end;

    create temp table public_sums as
    select
        key_id,
        count(distinct month) as month_count,
        -- Nothing is known of a sum over no known count.
        round(sum(exact), 6) as exact,
        count(*) - count(exact) as null_cell_count,
        bool_or(is_provisional) as is_provisional
    from public_members
    group by key_id
"""  # noqa: S608 - all of it is ours

# A count over no more than four homes is a count about somebody.
_CANDIDATES = f"""
    create temp table candidates as
    with judged as (
        select
            keys.*,
            sums.is_provisional,
            sums.exact,
            sums.null_cell_count > 0 as has_gaps,
            case
                when keys.level = 'buurt' and buurten.dwelling_count < 5
                    then 'few_dwellings'
                when sums.exact is null then 'unknown'
                when sums.null_cell_count > 0 and sums.exact < 5 then 'unknown'
                when
                    keys.level = '{clock.LEVEL}'
                    -- That of all parts together.
                    and max(sums.exact) over (
                        partition by
                            keys.level, keys.offence_code, keys.source,
                            keys.last_month
                    ) < {clock.FEWEST}
                    then 'too_few'
                when sums.exact > 0 and sums.exact < 5 then 'small_count'
            end as reason
        from public_periods as periods
        inner join public_keys as keys
            using (level, period_kind, offence_code, source, first_month, last_month)
        inner join public_sums as sums
            on keys.key_id = sums.key_id and periods.month_count = sums.month_count
        left join warehouse.marts.dim_buurten as buurten
            on keys.level = 'buurt' and keys.area_code = buurten.buurt_code
    )
    select
        key_id,
        level,
        area_code,
        offence_code,
        source,
        period_kind,
        first_month,
        last_month,
        case when reason is null then (5 * floor(exact / 5 + 0.5))::integer end
            as crime_count,
        reason,
        reason is null and has_gaps as is_lower_bound,
        is_provisional
    from judged
    where reason is distinct from 'too_few' or area_code = '{clock.ALL}'
"""  # noqa: S608 - all of it is ours

# What is told again keeps its day; what was final waits for the next quarter.
_FIGURES = """
    create temp table public_figures as
    with compared as (
        select
            now.*,
            before.crime_count as crime_count_before,
            before.reason as reason_before,
            before.is_lower_bound as is_lower_bound_before,
            before.is_provisional as is_provisional_before,
            before.released_on as released_before,
            before.released_on is not null and (
                (now.crime_count, now.reason, now.is_lower_bound)
                is not distinct from
                (before.crime_count, before.reason, before.is_lower_bound)
            ) as is_same,
            coalesce(
                not $at_once
                and not before.is_provisional
                and date_trunc('quarter', before.released_on)
                = date_trunc('quarter', $today::date),
                -- It was not published before.
                false
            ) as is_frozen
        from candidates as now
        left join (from earlier where is_current) as before using (
            level, area_code, offence_code, source, period_kind, first_month,
            last_month
        )
    )
    select
        key_id, level, area_code, offence_code, source, period_kind, first_month,
        last_month,
        case when is_frozen then crime_count_before else crime_count end
            as crime_count,
        case when is_frozen then reason_before else reason end as reason,
        case when is_frozen then is_lower_bound_before else is_lower_bound end
            as is_lower_bound,
        case when is_frozen then is_provisional_before else is_provisional end
            as is_provisional,
        case when is_same or is_frozen then released_before else $today::date end
            as released_on
    from compared
"""

_WITHHOLD = """
    update public_figures set
        crime_count = null,
        reason = 'protected',
        is_lower_bound = false,
        released_on = case
            when reason = 'protected' then released_on else $today::date
        end
    where key_id in (select unnest($withheld::bigint[]))
"""


class History(NamedTuple):
    """What this publication has to reckon with."""

    earlier: tuple[Path, ...]
    """Public files of before: the newest first, which is what readers have now, then
    those that were presented."""
    today: date
    at_once: bool
    """Corrections do not wait for the next quarter."""
    memory: Path
    """What earlier audits found; without it all is judged anew."""


def prepare(con: duckdb.DuckDBPyConnection, history: History) -> None:
    """Make ``public_figures`` of the attached ``warehouse``, audited.

    Leaves temporary tables, which queries of the public file read and no file holds.

    Raises:
        ContradictionError: The figures cannot all be true.
    """
    con.execute(_MISSING)
    con.execute(clock.WEIGHTS)
    con.execute(_COUNTS)
    con.execute(_PERIODS)
    con.execute(clock.PERIODS)
    _remember(con, history.earlier)
    con.execute(_MEMBERS)
    con.execute(_CANDIDATES)
    con.execute(_FIGURES, {"today": history.today, "at_once": history.at_once})
    known = _known(history.memory)
    found = cube_audit.audited(con, known)
    con.execute(_WITHHOLD, {"withheld": found.withheld, "today": history.today})
    if found.known.keys() != known.keys():
        files.write_text(history.memory, json.dumps(found.known))


def _known(memory: Path) -> dict[str, list[int]]:
    try:
        known: dict[str, list[int]] = json.loads(memory.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return known


def _remember(con: duckdb.DuckDBPyConnection, earlier: tuple[Path, ...]) -> None:
    con.execute(_EARLIER_TABLE)
    for at, file in enumerate(earlier):
        path = str(file).replace("'", "''")
        con.execute(f"attach '{path}' as earlier_file (read_only)")
        if _is_like_ours(con):
            con.execute(_EARLIER, {"is_newest": at == 0})
        con.execute("detach earlier_file")


def _is_like_ours(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether earlier figures are about the same world: demo tells nothing."""
    tables = con.execute(
        "select count(*) from duckdb_tables() where database_name = 'earlier_file' "
        "and table_name in ('rpt_public_crimes', 'fct_public_crimes_replaced')"
    ).fetchall()
    if tables != [(2,)]:
        return False
    [(had_demo, has_demo)] = con.execute(
        "select (select has_demo from earlier_file.marts.publication), "
        "(select coalesce(bool_or(is_demo), false) "
        "from warehouse.marts.fct_deliveries)"
    ).fetchall()
    return bool(had_demo) == bool(has_demo)
