"""Reads ``marts.rpt_patrols``, and ``marts.fct_patrols`` for what does not fit."""

import pandas as pd

from dashboards.queries.publication import fetch, pinned, tables


def months() -> list[pd.Timestamp]:
    """Return the months with patrols, newest first."""
    frame = fetch("select distinct month from marts.rpt_patrols order by 1 desc")
    return frame["month"].tolist()


def by_buurt(month: pd.Timestamp) -> pd.DataFrame:
    """Return one row per buurt of the team; null where no patrol was reported.

    In the file of residents, whose counts are rounded, also where there are too few to
    show; ``is_few_patrols`` and ``is_few_signals`` tell.
    """
    # Only the file of residents withholds signals, and has the column that tells.
    few = "patrols.is_suppressed" if is_rounded() else "false"
    return fetch(
        "select buurten.buurt_name, patrols.patrol_count, "  # noqa: S608 - our own text
        "patrols.patrol_hours, patrols.signal_count, "
        "patrols.hours_per_1000_dwellings, "
        "coalesce(patrols.is_lower_bound, false) as is_lower_bound, "
        "patrols.month is not null and patrols.patrol_count is null "
        f"as is_few_patrols, {few} as is_few_signals "
        "from marts.dim_buurten as buurten left join marts.rpt_patrols as patrols "
        "on patrols.buurt_code = buurten.buurt_code and patrols.month = ? "
        "order by patrols.patrol_hours desc nulls last, buurten.buurt_name",
        month,
    )


def is_rounded() -> bool:
    """Tell whether counts and hours are those of residents, in fives."""
    return pinned().role == "public"


def sums() -> str:
    """Return SQL of hours and signals over buurten, and whether there may be more.

    Of the fives that residents get it is what there surely is: 5 stands for 5 and
    more, 10 for 7.5 hours or 8 signals.
    """
    if is_rounded():
        hours, signals = (
            f"5 * floor(sum(if({column} > 5, {column} - {less}, {column})) / 5)"
            for column, less in (("patrol_hours", 2.5), ("signal_count", 2))
        )
        is_more = "true as has_unknown_signals, true as is_lower_bound"
    else:
        hours, signals = "sum(patrol_hours)", "sum(signal_count)"
        # A buurt that is the main one of no round has no signals to be known.
        is_more = (
            "bool_or(month in (select month from marts.fct_patrols "
            "where signal_count is null and not is_withdrawn)) "
            "as has_unknown_signals, "
            "coalesce(bool_or(is_lower_bound), false) "
            "or count(*) > count(patrol_hours) as is_lower_bound"
        )
    return f"{hours} as patrol_hours, {signals} as signal_count, {is_more}"


def by_month() -> pd.DataFrame:
    """Return one row per month over all buurten, oldest first."""
    return fetch(
        f"select month, count(*) as buurt_count, {sums()} "  # noqa: S608 - ours
        "from marts.rpt_patrols group by month order by month"
    )


def of_buurten() -> pd.DataFrame:
    """Return one row per buurt and month, oldest first."""
    return fetch(
        "select buurten.buurt_name, patrols.month, patrols.patrol_hours, "
        "patrols.hours_per_1000_dwellings, patrols.is_lower_bound "
        "from marts.rpt_patrols as patrols "
        "join marts.dim_buurten as buurten using (buurt_code) "
        "order by buurten.buurt_name, patrols.month"
    )


def doubts(month: pd.Timestamp) -> dict[str, int]:
    """Return how many patrols of a month do not fit beside others, per reason.

    Nothing where the file of this role holds no single patrols.
    """
    if "fct_patrols" not in tables():
        return {}
    row = fetch(
        "select count_if(is_overlapping) as overlapping, "
        "count_if(is_new_team) as new_team, "
        "count_if(is_track_missing) as track_missing from marts.fct_patrols "
        "where not is_withdrawn and month = ?",
        month,
    ).iloc[0]
    # Over no round at all there is no number.
    return {name: int(count) for name, count in row.items() if count > 0}
