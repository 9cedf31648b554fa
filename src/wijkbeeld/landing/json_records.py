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

from wijkbeeld.landing import text
from wijkbeeld.landing.rejected import RejectedError

_BLOCK = 1 << 20
_LONGEST = 1 << 25
"""Characters of one record. The outline of a whole province takes a tenth."""
_MOST_NAMES = 1000
_BLANK = re.compile(r"[ \t\r\n]*")
_AGAIN = "download the file again"


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
        raise RejectedError(f"a record has {len(first)} names; {_AGAIN}")
    return list(first)


def _texts(name: str, values: list[Any]) -> pa.StringArray:
    try:
        return pa.array(values, pa.string())
    except pa.ArrowTypeError:
        # Not all are text: this is rare, so it is tried only now.
        return _texts(name, [_text(value) for value in values])
    except UnicodeEncodeError:
        raise RejectedError(
            f"{name!r} holds half a character (a surrogate); {_AGAIN}"
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
        self._take("{", "the document")
        seen: set[str] = set()
        while self._peek() != "}":
            if seen:
                self._take(",", "a member of the document")
            if self._peek() != '"':
                self._fail("a member of the document", "it has no name")
            member = self._value("the name of a member")
            if member in seen:
                self._fail(f"member {member!r}", "it is there twice")
            seen.add(member)
            self._take(":", f"member {member!r}")
            if member == name and self._peek() == "[":
                for batch in self._batches(name):
                    yield name, batch
            else:
                yield member, self._value(f"member {member!r}")
        self._take("}", "the document")
        if self._peek():
            self._fail("the document", "something follows its end")

    def _batches(self, name: str) -> Iterator[list[Any]]:
        self._take("[", f"member {name!r}")
        batch: list[Any] = []
        count = 0
        while self._peek() != "]":
            if count:
                self._take(",", f"record {count} of {name!r}")
            count += 1
            batch.append(self._value(f"record {count} of {name!r}"))
            if len(batch) == self._at_once:
                yield batch
                batch = []
        self._take("]", f"member {name!r}")
        if batch or not count:
            yield batch

    def _check_start(self) -> None:
        first = self._peek()
        if not first:
            raise RejectedError(f"the file is empty; {_AGAIN}")
        if first == "<":
            raise RejectedError(
                "this is a web page saved as JSON, perhaps the server's error page; "
                f"open it to see what it says, then {_AGAIN}"
            )
        if first != "{":
            raise RejectedError(f"this is no JSON object; {_AGAIN}")

    def _value(self, what: str) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                # Perhaps only because the rest of it is not in the buffer yet.
                if len(self._buffer) - self._at > _LONGEST:
                    self._fail(what, "it is too long")
                if not self._more():
                    is_cut = error.msg.startswith("Unterminated")
                    is_cut |= error.pos >= len(self._buffer)
                    self._fail(what, error.msg, is_cut=is_cut)
            except (RecursionError, ValueError) as error:
                self._fail(what, str(error))
            else:
                length = end - self._at
                # A number at the end of the buffer may go on after it.
                if end < len(self._buffer) or not self._more():
                    self._at += length
                    return value

    def _take(self, character: str, after: str) -> None:
        if (found := self._peek()) != character:
            self._fail(after, f"{character!r} is expected next", is_cut=not found)
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

    def _fail(self, what: str, why: str, *, is_cut: bool = False) -> NoReturn:
        cut = ", because the file is cut off there" if is_cut else ""
        raise RejectedError(f"{what} cannot be read{cut}: {why}; {_AGAIN}") from None


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in members:
        if name in found:
            raise ValueError(f"{name!r} is there twice")
        found[name] = value
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")
