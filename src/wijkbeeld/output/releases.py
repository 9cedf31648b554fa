"""What leaves as public: made as a draft, released by a person, and never changed.

``releases/.drafts/<kind>/<name>/`` waits for a person. Approved, it becomes
``releases/<kind>/<id>/`` with a ``manifest.json``, in one rename; nothing is sent
anywhere. Refused or expired, it is thrown away. What was decided is recorded in the
landing zone (``landing/_releases/``) and reaches the warehouse as deliveries do.

Airflow may run a task twice, and a process may be killed anywhere: every call here can
be repeated, and ends as if it had been made once.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from wijkbeeld import files
from wijkbeeld.landing import outcomes
from wijkbeeld.landing.outcomes import Outcome
from wijkbeeld.language import say
from wijkbeeld.output import drafts, occasions, redaction, wording
from wijkbeeld.output.drafts import MANIFEST, Draft, File, Kind, Subject
from wijkbeeld.settings import settings

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOTE_CHARACTERS = 500


class Status(StrEnum):
    """What became of a draft."""

    RELEASED = "released"
    REFUSED = "refused"
    EXPIRED = "expired"


class ReleaseError(RuntimeError):
    """It may not leave, or not like this; the message says why and what to do."""


class Decision(NamedTuple):
    """Who decided upon a draft, and when; nobody when it expired."""

    by: str | None
    at: datetime
    """Aware."""
    note: str = ""


def prepare(subject: Subject, occasion: str, make: Callable[[Path], object]) -> Draft:
    """Make a draft, check what it says, and let it wait for a person.

    Killed at any moment, the same call finishes; once it is there, it stays as it is.

    Args:
        subject: What is to be released.
        occasion: Names this attempt, as the run does that makes it: repeating it
            repeats nothing, another one makes another draft.
        make: Writes the files into the folder that it is given.

    Raises:
        ReleaseError: There is no such publication, no file was made, or a text holds
            what may not leave.
    """
    if not _ID.fullmatch(subject.id):
        raise ValueError(f"{subject.id!r} cannot name a release")
    name = f"{subject.id}_{hashlib.sha256(occasion.encode()).hexdigest()[:12]}"
    folder = drafts.root() / subject.kind / name
    with files.exclusive(settings().locks / f"draft_{subject.kind}_{name}"):
        if not _is_known(subject.kind, name):
            _make(subject, name, folder, make)
    return read(subject.kind, name)


def read(kind: Kind, name: str) -> Draft:
    """Return a draft that waits, or that was released.

    Raises:
        ReleaseError: There is none: it was refused, it expired, or it never was.
    """
    said = _said_of(kind, name)
    if said is None:
        raise ReleaseError(
            say("er is geen concept {name}; maak het opnieuw", name=f"{kind}/{name}")
        )
    return drafts.of_json(said)


def waiting() -> list[Draft]:
    """Return the drafts that wait for a person, the oldest first."""
    folders = drafts.root().glob("*/[!.]*")
    told = [drafts.told_in(folder) for folder in folders]
    found = [drafts.of_json(said) for said in told if said]
    return sorted(found, key=lambda draft: draft.prepared_at)


def release(draft: Draft, decision: Decision) -> Path:
    """Let an approved draft leave: its folder becomes a release, in one rename.

    Killed at any moment, the same call finishes. A second release of the same thing
    gets a name of its own and says which one it replaces; both stay.

    Returns:
        The folder of the release.

    Raises:
        ReleaseError: Nobody approved it, it was refused before, or it is not what was
            prepared.
    """
    if not decision.by:
        raise ReleaseError(say("niemand heeft {name} goedgekeurd", name=draft.name))
    kind = draft.subject.kind
    with files.exclusive(settings().locks / "releases"):
        done = _released_as(draft)
        if done is None:
            done = _leave(draft, decision)
        _record_released(kind, done)
    if kind is Kind.BRIEFING:
        occasions.is_over(draft.subject.month)
    return done


def refuse(draft: Draft, decision: Decision) -> Status:
    """Throw a draft away that a person refused, or that nobody decided upon.

    Killed at any moment, the same call finishes.

    Raises:
        ReleaseError: It was released before: what has left cannot be refused.
    """
    status = Status.REFUSED if decision.by else Status.EXPIRED
    with files.exclusive(settings().locks / "releases"):
        if left := _released_as(draft):
            raise ReleaseError(
                say("{name} is al vrijgegeven en blijft staan", name=left.name)
            )
        if not _is_decided(draft.subject.kind, draft.name):
            outcomes.write(_outcome(draft, decision, status))
        _remove(draft.folder)
    return status


def discard(name: str) -> None:
    """Throw a draft away upon which nobody will decide, since its run is gone.

    Args:
        name: That of the folder in which it waits.

    Raises:
        ReleaseError: No draft of this name waits.
    """
    for draft in waiting():
        if draft.name == name:
            refuse(draft, Decision(None, datetime.now(UTC)))
            return
    raise ReleaseError(
        say("er wacht geen concept {name}; zie: wijkbeeld releases", name=name)
    )


def _make(
    subject: Subject, name: str, folder: Path, make: Callable[[Path], object]
) -> None:
    scratch = folder.with_name(f".{name}.scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    public = _public_file(subject.publication)
    make(scratch)
    written = drafts.files_in(scratch)
    if not written:
        raise ReleaseError(say("{name} heeft geen bestanden", name=name))
    _require_fit(scratch, written)
    draft = Draft(
        subject,
        name,
        publication_sha256=files.sha256_of(public),
        has_demo=_has_demo(public),
        prepared_at=datetime.now(UTC).replace(microsecond=0),
        files=written,
    )
    files.write_text(scratch / drafts.FILE, _json(drafts.as_json(draft)))
    _sync(scratch)
    scratch.rename(folder)
    files.sync(folder.parent)


def _leave(draft: Draft, decision: Decision) -> Path:
    _sweep(draft.folder)
    _require_unchanged(draft)
    _require_fit(draft.folder, draft.files)
    folder = settings().releases / draft.subject.kind
    folder.mkdir(parents=True, exist_ok=True)
    before = _versions(draft.subject)
    name = draft.subject.id if not before else f"{draft.subject.id}_{len(before) + 1}"
    manifest = {
        "kind": draft.subject.kind,
        "id": name,
        "replaces": before[-1] if before else None,
        "approved_by": decision.by,
        "approved_at": decision.at.astimezone(UTC).isoformat(timespec="seconds"),
        "note": _fit_note(decision.note),
        "draft": drafts.as_json(draft),
    }
    files.write_text(draft.folder / MANIFEST, _json(manifest))
    (draft.folder / drafts.FILE).unlink(missing_ok=True)
    _sync(draft.folder)
    draft.folder.rename(folder / name)
    files.sync(folder)
    return folder / name


def _sweep(folder: Path) -> None:
    """Remove what a killed release was writing; nobody else is at work."""
    for left in folder.glob(".*.scratch"):
        left.unlink()


def _require_unchanged(draft: Draft) -> None:
    """Compare what was approved with what was prepared.

    Raises:
        ReleaseError: A file differs, or the publication it was made from does.
    """
    if not draft.folder.is_dir():
        raise ReleaseError(
            say(
                "er is geen concept {name}; maak het opnieuw",
                name=f"{draft.subject.kind}/{draft.name}",
            )
        )
    if drafts.files_in(draft.folder) != draft.files:
        raise ReleaseError(
            say(
                "de bestanden in {folder} zijn veranderd nadat het concept was "
                "gemaakt; maak het opnieuw",
                folder=draft.folder,
            )
        )
    public = _public_file(draft.subject.publication)
    if files.sha256_of(public) != draft.publication_sha256:
        raise ReleaseError(
            say(
                "publicatie {name} is niet meer waarmee het concept is gemaakt; maak "
                "het opnieuw",
                name=draft.subject.publication,
            )
        )


def _require_fit(folder: Path, written: tuple[File, ...]) -> None:
    """Let no text leave that holds what may not be told.

    Raises:
        ReleaseError: One does, or cannot be read; the message names each file and
            what was found.
    """
    try:
        found = [
            f"{file.name}, {finding}"
            for file in written
            for finding in redaction.findings(wording.of(folder / file.name))
        ]
    except wording.UnreadableError as reason:
        raise ReleaseError(str(reason)) from None
    if found:
        raise ReleaseError(say("dit mag niet naar buiten:") + "\n" + "\n".join(found))


def _fit_note(note: str) -> str | None:
    """Return what the approver wrote, unless it says what may not be kept."""
    short = " ".join(note.split())[:_NOTE_CHARACTERS]
    if redaction.findings(short):
        return say("(niet bewaard: er stonden persoonsgegevens in)")
    return short or None


def _public_file(publication: str) -> Path:
    path = settings().published / publication / "public.duckdb"
    if not path.exists():
        raise ReleaseError(say("er is geen publicatie {name}", name=publication))
    return path


def _has_demo(public: Path) -> bool:
    with duckdb.connect(str(public), read_only=True) as con:
        [(has_demo,)] = con.execute("select has_demo from marts.publication").fetchall()
    return bool(has_demo)


def _released_as(draft: Draft) -> Path | None:
    folder = settings().releases / draft.subject.kind
    for manifest in _manifests(draft.subject.kind):
        if manifest["draft"]["name"] == draft.name:
            return folder / str(manifest["id"])
    return None


def _versions(subject: Subject) -> list[str]:
    """Return the names of what was released of it, in order."""
    found = [
        str(one["id"])
        for one in _manifests(subject.kind)
        if one["draft"]["id"] == subject.id
    ]
    return sorted(found, key=lambda name: (len(name), name))


def _manifests(kind: Kind) -> list[dict[str, Any]]:
    return [
        json.loads(path.read_text("utf-8"))
        for path in sorted((settings().releases / kind).glob(f"[!.]*/{MANIFEST}"))
    ]


def _record_released(kind: Kind, folder: Path) -> None:
    """Record a release as its manifest tells it, so that it may be repeated."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    draft = drafts.of_json(manifest["draft"])
    if _is_decided(kind, draft.name):
        return
    decision = Decision(
        manifest["approved_by"],
        datetime.fromisoformat(manifest["approved_at"]),
        manifest["note"] or "",
    )
    outcome = _outcome(draft, decision, Status.RELEASED)
    outcomes.write(
        outcome._replace(release_id=manifest["id"], replaces=manifest["replaces"])
    )


def _outcome(draft: Draft, decision: Decision, status: Status) -> Outcome:
    return Outcome(
        kind=draft.subject.kind,
        draft=draft.name,
        status=status,
        release_id=None,
        replaces=None,
        subject_id=draft.subject.id,
        publication=draft.subject.publication,
        month=draft.subject.month,
        language=draft.subject.language,
        has_demo=draft.has_demo,
        file_count=len(draft.files),
        size_bytes=sum(file.size_bytes for file in draft.files),
        prepared_at=_naive(draft.prepared_at),
        decided_at=_naive(decision.at.replace(microsecond=0)),
        decided_by=decision.by,
        note=_fit_note(decision.note),
    )


def _is_known(kind: Kind, name: str) -> bool:
    """Tell whether a draft waits, has left, or was thrown away."""
    return _said_of(kind, name) is not None or _is_decided(kind, name)


def _said_of(kind: Kind, name: str) -> dict[str, Any] | None:
    if said := drafts.told_in(drafts.root() / kind / name):
        return said
    left = [one["draft"] for one in _manifests(kind) if one["draft"]["name"] == name]
    return left[0] if left else None


def _is_decided(kind: str, name: str) -> bool:
    return outcomes.path(kind, name).exists()


def _remove(folder: Path) -> None:
    """Throw a folder away; a kill leaves a scratch name, not a torso."""
    scratch = folder.with_name(f".{folder.name}.scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    if folder.exists():
        folder.rename(scratch)
        shutil.rmtree(scratch)


def _sync(folder: Path) -> None:
    for path in _entries(folder):
        files.sync(path)


def _entries(folder: Path) -> Iterator[Path]:
    yield from folder.rglob("*")
    yield folder


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
