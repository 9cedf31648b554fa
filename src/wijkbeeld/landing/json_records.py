"""Read a JSON document that is one long list of records, without holding it whole.

OData answers and GeoJSON have the same form: an object with a few members, one of
which is the list.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn, TextIO

import pyarrow as pa

from wijkbeeld.landing import headers, text
from wijkbeeld.landing.rejected import RejectedError, told
from wijkbeeld.language import later, say

_BLOCK = 1 << 20
_LONGEST = 1 << 25
"""Characters of one record. The outline of a whole province takes a tenth."""
_MOST_NAMES = 1000
_BLANK = re.compile(r"[ \t\r\n]*")
_AGAIN = later("download het bestand opnieuw")


def read(path: Path, name: str, at_once: int = 10_000) -> Iterator[tuple[str, Any]]:
    """Yield the members of a JSON object in order, one of them in batches.

    Numbers are text, in the notation of the file.

    Args:
        path: The file.
        name: The member that is the list. It is yielded once per batch of records,
            and at least once.
        at_once: Records in a batch.

    Raises:
        RejectedError: The file is not such a document.
    """
    with TemporaryDirectory(prefix="wijkbeeld-") as folder:
        utf8 = text.as_utf8(path, Path(folder)).path
        with utf8.open(encoding="utf-8-sig", newline="") as handle:
            yield from _Reader(handle, at_once).members(name)


class TextColumns:
    """Records as columns of text; the first with names says which there are."""

    def __init__(self) -> None:
        """Begin without a record."""
        self.names: list[str] = []
        self._batches: list[pa.RecordBatch] = []
        self._problems: list[str | None] = []

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self._problems)

    def add(self, records: list[Any]) -> None:
        """Add records; one with other names than the first is ``ragged_row``."""
        if records and not self.names:
            self.names = _names(records)
        expected = set(self.names)
        whole = [isinstance(r, dict) and r.keys() == expected for r in records]
        self._problems += [None if is_whole else "ragged_row" for is_whole in whole]
        rows = [r if isinstance(r, dict) else {} for r in records]
        arrays = [_texts(name, [row.get(name) for row in rows]) for name in self.names]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, self.names))

    def table(self) -> pa.Table:
        """Return all records that were added."""
        schema = pa.schema([(name, pa.string()) for name in self.names])
        return pa.Table.from_batches(self._batches if self.names else [], schema)

    def problems(self) -> pa.StringArray:
        """Return per record what is wrong with its form, null for nothing."""
        return pa.array(self._problems, pa.string())


def _names(records: list[Any]) -> list[str]:
    none: dict[str, Any] = {}
    first = next((r for r in records if r and isinstance(r, dict)), none)
    if not 0 < len(first) <= _MOST_NAMES:
        raise RejectedError(
            say(
                "een record heeft {count} namen; {remedy}",
                count=len(first),
                remedy=say(_AGAIN),
            )
        )
    return list(first)


def _texts(name: str, values: list[Any]) -> pa.StringArray:
    try:
        return pa.array(values, pa.string())
    except pa.ArrowTypeError:
        # Not all are text: this is rare, so it is tried only now.
        return _texts(name, [_text(value) for value in values])
    except UnicodeEncodeError:
        raise RejectedError(
            say(
                "{name!r} bevat een half teken (een surrogate); {remedy}",
                name=headers.one(name),
                remedy=say(_AGAIN),
            )
        ) from None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


class _Reader:
    """Decodes a document value by value, from a buffer that moves over the file."""

    def __init__(self, handle: TextIO, at_once: int) -> None:
        self._handle = handle
        self._at_once = at_once
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_once,
            parse_constant=_refuse_constant,
            parse_float=str,
            parse_int=str,
        )
        self._buffer = ""
        self._at = 0

    def members(self, name: str) -> Iterator[tuple[str, Any]]:
        self._check_start()
        self._take("{", later("het document"))
        seen: set[str] = set()
        while self._peek() != "}":
            if seen:
                self._take(",", later("een onderdeel van het document"))
            if self._peek() != '"':
                self._fail(
                    later("een onderdeel van het document"), say("het heeft geen naam")
                )
            member = self._value(later("de naam van een onderdeel"))
            if member in seen:
                self._fail(
                    later("onderdeel {member!r}"),
                    say("het staat er twee keer in"),
                    member=headers.one(member),
                )
            seen.add(member)
            self._take(":", later("onderdeel {member!r}"), member=headers.one(member))
            if member == name and self._peek() == "[":
                for batch in self._batches(name):
                    yield name, batch
            else:
                yield (
                    member,
                    self._value(
                        later("onderdeel {member!r}"), member=headers.one(member)
                    ),
                )
        self._take("}", later("het document"))
        if self._peek():
            self._fail(later("het document"), say("na het einde volgt nog iets"))

    def _batches(self, name: str) -> Iterator[list[Any]]:
        self._take("[", later("onderdeel {name!r}"), name=name)
        batch: list[Any] = []
        count = 0
        while self._peek() != "]":
            if count:
                self._take(
                    ",", later("record {count} van {name!r}"), count=count, name=name
                )
            count += 1
            batch.append(
                self._value(
                    later("record {count} van {name!r}"), count=count, name=name
                )
            )
            if len(batch) == self._at_once:
                yield batch
                batch = []
        self._take("]", later("onderdeel {name!r}"), name=name)
        if batch or not count:
            yield batch

    def _check_start(self) -> None:
        first = self._peek()
        if not first:
            raise RejectedError(
                say("het bestand is leeg; {remedy}", remedy=say(_AGAIN))
            )
        if first == "<":
            raise RejectedError(
                say(
                    "dit is een webpagina die als JSON is opgeslagen, misschien een "
                    "foutmelding van de server; open het bestand om te zien wat er "
                    "staat, en {remedy}",
                    remedy=say(_AGAIN),
                )
            )
        if first != "{":
            raise RejectedError(
                say("dit is geen JSON-object; {remedy}", remedy=say(_AGAIN))
            )

    def _value(self, what: str, **values: object) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                # Perhaps only because the rest of it is not in the buffer yet.
                if len(self._buffer) - self._at > _LONGEST:
                    self._fail(what, say("het is te lang"), **values)
                if not self._more():
                    is_cut = error.msg.startswith("Unterminated")
                    is_cut |= error.pos >= len(self._buffer)
                    self._fail(what, error.msg, is_cut, **values)
            except RecursionError:
                self._fail(what, say("er staan te veel haken in elkaar"), **values)
            except ValueError as error:
                self._fail(what, told(error), **values)
            else:
                length = end - self._at
                # A number at the end of the buffer may go on after it.
                if end < len(self._buffer) or not self._more():
                    self._at += length
                    return value

    def _take(self, character: str, after: str, **values: object) -> None:
        if (found := self._peek()) != character:
            self._fail(
                after,
                say("hier hoort {character!r} te staan", character=character),
                not found,
                **values,
            )
        self._at += 1

    def _peek(self) -> str:
        """Move on to what is no blank, and return it; empty at the end."""
        while True:
            self._at = _BLANK.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        rest = self._buffer[self._at :]
        # As much again as is there, so that a long value is not decoded too often.
        block = self._handle.read(max(_BLOCK, len(rest)))
        self._buffer, self._at = rest + block, 0
        return bool(block)

    def _fail(
        self, what: str, why: str, is_cut: bool = False, /, **values: object
    ) -> NoReturn:
        cut = say(", omdat het bestand daar is afgebroken") if is_cut else ""
        raise RejectedError(
            say(
                "{what} is niet te lezen{cut}: {why}; {remedy}",
                what=say(what, **values),
                cut=cut,
                why=why,
                remedy=say(_AGAIN),
            )
        ) from None


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in members:
        if name in found:
            raise RejectedError(
                say("{name!r} staat er twee keer in", name=headers.one(name))
            )
        found[name] = value
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise RejectedError(say("{text} is geen JSON", text=text))
