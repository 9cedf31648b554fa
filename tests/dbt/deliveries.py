"""Deliveries that correct, repeat and contradict each other, in any order."""

import uuid
from collections.abc import Callable

from tests.dbt.lists import LISTS, signal
from tests.dbt.zone import Zone

Delivery = Callable[[Zone], object]


def pseudonym(name):
    """Return what stands for the pseudonym of a thing that has a name here."""
    return uuid.uuid5(uuid.NAMESPACE_OID, name)


def incident(name, registered="2026-08-10 12:00:00", **values):
    return {
        "incident_id": pseudonym(name),
        "registration_id": pseudonym(f"registration of {name}"),
        "mk_code": "A20",
        "offence_code": "1.1.1",
        "registered_local": registered,
        "has_registered_time": "true",
        "occurred_from_local": registered,
        "occurred_to_local": registered,
        "has_time": "true",
        "is_long_window": "false",
        "is_attempt": "false",
        "x_rd": "76946",
        "y_rd": "452530.5",
        "buurt_code": "BU05181786",
        "address_key": pseudonym("an address"),
    } | values


def call(name, created, **values):
    return {
        "call_id": pseudonym(name),
        "created_local": created,
        "dispatched_local": created,
        "on_scene_local": created,
        "closed_local": created,
        "priority": "1",
        "buurt_code": "BU05181786",
    } | values


def in_text(*rows):
    """Return rows as they landed before December 2026."""
    return [
        {name: getattr(value, "hex", value) for name, value in row.items()}
        for row in rows
    ]


def cell(period, count, offence="1.1.1", region="BU05181786", **values):
    return {
        "table_number": "47022NED",
        "offence_code": offence,
        "region_code": region,
        "period": period,
        "crime_count": count,
    } | values


def post(post_id, reach, **values):
    return {
        "post_id": post_id,
        "page_id": "900000000000001",
        "caption": "Inbraken in de Houtwijk",
        "published_local": "2026-08-04 18:30:00",
        "format": "photo",
        "reach": reach,
        "engagement_count": "96",
        "metric_definition": "views",
    } | values


def instagram(post_id, reach, **values):
    return {
        "post_id": post_id,
        "account_id": "90000000000000001",
        "caption": "Fiets op slot",
        "published_local": "2026-08-05 16:00:00",
        "format": "carousel",
        "views": "2210",
        "reach": reach,
        "metric_definition": "views",
    } | values


def x_post(post_id, impressions, **values):
    return {
        "post_id": post_id,
        "account_id": "politie_demo",
        "is_reply": "false",
        "caption": "Inbraken in de Houtwijk",
        "published_at": "2026-08-31 22:40:00",
        "impressions": impressions,
        "engagement_count": "190",
    } | values


def page_day(day, value, **values):
    return {
        "account_id": "900000000000001",
        "metric": "follows",
        "day": day,
        "value": value,
    } | values


def x_day(day, impressions, **values):
    return {
        "account_id": "politie_demo",
        "day": day,
        "impressions": impressions,
    } | values


def patrol(patrol_id, started="2026-08-12 20:00:00", **values):
    return {
        "patrol_id": patrol_id,
        "team_id": "WT-HOUTWIJK",
        "started_local": started,
        "ended_local": "2026-08-12 21:30:00",
        "volunteer_count": "4",
        "buurt_codes": "BU05181786 BU05181795",
        "buurt_code": "BU05181786",
        "signal_count": "2",
    } | values


def group(group_id, as_of="2026-08-01", **values):
    return {
        "group_id": group_id,
        "group_name": f"Buurtapp {group_id} (demo)",
        "kind": "buurtpreventie",
        "buurt_code": "BU05181786",
        "area_buurt_codes": "BU05181786",
        "member_count": "100",
        "active_from_local": "2020-01-01 00:00:00",
        "as_of_local": f"{as_of} 00:00:00",
    } | values


def broadcast(message_id, group_ids, **values):
    return {
        "message_id": message_id,
        "sent_local": "2026-08-12 20:15:00",
        "group_ids": group_ids,
        "kind": "getuigenoproep",
        "theme": "woninginbraak",
        "text": "BERICHT VAN POLITIE LOOSDUINEN",
        "has_prefix": "true",
    } | values


def week(iso_week, **values):
    return {
        "group_id": "WA-07",
        "iso_year": "2026",
        "iso_week": iso_week,
        "week_start": f"2026-08-{3 + 7 * (int(iso_week) - 32):02d}",
        "is_chat": "true",
        "is_partial_week": "false",
        "is_suppressed": "false",
        "police_message_count": "1",
    } | values


def region(vintage, dwellings, **values):
    return {
        "region_code": "BU05181786",
        "region_name": "Houtwijk",
        "region_type": "buurt",
        "wijk_code": "WK051817",
        "vintage_year": vintage,
        "kind": "key_figures",
        "inhabitant_count": "12000",
        "dwelling_count": dwellings,
    } | values


def judgement(judgement_id, judged="2026-08-10", **values):
    return {
        "judgement_id": judgement_id,
        "judged_date": judged,
        "judged_by": "wijkagent",
        "buurt_code": "BU05181786",
        "theme": "jeugd",
        "severity": "3",
        "direction": "more",
    } | values


def holder(role_name, **values):
    return {
        "theme": "jeugd",
        "organisation": "police",
        "role_name": role_name,
        "valid_from_date": "2026-01-01",
    } | values


def goal(target, **values):
    return {
        "goal_id": "D-1",
        "agreed_date": "2026-07-01",
        "owner": "teamchef",
        "indicator": "crime_count",
        "offence_code": "1.1.1",
        "buurt_code": "BU05181786",
        "baseline": "5",
        "baseline_from_date": "2026-07-01",
        "baseline_to_date": "2026-07-31",
        "direction": "down",
        "target": target,
        "end_date": "2026-12-31",
    } | values


def _of(source, name, rows, **how) -> Delivery:
    return lambda zone: zone.deliver(source, name, rows, **how)


def _month(number):
    """Return a moment in a month of 2025 or later, counted from its January."""
    return f"{2025 + (number - 1) // 12}-{(number - 1) % 12 + 1:02d}-02 12:00:00"


JULY_AND_AUGUST = ("2026-07-01", "2026-08-31")

# In threes, because the test takes every third: of these the second comes first.
DELIVERIES: tuple[Delivery, ...] = (
    # A patrol that comes after what was noticed on it, and was of another team.
    _of(
        "watch__patrols",
        "2026-08-09__rondes.csv",
        [patrol("R3", "2026-07-30 20:00:00", team_id="WT-WALDECK", ended_local=None)],
    ),
    _of(
        "watch__signals",
        "2026-08-02__signalen.csv",
        [signal("S3", patrol_id="R3", reported_local="2026-07-30 20:25:00")],
    ),
    _of(
        "watch__patrols",
        "2026-08-02__rondes.csv",
        [patrol("R3", "2026-07-30 20:00:00", ended_local=None)],
    ),
    # What was of July is withdrawn; what then is of July was first of June.
    _of(
        "police__calls",
        "2026-09-20__meldingen.csv",
        [call("moved", "2026-07-01 00:10:00"), call("late", "2026-08-20 10:00:00")],
    ),
    _of(
        "police__calls",
        "2026-08-02__meldingen.csv",
        [
            call("moved", "2026-06-30 23:50:00"),
            call("gone", "2026-07-11 12:00:00", buurt_code="BU05181795"),
        ],
        covers=("2026-06-01", "2026-07-31"),
    ),
    _of(
        "police__calls",
        "2026-09-02__meldingen.csv",
        [call("kept", "2026-08-05 12:00:00")],
        covers=JULY_AND_AUGUST,
    ),
    _of(
        "police__incidents",
        "2026-08-03__incidenten.csv",
        in_text(
            incident("kept", "2026-07-10 12:00:00"),
            incident("gone", "2026-07-11 12:00:00"),
            incident("moved", "2026-07-12 12:00:00"),
            incident("spoilt later", "2026-07-13 12:00:00"),
            incident("before the period", "2026-06-30 12:00:00"),
        ),
        covers=("2026-07-01", "2026-07-31"),
    ),
    _of(
        "police__incidents",
        "2026-09-03__incidenten.csv",
        [
            incident("kept", "2026-07-10 12:00:00"),
            incident(
                "moved", "2026-07-12 12:00:00", mk_code="A72", offence_code="1.2.3"
            ),
            incident("spoilt later", _problem="swapped_axes"),
            incident("two codes", mk_code="A72", offence_code="1.2.3"),
            incident("two codes", mk_code="B62", offence_code="1.2.3"),
            incident("new", buurt_code="BU05181840"),
        ],
        covers=JULY_AND_AUGUST,
    ),
    # Without a period it can only add and correct.
    _of(
        "police__incidents",
        "2026-09-20__late.csv",
        [incident("late"), incident("new", buurt_code="BU05181795")],
    ),
    _of(
        "police__open_data",
        "2025-02-10__47022NED.json",
        [cell("2024MM11", "3"), cell("2024MM12", "9"), cell("2024JJ00", "50")],
    ),
    _of(
        "police__open_data",
        "2025-03-10__47022NED.json",
        [cell("2024MM12", None), cell("2025MM01", "4"), cell("2025MM01", "9", "0.0.0")],
    ),
    # Of November a part came in incidents, and all of it above.
    _of(
        "police__incidents",
        "2026-08-04__november.csv",
        [incident("half november", "2024-11-25 12:00:00")],
        covers=("2024-11-20", "2024-11-30"),
    ),
    _of(
        "social__facebook_posts",
        "2026-09-01__posts.csv",
        [post("1", "100"), post("2", None)],
    ),
    _of("social__facebook_posts", "2026-10-01__posts.csv", [post("1", "150")]),
    _of(
        "social__instagram_posts",
        "2026-09-01__posts.csv",
        [instagram("1", "1650"), instagram("story", "590", format="story")],
    ),
    # The story is gone after a day, and that withdraws nothing.
    _of(
        "social__instagram_posts",
        "2026-10-01__posts.csv",
        [instagram("1", "1700", save_count="4")],
    ),
    _of(
        "social__x_posts",
        "2026-09-07__content.csv",
        [x_post("1", "4210"), x_post("2", "9", is_reply="true", caption=None)],
    ),
    _of(
        "social__facebook_page_days",
        "2026-09-03__follows.csv",
        [page_day("2026-09-01", "14"), page_day("2026-09-02", "9")],
    ),
    _of(
        "social__facebook_page_days",
        "2026-09-10__follows.csv",
        [
            page_day("2026-09-02", "10"),
            page_day("2026-09-03", "?", _problem="bad_number"),
        ],
    ),
    _of(
        "social__facebook_page_days",
        "2026-09-10__viewers.csv",
        [page_day("2026-09-02", None, metric="viewers_by_kind", viewers_total="9")],
    ),
    _of("social__x_days", "2026-09-13__overview.csv", [x_day("2026-09-13", "36")]),
    _of(
        "social__x_days",
        "2026-09-14__overview.csv",
        [x_day("2026-09-14", "71"), x_day("2026-09-13", "9336")],
    ),
    _of("social__x_posts", "2026-09-14__content.csv", [x_post("1", "4190")]),
    _of(
        "watch__patrols",
        "2026-09-01__rondes.csv",
        [patrol("R1"), patrol("R2", ended_local=None)],
        covers=("2026-08-01", "2026-08-31"),
    ),
    _of(
        "watch__patrols",
        "2026-09-08__rondes.csv",
        [patrol("R1", volunteer_count="5")],
        covers=("2026-08-01", "2026-08-31"),
    ),
    _of(
        "whatsapp__groups",
        "2026-08-01__groepen.csv",
        [group("WA-07"), group("WA-08"), group("WA-09", _problem="bad_number")],
    ),
    _of(
        "whatsapp__groups",
        "2026-09-01__groepen.csv",
        [group("WA-08", "2026-09-01", active_to_local="2026-08-11 00:00:00")],
    ),
    _of(
        "whatsapp__broadcasts",
        "2026-09-01__berichten.csv",
        [
            broadcast("WB-1", "WA-07 WA-08", tip_count="2"),
            broadcast("WB-2", "ALLE", tip_count="5"),
        ],
    ),
    _of(
        "whatsapp__broadcasts",
        "2026-10-01__berichten.csv",
        [broadcast("WB-1", "WA-07", tip_count="3"), broadcast("WB-3", "WA-99")],
    ),
    _of(
        "whatsapp__group_weeks",
        "2026-09-01__demo_chat-1.txt",
        [week("33", message_count="80"), week("34", message_count=None)],
    ),
    _of(
        "whatsapp__group_weeks",
        "2026-09-02__demo_chat-2.txt",
        [week("33", message_count="60"), week("34", message_count="20")],
    ),
    _of(
        "whatsapp__group_weeks",
        "2026-09-03__weken.csv",
        [week("32", message_count="12", is_chat="false")],
    ),
    _of("cbs__buurten", "2025-11-01__kerncijfers.json", [region("2025", "5400")]),
    _of("cbs__buurten", "2026-11-01__kerncijfers.json", [region("2026", "5450")]),
    _of(
        "team__street_knowledge",
        "2026-08-20__straatkennis.csv",
        [judgement("SK-1"), judgement("SK-2", "2026-08-11")],
    ),
    _of(
        "team__street_knowledge",
        "2026-09-20__straatkennis.csv",
        [judgement("SK-1", severity="5"), judgement("SK-3", "2026-09-11")],
    ),
    _of("team__portfolios", "2026-02-01__portefeuilles.csv", [holder("jeugdagent")]),
    _of(
        "team__portfolios",
        "2026-08-01__portefeuilles.csv",
        [holder("jeugdagent", valid_to_date="2026-07-31"), holder("wijkagent")],
    ),
    _of("team__goals", "2026-06-30__doelen.csv", [goal("1")]),
    _of("team__goals", "2026-07-01__doelen.csv", [goal("3")]),
    _of("team__goals", "2026-08-01__doelen.csv", [goal("3", owner="wijkagent")]),
    _of("team__goals", "2026-09-01__doelen.csv", [goal("4")]),
    *(_of(*listed) for listed in LISTS),
    # In the order in which the test takes them: first what is corrected afterwards.
    # An old month loses an incident, after all that came since.
    _of(
        "police__incidents",
        "2026-09-25__march.csv",
        [incident("year 4", "2026-03-02 12:00:00", buurt_code="BU05181795")],
        covers=("2026-03-01", "2026-03-31"),
    ),
    # More than a year, so that there are clocks.
    _of(
        "police__incidents",
        "2026-08-02__a year.csv",
        [
            incident(f"year {month - 6}", _month(month), buurt_code="BU05181795")
            for month in range(6, 20)
        ]
        + [incident("gone from march", "2026-03-05 22:00:00")],
    ),
    # An incident of long ago was in another buurt, at another hour, another offence.
    _of(
        "police__incidents",
        "2026-09-21__correction.csv",
        [
            incident(
                "year 2",
                _month(8),
                occurred_from_local="2025-08-01 02:00:00",
                mk_code="A72",
                offence_code="1.2.3",
            )
        ],
    ),
    # A message went to a group that, as a later register says, was no more.
    _of(
        "whatsapp__groups",
        "2026-09-01__opgeheven.csv",
        [group("WA-06", "2026-09-01", active_to_local="2019-03-01 00:00:00")],
    ),
    _of(
        "whatsapp__groups",
        "2026-08-01__oud.csv",
        [
            group(
                group_id,
                active_from_local="2019-01-01 00:00:00",
                active_to_local="2019-12-31 00:00:00",
            )
            for group_id in ("WA-05", "WA-06")
        ],
    ),
    _of(
        "whatsapp__broadcasts",
        "2026-08-20__oud.csv",
        [broadcast("WB-4", "ALLE", sent_local="2019-06-01 20:15:00")],
    ),
)
