"""Mappings: which delivered column of an incident export is which of ours.

Every export of incidents differs, so there is no fixed header: a mapping is chosen
by the headers of the file. Built-in ones lie in ``mappings/``, those of an
installation in ``mappings/`` of its home.
"""

import difflib
import fnmatch
from datetime import date
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from wijkbeeld.landing import headers
from wijkbeeld.landing.agreement import Field as AgreedField
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_NEVER = (
    "verdachte*", "aanhouding*", "opgehelderd*", "project*", "temperatuur", "weer",
    "*dag", "*dagdeel", "*dagsoort", "trefwoord*", "merk", "type", "kleur",
    "gemiddelde *", "modus operandi", "mo", "buit", "toelichting", "*naam",
    "name", "* name",
    "naam *", "*telefoon*", "e mail*", "geboorte*", "bsn", "kenteken*",
)  # fmt: skip
"""Headers that no mapping may name, as they are compared."""
_ALLOWED = ("straatnaam", "pleegstraatnaam")
"""They end like a name, and go into the pseudonym of an address."""
_STOLEN_GOODS = ("goed id", "oorspronkelijk registratienummer", "goed soort")


class _Mapped(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Moment(_Mapped):
    """A time that is delivered as two columns."""

    date: str
    time: str


class Flag(_Mapped):
    """Yes or no, in the words of this export."""

    column: str
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


class Point(_Mapped):
    """Two columns that hold a point."""

    x: str
    y: str
    crs: Literal["EPSG:28992", "EPSG:4326"]


class Columns(_Mapped):
    """Delivered headers per column of ours."""

    source_incident_id: str
    source_registration_id: str | None = None
    mk_code: str
    registered: str | Moment
    occurred_from: str | Moment
    occurred_to: str | Moment | None = None
    is_attempt: str | Flag | None = None
    has_report: str | Flag | None = None
    point: Point | None = None
    buurt: str | None = None
    object: str | None = None
    team: str | None = None
    address_key: tuple[str, ...] = ()


class Covers(_Mapped):
    """The period that an export holds completely."""

    column: str | None = None
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")


class Mapping(_Mapped):
    """How one kind of export is to be read."""

    name: str
    match: tuple[str, ...]
    time_zone: Literal["Europe/Amsterdam"] = "Europe/Amsterdam"
    covers: Covers | None = None
    unknown_time: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """Ours that may be absent from a file."""
    columns: Columns

    def named(self) -> dict[str, list[str]]:
        """Return the delivered headers that the mapping names, per column of ours."""
        found: dict[str, list[str]] = {}
        for ours, value in self.columns:
            if isinstance(value, str):
                found[ours] = [value]
            elif isinstance(value, Moment):
                found[ours] = [value.date, value.time]
            elif isinstance(value, Flag):
                found[ours] = [value.column]
            elif isinstance(value, Point):
                found[ours] = [value.x, value.y]
            elif value:
                found[ours] = list(value)
        return found


def choose(delivered: list[str]) -> Mapping:
    """Return the mapping whose headers are all there; the one that asks most.

    Raises:
        RejectedError: None fits (the reason proposes one), or the file is another
            kind of export.
    """
    seen = {headers.plain(header) for header in delivered}
    if any(header in seen for header in _STOLEN_GOODS):
        raise RejectedError(
            say(
                "dit is een lijst van gestolen goederen; exporteer het blad met "
                "incidenten"
            )
        )
    if {"outcome type", "lsoa code"} <= seen:
        raise RejectedError(
            say(
                "dit is het bestand met uitkomsten (outcomes) van data.police.uk; "
                "stuur het bestand 'street'"
            )
        )
    fitting = [
        mapping
        for mapping in known()
        if all(headers.plain(header) in seen for header in mapping.match)
    ]
    if not fitting:
        raise RejectedError(_proposal(delivered))
    chosen = max(fitting, key=lambda mapping: len(mapping.match))
    _check(chosen, delivered)
    return chosen


def known() -> list[Mapping]:
    """Return all mappings, those of this installation first."""
    own = sorted((settings().home / "mappings").glob("*.yml"))
    built_in = resources.files(__package__).joinpath("mappings")
    texts = [path.read_text("utf-8") for path in own]
    texts += [
        entry.read_text("utf-8")
        for entry in sorted(built_in.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yml")
    ]
    return [Mapping.model_validate(yaml.safe_load(text)) for text in texts]


def agreed(source: Source, mapping: Mapping) -> Source:
    """Return the agreement on incidents with the headers of one mapping."""
    columns = mapping.columns
    fields: dict[str, AgreedField] = {}
    for name, field in source.fields.items():
        value = getattr(columns, name, None)
        if isinstance(value, str):
            fields[name] = field.model_copy(update={"nl": (value,)})
        elif isinstance(value, Moment):
            fields[name] = field.model_copy(
                update={"nl": (value.date,), "clock": (value.time,)}
            )
        elif isinstance(value, Flag):
            words = {"nl": (value.column,), "true": value.true, "false": value.false}
            fields[name] = field.model_copy(update=words)
        else:
            fields[name] = field
    if columns.point:
        fields["x"] = fields["x"].model_copy(update={"nl": (columns.point.x,)})
        fields["y"] = fields["y"].model_copy(update={"nl": (columns.point.y,)})
    for number, header in enumerate(columns.address_key, start=1):
        fields[f"address_{number}"] = AgreedField(kind="text", nl=(header,))
    return source.model_copy(update={"fields": fields})


def _check(mapping: Mapping, delivered: list[str]) -> None:
    by_plain = {headers.plain(header): header.strip() for header in delivered}
    for ours, named in mapping.named().items():
        for header in named:
            spelled = headers.plain(header)
            if spelled not in _ALLOWED and any(
                fnmatch.fnmatchcase(spelled, pattern) for pattern in _NEVER
            ):
                raise RejectedError(
                    say(
                        "mapping {name} noemt {header!r} voor {ours}, en die kolom "
                        "mag nooit worden bewaard; haal de kolom uit de mapping",
                        name=mapping.name,
                        header=header,
                        ours=ours,
                    )
                )
            if spelled in by_plain or ours in mapping.optional:
                continue
            near = difflib.get_close_matches(spelled, by_plain, n=1)
            hint = (
                say(" (het meest lijkt {near!r})", near=by_plain[near[0]])
                if near
                else ""
            )
            raise RejectedError(
                say(
                    "mapping {name} noemt de kolom {header!r} voor {ours}, maar die "
                    "staat niet in het bestand{hint}; verbeter de mapping of de export",
                    name=mapping.name,
                    header=header,
                    ours=ours,
                    hint=hint,
                )
            )


_USUAL: dict[str, tuple[str, ...]] = {
    "source_incident_id": (
        "Registratienummer", "BVH-nummer", "Incidentnummer", "Voorval nummer",
        "Incident Identificatie",
    ),
    "mk_code": (
        "MK-code", "Incidentcode", "Maatschappelijke klasse", "Delict", "MK",
        "Incidentsoort code",
    ),
    "registered": (
        "Datum kennisname", "Registratiedatum", "Kennisname", "Kennisnamedatum/tijd",
    ),
    "occurred_from": (
        "Pleegdatum vanaf", "Datum begin", "Begindatum", "Begin-pleegdatum/tijd",
    ),
    "occurred_to": (
        "Pleegdatum tot", "Datum eind", "Einddatum", "Eind-pleegdatum/tijd",
    ),
    "is_attempt": ("Poging", "Poging (J/N)", "Voltooid/poging"),
    "x": ("X-coördinaat", "X", "lon"),
    "y": ("Y-coördinaat", "Y", "lat"),
    "buurt": ("Buurtcode", "Buurt", "Pleegbuurt", "Wijk"),
}  # fmt: skip


def _proposal(delivered: list[str]) -> str:
    by_plain = {headers.plain(header): header.strip() for header in delivered}
    found = {}
    for ours, usual in _USUAL.items():
        for header in usual:
            near = difflib.get_close_matches(
                headers.plain(header), by_plain, n=1, cutoff=0.8
            )
            if near:
                found[ours] = by_plain[near[0]]
                break
    rest = [h for h in by_plain.values() if h not in found.values()]
    named = [header for spellings in _USUAL.values() for header in spellings]
    columns = ", ".join(f"{ours}: {header}" for ours, header in found.items())
    return say(
        "bij deze kolomnamen past geen mapping; maak een mapping in de map mappings/ "
        "van de installatie. Voorstel: {columns}. Geen plaats voor: {rest}",
        columns=columns or say("geen"),
        rest=headers.shown(rest, named, delivered),
    )
