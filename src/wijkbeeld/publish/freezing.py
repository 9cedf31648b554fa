"""Which publication was presented at the briefing of a month.

``published/frozen/<month>_<publication>.json``, written once and never changed: a
publication that is named there is kept for ever, beside the bounded history.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from wijkbeeld import files

FOLDER = "frozen"


class Frozen(NamedTuple):
    """What a briefing was held with."""

    month: date
    """First day of the month that it was about."""
    publication: str
    frozen_at: datetime
    """Aware, in UTC."""
    build: str
    """The build that made its marts."""
    files: dict[str, str]
    """Per role the SHA-256 of its file."""


def write(root: Path, frozen: Frozen) -> None:
    """Keep a record, whole or not at all."""
    said = frozen._asdict() | {
        "month": f"{frozen.month:%Y-%m}",
        "frozen_at": frozen.frozen_at.isoformat(),
    }
    name = f"{frozen.month:%Y-%m}_{frozen.publication}.json"
    files.write_text(root / FOLDER / name, json.dumps(said, indent=1) + "\n")


def records(root: Path) -> list[Frozen]:
    """Return what was frozen, by month, and of one month the newest first."""
    found = [_read(path) for path in (root / FOLDER).glob("[!.]*.json")]
    newest_first = sorted(found, key=lambda frozen: frozen.frozen_at, reverse=True)
    return sorted(newest_first, key=lambda frozen: frozen.month)


def names(root: Path) -> set[str]:
    """Return the publications that stay.

    Those of the records, and any other that somebody named in the folder, by the name
    of a file or in its text.
    """
    kept = {frozen.publication for frozen in records(root)}
    for entry in (root / FOLDER).glob("[!.]*"):
        kept.add(entry.name)
        if entry.is_file():
            kept.update(entry.read_text("utf-8").split())
    return kept


def _read(path: Path) -> Frozen:
    said = json.loads(path.read_text("utf-8"))
    return Frozen(
        month=datetime.strptime(said["month"], "%Y-%m").replace(tzinfo=UTC).date(),
        publication=said["publication"],
        frozen_at=datetime.fromisoformat(said["frozen_at"]),
        build=said["build"],
        files=said["files"],
    )
