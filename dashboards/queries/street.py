"""Takes in a judgement of the street, as a delivery like any other."""

import csv
import io
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from dashboards.queries import offered
from wijkbeeld.landing.inspection import Inspection
from wijkbeeld.local_time import ZONE

SOURCE = "team__street_knowledge"
JUDGES = (
    "wijkagent", "watch_team", "gemeente", "school", "bewoner", "ondernemer",
)  # fmt: skip
DIRECTIONS, SURE = ("meer", "gelijk", "minder"), ("hoog", "midden", "laag")
DAY_PARTS = ("nacht", "ochtend", "middag", "avond")
LONGEST_REASON = 200
_COLUMNS = (
    "oordeel_id", "datum", "bron", "buurtcode", "thema", "ernst", "richting",
    "zekerheid", "dagdeel", "verplaatst_op_focuslijst", "reden", "geldig_tot",
)  # fmt: skip


class Judgement(NamedTuple):
    """What somebody says of a theme in a buurt, as a function and never as a person."""

    judge: str
    buurt_code: str
    theme: str
    severity: int
    direction: str
    sureness: str
    day_part: str
    moved_places: int
    reason: str


def is_welcome() -> bool:
    """Tell whether these pages take judgements: those of the team do."""
    return offered.is_welcome()


def written(judgement: Judgement) -> tuple[str, bytes]:
    """Return a judgement as a list of one line, in the form that was agreed.

    Its number is its own, so that no list takes the place of another.
    """
    now = datetime.now(ZONE)
    number = f"SK-{now:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"
    row = dict(zip(_COLUMNS, (number, f"{now:%d-%m-%Y}", *judgement), strict=False))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, "", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(row)
    name = f"{now:%Y-%m-%d}__straatkennis_{number}.csv"
    return name, text.getvalue().encode("utf-8-sig")


def looked(name: str, content: bytes) -> Inspection:
    """Return what landing would say of it; nothing is kept."""
    return offered.look(name, content, SOURCE)


def put(name: str, content: bytes) -> None:
    """Put it in the inbox, where the next landing finds it.

    Raises:
        RejectedError: It cannot be taken in.
        PermissionError: This installation takes no judgements.
    """
    offered.put(SOURCE, name, content)
