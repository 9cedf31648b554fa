"""Find the agreed columns among the headers of a delivered file."""

import fnmatch
from typing import NamedTuple

from wijkbeeld.landing import headers
from wijkbeeld.landing.agreement import CLOCK, EXPORTED, Source
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.language import say


class Match(NamedTuple):
    """Where the agreed columns stand in a delivered file."""

    positions: dict[str, int]
    """Position of each column; the time of a field is ``<field>__time``."""
    is_english: bool
    warnings: list[str]


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
