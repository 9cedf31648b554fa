import pandas as pd

from wijkbeeld.measures import (
    call_figures,
    figure_rows,
    outreach_figures,
    reach_figures,
    watch_figures,
    whatsapp_figures,
)
from wijkbeeld.measures.kept import of_last_build

MONTH = """
    cast(date_trunc(
        'month', {at} at time zone 'UTC' at time zone '{zone}'
    ) as timestamp) as month
"""
POSTS = """
    channel, post_id, published_at, format, theme, reach, is_paid, {month},
    case
        when channel in ('facebook', 'instagram')
            then reaction_count + comment_count + share_count
    end as interactions
"""
SNAPSHOTS = """
    channel, post_id, hours_since_published as hours, views
"""
# A message goes to many groups; what was counted stands at one of them.
MESSAGES = """
    message_id,
    any_value(kind) as kind,
    min(sent_date)::timestamp as sent_date,
    date_trunc('month', min(sent_date))::timestamp as month,
    bool_and(has_prefix) as has_prefix,
    count(*) filter (where is_group_known) as group_count,
    max(reached_member_count) as reached_member_count,
    max(first_reply_minutes) as first_reply_minutes,
    max(reply_count) as reply_count,
    max(tip_count) as tip_count,
    bool_or(is_solved_by_tip) as is_solved_by_tip,
    list(group_id order by group_id) as group_ids
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
    feedback_date::timestamp as feedback_date, call_id, {month}
"""
SENT = "not is_withdrawn and (dispatched_at is not null or on_scene_at is not null)"
CALLS = "call_id, buurt_code, priority, response_minutes, {month}"
# Calls are many, and alike: to a tenth of a minute a week of them is a few rows.
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
    briefing_id, started_date::timestamp as started_date, attendance_count,
    group_count, done_action_count, open_action_count,
    minutes_date::timestamp as minutes_date,
    date_trunc('month', started_date)::timestamp as month
"""
CLOCKS = """
    offence_code, month, day_part, week_part, hours_share, share_estimate,
    informative_count
"""
# What the team asks its residents to look for.
OFFENCES = "'1.1.1', '1.2.1', '1.2.3'"
WHOLE = ["event_count", "base_count", "unknown_count", "month_count"]
TEXTS = ["topic", "measure", "level", "subject", "part", "interval_kind", "note"]
FIGURES = ["figure_estimate", "figure_lower", "figure_upper"]


def model(dbt, session):
    dbt.config(materialized="table")
    given = inputs(dbt, dbt.config.get("local_time_zone"))
    made_of = fingerprint_of(given)
    kept = of_last_build(session, dbt.this, made_of)
    # Nothing changed of what these figures are made of.
    if kept is not None and len(kept.limit(1).fetchall()):
        return kept
    # In an order of their own: a sum of fractions depends on the order of its parts.
    rows = {name: numbered(each.order("all").df()) for name, each in given.items()}
    return measured(rows).assign(**made_of.iloc[0])


def inputs(dbt, zone):
    """Return what the figures are made of, as queries."""

    def read(relation, columns, rows="true", at=None):
        month = MONTH.format(at=at, zone=zone)
        return relation.filter(rows).project(columns.format(month=month))

    reported = (
        dbt.ref("fct_signals")
        .filter("call_id is not null")
        .project("call_id, true as has_report")
        .distinct()
    )
    return {
        "posts": read(dbt.ref("fct_posts"), POSTS, "not is_reply", "published_at"),
        "snapshots": read(
            dbt.ref("fct_post_snapshots"),
            SNAPSHOTS,
            "hours_since_published is not null",
        ),
        "breaks": dbt.ref("dim_metric_definitions")
        .filter("metric = 'views' and is_break")
        .aggregate("channel, max(valid_from)::timestamp as views_since", "channel"),
        "buurten": read(
            dbt.ref("dim_buurten"), "inhabitant_count, dwelling_count", "is_residential"
        ),
        "groups": read(dbt.ref("dim_whatsapp_groups"), GROUPS),
        "messages": dbt.ref("fct_broadcasts").aggregate(MESSAGES, "message_id"),
        "patrols": read(dbt.ref("fct_patrols"), PATROLS, "not is_withdrawn"),
        "clocks": read(
            dbt.ref("int_clocks_shared_to_year"),
            CLOCKS,
            f"level = 'team' and offence_code in ({OFFENCES})",
        ),
        "signals": read(dbt.ref("fct_signals"), SIGNALS, at="reported_at"),
        "calls": alike(read(dbt.ref("fct_calls"), CALLS, SENT, "created_at"), reported),
        "evenings": read(dbt.ref("fct_ride_along_posts"), EVENINGS),
        "briefings": read(dbt.ref("fct_briefings"), BRIEFINGS, "status = 'gehouden'"),
    }


def alike(calls, reported):
    """Return how many calls are alike, with whether a watch team reported them."""
    one = calls.join(reported, "call_id", how="left")
    return one.project(ALIKE.format(norm=NORM_MINUTES)).aggregate(
        "*, count(*)::double as weight"
    )


def measured(rows):
    """Return every figure, of frames by the name of what they hold."""
    groups, signals = rows["groups"], rows["signals"]
    posts = rows["posts"].merge(rows["breaks"], on="channel", how="left")
    found = [
        reach_figures.measure(posts, inhabitants(rows["buurten"])),
        reach_figures.videos(posts, rows["snapshots"]),
        whatsapp_figures.measure(
            with_dwellings(
                with_groups(rows["messages"], groups), groups, rows["buurten"]
            )
        ),
        watch_figures.of_rounds(rows["patrols"], rows["clocks"]),
        watch_figures.of_signals(signals),
        call_figures.measure(rows["calls"]),
        outreach_figures.of_evenings(rows["evenings"]),
        outreach_figures.of_briefings(with_actives(rows["briefings"], groups)),
    ]
    return typed(pd.concat([part for part in found if len(part)] or found))


def fingerprint_of(given):
    """Return what tells that the same is given again.

    Measured in the same way it is as well: with other code there is no last build.
    """
    sums = []
    for name, relation in sorted(given.items()):
        # A sum does not depend on the order of the rows.
        [(total,)] = relation.query(
            "given", "select sum(cast(hash(given) as hugeint)) from given"
        ).fetchall()
        sums.append(f"{name} {total}")
    return pd.DataFrame({"inputs_fingerprint": [" ".join(sums)]})


def numbered(rows):
    """Number the months; in the end they are days again."""
    if "month" not in rows:
        return rows
    return rows.assign(month=figure_rows.number_of(rows["month"]))


def inhabitants(buurten):
    """Return the inhabitants of the buurten; null when one of them is unknown."""
    return float(buurten["inhabitant_count"].astype(float).sum(skipna=False))


def with_groups(messages, groups):
    """Add how many groups there were on the day, and the members of those reached."""
    members = groups.set_index("group_id")["member_count"].astype(float)
    listed = (
        messages["group_ids"]
        .explode()
        .map(members)
        .groupby(level=0)
        .sum(min_count=1)
        .reindex(messages.index)
    )
    reached = messages["reached_member_count"].astype(float).fillna(listed)
    return messages.assign(
        member_count=reached,
        active_group_count=active(groups, messages["sent_date"]),
    )


def with_dwellings(messages, groups, buurten):
    """Add between what the share of the dwellings lies where its groups are.

    Areas may overlap: at least the largest is reached, and at most all together. An
    area that is not known could be anywhere.
    """
    whole = buurten["dwelling_count"].astype(float).sum(skipna=False)
    dwellings = groups.set_index("group_id")["dwelling_count"].astype(float)
    areas = messages["group_ids"].explode().map(dwellings).groupby(level=0)
    is_known = areas.count().eq(areas.size())
    return messages.assign(
        dwelling_share_lower=(areas.max() / whole).clip(upper=1).where(is_known),
        dwelling_share_upper=(areas.sum() / whole).clip(upper=1).where(is_known),
    )


def with_actives(briefings, groups):
    """Add how many groups there were on the day, and until when the lists tell."""
    return briefings.assign(
        active_group_count=active(groups, briefings["started_date"]),
        seen_until=briefings[["started_date", "minutes_date"]].max().max(),
    )


def active(groups, days):
    """Count the groups that exist on each day."""
    start = pd.to_datetime(groups["active_from_date"]).to_numpy("datetime64[us]")
    end = pd.to_datetime(groups["active_to_date"]).to_numpy("datetime64[us]")
    day = days.to_numpy("datetime64[us]")[:, None]
    return ((start <= day) & ~(end < day)).sum(axis=1)


def typed(rows):
    """Give columns their types; where nothing was measured they are a guess."""
    months = pd.to_datetime(
        {
            "year": rows["month"].astype(int) // 12,
            "month": rows["month"].astype(int) % 12 + 1,
            "day": 1,
        }
    )
    kept = rows.assign(
        month=months.astype("datetime64[us]"),
        is_too_few=rows["is_too_few"].astype(bool),
        **{name: rows[name].mask(rows[name] == "") for name in ("subject", "part")},
    )
    return kept.astype(
        dict.fromkeys(WHOLE, "Int64")
        | dict.fromkeys(TEXTS, "str")
        | dict.fromkeys(FIGURES, "float64")
    )
