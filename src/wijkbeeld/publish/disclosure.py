"""Withhold from the public file what could point at a person.

The only module that does. A public table is a list of columns: a column that is not
named here is not in the file, and the file is written anew, so that what is withheld
was never in it.

**Small counts.** A count of offences of 1 to 4 is null, with ``is_suppressed``; zero
stays zero. The two sources count the same offences: a cell withheld in one of them
is withheld in the other. Signals of patrols of 1 to 4 are withheld the same way.
Posts, patrols and deliveries are not: each can be seen in public by itself.

**What would give a count back** is withheld as well:

- A total of the team gives its cells back unless each of them could still differ by
  two or more. ``k`` hidden cells of 1 to 4 that add up to ``t`` could, if and only if
  there are two of them or more and ``k + 2 <= t <= 4 * k - 2``. Where they could not,
  the zeros of that month are hidden as well: then it is open which cells are zero,
  and each may be anything from 0 to ``min(4, t)``. Where that does not help either
  (no zero, or ``t = 1``), the total is withheld.
- Sums and rates over twelve months, expectations, intervals and statuses, unless all
  counts that they are made of are shown: twelve months of cells (up to fifteen back,
  where months were incomplete) and the totals that make the season (up to 42 back).
  Two sums over windows that overlap differ by two months, a rate times its
  denominator is a sum, and an expectation is a twelfth of one.
- The count of all offences together, from which the others can be subtracted.
- How many rows, and bytes, a delivery of incidents has.

**Still open**, for full disclosure control (one fixed cube, rounded to fives, proved
by a solver): the intervals that are shown rest on a dispersion pooled over all
buurten, the hidden ones too, which bounds these loosely; counts of 5 and more are
exact; a corrected count can be compared with earlier publications; who knows an
offence himself can subtract it.
"""

import duckdb

_IS_SMALL = """
    create temp macro is_small(counted) as coalesce(counted between 1 and 4, false)
"""

_WITHHELD_CELLS = """
    create temp table withheld_cells as
    select distinct buurt_code, offence_code, month
    from (
        select buurt_code, offence_code, month
        from warehouse.marts.fct_registered_crimes
        where is_small(crime_count) or is_small(gross_count)
        union all
        select buurt_code, offence_code, month
        from warehouse.marts.rpt_area_scan
        where is_small(crime_count)
    )
"""

# Cells of 1 to 4 in a total that is shown, and how many zeros stand beside them.
# The windows reach back from each month, and over its own.
_WITHHELD_TOTALS = """
    create temp table withheld_totals as
    with hidden as (
        select
            offence_code,
            month,
            count(*) filter (where is_small(crime_count)) as cell_count,
            sum(crime_count) filter (where is_small(crime_count)) as hidden_sum,
            count(*) filter (where crime_count = 0) as zero_count
        from warehouse.marts.rpt_area_scan
        group by offence_code, month
    ),
    judged as (
        select
            offence_code,
            month,
            is_small(briefing.crime_count) as is_small_total,
            cell_count > 0
            and (
                cell_count = 1
                or hidden_sum < cell_count + 2
                or hidden_sum > 4 * cell_count - 2
            ) as is_told_by_total,
            zero_count > 0 and hidden_sum > 1 as is_mended_by_zeros
        from warehouse.marts.rpt_briefing as briefing
        inner join hidden using (offence_code, month)
    ),
    decided as (
        select
            *,
            not is_small_total and is_told_by_total and is_mended_by_zeros
            as is_without_zeros,
            is_small_total or (is_told_by_total and not is_mended_by_zeros)
            as is_withheld
        from judged
    )
    select
        offence_code,
        month,
        is_without_zeros,
        is_withheld,
        not coalesce(
            bool_or(is_withheld) over (
                partition by offence_code order by month
                range between interval 42 months preceding
                and interval 1 month preceding
            ),
            -- Nothing lies before it.
            false
        ) as is_derivable
    from decided
"""

_WITHHELD_ZEROS = """
    insert into withheld_cells
    select scan.buurt_code, offence_code, scan.month
    from warehouse.marts.rpt_area_scan as scan
    inner join withheld_totals as total using (offence_code, month)
    where total.is_without_zeros and scan.crime_count = 0
    except
    from withheld_cells
"""

# A cell is derivable when whatever is computed from its past is made of shown ones.
_CELLS = """
    create temp table cells as
    select
        scan.buurt_code,
        scan.offence_code,
        scan.month,
        cell.month is not null as is_withheld,
        not bool_or(cell.month is not null) over (
            partition by scan.buurt_code, scan.offence_code order by scan.month
            range between interval 15 months preceding and current row
        )
        -- A month without a total in the briefing shows none.
        and coalesce(total.is_derivable, false) as is_derivable
    from warehouse.marts.rpt_area_scan as scan
    left join withheld_cells as cell
        on
            scan.buurt_code = cell.buurt_code
            and scan.offence_code = cell.offence_code
            and scan.month = cell.month
    left join withheld_totals as total
        on scan.offence_code = total.offence_code and scan.month = total.month
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Find out what is to be withheld in the attached ``warehouse``.

    Leaves temporary tables, which the queries of ``PUBLIC`` read and no file holds.
    """
    for query in (
        _IS_SMALL,
        _WITHHELD_CELLS,
        _WITHHELD_TOTALS,
        _WITHHELD_ZEROS,
        _CELLS,
    ):
        con.execute(query)


_REGISTERED_CRIMES = """
    select
        crimes.buurt_code,
        crimes.offence_code,
        crimes.month,
        crimes.source,
        case when cell.month is null then crimes.crime_count end as crime_count,
        case when cell.month is null then crimes.gross_count end as gross_count,
        crimes.is_suppressed or cell.month is not null as is_suppressed,
        crimes.is_provisional,
        crimes.is_incomplete
    from warehouse.marts.fct_registered_crimes as crimes
    left join withheld_cells as cell
        on
            crimes.buurt_code = cell.buurt_code
            and crimes.offence_code = cell.offence_code
            and crimes.month = cell.month
    where crimes.offence_code <> '0.0.0'
"""

_AREA_SCAN = """
    select
        scan.buurt_code,
        scan.offence_code,
        scan.month,
        scan.source,
        case when not is_withheld then crime_count end as crime_count,
        case when is_derivable then rate_per_1000 end as rate_per_1000,
        case when is_derivable then rate_lower end as rate_lower,
        case when is_derivable then rate_upper end as rate_upper,
        case
            when is_derivable or count_12_months is null then rate_note
            else 'suppressed'
        end as rate_note,
        -- Made of the counts of all buurten, the hidden ones too.
        null::double as shrunk_rate_estimate,
        null::double as shrunk_rate_lower,
        null::double as shrunk_rate_upper,
        null::double as team_rate_per_1000,
        case when is_derivable then expected_count end as expected_count,
        case when is_derivable then expected_lower end as expected_lower,
        case when is_derivable then expected_upper end as expected_upper,
        case when is_derivable then status end as status,
        -- They reach further back than is known to be shown.
        null::integer as count_3_months,
        null::double as expected_3_months_count,
        null::integer as expected_3_months_lower,
        null::integer as expected_3_months_upper,
        null::varchar as status_3_months,
        case when is_derivable then count_12_months end as count_12_months,
        null::integer as count_12_months_before,
        null::double as change_ratio,
        null::double as change_lower,
        null::double as change_upper,
        is_suppressed or is_withheld as is_suppressed,
        is_provisional,
        is_incomplete
    from warehouse.marts.rpt_area_scan as scan
    inner join cells using (buurt_code, offence_code, month)
    where scan.offence_code <> '0.0.0'
"""

_BRIEFING = """
    select
        offence_code,
        month,
        source,
        case when not total.is_withheld then crime_count end as crime_count,
        case when not coalesce(earlier.is_withheld, false) then count_last_year end
            as count_last_year,
        case when total.is_derivable then expected_count end as expected_count,
        case when total.is_derivable then expected_lower end as expected_lower,
        case when total.is_derivable then expected_upper end as expected_upper,
        case when total.is_derivable and not total.is_withheld then status end
            as status,
        -- The season reaches further back than is known to be shown.
        null::integer as count_3_months,
        null::double as expected_3_months_count,
        null::integer as expected_3_months_lower,
        null::integer as expected_3_months_upper,
        null::varchar as status_3_months,
        case when is_told then count_12_months end as count_12_months,
        case when is_told then count_12_months_before end as count_12_months_before,
        case when is_told then change_ratio end as change_ratio,
        case when is_told then change_lower end as change_lower,
        case when is_told then change_upper end as change_upper,
        null_cell_count,
        is_lower_bound,
        is_provisional,
        is_incomplete,
        total.is_withheld as is_suppressed
    from warehouse.marts.rpt_briefing as briefing
    inner join (
        -- All totals that its sums and expectations are made of are shown.
        select *, is_derivable and not is_withheld as is_told from withheld_totals
    ) as total using (offence_code, month)
    left join withheld_totals as earlier
        on
            briefing.offence_code = earlier.offence_code
            and briefing.month = earlier.month + interval 12 months
    where offence_code <> '0.0.0'
"""

_PATROLS = """
    select
        buurt_code,
        month,
        patrol_count,
        patrol_hours,
        person_hours,
        case when not is_small(signal_count) then signal_count end as signal_count,
        hours_per_1000_dwellings,
        is_lower_bound,
        is_small(signal_count) as is_suppressed
    from warehouse.marts.rpt_patrols
"""

# The same columns as elsewhere, so that one query of a page serves every role.
_DELIVERIES = """
    select
        file_sha256,
        source,
        status,
        case when source <> 'police__incidents' then row_count end as row_count,
        case when source <> 'police__incidents' then accepted_count end
            as accepted_count,
        case when source <> 'police__incidents' then problem_count end
            as problem_count,
        case when source <> 'police__incidents' then size_bytes end as size_bytes,
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
        delivery_count,
        rejected_count,
        case when source <> 'police__incidents' then problem_count end
            as problem_count,
        case when source <> 'police__incidents' then row_count end as row_count,
        warn_after_days,
        error_after_days
    from warehouse.marts.rpt_freshness
"""

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
    "fct_registered_crimes": _REGISTERED_CRIMES,
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
    "rpt_area_scan": _AREA_SCAN,
    "rpt_briefing": _BRIEFING,
    "rpt_reach": """
        select
            channel, month, format, theme, post_count, reach_sum_upper,
            reach_max_lower, views_sum, impressions_sum, engagement_sum,
            reach_reported_post_count
        from warehouse.marts.rpt_reach
    """,
    "rpt_patrols": _PATROLS,
    "rpt_freshness": _FRESHNESS,
}
"""The tables of the public file, each with the query that fills it."""
