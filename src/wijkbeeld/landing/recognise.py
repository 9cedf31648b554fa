"""Whose file is this? The source of a file by its content, never by its name alone."""

import csv
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.landing import (
    chat,
    headers,
    open_data,
    page_days,
    schema,
    street_crimes,
    text,
    unpack,
    workbook,
)
from wijkbeeld.landing.delimited import SEPARATORS
from wijkbeeld.landing.rejected import RejectedError, named
from wijkbeeld.landing.unpack import Unpacked
from wijkbeeld.language import say

_INCIDENTS = {
    "incident identificatie", "bronregistratie", "begin pleegdatum/tijd",
    "voorval nummer", "mk omschrijving", "registratienummer", "mk code",
    "pleegdatum vanaf",
}  # fmt: skip
_TITLE_ROWS = 10
_CRIMES = (
    *(b"SoortMisdrijf", b"GeregistreerdeMisdrijven", b"GeregistreerdeOverlast"),
    *(number.encode() for number in open_data.TABLES),
)


class _Signature(NamedTuple):
    source: str
    every: frozenset[str]


def _signature(source: str, *names: str) -> _Signature:
    return _Signature(source, frozenset(map(headers.plain, names)))


_SYSTEMS = (
    _signature("social__facebook_posts", "Post ID", "Page ID"),
    _signature("social__facebook_posts", "Pagina-ID"),
    _signature("social__facebook_posts", "Deelacties"),
    _signature("social__instagram_posts", "Account ID"),
    _signature("social__instagram_posts", "Vind-ik-leuks", "Aantal keer opgeslagen"),
    _signature("social__x_posts", "Post id", "Post text"),
    _signature("social__x_posts", "Tweet id", "Tweet text"),
    _signature("social__x_posts", "Link naar post", "Betrokkenheid"),
    _signature("social__x_days", "Date", "Unfollows", "Create Post"),
    _signature("social__facebook_page_days", "Date", "Total Viewers"),
    _signature("social__facebook_page_days", "Gender", "Distribution"),
    _signature("social__facebook_page_days", "Top Territories", "Distribution"),
    _signature("police__open_data", "SoortMisdrijf", "WijkenEnBuurten", "Perioden"),
    _signature("police__open_data", "Soort misdrijf", "Wijken en buurten", "Perioden"),
    _signature("police__open_data", "Overlast", "WijkenEnBuurten", "Perioden"),
    _signature("police__open_data", "Soort overlast", "Wijken en buurten"),
    _signature("police__open_data", "Key", "Title", "CategoryGroupID"),
    _signature("police__open_data", "Key", "Title", "DetailRegionCode"),
    _signature("police__open_data", "Key", "Title", "Status"),
    _signature("police__incidents", "Crime ID", "LSOA code"),
    _signature("police__incidents", "Easting", "Northing", "Crime type"),
    _signature("police__calls", "NR_INCIDENT"),
    _signature("police__calls", "PRIORITEIT_INCIDENT_POLITIE"),
    _signature("police__calls", "POL_DTG_START_INCIDENT"),
    _signature("police__calls", "Meldingsnummer", "Prioriteit"),
    _signature("police__calls", "GMS-nummer"),
    _signature("police__calls", "Meldingsclassificatie 1"),
    _signature("cbs__buurten", "WijkenEnBuurten", "AantalInwoners"),
    _signature("cbs__buurten", "Codering", "AantalInwoners"),
    _signature("cbs__buurten", "gwb_code_10", "a_inw"),
)
_TEMPLATES = (
    _signature("watch__signals", "signaal_id"),
    _signature("watch__patrols", "ronde_id"),
    _signature("watch__patrols", "patrol_id"),
    _signature("whatsapp__broadcasts", "bericht_id", "groep_id"),
    _signature("whatsapp__group_weeks", "groep_id", "isoweek"),
    _signature("whatsapp__groups", "groep_id", "groepsnaam"),
    _signature("outreach__print", "artikel_id"),
    # Lists of what came of a briefing name the briefing too.
    _signature("outreach__actions", "actie_id"),
    _signature("outreach__actions", "action_id"),
    _signature("outreach__minutes", "briefing_id", "punt"),
    _signature("outreach__minutes", "briefing_id", "point"),
    _signature("outreach__briefings", "briefing_id"),
    _signature("outreach__ride_alongs", "avond_id"),
    _signature("outreach__programmes", "programma_id"),
    _signature("team__street_knowledge", "oordeel_id"),
    _signature("team__street_knowledge", "judgement_id"),
    _signature("team__goals", "doel_id"),
    _signature("team__goals", "goal_id"),
    _signature("team__portfolios", "thema", "functie"),
    _signature("grid__forecasts", "model", "x_rd"),
)


def source_of(path: Path) -> str:
    """Return the source of a file by its content.

    Raises:
        RejectedError: It is not to be recognised, or is no source that is landed.
    """
    found = candidates(path)
    if not found:
        raise RejectedError(
            say(
                "{name}: dit wordt niet herkend als levering van een bron; zet het "
                "bestand in de map van zijn bron, of noem de bron (--as)",
                name=named(path),
            )
        )
    if not _is_one(found):
        raise RejectedError(
            say(
                "{name}: dit lijkt op {sources}; exporteer één ding per bestand",
                name=named(path),
                sources=say(" en op ").join(found),
            )
        )
    known = [source for source in found if source in schema.SOURCES]
    if not known:
        raise RejectedError(
            say(
                "{name}: dit lijkt op {source}, en die bron wordt nog niet ingelezen",
                name=named(path),
                source=found[0],
            )
        )
    return min(known, key=schema.SOURCES.index)


def check(path: Path, source: str, content: Unpacked | None = None) -> None:
    """Refuse a file that was put in the folder of another source.

    Args:
        path: The delivery.
        source: The source of its folder.
        content: The file of rows in it, where it was unpacked already.

    Raises:
        RejectedError: It looks like a delivery of another source.
    """
    found = candidates(path, content)
    if source in found and _is_one(found):
        return
    if found and source not in found:
        raise RejectedError(
            say(
                "dit lijkt op {source}; zet het bestand in inbox/{source}",
                source=found[0],
            )
        )
    if found:
        raise RejectedError(
            say(
                "dit lijkt op {sources}; exporteer één ding per bestand",
                sources=say(" en op ").join(found),
            )
        )


def by_headers(delivered: list[str]) -> list[str]:
    """Return the sources whose signature is among the headers."""
    seen = {headers.plain(header) for header in delivered}
    seen |= {headers.plain(headers.base(header)) for header in delivered}
    found = [s.source for s in _SYSTEMS if s.every <= seen]
    if len(_INCIDENTS & seen) > 1:
        found.append("police__incidents")
    if not found:
        found = [s.source for s in _TEMPLATES if s.every <= seen][:1]
    return list(dict.fromkeys(found))


def evidence(source: str, delivered: list[str]) -> list[str]:
    """Return the headers by which a file is of a source; none if not by its headers."""
    spelled = {headers.plain(headers.base(header)): header for header in delivered}
    spelled |= {headers.plain(header): header for header in delivered}
    for signature in _SYSTEMS + _TEMPLATES:
        if signature.source == source and signature.every <= spelled.keys():
            return [spelled[name] for name in spelled if name in signature.every]
    if source == "police__incidents":
        return [spelled[name] for name in spelled if name in _INCIDENTS]
    return []


def candidates(path: Path, unpacked: Unpacked | None = None) -> list[str]:
    """Return the sources that a file looks like, by its content.

    Args:
        path: The delivery.
        unpacked: The file of rows in it, where it was unpacked already.

    Raises:
        RejectedError: It cannot be looked into.
    """
    if chat.looks_like_one(path):
        return [chat.SOURCE]
    with nullcontext(unpacked) if unpacked else unpack.unpacked(path) as content:
        start = unpack.first_bytes(content.path, 1 << 16)
        if content.form == "geopackage":
            return ["cbs__buurten"]
        if content.form == "json":
            return _json(start)
        if content.form == "workbook":
            return _workbook(content)
        return _delimited(start)


def _is_one(found: list[str]) -> bool:
    """Tell whether it is one delivery; rounds and signals may share a workbook."""
    return len(found) < 2 or set(found) <= {"watch__patrols", "watch__signals"}  # noqa: PLR2004 two sources


def _json(start: bytes) -> list[str]:
    if street_crimes.is_answer(start):
        return ["police__incidents"]
    if b"FeatureCollection" in start:
        is_map = b"buurtcode" in start or b"statcode" in start
        return ["cbs__buurten"] if is_map else []
    if b'"value"' not in start and b"odata" not in start:
        return []
    if any(word in start for word in _CRIMES):
        return ["police__open_data"]
    return ["cbs__buurten"] if b"SoortRegio" in start else []


def _workbook(content: Unpacked) -> list[str]:
    rows = workbook.first_rows(content.path, _TITLE_ROWS)
    found = [source for row in rows for source in by_headers(row)]
    return list(dict.fromkeys(found))


def _delimited(start: bytes) -> list[str]:
    if b"<gpx" in start[:1024]:
        return ["watch__tracks"]
    lines = text.beginning(start)
    if (
        lines
        and lines[0].startswith("sep=,")
        and start[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        return [page_days.SOURCE]
    if page_days.is_titled(lines):
        return [page_days.SOURCE]
    for line in lines[:2]:
        for separator in SEPARATORS:
            found = by_headers(next(csv.reader([line], delimiter=separator), []))
            if found:
                return found
    return []
