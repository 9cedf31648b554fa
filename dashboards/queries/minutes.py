"""What came of a briefing: what is known of it, and what is added, as deliveries."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import uuid4

import pandas as pd

from dashboards.locales import language
from dashboards.queries import offered, publication
from wijkbeeld.landing.inspection import Inspection
from wijkbeeld.language import speaking
from wijkbeeld.local_time import ZONE
from wijkbeeld.output import owners, redaction
from wijkbeeld.settings import settings

# Residents have what came of a briefing in its minutes, and not this page: the last of
# these tables is in no file of theirs.
TABLES = {"fct_briefings", "fct_actions", "fct_minutes", "fct_problems"}
BRIEFINGS, ACTIONS = "outreach__briefings", "outreach__actions"
MINUTES = "outreach__minutes"
OWNERS = tuple(owners.NAMES)
LONGEST_TEXT = 200
_STATUS = {"open": "open", "done": "gedaan", "dropped": "vervallen"}
GROUPS = {
    "aanwezig_bewoners": "resident_count",
    "aanwezig_coordinatoren": "coordinator_count",
    "aanwezig_beheerders": "administrator_count",
    "aanwezig_politie": "police_count",
    "aanwezig_gemeente": "municipality_count",
}
"""Column of a delivered list per count of those present."""
_ALSO = {
    "groepen_vertegenwoordigd": "group_count",
    "teams_vertegenwoordigd": "team_count",
    "verslag_url": "minutes_url",
    "verslag_weergaven": "minutes_view_count",
    "uren_politie": "police_hours",
    "locatie": "venue",
}


class NewAction(NamedTuple):
    """What was agreed on: what, by which organisation or role, and until when."""

    description: str
    owner: str
    due_on: date


class Ended(NamedTuple):
    """How an action ended, and when."""

    status: str
    """Done or dropped."""
    day: date


class Told(NamedTuple):
    """What the form says of one evening."""

    briefing_id: str
    present: dict[str, int | None]
    """Per column of ``GROUPS``; none is not counted."""
    guest_from: str
    themes: Sequence[str]
    points: Sequence[str]
    """None keep what was written before, unless they are taken out."""
    are_points_taken_out: bool
    new_actions: Sequence[NewAction]
    ended: dict[str, Ended]
    """By action."""


class Delivery(NamedTuple):
    """One list that is to be put in the inbox."""

    source: str
    name: str
    content: bytes


def is_welcome() -> bool:
    """Tell whether these pages take minutes: those of the team do."""
    return offered.is_welcome()


def briefings() -> pd.DataFrame:
    """Return the evenings that were planned or held, the newest first."""
    return publication.fetch(
        "select briefing_id, status, started_date, started_at, ended_at, venue, "
        "guest_from, themes, resident_count, coordinator_count, administrator_count, "
        "police_count, municipality_count, group_count, team_count, minutes_date, "
        "minutes_url, minutes_view_count, police_hours "
        "from marts.fct_briefings where status <> 'vervallen' "
        "order by started_date desc, briefing_id desc"
    )


def actions() -> pd.DataFrame:
    """Return all actions, those that are open first and the oldest of them on top."""
    return publication.fetch(
        "select action_id, briefing_id, description, owner, asked_on, due_on, "
        "status, done_on, note, carried_count "
        "from marts.fct_actions order by status <> 'open', "
        "case when status = 'open' then due_on end, done_on desc, action_id"
    )


def points(briefing_id: str) -> list[str]:
    """Return what the minutes of a briefing say, in order."""
    found = publication.fetch(
        "select point from marts.fct_minutes where briefing_id = ? order by point_no",
        briefing_id,
    )
    return [str(point) for point in found["point"]]


def findings(text: str) -> list[str]:
    """Return why a text may not be told to residents; none if it may."""
    with speaking(language()):
        return [found.what for found in redaction.findings(text)]


def waiting() -> list[str]:
    """Return the lists of this page that wait in the inbox, not yet built."""
    return sorted(
        path.name
        for source in (BRIEFINGS, ACTIONS, MINUTES)
        for path in (settings().inbox / source).glob("*__verslag_*.csv")
    )


def waits_for(briefing_id: str) -> bool:
    """Tell whether lists of a briefing wait, which this page does not read."""
    return any(f"__verslag_{briefing_id}_" in name for name in waiting())


def written(told: Told) -> list[Delivery]:
    """Return what was told as lists in the form that was agreed."""
    now = datetime.now(ZONE)
    found = briefings().set_index("briefing_id").loc[told.briefing_id]
    day = found["started_date"].date()
    known = actions()
    rows = {BRIEFINGS: [_briefing(told, found, now) | _counts(told, known)]}
    ended = known[known["action_id"].isin(list(told.ended))]
    rows[ACTIONS] = [
        *(_ended(row, told.ended[row["action_id"]]) for _at, row in ended.iterrows()),
        *(
            {
                "actie_id": f"A-{told.briefing_id}-{uuid4().hex[:6]}",
                "briefing_id": told.briefing_id,
                "omschrijving": action.description,
                "eigenaar": owners.DELIVERED[action.owner],
                "gevraagd_op": _day(day),
                "klaar_op": _day(action.due_on),
                "status": "open",
            }
            for action in told.new_actions
        ),
    ]
    rows[MINUTES] = [
        {"briefing_id": told.briefing_id, "volgorde": str(number), "punt": point}
        for number, point in (
            [(0, "geen")]
            if told.are_points_taken_out
            else enumerate(told.points, start=1)
        )
    ]
    number = uuid4().hex[:6]
    return [
        Delivery(
            source,
            f"{now:%Y-%m-%d}__verslag_{told.briefing_id}_{number}.csv",
            _csv(
                [row | {"export_datum": f"{now:%d-%m-%Y %H:%M:%S}"} for row in listed]
            ),
        )
        for source, listed in rows.items()
        if listed
    ]


def looked(delivery: Delivery) -> Inspection:
    """Return what landing would say of it; nothing is kept."""
    return offered.look(delivery.name, delivery.content, delivery.source)


def put(deliveries: Sequence[Delivery]) -> None:
    """Put the lists in the inbox, where the next landing finds them.

    Raises:
        RejectedError: One cannot be taken in.
        PermissionError: This installation takes no minutes.
    """
    for delivery in deliveries:
        offered.put(delivery.source, delivery.name, delivery.content)


def _counts(told: Told, known: pd.DataFrame) -> dict[str, str]:
    """Return what the evening saw of all actions: those known, and those told now.

    What was dropped counts as finished, because what is open has to be what was open
    before, plus what is new, minus what is finished (FORMATS).
    """
    evenings = briefings().set_index("briefing_id")
    evening = evenings.loc[told.briefing_id, "started_date"]
    held = evenings.loc[evenings["status"] == "gehouden", "started_date"]
    before = held[held < evening].max()
    ended_on = known["action_id"].map({at: one.day for at, one in told.ended.items()})
    ended_on = pd.to_datetime(ended_on).fillna(known["done_on"])
    is_over = ended_on <= evening
    is_still_open = (known["asked_on"] <= evening) & ~is_over
    is_of_here = known["briefing_id"] == told.briefing_id
    new = len(told.new_actions)
    return {
        "acties_nieuw": str(is_of_here.sum() + new),
        "acties_afgerond": str((is_over & ~(ended_on <= before)).sum()),
        "acties_open": str(is_still_open.sum() + new),
    }


def _briefing(told: Told, found: pd.Series, now: datetime) -> dict[str, str]:
    """Return the row but its counts: what is not on the form stays as it was known."""
    row = {
        "briefing_id": told.briefing_id,
        "datum": _day(found["started_date"].date()),
        "status": "gehouden",
        "gastspreker_van": told.guest_from,
        "themas": " ".join(told.themes),
        "verslag_op": _day(now.date()) if told.points else "",
    }
    for column, at in (("start_tijd", "started_at"), ("eind_tijd", "ended_at")):
        if not pd.isna(found[at]):
            moment = found[at].tz_localize("UTC").tz_convert(ZONE)
            row[column] = f"{moment:%H:%M}"
    # What is mended later was published in time, if it was.
    if not pd.isna(found["minutes_date"]):
        row["verslag_op"] = _day(found["minutes_date"].date())
    for column, name in _ALSO.items():
        row[column] = _as_text(found[name])
    for column, count in told.present.items():
        row[column] = "" if count is None else str(count)
    return row


def _ended(row: pd.Series, ended: Ended) -> dict[str, str]:
    return {
        "actie_id": row["action_id"],
        "briefing_id": row["briefing_id"],
        "omschrijving": row["description"],
        "eigenaar": owners.DELIVERED[row["owner"]],
        "gevraagd_op": _day(row["asked_on"].date()),
        "klaar_op": _day(row["due_on"].date()),
        "status": _STATUS[ended.status],
        "gedaan_op": _day(ended.day),
        "toelichting": _as_text(row["note"]),
    }


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _as_text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def _csv(rows: list[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, "", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
