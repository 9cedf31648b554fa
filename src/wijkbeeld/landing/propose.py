"""Propose a mapping for an export of the police that no mapping fits.

Proposed are headers only: those that resemble what such a column is usually called.
Whoever saves the mapping looks at it first.
"""

import difflib
from typing import Any, NamedTuple

import yaml

from wijkbeeld.landing import headers, mapping
from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE_NAME

_ALIKE = 0.8
_USUAL: dict[str, dict[str, tuple[str, ...]]] = {
    "police__incidents": {
        "source_incident_id": (
            "Registratienummer", "BVH-nummer", "Incidentnummer", "Voorval nummer",
            "Incident Identificatie", "Zaaknummer", "Procesverbaalnummer",
        ),
        "mk_code": (
            "MK-code", "Incidentcode", "Maatschappelijke klasse", "MK code",
            "Incidentsoort code", "Delict", "Delictcode", "MK",
        ),
        "registered": (
            "Datum kennisname", "Registratiedatum", "Kennisnamedatum",
            "Kennisnamedatum/tijd", "Datum registratie", "Datum aangifte", "Kennisname",
        ),
        "registered.time": ("Tijd kennisname", "Kennisnametijd", "Registratietijd"),
        "occurred_from": (
            "Pleegdatum vanaf", "Begindatum", "Datum begin", "Begin-pleegdatum/tijd",
            "Pleegdatum begin", "Pleegdatum van", "Pleegdatum", "Datum van",
        ),
        "occurred_from.time": (
            "Pleegtijd vanaf", "Begintijd", "Tijd begin", "Pleegtijd begin",
            "Pleegtijd van", "Pleegtijd", "Tijd van",
        ),
        "occurred_to": (
            "Pleegdatum tot", "Einddatum", "Datum eind", "Eind-pleegdatum/tijd",
            "Pleegdatum eind", "Datum tot",
        ),
        "occurred_to.time": (
            "Pleegtijd tot", "Eindtijd", "Tijd eind", "Pleegtijd eind", "Tijd tot",
        ),
        "is_attempt": ("Poging", "Poging (J/N)", "Voltooid/poging"),
        "has_report": ("Aangifte", "Aangifte (J/N)"),
        "x": ("X-coördinaat", "X", "X-RD", "RD X", "lon", "longitude", "lengtegraad"),
        "y": ("Y-coördinaat", "Y", "Y-RD", "RD Y", "lat", "latitude", "breedtegraad"),
        "buurt": ("Buurtcode", "Buurt", "Pleegbuurt", "CBS-buurt"),
        "object": ("Object", "Soort object"),
        "team": ("Basisteam", "Team", "Werkgebied"),
    },
    "police__calls": {
        "source_call_id": (
            "Meldingsnummer", "Incidentnr", "GMS-nummer", "nr_incident", "incident_id",
            "Meldnummer",
        ),
        "created": (
            "Aangemaakt", "Datum/tijd melding", "pol_dtg_start_incident",
            "dtg_start_incident", "Meldingsdatum", "Datum melding",
        ),
        "created.time": ("Tijd melding", "Meldingstijd"),
        "dispatched": ("Uitgegeven", "Opdracht", "dtg_opdracht_inzet"),
        "on_scene": ("Ter plaatse", "TP", "Tijd ter plaatse"),
        "closed": ("Afgesloten", "pol_dtg_einde_incident", "Datum/tijd afgesloten"),
        "priority": ("Prioriteit", "Prio", "prioriteit_incident_politie"),
        "class_1": (
            "Meldingsclassificatie 1", "pol_melding_cl", "Classificatie 1",
            "Hoofdclassificatie",
        ),
        "class_2": (
            "Meldingsclassificatie 2", "pol_melding_cl1", "Classificatie 2",
        ),
        "class_3": (
            "Meldingsclassificatie 3", "pol_melding_cl2", "Classificatie 3",
        ),
        "closing_code": ("Afsluitcode", "afsluitstatus_pol"),
        "x": ("X", "X-coördinaat", "t_x_coord_loc", "lon", "longitude"),
        "y": ("Y", "Y-coördinaat", "t_y_coord_loc", "lat", "latitude"),
        "buurt": ("Buurtcode", "Buurt"),
    },
}  # fmt: skip
"""What a column of ours is usually called; ``.time`` is its time of day."""
REQUIRED = {
    "police__incidents": (
        "source_incident_id", "mk_code", "registered", "occurred_from",
    ),
    "police__calls": ("source_call_id", "created", "priority", "class_1"),
}  # fmt: skip
"""Columns of ours without which no mapping will do."""
_IN_DEGREES = ("lon", "longitude", "lengtegraad", "lat", "latitude", "breedtegraad")
_FEW = 2

SOURCES = tuple(_USUAL)
"""The sources whose files are read through a mapping."""


class Proposal(NamedTuple):
    """A mapping to look at, and what is lacking for it."""

    name: str
    """Name of the file, to be saved in ``mappings/`` of the installation."""
    text: str
    missing: tuple[str, ...]
    """Columns of ours that are required and for which no header was found."""


def propose(source: str, delivered: list[str]) -> Proposal | None:
    """Return a mapping for a file of a source; None where hardly a header fits."""
    found = _found(_USUAL[source], delivered)
    missing = tuple(c for c in REQUIRED[source] if c not in found)
    if len(REQUIRED[source]) - len(missing) < _FEW:
        return None
    name = f"{source.partition('__')[2]}_voorstel"
    return Proposal(f"{name}.yml", _text(source, name, found, missing), missing)


def usual(source: str) -> list[str]:
    """Return all headers that the columns of a source are usually called by."""
    return [header for spellings in _USUAL[source].values() for header in spellings]


def likely(delivered: list[str]) -> str | None:
    """Return the source that headers could be of, when nothing else is known."""
    whole = {}
    for source, usual in _USUAL.items():
        found = _found(usual, delivered)
        if all(ours in found for ours in REQUIRED[source][1:]):
            whole[source] = len(found)
    return max(whole, key=whole.__getitem__) if whole else None


def _found(usual: dict[str, tuple[str, ...]], delivered: list[str]) -> dict[str, str]:
    free = {
        headers.plain(header): header.strip()
        for header in delivered
        if header.strip() and not mapping.is_never_kept(header)
    }
    found: dict[str, str] = {}
    # What is called exactly so goes before what resembles it.
    for cutoff in (1.0, _ALIKE):
        for ours, spellings in usual.items():
            if ours in found:
                continue
            for spelling in spellings:
                near = difflib.get_close_matches(
                    headers.plain(spelling), free, n=1, cutoff=cutoff
                )
                if near:
                    found[ours] = free.pop(near[0])
                    break
    return found


def _text(
    source: str, name: str, found: dict[str, str], missing: tuple[str, ...]
) -> str:
    columns: dict[str, Any] = {}
    for ours, header in found.items():
        if "." in ours or ours in {"x", "y"}:
            continue
        clock = found.get(f"{ours}.time")
        columns[ours] = {"date": header, "time": clock} if clock else header
    if {"x", "y"} <= found.keys():
        crs = "EPSG:4326" if headers.plain(found["x"]) in _IN_DEGREES else "EPSG:28992"
        columns["point"] = {"x": found["x"], "y": found["y"], "crs": crs}
    columns |= dict.fromkeys(missing, "?")
    required = [found[c] for c in REQUIRED[source] if c in found]
    told = {
        "name": name,
        **({"source": source} if source != "police__incidents" else {}),
        "match": required,
        "time_zone": ZONE_NAME,
        "optional": [c for c in columns if c not in REQUIRED[source]],
        "columns": columns,
    }
    said = say(
        "Voorstel, gemaakt van de kolomnamen: kijk elke regel na. Bewaar het bestand "
        "in de map mappings/ van de installatie."
    )
    lacking = say(
        "Vul in wat met ? is aangegeven: {columns}.", columns=", ".join(missing)
    )
    comment = "\n".join(f"# {line}" for line in [said, *([lacking] if missing else [])])
    return comment + "\n" + yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
