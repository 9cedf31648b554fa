"""What the DAGs do, step by step, to let a briefing or a bulletin leave.

Each step is repeatable and says in words what it found; the DAG files only put them in
order and let a person decide in between.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from wijkbeeld import publish
from wijkbeeld.landing import outcomes
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE
from wijkbeeld.output import (
    briefing,
    bulletin,
    captions,
    choices,
    column,
    drawing,
    handout,
    releases,
    told,
    video,
    whatsapp,
    wording,
)
from wijkbeeld.output.bulletin import Bulletin
from wijkbeeld.output.drafts import Draft, Kind, Subject
from wijkbeeld.output.releases import Decision, Status
from wijkbeeld.settings import settings


class RefusedError(RuntimeError):
    """It may not leave, and has not; the message says who said so, and why."""


FINAL = (
    publish.NothingPublishedError,
    publish.NotFreezableError,
    releases.ReleaseError,
    choices.UnreadableChoicesError,
    handout.TooMuchError,
    column.ColumnError,
    whatsapp.BrokenRulesError,
    captions.TooLongError,
    drawing.UnfitError,
    video.VideoError,
)
"""Why a briefing or a bulletin is not made, which a second try would not mend; the
message says what to do."""
_IS_COMPLETE = "select is_complete from marts.dim_months where month = ?"
_SHOWN_CHARACTERS = 3000


def missing_of(month: date) -> str | None:
    """Say what a briefing about a month still waits for; none when it can be made."""
    try:
        path = publish.current("team")
    except publish.NothingPublishedError as reason:
        return str(reason)
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.execute(_IS_COMPLETE, [month]).fetchone()
    if found is None:
        return say(
            "er zijn nog geen cijfers over {month}: lever de export van die maand",
            month=told.month(month),
        )
    if not found[0]:
        return say(
            "{month} is niet compleet: lever een export die na het einde van de maand "
            "is gemaakt",
            month=told.month(month),
        )
    return None


def draft_briefing(month: date, occasion: str, *, again: bool = False) -> Draft:
    """Freeze the publication of a month, and make a draft of all that is exported.

    A month that was frozen before is shown as it was frozen, unless it is frozen again,
    or a person refused what was made of it: then nobody was shown it.

    Raises:
        Exception: One of ``FINAL``, as that a text holds what may not leave.
    """
    kept = publish.freeze(month, again=again or _is_refused(month))
    subject = Subject(
        Kind.BRIEFING,
        f"{month:%Y-%m}",
        kept.publication,
        kept.month,
        settings().language,
    )
    return releases.prepare(
        subject, occasion, lambda folder: briefing.write(kept.month, folder)
    )


def _is_refused(month: date) -> bool:
    """Tell whether a briefing of what a month is frozen with was only ever refused."""
    kept = publish.frozen("public").get(month.replace(day=1))
    if kept is None:
        return False
    made_of = (Kind.BRIEFING, kept[0].month, kept[0].publication)
    ends = {
        one.status
        for one in outcomes.read_all()
        if (one.kind, one.month, one.publication) == made_of
    }
    return Status.REFUSED in ends and Status.RELEASED not in ends


def draft_bulletin(moment: datetime, occasion: str) -> Draft:
    """Make a draft of the column, the message and the videos of a fortnight.

    Raises:
        Exception: One of ``FINAL``, as that a text holds what may not leave.
    """
    path = publish.current("public")
    made = bulletin.of(path, moment.astimezone(ZONE).date())
    subject = Subject(
        Kind.BULLETIN,
        f"{made.day:%Y-%m-%d}",
        path.parent.name,
        made.month,
        settings().language,
    )
    return releases.prepare(
        subject, occasion, lambda folder: write_bulletin(made, folder)
    )


def write_bulletin(
    made: Bulletin,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[Path]:
    """Write all that comes out of a bulletin into a folder; texts first, then videos.

    Args:
        made: What is told.
        folder: Where it is to be.
        progress: Told how many frames of how many are done.

    Raises:
        Exception: One of ``FINAL``, as that a text does not fit.
    """
    return [
        *column.write(made, folder),
        whatsapp.write(made, folder),
        *video.write(made, folder, progress),
    ]


def to_judge(draft: Draft) -> str:
    """Return in Markdown what a person is asked to approve: files, and short texts."""
    lines = [
        say("Gemaakt uit publicatie {name}.", name=f"`{draft.subject.publication}`"),
        "",
        say(
            "De bestanden staan op de pagina *Briefing voorbereiden*, en in {folder}:",
            folder=f"`{draft.folder}`",
        ),
        "",
        *(
            f"- `{file.name}` ({told.number(file.size_bytes)} bytes)"
            for file in draft.files
        ),
    ]
    if draft.has_demo:
        lines += ["", "**" + say("Dit zijn DEMODATA.") + "**"]
    for file in draft.files:
        if Path(file.name).suffix == ".txt":
            text = wording.of(draft.folder / file.name)[:_SHOWN_CHARACTERS]
            quoted = "\n".join(f"> {line}" for line in text.splitlines())
            lines += ["", f"**{file.name}**", "", quoted]
    return "\n".join(lines)


def decide(draft: Draft, answer: Mapping[str, Any], *, is_approved: bool) -> Path:
    """Let a draft leave, or throw it away, as the answer of a person says.

    Args:
        draft: What was judged.
        answer: Of Airflow: who answered, when, and what was noted.
        is_approved: Whether the answer was that it may leave.

    Returns:
        The folder of the release.

    Raises:
        RefusedError: It may not leave; it was thrown away, and that is recorded.
        ReleaseError: It may leave, and something is wrong with it.
    """
    by = answer.get("responded_by_user")
    at = answer["responded_at"]
    decision = Decision(
        by=str(by["name"]) if by else None,
        at=datetime.fromisoformat(at) if isinstance(at, str) else at,
        note=str((answer.get("params_input") or {}).get("note") or ""),
    )
    if is_approved:
        return releases.release(draft, decision)
    releases.refuse(draft, decision)
    if decision.by is None:
        raise RefusedError(
            say("niemand heeft {name} op tijd beoordeeld", name=draft.subject.id)
        )
    raise RefusedError(
        say(
            "{by} heeft {name} geweigerd: {note}",
            by=decision.by,
            name=draft.subject.id,
            note=decision.note or say("zonder reden"),
        )
    )
