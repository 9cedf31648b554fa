"""What was agreed with the sender of each source: one YAML file per source."""

import fnmatch
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from wijkbeeld.landing import headers
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import settings

Kind = Literal[
    "id",
    "text",
    "code",
    "count",
    "decimal",
    "datetime",
    "boolean",
    "incident_code",
    "offence",
    "offences",
    "nuisance",
    "region",
    "period",
    "buurt",
    "buurten",
    "clock",
    "team",
    "choice",
    "theme",
    "themes",
    "wkt",
    "made",
]

Shape = Literal["numbered", "word", "platform", "any"]
"""What an id may look like, so that it is nobody's name or telephone number.

One of our own lists has a number in it (``R-2026-0312-01``); a ``word`` need not. A
``platform`` gives out long numbers. It may be ``any`` text where only its pseudonym
lands.
"""

CLOCK = "__time"
"""Suffix of the column that holds the time of a date in another column."""

EXPORTED = "exported"
"""The field of any source that tells when the export was made."""


class _Agreed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Agreed):
    """A text for the sender, in both languages."""

    nl: str
    en: str

    def said(self) -> str:
        """Return the text in the language of this installation."""
        return self.en if settings().language == "en" else self.nl


class Field(_Agreed):
    """One thing we keep, and the headers it was seen under."""

    kind: Kind
    about: Words | None = None
    """What to fill in: a short sentence for the template and the how-to-send page."""
    nl: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    """Headers of the time of day, where date and time are two columns."""
    required: bool = False
    """Whether the column must be there."""
    filled: bool = False
    """Whether each row must have a value."""
    personal: bool = False
    """Whether the text is searched for personal data, and blanked if any is found."""
    is_made: bool = False
    """Whether a reader of ours makes the column, so that no sender is asked for it."""
    is_own: bool = False
    """Whether somebody of us typed the text: it may name no person or house."""
    is_html: bool = False
    """Whether characters of the text may be delivered as entities (``&#64;``)."""
    unkept: str | None = None
    """Rows of which the text is kept in no case, as SQL: it may be personal there."""
    is_appeal: bool = False
    """Whether it is told of a text that it begins with the words of an appeal."""
    shape: Shape = "numbered"
    """What an id looks like."""
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    choices: dict[str, str] = {}
    """Delivered word and the code it is landed as, for the kind ``choice``."""
    is_planned: bool = False
    """Whether a time may lie after the day of the export."""
    is_of_meta: bool = False
    """Whether a time is on the clock of Meta's exports (``publish_time_zone``)."""
    month: Literal["first", "last"] | None = None
    """The day that is meant, where a time is delivered as a month (2026-03)."""
    same_as: str | None = None
    """Another field that is read from the same column."""
    rescue: str | None = None
    """SQL that finds an id that was damaged on the way."""


_EXPORTED = Field(
    kind="datetime",
    nl=("export_datum", "exportdatum", "peildatum"),
    en=("export_date", "exported_on"),
)


class Source(_Agreed):
    """The agreement on one source.

    ``made``, ``refusals``, ``landed``, ``problems`` and ``noted`` are SQL over the
    fields, ``warnings`` over the landed columns. What is made may build on what is
    made before it. What is noted and what is warned of is counted, and told where it
    is not zero.
    """

    name: str
    description: str
    about: Words | None = None
    """What the source is, in one sentence for the sender."""
    getting: tuple[Words, ...] = ()
    """How to get or fill in the file, step by step."""
    is_template: bool = False
    """Whether the list is kept by hand, so that we offer a template of it."""
    examples: tuple[dict[str, str], ...] = ()
    """Rows as they may be delivered, by header, all invented."""
    example: str | None = None
    """What a file looks like that is no list, all invented."""
    is_excerpt: bool = False
    """Whether the examples are too few to be delivered as they stand."""
    sheet: str | None = None
    month_first: bool = False
    in_folders: bool = False
    """Whether files may lie in folders that are named after an account."""
    named_dates: bool = False
    """Whether dates name their month, so that one without was written by Excel."""
    numbered_headers: bool = False
    """Whether headers end in a number that shifts, as those of CBS do."""
    instead: dict[str, str] = {}
    """Headers that are passed over where another one, which says the same, is there."""
    fields: dict[str, Field]
    one_of: tuple[tuple[str, ...], ...] = ()
    """Sets of fields of which one must be there."""
    dropped: tuple[str, ...] = ()
    """Headers that are known and not kept: they are dropped without a word."""
    refused: dict[str, str] = {}
    """Headers that prove another file, with the remedy."""
    refused_like: dict[str, str] = {}
    """Patterns of headers that prove another file (``*naam*``), with the remedy."""
    key: tuple[str, ...] = ()
    made: dict[str, str] = {}
    """What more than one rule needs, in SQL over the fields."""
    refusals: dict[str, str] = {}
    """Rule and remedy, and the condition under which any row proves another file."""
    ours: str | None = None
    """The condition under which a row concerns us, in SQL; any other row lands
    without its content."""
    landed: dict[str, str]
    problems: dict[str, str] = {}
    noted: dict[str, str] = {}
    warnings: dict[str, str] = {}
    counted: dict[str, str] = {}
    """Like warnings, but what is counted is itself an aggregate in SQL."""

    def spellings(self, field: str) -> tuple[str, ...]:
        """Return all headers of a field."""
        return self.fields[field].nl + self.fields[field].en

    @property
    def pseudonymised(self) -> frozenset[str]:
        """Fields whose ``<field>__pseudonym`` lands, where it is there."""
        landed = " ".join(self.landed.values())
        return frozenset(n for n in self.fields if f"{n}__pseudonym" in landed)

    def kept(self, expression: str) -> str:
        """Return SQL that is null for a row that does not concern us."""
        if self.ours is None:
            return expression
        return f"case when {self.ours} then {expression} end"


class Match(NamedTuple):
    """Where the agreed columns stand in a delivered file."""

    positions: dict[str, int]
    """Position of each column; the time of a field is ``<field>__time``."""
    is_english: bool
    warnings: list[str]


@cache
def source(name: str) -> Source:
    """Return the agreement on a source, by its name such as ``watch__patrols``."""
    agreed = Source.model_validate({"name": name} | _yaml("sources", f"{name}.yml"))
    fields = {EXPORTED: _EXPORTED} | agreed.fields
    return agreed.model_copy(update={"fields": fields})


def match(agreed: Source, delivered: list[str]) -> Match:
    """Find the agreed columns among the delivered headers; order is free.

    Raises:
        RejectedError: A column is missing or stands there twice, or the headers
            are those of another file.
    """
    seen = [_plain(agreed, header) for header in delivered]
    named = _named(agreed)
    dropped = {headers.plain(header) for header in agreed.dropped}
    _refuse(agreed, set(seen), named.keys() | dropped)
    positions: dict[str, int] = {}
    unknown, english = [], 0
    dropped |= {
        headers.plain(header)
        for header, other in agreed.instead.items()
        if headers.plain(other) in seen
    }
    shared = _shared(agreed, delivered, seen) - dropped
    for position, (header, spelled) in enumerate(zip(delivered, seen, strict=True)):
        if spelled in dropped | shared:
            continue
        column, is_english = named.get(spelled, (None, False))
        if column is None:
            if spelled:
                unknown.append(header.strip())
            continue
        if column in positions:
            first = delivered[positions[column]]
            raise RejectedError(
                say(
                    "de kolom {header!r} staat er twee keer in (ook als {first!r}); "
                    "laat alleen de kolom staan die telt en stuur het bestand opnieuw",
                    header=header.strip(),
                    first=first.strip(),
                )
            )
        positions[column] = position
        english += 1 if is_english else -1
    positions |= {
        name: positions[field.same_as]
        for name, field in agreed.fields.items()
        if field.same_as in positions
    }
    _require(agreed, positions, delivered)
    warnings = []
    if unknown:
        shown = headers.shown(unknown, known_headers(agreed), delivered)
        warnings = [say("kolommen die niet zijn bewaard: {columns}", columns=shown)]
    if shared:
        ambiguous = [h for h, s in zip(delivered, seen, strict=True) if s in shared]
        warnings.append(
            say(
                "niet ingelezen, omdat twee kolommen dezelfde naam hebben: {columns}",
                columns=", ".join(ambiguous),
            )
        )
    return Match(positions, english > 0, warnings)


def _refuse(agreed: Source, seen: set[str], ours: set[str]) -> None:
    """Refuse a file of which a header proves that it is another one.

    Args:
        agreed: The agreement.
        seen: All headers of the file, as they are compared.
        ours: Those that are agreed or known, whatever they resemble.
    """
    proofs = {header: {headers.plain(header)} & seen for header in agreed.refused}
    proofs |= {
        pattern: set(fnmatch.filter(seen - ours, pattern))
        for pattern in agreed.refused_like
    }
    for header, remedy in (agreed.refused | agreed.refused_like).items():
        if proofs[header]:
            raise RejectedError(
                say(
                    "het bestand heeft een kolom {header}; {remedy}",
                    header=header,
                    remedy=say(remedy),
                )
            )


class Seen(NamedTuple):
    """Which columns a file has, beside those that were agreed; names only."""

    recognised: dict[str, str]
    """Per column of ours the header it was delivered under, as we spell it."""
    missing: list[str]
    """Columns that are required and absent, each with its spellings."""
    absent: list[str]
    """Columns that may be absent, and are."""
    dropped: list[str]
    """Headers that are known, and are not kept."""
    unknown: str
    """Headers that are not known, as far as they are surely no data."""


def look(agreed: Source, delivered: list[str]) -> Seen:
    """Tell which of the delivered headers were agreed; nothing is refused here."""
    spelled = {
        headers.plain(h): h
        for field in agreed.fields.values()
        for h in (*field.nl, *field.en, *field.clock)
    }
    dropped = {headers.plain(header): header for header in agreed.dropped}
    named = _named(agreed)
    recognised: dict[str, str] = {}
    known_as_dropped: list[str] = []
    unknown: list[str] = []
    for header in delivered:
        plain = _plain(agreed, header)
        if plain in named:
            recognised.setdefault(named[plain][0], spelled[plain])
        elif plain in dropped:
            known_as_dropped.append(dropped[plain])
        elif plain:
            unknown.append(header)
    positions = dict.fromkeys(recognised, 0)
    optional = [
        _spelled(agreed, name)
        for name, field in agreed.fields.items()
        if not field.required
        and name not in recognised
        and name != EXPORTED
        and agreed.spellings(name)
        and not any(name in choice for choice in agreed.one_of)
    ]
    return Seen(
        recognised,
        missing(agreed, positions),
        optional,
        known_as_dropped,
        headers.shown(unknown, known_headers(agreed), delivered) if unknown else "",
    )


def missing(agreed: Source, positions: dict[str, int]) -> list[str]:
    """Name the columns that are required and absent, each with its spellings."""
    absent = [
        _spelled(agreed, name)
        for name, field in agreed.fields.items()
        if field.required and name not in positions
    ]
    choices = [
        say(" of ").join(_spelled(agreed, name) for name in choice)
        for choice in agreed.one_of
        if not any(name in positions for name in choice)
    ]
    return absent + choices


def _require(agreed: Source, positions: dict[str, int], delivered: list[str]) -> None:
    absent = missing(agreed, positions)
    if absent:
        shown = headers.shown(delivered, known_headers(agreed), delivered)
        raise RejectedError(
            say(
                "in het bestand ontbreekt de kolom {columns}; voeg toe wat ontbreekt, "
                "of gebruik een van de genoemde namen (de kolommen in het bestand "
                "zijn: {shown})",
                columns=say(" en de kolom ").join(absent),
                shown=shown,
            )
        )


def _spelled(agreed: Source, name: str) -> str:
    first, *others = agreed.spellings(name) or (name,)
    return first + (say(" (ook: {others})", others=", ".join(others)) if others else "")


def known_headers(agreed: Source) -> list[str]:
    """Return all headers that the agreement on a source knows, kept or not."""
    named = [h for f in agreed.fields.values() for h in (*f.nl, *f.en, *f.clock)]
    return [*named, *agreed.dropped, *agreed.refused]


def _named(agreed: Source) -> dict[str, tuple[str, bool]]:
    named: dict[str, tuple[str, bool]] = {}
    for name, field in agreed.fields.items():
        named |= {headers.plain(h): (name, False) for h in field.nl}
        named |= {headers.plain(h): (name, True) for h in field.en}
        named |= {headers.plain(h): (name + CLOCK, False) for h in field.clock}
    return named


def _plain(agreed: Source, header: str) -> str:
    """Return a header as it is compared: whole if it is known so, or without number."""
    whole = headers.plain(header)
    if not agreed.numbered_headers or whole in _named(agreed):
        return whole
    return headers.plain(headers.base(header))


def _shared(agreed: Source, delivered: list[str], seen: list[str]) -> set[str]:
    """Return names of ours that two different topics have without their numbers."""
    if not agreed.numbered_headers:
        return set()
    topics = {
        (spelled, header.strip())
        for header, spelled in zip(delivered, seen, strict=True)
    }
    bases = [spelled for spelled, _ in topics]
    return {base for base in bases if bases.count(base) > 1} & _named(agreed).keys()


def _yaml(folder: str, name: str) -> dict[str, object]:
    path = resources.files(__package__).joinpath(folder, name)
    # Where it is at hand, what is written in C reads nine times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text("utf-8")
    loaded: dict[str, object] = yaml.load(text, loader)  # noqa: S506 - both are safe
    return loaded
