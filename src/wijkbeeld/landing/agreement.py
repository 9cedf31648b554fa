"""What was agreed with the sender of each source: one YAML file per source."""

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

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


@cache
def source(name: str) -> Source:
    """Return the agreement on a source, by its name such as ``watch__patrols``."""
    agreed = Source.model_validate({"name": name} | _yaml("sources", f"{name}.yml"))
    fields = {EXPORTED: _EXPORTED} | agreed.fields
    return agreed.model_copy(update={"fields": fields})


def _yaml(folder: str, name: str) -> dict[str, object]:
    path = resources.files(__package__).joinpath(folder, name)
    # Where it is at hand, what is written in C reads nine times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text("utf-8")
    loaded: dict[str, object] = yaml.load(text, loader)  # noqa: S506 - both are safe
    return loaded
