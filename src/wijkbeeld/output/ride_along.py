"""Posts of a ride-along evening: drafts are checked, made coarse and held back.

Calls are told almost live, so a post may not lead anybody to a person or to a place:
its text is checked, its time becomes a part of the day, its place a buurt or wijk, and
it waits. What is ready comes out as texts to post and as the list that the warehouse
measures (``outreach__ride_alongs``). Every check is logged, without what was found.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from wijkbeeld import files, reference
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE
from wijkbeeld.output import redaction
from wijkbeeld.output.redaction import Finding, Rule
from wijkbeeld.settings import settings
from wijkbeeld.spreadsheets import harmless

REQUIRED = (
    "avond_id", "datum", "start_tijd", "eind_tijd", "bericht_nr", "kanaal", "tijd",
    "plaats", "melding_soort", "tekst", "nagekeken_door_rol",
)  # fmt: skip
OPTIONAL = ("aantal_meelopers", "post_id", "gepubliceerd_op")
_CHECKS: dict[str, frozenset[Rule]] = {
    "toets_kenteken": frozenset({Rule.PLATE}),
    "toets_naam": frozenset({Rule.NAME, Rule.PHONE, Rule.EMAIL, Rule.IBAN, Rule.BSN}),
    "toets_adres": frozenset({Rule.ADDRESS, Rule.POSTCODE, Rule.STREET}),
    "toets_medisch": frozenset({Rule.MEDICAL}),
    "toets_minderjarig": frozenset({Rule.MINOR}),
}
_LISTED = (
    "avond_id", "datum", "start_tijd", "eind_tijd", "aantal_meelopers", "bericht_nr",
    "kanaal", "post_id", "melding_soort", "melding_kwartier", "gebied",
    "gepubliceerd_op", "nagekeken_door_rol", "vrijgegeven_op", *_CHECKS,
)  # fmt: skip
_QUARTER_MINUTES = 15
_MOMENT = "%d-%m-%Y %H:%M"


class DraftsError(ValueError):
    """The file with drafts cannot be read; the message says where and what to do."""


@dataclass(frozen=True)
class Area:
    """A buurt or wijk, as it may be told."""

    code: str
    name: str


@dataclass(frozen=True)
class Draft:
    """One post as it was written."""

    row: int
    """In the file, where the header is row 1."""
    fields: Mapping[str, str]
    called: datetime
    """By the local clock, without a zone, as the list has it."""


@dataclass(frozen=True)
class Checked:
    """One draft after its check."""

    draft: Draft
    findings: tuple[Finding, ...]
    area: Area | None
    """None when the place holds no buurt or wijk."""
    release_at: datetime
    """By the local clock; not before."""

    @property
    def is_ready(self) -> bool:
        """Whether it may be posted, once it has waited."""
        return not self.findings and self.area is not None

    @property
    def quarter(self) -> datetime:
        """The quarter of the hour in which the call came."""
        return _quarter(self.draft.called)

    @property
    def text(self) -> str:
        """What may be posted: a coarse time and place, then what was written.

        Raises:
            ValueError: It is not ready.
        """
        if self.area is None or self.findings:
            raise ValueError("a post that is not ready has no text")
        return say(
            "{when}, {where}. {text}",
            when=_part_of_day(self.quarter),
            where=self.area.name,
            text=self.draft.fields["tekst"].strip(),
        )


def read(path: Path) -> list[Draft]:
    """Read a CSV of drafts.

    Raises:
        DraftsError: A column, a day or a time is missing or cannot be read.
    """
    text = _decoded(path)
    header = text.partition("\n")[0]
    separator = max(";,\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    known = [str(name).strip().lower() for name in rows.fieldnames or ()]
    rows.fieldnames = known
    if missing := [name for name in REQUIRED if name not in known]:
        raise DraftsError(
            say(
                "{file}: deze kolommen ontbreken: {columns}; zet ze in de eerste regel",
                file=path.name,
                columns=", ".join(missing),
            )
        )
    return [_draft(path, at, row) for at, row in enumerate(rows, start=2)]


def check(draft: Draft) -> Checked:
    """Check one draft; what is found is in the answer, never in the log."""
    wait = timedelta(minutes=settings().ride_along_delay_minutes)
    # The text first, so that lines are counted as its author sees them.
    told = "\n".join((draft.fields["tekst"], draft.fields["melding_soort"]))
    return Checked(
        draft,
        tuple(redaction.findings(told, is_live=True)),
        area_of(draft.fields["plaats"]),
        _quarter(draft.called) + wait,
    )


def area_of(place: str) -> Area | None:
    """Return the buurt, or else the wijk, that a place names; a street is left out."""
    parts = [place, *place.replace(";", ",").split(",")]
    buurten = {buurt.buurt_code: buurt for buurt in reference.buurten()}
    for part in parts:
        if code := reference.buurt_code_of(part):
            return Area(code, buurten[code].buurt_name)
    for part in parts:
        for buurt in buurten.values():
            known = {buurt.wijk_code.casefold(), buurt.wijk_name.casefold()}
            if part.strip().casefold() in known:
                return Area(buurt.wijk_code, buurt.wijk_name)
    return None


def write(drafts: Iterable[Draft], folder: Path, now: datetime) -> list[Checked]:
    """Check drafts, log every check, and write what is ready into a folder.

    ``berichten.txt`` holds the texts to post and from when; ``meelopen.csv`` is the
    list to deliver. In it is what is ready, and what was published already, ready or
    not.

    Args:
        drafts: Of one evening or more.
        folder: Where both files are to be.
        now: The moment of the check, aware.

    Returns:
        Each draft after its check.
    """
    checked = [check(draft) for draft in drafts]
    _log(checked, now)
    local = now.astimezone(ZONE).replace(tzinfo=None)
    files.write_text(folder / "berichten.txt", _to_post(checked))
    files.write_text(folder / "meelopen.csv", _list(checked, local))
    return checked


def log_path() -> Path:
    """Return where checks are logged, one JSON object on each line."""
    return settings().releases / "ride-along.jsonl"


def _log(checked: list[Checked], now: datetime) -> None:
    lines = "".join(
        json.dumps(
            {
                "checked_at": now.astimezone(UTC).isoformat(timespec="seconds"),
                "evening": one.draft.fields["avond_id"],
                "post_no": one.draft.fields["bericht_nr"],
                "text_sha256": hashlib.sha256(
                    one.draft.fields["tekst"].encode()
                ).hexdigest(),
                "rules": sorted({finding.rule.value for finding in one.findings}),
                "has_area": one.area is not None,
                "is_ready": one.is_ready,
                "release_at_local": one.release_at.isoformat(timespec="minutes"),
            }
        )
        + "\n"
        for one in checked
    )
    path = log_path()
    with files.exclusive(settings().locks / "ride-along"):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as handle:
            handle.write(lines)
        files.sync(path)


def _to_post(checked: list[Checked]) -> str:
    ready = [one for one in checked if one.is_ready]
    blocks = [
        say(
            "Bericht {number} op {channel}, niet eerder dan {moment}:",
            number=one.draft.fields["bericht_nr"],
            channel=one.draft.fields["kanaal"],
            moment=f"{one.release_at:{_MOMENT}}",
        )
        + f"\n\n{one.text}\n"
        for one in ready
    ]
    return (
        "\n".join(blocks) or say("Er is geen bericht dat mag worden geplaatst.") + "\n"
    )


def _list(checked: list[Checked], now: datetime) -> str:
    written = io.StringIO(newline="")
    rows = csv.DictWriter(written, _LISTED, delimiter=";", lineterminator="\r\n")
    rows.writeheader()
    for one in checked:
        if one.area and (one.is_ready or one.draft.fields["gepubliceerd_op"]):
            rows.writerow({k: harmless(v) for k, v in _listed(one, one.area, now)})
    return written.getvalue()


def _listed(one: Checked, area: Area, now: datetime) -> Iterator[tuple[str, str]]:
    fields = one.draft.fields
    for name in _LISTED[:8]:
        yield name, fields[name]
    # What may not be told does not reach the warehouse in the class of the call.
    is_clean = not redaction.findings(fields["melding_soort"], is_live=True)
    yield "melding_soort", fields["melding_soort"] if is_clean else say("overig")
    yield "melding_kwartier", f"{one.quarter:%H:%M}"
    yield "gebied", area.code
    yield "gepubliceerd_op", fields["gepubliceerd_op"]
    yield "nagekeken_door_rol", fields["nagekeken_door_rol"]
    yield "vrijgegeven_op", f"{max(now, one.release_at):{_MOMENT}}"
    found = {finding.rule for finding in one.findings}
    for name, rules in _CHECKS.items():
        yield name, "nee" if rules & found else "ja"


def _draft(path: Path, at: int, row: Mapping[str | None, object]) -> Draft:
    fields = {name: str(row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    if empty := [name for name in REQUIRED if not fields[name]]:
        raise DraftsError(
            say(
                "{file}, rij {row}: vul in: {columns}",
                file=path.name,
                row=at,
                columns=", ".join(empty),
            )
        )
    day, starts = (
        _day(path, at, fields["datum"]),
        _clock(path, at, "start_tijd", fields),
    )
    called = datetime.combine(day, _clock(path, at, "tijd", fields))
    # An evening goes on after midnight; the hour before it begins belongs to it.
    if called < datetime.combine(day, starts) - timedelta(hours=1):
        called += timedelta(days=1)
    return Draft(at, fields, called)


def _day(path: Path, at: int, text: str) -> date:
    try:
        return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - local
    except ValueError:
        raise DraftsError(
            say(
                "{file}, rij {row}: datum is geen dag; schrijf dd-mm-jjjj",
                file=path.name,
                row=at,
            )
        ) from None


def _clock(path: Path, at: int, name: str, fields: Mapping[str, str]) -> time:
    try:
        return datetime.strptime(fields[name], "%H:%M").time()  # noqa: DTZ007 - local
    except ValueError:
        raise DraftsError(
            say(
                "{file}, rij {row}: {column} is geen tijd; schrijf uu:mm",
                file=path.name,
                row=at,
                column=name,
            )
        ) from None


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _quarter(moment: datetime) -> datetime:
    minute = moment.minute // _QUARTER_MINUTES * _QUARTER_MINUTES
    return moment.replace(minute=minute, second=0)


def _part_of_day(moment: datetime) -> str:
    parts = (
        (6, say("In de nacht")),
        (12, say("In de ochtend")),
        (18, say("In de middag")),
        (20, say("Aan het begin van de avond")),
        (22, say("Halverwege de avond")),
        (24, say("Laat op de avond")),
    )
    return next(told for until, told in parts if moment.hour < until)
