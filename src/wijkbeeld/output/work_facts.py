"""What a publication knows of the work: watched, told, started, asked and met."""

from datetime import date

from wijkbeeld.output.facts import Action, Briefing, Effect, Patrols, Posts, Programme
from wijkbeeld.output.publication_rows import (
    Reader,
    as_date,
    as_names,
    as_text,
    as_whole,
)
from wijkbeeld.output.told import NOT_KNOWN, Count


def patrols(reader: Reader, month: date, is_public: bool) -> Patrols:
    """Return what the watch teams did in the month."""
    row = reader.one(
        "rpt_patrols",
        "select sum(patrol_hours) as hours, sum(signal_count) as signal_count, "
        "coalesce(bool_or(is_lower_bound), false) "
        "or count(*) > count(patrol_hours) as is_lower_bound, "
        "count(*) > 0 as is_reported, "
        # What is surely there of figures in fives: 5 stands for 5 and more, 10 for
        # 8 signals or 7.5 hours.
        "5 * floor(sum(if(patrol_hours > 5, patrol_hours - 2.5, patrol_hours)) / 5) "
        "as least_hours, "
        "5 * floor(sum(if(signal_count > 5, signal_count - 2, signal_count)) / 5) "
        "as least_signals from marts.rpt_patrols where month = ?",
        month,
    )
    if not row or not row["is_reported"]:
        return Patrols(None, False, NOT_KNOWN, is_reported=False)
    has_unknown_signals = is_public or bool(
        reader.one(
            "fct_patrols",
            "select 1 from marts.fct_patrols "
            "where month = ? and signal_count is null and not is_withdrawn limit 1",
            month,
        )
    )
    hours = row["least_hours" if is_public else "hours"]
    return Patrols(
        hours=None if hours is None else float(str(hours)),
        is_lower_bound=is_public or bool(row["is_lower_bound"]),
        signals=Count(
            as_whole(row["least_signals" if is_public else "signal_count"]),
            # So many there surely are, also of those that are rounded.
            is_lower_bound=has_unknown_signals,
        ),
        is_reported=True,
    )


def posts(reader: Reader, month: date, is_public: bool) -> tuple[Posts, ...]:
    """Return what was told in the month, per channel."""
    rows = reader.all(
        "rpt_reach",
        "select channel, sum(post_count) as post_count, "
        "max(reach_max_lower) as reach_lower, "
        # Of one post more nobody knows whom it reached.
        "case when sum(reach_reported_post_count) = sum(post_count) "
        "then sum(reach_sum_upper) end as reach_upper "
        "from marts.rpt_reach where month = ? group by channel order by channel",
        month,
    )
    return tuple(
        Posts(
            str(row["channel"]),
            Count(
                as_whole(row["post_count"]),
                "small_count" if is_public else None,
                is_rounded=is_public,
            ),
            as_whole(row["reach_lower"]),
            as_whole(row["reach_upper"]),
        )
        for row in rows
    )


def effects(reader: Reader, month: date, is_public: bool) -> tuple[Effect, ...]:
    """Return what is known of whether it works, the good news first."""
    table = "rpt_public_effects" if is_public else "rpt_effects"
    # Residents have the design that counts, and no other.
    is_shown = "true" if is_public else "is_primary"
    rows = reader.all(
        table,
        "select study_id, study_kind, study_name, offence_code, start_month, "  # noqa: S608 - ours
        "verdict, reason, is_reporting_sensitive, offence_name_nl, offence_name_en "
        f"from marts.{table} left join marts.dim_offences using (offence_code) "
        f"where {is_shown} and coalesce(start_month <= ?, true) "
        "order by list_position(['works', 'made worse', 'no sign that it works', "
        "'too few to say'], verdict), start_month desc, study_id, offence_code",
        month,
    )
    return tuple(
        Effect(
            str(row["study_kind"]),
            # A name that could be that of a person is withheld from residents.
            str(row["study_name"] or row["study_id"]),
            str(row["offence_code"]),
            str(row["offence_name_nl"] or row["offence_code"]),
            str(row["offence_name_en"] or row["offence_code"]),
            as_date(row["start_month"]),
            str(row["verdict"]),
            as_text(row["reason"]),
            bool(row["is_reporting_sensitive"]),
        )
        for row in rows
    )


def programmes(reader: Reader) -> tuple[Programme, ...]:
    """Return the programmes, in the order of their start."""
    rows = reader.all(
        "fct_programmes",
        "select programmes.programme_id, any_value(programmes.name) as name, "
        "any_value(programmes.kind) as kind, any_value(programmes.status) as status, "
        "min(programmes.start_date) as start_date, "
        "max(programmes.end_date) as end_date, "
        "list(buurten.buurt_name order by buurten.buurt_name) as buurten "
        "from marts.fct_programmes as programmes "
        "left join marts.dim_buurten as buurten using (buurt_code) "
        "group by programmes.programme_id "
        "order by min(programmes.start_date), programmes.programme_id",
    )
    return tuple(
        Programme(
            str(row["programme_id"]),
            str(row["name"] or row["programme_id"]),
            str(row["kind"]),
            str(row["status"]),
            start,
            as_date(row["end_date"]),
            as_names(row["buurten"]),
        )
        for row in rows
        if (start := as_date(row["start_date"]))
    )


def actions(reader: Reader) -> tuple[Action, ...]:
    """Return what was asked of whom, in the order in which it was."""
    rows = reader.all(
        "fct_actions",
        "select action_id, description, owner, asked_on, due_on, status, done_on "
        "from marts.fct_actions order by asked_on, action_id",
    )
    return tuple(
        Action(
            str(row["action_id"]),
            str(row["description"]),
            str(row["owner"]),
            asked,
            as_date(row["due_on"]),
            str(row["status"]),
            as_date(row["done_on"]),
        )
        for row in rows
        # What could name somebody is withheld, and then there is nothing to tell.
        if (asked := as_date(row["asked_on"])) and row["description"]
    )


def briefings(reader: Reader, is_public: bool) -> tuple[Briefing, ...]:
    """Return the briefings, in the order in which they are held."""
    day = "briefing_date" if is_public else "started_date"
    rows = reader.all(
        "fct_briefings",
        f"select briefing_id, {day} as held_on, status, venue, guest_from, themes "  # noqa: S608 - ours
        f"from marts.fct_briefings order by {day}, briefing_id",
    )
    return tuple(
        Briefing(
            str(row["briefing_id"]),
            held,
            str(row["status"]),
            as_text(row["venue"]),
            as_text(row["guest_from"]),
            tuple(str(row["themes"] or "").split()),
        )
        for row in rows
        if (held := as_date(row["held_on"]))
    )
