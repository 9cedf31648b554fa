"""The lines of a chat export of WhatsApp, iPhone and Android, in Dutch.

A line that begins a message or tells of an event is a header line; any other goes on
with the message before it. What a line says is looked at and let go: what leaves this
module are times, a kind, and the sender for as long as the file is read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, islice, pairwise
from typing import Literal, NamedTuple

from wijkbeeld.landing import appeals
from wijkbeeld.landing.exported import end_of_belief

Kind = Literal["message", "system", "deleted"]

_FIRST_LINES = 200
_TEXT_LIMIT = 32_000
_FIRST_YEAR = 2009
"""WhatsApp is no older."""
_NOON = 12
_SP = r"[ \u00a0\u202f]"
_INV = r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]*"
_DAY = r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2}),?"
_AMPM = rf"(?:{_SP}*([AaPp])\.?[Mm]\.?)?"
_CLOCK = rf"(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?{_AMPM}"
_STYLES = {
    "iphone": re.compile(
        rf"^{_INV}\[{_DAY}{_SP}+{_CLOCK}\]{_SP}*(.*)$", re.ASCII | re.DOTALL
    ),
    "android": re.compile(
        rf"^{_INV}{_DAY}{_SP}+{_CLOCK}{_SP}+[-\u2013]{_SP}+(.*)$", re.ASCII | re.DOTALL
    ),
    "old": re.compile(
        rf"^{_INV}{_DAY}{_SP}+(\d{{1,2}}):(\d{{2}}):(\d{{2}})():{_SP}+(.*)$",
        re.ASCII | re.DOTALL,
    ),
}
_SENDER = re.compile(rf"^([^:\n]{{1,120}}?):(?:{_SP}(.*))?$", re.DOTALL)
_MEDIA = re.compile(
    r"<media weggelaten>|(?:afbeelding|video|videonotitie|audio|gif|sticker|document"
    r"|contactkaart) weggelaten|\(bestand bijgevoegd\)|<bijlage: [^>]*>"
)
_ENGLISH = re.compile(
    r"<media omitted>|(?:image|video|video note|audio|gif|sticker|document"
    r"|contact card) omitted|\(file attached\)|<attached: [^>]*>"
)
_DELETED = re.compile(
    r"(?:dit bericht is verwijderd|je hebt dit bericht verwijderd"
    r"|this message was deleted|you deleted this message)\b"
)
_NEVER_TYPED = re.compile(
    r"end-to-end versleuteld|beveiligd met end-to-end|tik voor meer informatie"
    r"|messages and calls are end-to-end encrypted"
)
_EVENT = re.compile(
    r"heeft de groep .*gemaakt|hebt de groep .*gemaakt|(?:heeft|hebt) .*toegevoegd"
    r"|(?:heeft|hebt) .*verwijderd|heeft de groep verlaten|hebt de groep verlaten"
    r"|is toegetreden|bent toegetreden|is lid geworden via|via de uitnodigingslink"
    r"|onderwerp.* gewijzigd|groepsnaam.* gewijzigd|groepsfoto.* gewijzigd"
    r"|beveiligingscode|heeft een bericht vastgezet|telefoonnummer.* gewijzigd"
    r"|is nu beheerder|bent nu beheerder|groepsbeschrijving.* gewijzigd",
    re.DOTALL,
)
_NAMING = re.compile("groep|onderwerp")
_QUOTED = re.compile("[\"\u201c\u201e\u2018']([^\"\u201c\u201d\u2019']{1,100})")


class Line(NamedTuple):
    """A header line, and what was seen of the text that belongs to it."""

    at: datetime
    kind: Kind
    sender: str | None
    """Without what does not count; None for a system line. Never to be written."""
    has_prefix: bool
    is_media: bool
    is_english: bool
    is_breach: bool


@dataclass
class Seen:
    """What is found out about an export as a whole, while its lines are read."""

    before: int = 0
    """Lines before the first message."""
    is_back: bool = False
    """Whether times run back by more than a day."""
    is_month_first: bool = False
    names: list[str] = field(default_factory=list)
    """What may be the name of the group. Never to be written."""


class NoChatError(Exception):
    """No line is one of a chat export."""


class UndecidedError(Exception):
    """Nothing tells whether the day or the month comes first."""


class _Header(NamedTuple):
    first: int
    second: int
    year: int
    clock: tuple[int, int, int]
    is_foreign: bool
    """Whether it is written as one who puts the month first would."""
    rest: str

    def at(self, *, month_first: bool) -> datetime:
        day, month = (
            (self.second, self.first) if month_first else (self.first, self.second)
        )
        return datetime(self.year, month, day, *self.clock)  # noqa: DTZ001 wall clock


class _Order:
    """Whether day or month comes first: the first date without a choice decides."""

    def __init__(self) -> None:
        self._end = end_of_belief()
        self._is_month_first: bool | None = None
        self._is_foreign = False

    def takes(self, header: _Header) -> bool:
        """Tell whether it is a date; a text that only looks like one is none."""
        known = (False, True) if self._is_month_first is None else ()
        orders = [
            month_first
            for month_first in known or (bool(self._is_month_first),)
            if self._is_possible(header, month_first=month_first)
        ]
        if len(orders) == 1:
            self._is_month_first = orders[0]
        elif header.first != header.second:
            self._is_foreign |= bool(orders) and header.is_foreign
        return bool(orders)

    def is_month_first(self) -> bool:
        """Return what was found.

        Raises:
            UndecidedError: No date decides, and they are not written as in Dutch.
        """
        if self._is_month_first is None and self._is_foreign:
            raise UndecidedError
        return bool(self._is_month_first)

    def _is_possible(self, header: _Header, *, month_first: bool) -> bool:
        try:
            at = header.at(month_first=month_first)
        except ValueError:
            return False
        return at.year >= _FIRST_YEAR and at < self._end


class _Judged(NamedTuple):
    header: _Header
    kind: Kind
    sender: str | None
    has_prefix: bool
    is_media: bool
    is_english: bool
    is_breach: bool


class Looked(NamedTuple):
    """What is looked for in the lines."""

    breaks: re.Pattern[str]
    """What a resident should not have written."""
    groups: frozenset[str]
    """Names of groups, plain: what stands under one of these nobody wrote."""


def read(lines: Iterable[str], looked: Looked, seen: Seen) -> list[Line]:
    """Return the header lines of a chat export, in order.

    Args:
        lines: Its lines.
        looked: What is looked for in them.
        seen: Is filled in.

    Raises:
        NoChatError: None of the first 200 lines is a header line.
        UndecidedError: Nothing tells whether the day or the month comes first.
    """
    start = list(islice(iterated := iter(lines), _FIRST_LINES))
    style, order = _style_of(start), _Order()
    judged = list(_judged(chain(start, iterated), (style, order), looked, seen))
    month_first = seen.is_month_first = order.is_month_first()
    # What was taken before a date decided is possible in both orders.
    found = [Line(one.header.at(month_first=month_first), *one[1:]) for one in judged]
    seen.is_back = any(a.at - b.at > timedelta(days=1) for a, b in pairwise(found))
    return found


def begins_a_chat(lines: Iterable[str]) -> bool:
    """Tell whether one of the first lines is a header line of a chat export."""
    return any(
        (header := _header(line, style)) and _Order().takes(header)
        for line in islice(lines, _FIRST_LINES)
        for style in _STYLES.values()
    )


def plain(sender: str) -> str:
    """Return a sender without what does not count in a comparison."""
    bare = appeals.INVISIBLE.sub("", sender)
    return " ".join(bare.replace("~", " ").split()).casefold()


def _style_of(start: list[str]) -> re.Pattern[str]:
    found = Counter(
        name
        for line in start
        for name, style in _STYLES.items()
        if (header := _header(line, style)) and _Order().takes(header)
    )
    if not found:
        raise NoChatError
    return _STYLES[max(_STYLES, key=lambda name: found[name])]


def _header(line: str, style: re.Pattern[str]) -> _Header | None:
    match = style.match(line)
    if not match:
        return None
    first, mark, second, year, hour, minute, second_of, half, rest = match.groups()
    h = int(hour)
    if half:
        if not 1 <= h <= _NOON:
            return None
        h = h % _NOON + (_NOON if half in "Pp" else 0)
    y = int(year) if len(year) == 4 else 2000 + int(year)  # noqa: PLR2004 digits
    is_foreign = bool(half) or (mark == "/" and len(year) == 2)  # noqa: PLR2004 digits
    clock = (h, int(minute), int(second_of or 0))
    return _Header(int(first), int(second), y, clock, is_foreign, rest)


def _judged(
    lines: Iterable[str],
    how: tuple[re.Pattern[str], _Order],
    looked: Looked,
    seen: Seen,
) -> Iterator[_Judged]:
    style, order = how
    header: _Header | None = None
    parts: list[str] = []
    size = 0
    for line in lines:
        text = line.rstrip("\r\n")
        found = _header(text, style)
        if found and order.takes(found):
            if header:
                yield _judge(header, "\n".join(parts), looked, seen)
            header, parts, size = found, [found.rest[:_TEXT_LIMIT]], len(found.rest)
        elif header is None:
            seen.before += bool(text.strip())
        elif size < _TEXT_LIMIT:
            parts.append(text[:_TEXT_LIMIT])
            size += len(text)
    if header:
        yield _judge(header, "\n".join(parts), looked, seen)


def _judge(header: _Header, text: str, looked: Looked, seen: Seen) -> _Judged:
    kept = header._replace(rest="")
    match = _SENDER.match(text)
    written = match[1] if match else text
    body = (match[2] or "") if match else text
    said = appeals.INVISIBLE.sub("", body).strip().casefold()
    who = plain(written)
    if match is None or who in looked.groups or _is_event(who, body, said):
        seen.names += (
            [q[1] for q in _QUOTED.finditer(text)] if _NAMING.search(said) else []
        )
        if match and (_NEVER_TYPED.search(said) or body[:1] == "\u200e"):
            seen.names.append(written)
        return _Judged(kept, "system", None, False, False, False, False)
    if _DELETED.match(said):
        return _Judged(kept, "deleted", None, False, False, False, False)
    is_english = bool(_ENGLISH.search(said))
    return _Judged(
        kept,
        "message",
        who,
        appeals.begins_as_agreed(body),
        is_english or bool(_MEDIA.search(said)),
        is_english,
        bool(looked.breaks.search(said)),
    )


def _is_event(who: str, body: str, said: str) -> bool:
    """Tell whether WhatsApp wrote the line, and no person.

    It marks what it writes itself, or names who did it once more. A resident may
    write that somebody was removed, too.
    """
    if _MEDIA.search(said) or _DELETED.match(said):
        return False
    if _NEVER_TYPED.search(said) or _EVENT.search(who):
        return True
    is_marked = body[:1] == "\u200e" or said.startswith((f"{who} ", "je ", "u "))
    return is_marked and bool(_EVENT.search(said))
