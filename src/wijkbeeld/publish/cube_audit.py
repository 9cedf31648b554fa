"""Hold the cube of the public against the audit: what its figures say together."""

import duckdb
import pandas as pd

from wijkbeeld.publish import clock, protection

# Today's figures and all earlier ones, each with what it says of the exact sum. That
# of a clock is no whole number: its 10 says 7.5 to 12.5. What is told again as it was
# told says nothing new, so it is there once.
_SAID = f"""
    with told as (
        select key_id, level, area_code, crime_count, reason, false as is_past
        from public_figures
        union all
        select keys.key_id, level, area_code, crime_count, reason, true
        from earlier inner join public_keys as keys using (
            level, area_code, offence_code, source, period_kind, first_month,
            last_month
        )
        where
            earlier.reason is null
            or earlier.reason in ('small_count', 'too_few')
    ),
    said as (
        select
            key_id, level, area_code, crime_count, reason,
            bool_and(is_past) as is_past,
            count(distinct is_past) = 2 as was_told
        from told
        group by all
    )
    select
        said.key_id as figure_id,
        said.level,
        -- A withheld figure has no count to be sorted by.
        coalesce(said.crime_count, 0) as crime_count,
        case
            when reason = 'small_count' then if(is_clock, 0, 1)
            when crime_count = 5 then 5
            when is_clock and area_code = '{clock.ALL}'
                then greatest(crime_count - 2.5, {clock.FEWEST})
            when crime_count > 5 then crime_count - if(is_clock, 2.5, 2)
            else 0
        end::double as least,
        case
            when reason = 'small_count' then if(is_clock, 5, 4)
            when reason = 'too_few' then {clock.FEWEST} - 1
            when crime_count = 0 then 0
            when crime_count > 0 then crime_count + if(is_clock, 2.5, 2)
            else 'infinity'::double
        end as most,
        reason is not null as is_hidden,
        is_past,
        was_told,
        sums.exact
    from (select *, level = '{clock.LEVEL}' as is_clock from said) as said
    inner join public_sums as sums using (key_id)
    where sums.exact is not null
    order by said.key_id, is_past, said.crime_count, reason
"""  # noqa: S608 - all of it is ours

# A month has at least as many crimes as its clock: the row that ties both.
_TIED = f"""
    with months as (
        select distinct counts.offence_code, counts.month
        from public_keys as keys
        inner join public_members as counts using (key_id)
        where keys.level = '{clock.LEVEL}'
    ),
    known as (
        select
            counts.offence_code,
            counts.month,
            counts.count_id,
            if(counts.part is null, 1.0, -1.0) as factor,
            counts.exact
        from months
        inner join public_counts as counts
            on
                months.offence_code = counts.offence_code
                and months.month = counts.month
                and counts.source = '{clock.SOURCE}'
        -- Crimes that are not known can be any number, and tie nothing.
        qualify bool_and(counts.exact is not null) over (
            partition by counts.offence_code, counts.month
        )
    )
    select
        dense_rank() over (order by offence_code, month) - 1 as tie,
        count_id, factor, exact
    from known
    order by tie, count_id
"""  # noqa: S608 - all of it is ours


def audited(
    con: duckdb.DuckDBPyConnection, known: dict[str, list[int]]
) -> protection.Found:
    """Find which of ``public_figures`` are to be withheld, so that none tells more.

    Args:
        con: Where the tables of the cube stand (``cube.prepare``).
        known: What earlier audits found.

    Raises:
        ContradictionError: The figures cannot all be true.
    """
    figures = con.execute(_SAID).df()
    counts = con.execute(
        "select count_id, exact, part is null as is_whole from public_counts "
        "where exact is not null order by count_id"
    ).df()
    place = pd.Series(range(len(counts)), index=counts["count_id"])
    members = con.execute("select key_id, count_id from public_members").df()
    linked = (
        pd.DataFrame({"key_id": figures["figure_id"], "row": range(len(figures))})
        .merge(members[members["count_id"].isin(place.index)], on="key_id")
        .assign(factor=1.0)
    )
    tied = con.execute(_TIED).df()
    ties, tied["row"] = _ties(tied), tied["tie"] + len(figures)
    both = pd.concat([linked, tied], ignore_index=True)
    return protection.find(
        pd.concat([figures, ties], ignore_index=True) if len(ties) else figures,
        counts,
        both.assign(column=both["count_id"].map(place)),
        known,
    )


def _ties(tied: pd.DataFrame) -> pd.DataFrame:
    """Return a row of the audit per tie; none is a figure that could go."""
    exact = (tied["exact"] * tied["factor"]).groupby(tied["tie"]).sum().round(6)
    return pd.DataFrame(
        {
            "figure_id": -1,
            "level": "tie",
            "crime_count": 0,
            "least": 0.0,
            "most": float("inf"),
            "is_hidden": False,
            "is_past": True,
            "was_told": False,
            "exact": exact,
        }
    )
