"""A draft of what leaves as public: what it is of, and which files lie in it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from wijkbeeld import files
from wijkbeeld.settings import settings

FILE = "draft.json"
"""What a folder says of its draft."""
MANIFEST = "manifest.json"
"""What it says once it was released."""


class Kind(StrEnum):
    """What can be released."""

    BRIEFING = "briefing"
    BULLETIN = "bulletin"


class File(NamedTuple):
    """One file of a draft or a release."""

    name: str
    """Its path in the folder."""
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Subject:
    """What is to be released, and what it was made from."""

    kind: Kind
    id: str
    """Names it within its kind, as in an address: ``2026-10``."""
    publication: str
    month: date
    """First day of the month that it is about, or ends in."""
    language: str


@dataclass(frozen=True)
class Draft:
    """What waits for a person, and where."""

    subject: Subject
    name: str
    """Names the draft among all of its kind."""
    publication_sha256: str
    """Of the public file that it was made from."""
    has_demo: bool
    prepared_at: datetime
    """Aware, in UTC."""
    files: tuple[File, ...]

    @property
    def folder(self) -> Path:
        """Where its files lie until it is decided upon."""
        return root() / self.subject.kind / self.name


def root() -> Path:
    """Return where drafts wait."""
    return settings().releases / ".drafts"


def told_in(folder: Path) -> dict[str, Any] | None:
    """Return what a folder says of its draft; a killed release has both files."""
    for name in (FILE, MANIFEST):
        try:
            said: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
        except FileNotFoundError:
            continue
        return said["draft"] if name == MANIFEST else said
    return None


def files_in(folder: Path) -> tuple[File, ...]:
    """Return the files of a draft or release, by their path in its folder."""
    own = {FILE, MANIFEST}
    return tuple(
        File(str(path.relative_to(folder)), files.sha256_of(path), path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and str(path.relative_to(folder)) not in own
    )


def as_json(draft: Draft) -> dict[str, Any]:
    """Return what is written of a draft."""
    subject = draft.subject
    return {
        "name": draft.name,
        "kind": subject.kind,
        "id": subject.id,
        "publication": subject.publication,
        "publication_sha256": draft.publication_sha256,
        "has_demo": draft.has_demo,
        "month": f"{subject.month:%Y-%m-%d}",
        "language": subject.language,
        "prepared_at": draft.prepared_at.isoformat(),
        "files": [file._asdict() for file in draft.files],
    }


def of_json(said: dict[str, Any]) -> Draft:
    """Return the draft of which that was written."""
    return Draft(
        Subject(
            kind=Kind(said["kind"]),
            id=said["id"],
            publication=said["publication"],
            month=date.fromisoformat(said["month"]),
            language=said["language"],
        ),
        name=said["name"],
        publication_sha256=said["publication_sha256"],
        has_demo=said["has_demo"],
        prepared_at=datetime.fromisoformat(said["prepared_at"]),
        files=tuple(File(**file) for file in said["files"]),
    )
