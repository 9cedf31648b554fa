import pandas as pd

from wijkbeeld.measures import (
    figure_rows,
    outreach_figures,
    watch_figures,
    whatsapp_figures,
)
from wijkbeeld.measures.cases import Span, number_of
from wijkbeeld.measures.engagement import PARTS, dates_of, typed, without_gaps
from wijkbeeld.measures.kept import fingerprints_of_years, of_last_build
from wijkbeeld.measures.months import YEAR

# As the macro local_month has it: only around its turn a month is asked for in full.
MONTH = """
    cast(case
        when
            date_trunc('month', {at} - interval 1 day)
            = date_trunc('month', {at} + interval 1 day)
            then date_trunc('month', {at})
        else date_trunc('month', {at} at time zone 'UTC' at time zone '{zone}')
    end as timestamp) as month
"""
POSTS = """
    channel, post_id, published_at, format, theme, reach, is_paid, {month},
    case
        when channel in ('facebook', 'instagram')
            then reaction_count + comment_count + share_count
    end as interactions
"""
SNAPSHOTS = "channel, post_id, hours_since_published as hours, views"
# Videos are compared over the twelve months up to the newest.
RECENT = "*, max(month) over () - interval 11 month <= month as is_recent"
# A message goes to many groups, in one line of the log or in more: what was counted
# stands at one group of each line. It is known when each line tells it.
OF_ALL_LINES = """
    case
        when count(*) filter (is_counted_here) = count({count})
            then cast(sum({count}) as bigint)
    end as {count}
"""
MESSAGES = """
    message_id,
    any_value(kind) as kind,
    min(sent_date)::timestamp as sent_date,
    date_trunc('month', min(sent_date))::timestamp as month,
    bool_and(has_prefix) as has_prefix,
    count(*) filter (where is_group_known) as group_count,
    {counts},
    case
        when
            count(*) filter (
                is_counted_here and first_reply_minutes is null
                and reply_count is distinct from 0
            ) = 0
            then min(first_reply_minutes)
    end as first_reply_minutes,
    bool_or(is_solved_by_tip) as is_solved_by_tip,
    list(group_id order by group_id) as group_ids
"""
# How old a row is counts up to where nothing more is expected of it.
AGE_OF_MESSAGE = """
    *,
    least(date_diff('day', sent_date, max(sent_date) over ()), {most}) as age_days
"""
GROUPS = """
    group_id, member_count, dwelling_count,
    active_from_date::timestamp as active_from_date,
    active_to_date::timestamp as active_to_date
"""
PATROLS = """
    patrol_id, team_id, started_at, ended_at, month::timestamp as month,
    duration_minutes, signal_count
"""
SIGNALS = """
    signal_id, team_id, buurt_code, reported_at, reported_to, responded_at,
    responded_date is not null as has_response, responded_by, outcome,
    feedback_date::timestamp as feedback_date, {month}
"""
AGE_OF_SIGNAL = """
    *,
    least(
        date_diff(
            'microsecond', reported_at, max(greatest(reported_at, responded_at)) over ()
        ) / 6e7,
        {most}
    ) as age_minutes
"""
SENT = "not is_withdrawn and (dispatched_at is not null or on_scene_at is not null)"
CALLS = "call_id, buurt_code, priority, response_minutes, {month}"
ALIKE = """
    buurt_code, priority, month, ifnull(has_report, false) as has_report,
    round(response_minutes, 1) as minutes, response_minutes <= {norm} as is_within
"""
NORM_MINUTES = 15
EVENINGS = """
    evening_id, post_no, started_date, delay_minutes, is_too_soon, is_released_late,
    is_fully_checked, date_trunc('month', started_date)::timestamp as month
"""
BRIEFINGS = """
    briefing_id, started_date::timestamp as started_date,
    case when not is_attendance_lower_bound then attendance_count end
        as attendance_count,
    group_count,
    minutes_date::timestamp as minutes_date,
    date_trunc('month', started_date)::timestamp as month
"""
AGE_OF_BRIEFING = """
    *,
    least(
        date_diff(
            'day', started_date, max(greatest(started_date, minutes_date)) over ()
        ),
        {most}
    ) as age_days
"""
# An action is due once the lists know of a later day.
ACTIONS = """
    action_id, status, due_on::timestamp as due_date, done_on::timestamp as done_date,
    date_trunc('month', due_on)::timestamp as month,
    due_on < max(greatest(asked_on, done_on)) over () as is_due
"""
# The rounds of a month are held against the clock of the year before it.
CLOCKS = """
    offence_code, month + interval 1 month as month, day_part, week_part, hours_share,
    share_estimate, informative_count
"""
# What the team asks its residents to look for.
OFFENCES = "'1.1.1', '1.2.1', '1.2.3'"


def model(dbt, session):
    dbt.config(materialized="table")
    given = inputs(dbt, dbt.config.get("local_time_zone"))
    windows = pd.concat([windows_of(name, given) for name in PARTS])
    dated = windows.assign(month=dates_of(windows["month"]))
    kept = of_last_build(session, dbt.this, dated)
    if kept is not None:
        kept = kept.filter(f"not ({no_longer_told(dated)})")
    changed = dated if kept is None else without(dated, kept)
    found = [
        measured(name, given, span_of(windows[windows["inputs"] == name], rows.index))
        for name, rows in changed.groupby("inputs", sort=False)
    ]
    told = typed(pd.concat(found or [figure_rows.together("", [])]).merge(windows))
    if kept is None:
        return told
    return kept.union(session.from_df(told).project(", ".join(kept.columns)))


def inputs(dbt, zone):
    """Return what the figures are made of, as queries; most tell of months."""

    def read(relation, columns, rows="true", at=None):
        month = MONTH.format(at=at, zone=zone)
        return relation.filter(rows).project(columns.format(month=month))

    reported = (
        dbt.ref("fct_signals")
        .filter("call_id is not null")
        .project("call_id, true as has_report")
        .distinct()
    )
    breaks = (
        dbt.ref("dim_metric_definitions")
        .filter("metric = 'views' and is_break")
        .aggregate("channel, max(valid_from)::timestamp as views_since", "channel")
    )
    posts = read(dbt.ref("fct_posts"), POSTS, "not is_reply", "published_at")
    recent = posts.project(RECENT).filter("is_recent").project("* exclude (is_recent)")
    snapshots = read(
        dbt.ref("fct_post_snapshots"), SNAPSHOTS, "hours_since_published is not null"
    )
    counts = [
        OF_ALL_LINES.format(count=count)
        for count in ("reached_member_count", "reply_count", "tip_count")
    ]
    messages = dbt.ref("fct_broadcasts").aggregate(
        MESSAGES.format(counts=", ".join(counts)), "message_id"
    )
    briefings = read(dbt.ref("fct_briefings"), BRIEFINGS, "status = 'gehouden'")
    return {
        "posts": posts,
        "recent": recent.join(breaks, "channel", how="left"),
        "snapshots": snapshots.join(
            recent.project("channel, post_id, month"), "channel, post_id"
        ),
        "buurten": read(
            dbt.ref("dim_buurten"), "inhabitant_count, dwelling_count", "is_residential"
        ),
        "groups": read(dbt.ref("dim_whatsapp_groups"), GROUPS),
        "messages": messages.project(
            AGE_OF_MESSAGE.format(most=whatsapp_figures.SETTLED_DAYS)
        ),
        "patrols": read(dbt.ref("fct_patrols"), PATROLS, "not is_withdrawn"),
        "clocks": read(
            dbt.ref("int_clocks_shared_to_year"),
            CLOCKS,
            f"level = 'team' and offence_code in ({OFFENCES})",
        ),
        "signals": read(dbt.ref("fct_signals"), SIGNALS, at="reported_at").project(
            AGE_OF_SIGNAL.format(most=watch_figures.LONGEST_WAIT)
        ),
        "calls": alike(read(dbt.ref("fct_calls"), CALLS, SENT, "created_at"), reported),
        "evenings": read(dbt.ref("fct_ride_along_posts"), EVENINGS),
        "briefings": briefings.project(
            AGE_OF_BRIEFING.format(most=outreach_figures.MINUTES_WITHIN_DAYS + 1)
        ),
        "actions": read(dbt.ref("fct_actions"), ACTIONS)
        .filter("is_due")
        .project("* exclude (is_due)"),
    }


def alike(calls, reported):
    """Leave of calls what they can be alike in, with whether a team reported them."""
    one = calls.join(reported, "call_id", how="left")
    return one.project(ALIKE.format(norm=NORM_MINUTES))


def windows_of(name, given):
    """Return, of the months that a part can tell of, what each is made of."""
    part = PARTS[name]
    sums = [sums_by_month(given[each]) for each in part.of_months]
    whole = [str(sum_of(given[each])) for each in part.of_all]
    there = sorted(sums[0])
    months = list(range(there[0], there[-1] + 1)) if there else []
    said = fingerprints_of_years(months, sums, " ".join(whole))
    windows = pd.DataFrame(
        {
            "inputs": pd.Series(name, range(len(months)), dtype="str"),
            "month": pd.Series(months, dtype="int64"),
            "inputs_fingerprint": pd.Series(said, dtype="str"),
        }
    )
    if part.is_every_month:
        windows = windows[windows["month"].isin(there)]
    # Of videos only the newest year is told.
    return windows.tail(1) if name == "videos" else windows


def sums_by_month(relation):
    """Return what identifies the rows of each month, by its number."""
    # A sum does not depend on the order of the rows.
    found = relation.query(
        "given",
        "select month, cast(sum(cast(hash(given) as hugeint)) as varchar) as total "
        "from given group by month",
    ).df()
    return dict(zip(number_of(found["month"]), found["total"], strict=True))


def sum_of(relation):
    """Return what identifies all rows."""
    return relation.query(
        "given", "select sum(cast(hash(given) as hugeint)) from given"
    ).fetchall()[0][0]


def no_longer_told(windows):
    """Return the condition of the years that were told only while they were recent."""
    named = ", ".join(f"'{name}'" for name in figure_rows.ONLY_LATELY)
    old = windows.groupby("inputs")["month"].max() - pd.DateOffset(years=1)
    parts = [
        f"inputs = '{name}' and month <= timestamp '{at}'" for name, at in old.items()
    ]
    return (
        f"measure in ({named}) and month_count = {YEAR} "
        f"and ({' or '.join(parts) or 'false'})"
    )


def without(windows, kept):
    """Return the windows of which nothing was kept."""
    there = kept.aggregate("inputs, month").df()
    found = windows.merge(there, how="left", indicator="where")
    return windows[(found["where"] == "left_only").to_numpy()]


def span_of(windows, changed):
    """Return the months of a part, and which of them are to be told."""
    months = windows["month"]
    told = frozenset(int(month) for month in months.loc[changed])
    return Span(int(months.min()), int(months.max()), told)


def measured(name, given, span):
    """Return the figures of a part for the months that are told."""
    part = PARTS[name]
    since, until = dates_of(pd.Series([span.since, span.until]))
    near = f"month between timestamp '{since}' and timestamp '{until}'"
    rows = {each: given[each].filter(near) for each in part.of_months}
    rows |= {each: given[each] for each in part.of_all}
    if "calls" in rows:
        # They are many, and to a tenth of a minute a week of them is a few rows.
        rows["calls"] = rows["calls"].aggregate("*, count(*)::double as weight")
    # In an order of their own: a sum of fractions depends on the order of its parts.
    frames = {each: numbered(rows[each].order("all").df()) for each in rows}
    if part.is_every_month:
        span = without_gaps(span, frames[part.of_months[0]])
    return part.measure(frames, span).assign(inputs=name)


def numbered(rows):
    """Number the months; in the end they are days again."""
    if "month" not in rows:
        return rows
    return rows.assign(month=number_of(rows["month"]))
