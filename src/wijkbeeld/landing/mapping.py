"""Mappings: which delivered column of an export of the police is which of ours.

Every export of incidents and of calls differs, so there is no fixed header: a
mapping is chosen by the headers of the file. Built-in ones lie in ``mappings/``,
those of an installation in ``mappings/`` of its home.
"""

import difflib
import fnmatch
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field

from wijkbeeld.landing import headers
from wijkbeeld.landing.agreement import Field as AgreedField
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say
from wijkbeeld.settings import settings

INCIDENTS, CALLS = "police__incidents", "police__calls"
_TOGETHER = ("address_key",)
"""Columns of ours that are made of all the headers that are named."""
_NEVER = (
    "verdachte*", "aanhouding*", "opgehelderd*", "project*", "temperatuur", "weer",
    "*dag", "*dagdeel", "*dagsoort", "trefwoord*", "merk", "type", "kleur",
    "gemiddelde *", "modus operandi", "mo", "buit", "toelichting", "*naam",
    "name", "* name",
    "naam *", "*telefoon*", "e mail*", "geboorte*", "bsn", "kenteken*", "melder*",
    "*kladblok*", "roepnaam*", "naam gebeurtenis",
)  # fmt: skip
"""Headers that no mapping may name, as they are compared."""
_ALLOWED = ("straatnaam", "pleegstraatnaam")
"""They end like a name, and go into the pseudonym of an address."""
_STOLEN_GOODS = ("goed id", "oorspronkelijk registratienummer", "goed soort")


Header = str | tuple[str, ...]
"""A delivered header, or several: the first that is in the file counts."""


class _Mapped(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


_M = TypeVar("_M", bound=_Mapped)


class Moment(_Mapped):
    """A time that is delivered as two columns."""

    date: str
    time: str


class Flag(_Mapped):
    """Yes or no, in the words of this export."""

    column: str
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


class Month(_Mapped):
    """A time of which only the month is delivered, as ``2026-03``."""

    month: str


class Kinds(_Mapped):
    """Kinds of crime in the words of this export, with the offence group of each."""

    column: str
    offences: dict[str, str]


class Point(_Mapped):
    """Two columns that hold a point."""

    x: Header
    y: Header
    crs: Literal["EPSG:28992", "EPSG:4326", "EPSG:27700"]


class _Columns(_Mapped):
    point: Point | None = None
    buurt: Header | None = None


class IncidentColumns(_Columns):
    """Delivered headers per column of ours, of incidents."""

    source_incident_id: Header
    source_registration_id: Header | None = None
    mk_code: Header | Kinds
    registered: Header | Moment | Month
    occurred_from: Header | Moment | Month
    occurred_to: Header | Moment | Month | None = None
    is_attempt: Header | Flag | None = None
    has_report: Header | Flag | None = None
    object: Header | None = None
    team: Header | None = None
    address_key: tuple[str, ...] = ()


class CallColumns(_Columns):
    """Delivered headers per column of ours, of calls."""

    source_call_id: Header
    leading_call_id: Header | None = None
    created: Header | Moment
    dispatched: Header | Moment | None = None
    on_scene: Header | Moment | None = None
    closed: Header | Moment | None = None
    priority: Header
    class_1: Header
    class_2: Header | None = None
    class_3: Header | None = None
    closing_code: Header | None = None
    discipline: Header | None = None
    unit_discipline: Header | None = None


class Covers(_Mapped):
    """The period that an export holds completely."""

    column: str | None = None
    """A delivered header, or a column of ours: its first and last day."""
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")


class _Mapping(_Mapped):
    name: str
    match: tuple[Header, ...]
    time_zone: Literal["Europe/Amsterdam"] = "Europe/Amsterdam"
    covers: Covers | None = None
    unknown_time: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """Ours that may be absent from a file."""

    def fits(self, seen: set[str]) -> bool:
        """Tell whether all headers to match are among those of a file."""
        return all(
            any(headers.plain(header) in seen for header in _each(wanted))
            for wanted in self.match
        )


class IncidentMapping(_Mapping):
    """How one kind of export of incidents is to be read."""

    source: Literal["police__incidents"] = "police__incidents"
    is_english: bool = False
    """Whether ``1.234`` under these headers is a number below two."""
    row_is_id: bool = False
    """Whether a row without an id is an incident, known by its file and number."""
    columns: IncidentColumns


class CallMapping(_Mapping):
    """How one kind of export of calls is to be read."""

    source: Literal["police__calls"]
    grain: Literal["call", "unit"] = "call"
    """What one row is: a call, or a unit that was sent to it."""
    columns: CallColumns


Mapping = IncidentMapping | CallMapping


def choose(source: str, delivered: list[str]) -> Mapping:
    """Return the mapping whose headers are all there; the one that asks most.

    Where it names several headers for one column, it names the one that is there.

    Raises:
        RejectedError: None fits (the reason proposes one), or the file is another
            kind of export.
    """
    seen = {headers.plain(header) for header in delivered}
    _refuse_others(seen)
    fitting = [
        mapping
        for mapping in known()
        if mapping.source == source and mapping.fits(seen)
    ]
    if not fitting:
        raise RejectedError(_proposal(source, delivered))
    chosen = max(fitting, key=lambda mapping: len(mapping.match))
    chosen = chosen.model_copy(update={"columns": _settled(chosen.columns, seen)})
    _check(chosen, delivered)
    return chosen


def named(mapping: Mapping) -> dict[str, list[str]]:
    """Return the delivered headers that a mapping names, per column of ours."""
    found: dict[str, list[str]] = {}
    for ours, value in mapping.columns:
        if isinstance(value, Moment):
            found[ours] = [value.date, value.time]
        elif isinstance(value, Month):
            found[ours] = [value.month]
        elif isinstance(value, Flag | Kinds):
            found[ours] = [value.column]
        elif isinstance(value, Point):
            found[ours] = [*_each(value.x), *_each(value.y)]
        elif value:
            found[ours] = list(_each(value))
    return found


def _each(header: Header) -> tuple[str, ...]:
    return (header,) if isinstance(header, str) else header


def _settled(columns: _M, seen: set[str]) -> _M:
    """Return columns with one header each, where several could be meant."""
    one: dict[str, object] = {}
    for ours, value in columns:
        if isinstance(value, Point):
            one[ours] = _settled(value, seen)
        elif isinstance(value, tuple) and value and ours not in _TOGETHER:
            there = (h for h in value if headers.plain(h) in seen)
            one[ours] = next(there, value[0])
    return columns.model_copy(update=one)


def _refuse_others(seen: set[str]) -> None:
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
    return [_parsed(text) for text in texts]


@cache
def _parsed(text: str) -> Mapping:
    told = yaml.safe_load(text)
    kind = CallMapping if told.get("source") == CALLS else IncidentMapping
    return kind.model_validate(told)


def agreed(source: Source, mapping: Mapping) -> Source:
    """Return the agreement on a source with the headers of one mapping."""
    columns = mapping.columns
    fields = {
        name: field.model_copy(update=_read(name, columns))
        for name, field in source.fields.items()
    }
    if columns.point:
        fields["x"] = fields["x"].model_copy(update={"nl": _each(columns.point.x)})
        fields["y"] = fields["y"].model_copy(update={"nl": _each(columns.point.y)})
    if isinstance(columns, IncidentColumns):
        for number, header in enumerate(columns.address_key, start=1):
            # Of its own kind, since ``incidents`` reads it and no more is asked of it.
            fields[f"address_{number}"] = AgreedField(kind="made", nl=(header,))
    if isinstance(mapping, IncidentMapping) and mapping.is_english:
        fields = {
            name: field.model_copy(update={"nl": (), "en": field.nl + field.en})
            for name, field in fields.items()
        }
    of_unit = isinstance(mapping, CallMapping) and mapping.grain == "unit"
    # Units that were sent and arrived together leave equal rows.
    key = () if of_unit else source.key
    return source.model_copy(update={"fields": fields, "key": key})


def is_never_kept(header: str) -> bool:
    """Tell whether no mapping may name a header."""
    spelled = headers.plain(header)
    return spelled not in _ALLOWED and any(
        fnmatch.fnmatchcase(spelled, pattern) for pattern in _NEVER
    )


def _read(name: str, columns: IncidentColumns | CallColumns) -> dict[str, object]:
    """Return what the mapping says of a field: where it stands, and in which words."""
    value = getattr(columns, name, None)
    if isinstance(value, str):
        return {"nl": (value,)}
    if isinstance(value, Moment):
        return {"nl": (value.date,), "clock": (value.time,)}
    if isinstance(value, Kinds):
        return {"nl": (value.column,), "choices": value.offences}
    if isinstance(value, Flag):
        return {"nl": (value.column,), "true": value.true, "false": value.false}
    if not isinstance(value, Month):
        return {}
    # More times may be read from one month, and it may be delivered before it is over.
    first = next(ours for ours, other in columns if other == value)
    is_last = name.endswith("_to")
    where = ("nl", (value.month,)) if first == name else ("same_as", first)
    return {
        "month": "last" if is_last else "first",
        "is_planned": is_last,
        where[0]: where[1],
    }


def _check(mapping: Mapping, delivered: list[str]) -> None:
    by_plain = {headers.plain(header): header.strip() for header in delivered}
    for ours, listed in named(mapping).items():
        for header in listed:
            spelled = headers.plain(header)
            if is_never_kept(header):
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


_USUAL: dict[str, dict[str, tuple[str, ...]]] = {}
_USUAL["police__incidents"] = {
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
_USUAL["police__calls"] = {
    "source_call_id": ("Meldingsnummer", "Incidentnr", "GMS-nummer", "nr_incident"),
    "created": ("Aangemaakt", "Datum/tijd melding", "dtg_start_incident"),
    "dispatched": ("Uitgegeven", "Opdracht", "dtg_opdracht_inzet"),
    "on_scene": ("Ter plaatse", "TP"),
    "closed": ("Afgesloten", "dtg_einde_incident"),
    "priority": ("Prioriteit", "Prio", "prioriteit_incident_politie"),
    "class_1": ("Meldingsclassificatie 1", "pol_melding_cl"),
    "class_2": ("Meldingsclassificatie 2", "pol_melding_cl1"),
    "class_3": ("Meldingsclassificatie 3", "pol_melding_cl2"),
    "closing_code": ("Afsluitcode", "afsluitstatus_pol"),
    "x": ("X", "X-coördinaat", "t_x_coord_loc"),
    "y": ("Y", "Y-coördinaat", "t_y_coord_loc"),
    "buurt": ("Buurt", "Buurtcode"),
}  # fmt: skip


def _proposal(source: str, delivered: list[str]) -> str:
    by_plain = {headers.plain(header): header.strip() for header in delivered}
    found = {}
    for ours, usual in _USUAL[source].items():
        for header in usual:
            near = difflib.get_close_matches(
                headers.plain(header), by_plain, n=1, cutoff=0.8
            )
            if near:
                found[ours] = by_plain[near[0]]
                break
    rest = [h for h in by_plain.values() if h not in found.values()]
    usual_headers = [h for spellings in _USUAL[source].values() for h in spellings]
    columns = ", ".join(f"{ours}: {header}" for ours, header in found.items())
    return say(
        "bij deze kolomnamen past geen mapping; maak een mapping in de map mappings/ "
        "van de installatie. Voorstel: {columns}. Geen plaats voor: {rest}",
        columns=columns or say("geen"),
        rest=headers.shown(rest, usual_headers, delivered),
    )
