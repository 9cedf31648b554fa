"""Run a stranger's query on a publication so that it can do no harm.

DuckDB's settings refuse files, extensions and changes; they do not bound memory or
time. So every query has a process of its own, with little memory, no environment,
and, once the publication is open, no right to open anything: no file, no socket. It
is killed when its time is up. The page and ``wijkbeeld sql`` both come here.
"""

import json
import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import duckdb
import pyarrow as pa

from wijkbeeld.spreadsheets import written

SECONDS = 10.0
ROW_LIMIT = 1_000
_BYTE_LIMIT = 32 * 2**20
_ADDRESS_SPACE = 2 * 2**30
_QUERY_CHARACTERS = 100_000
# What DuckDB says of a query may hold as much text as the query makes.
_DETAIL_CHARACTERS = 2_000
# Each query may take 2 GiB: a room full of readers waits in line.
_PLACES = threading.BoundedSemaphore(2)

_READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "READ_ONLY",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
    "memory_limit": "512MB",
    "max_temp_directory_size": "0B",
    "temp_directory": "",
    "threads": "2",
}

Kind = Literal[
    "not a select", "refused", "too long", "too large", "too far", "no publication"
]


class QueryError(Exception):
    """The query gave no answer; the message says why, and what to do.

    Attributes:
        kind: What kind of reason it is, for a page to explain in its own words.
        detail: What DuckDB said, or nothing.
    """

    def __init__(self, kind: Kind, detail: str = "") -> None:
        """Keep one kind of reason, and what was said of it."""
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail

    def __str__(self) -> str:
        """Return the message; the process that runs a query has no room to make it."""
        return _message(self.kind) + (f": {self.detail}" if self.detail else "")


def _message(kind: Kind) -> str:
    # Not at the top: the process that runs a query must be there at once.
    from wijkbeeld.language import say  # noqa: PLC0415

    return {
        "not a select": say("schrijf precies één vraag, die met select begint"),
        "refused": say("deze vraag kan niet worden uitgevoerd"),
        "too long": say("de vraag duurt te lang; vraag minder rijen of zoek gerichter"),
        "too large": say("het antwoord is te groot; vraag minder rijen of kolommen"),
        "too far": say(
            "een datum in het antwoord ligt te ver weg; vraag hem als tekst (::varchar)"
        ),
        "no publication": say("de publicatie is niet te openen; begin opnieuw"),
    }[kind]


@dataclass(frozen=True)
class Result:
    """The answer to a query.

    Attributes:
        table: At most the limit of rows.
        is_cut: There were more rows.
        has_demo: The publication rests on demo deliveries, so every export says so.
    """

    table: pa.Table = field(repr=False)
    is_cut: bool
    has_demo: bool

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.table.column_names)

    @cached_property
    def rows(self) -> list[tuple[object, ...]]:
        """The rows, in order."""
        columns = [column.to_pylist() for column in self.table.columns]
        return list(zip(*columns, strict=True))

    def records(self) -> list[dict[str, object]]:
        """Return one mapping per row, of values that JSON has: none that is no number.

        A repeated column name keeps its last value.
        """
        marked = {"demodata": "DEMODATA"} if self.has_demo else {}
        return [
            dict(zip(self.columns, map(_finite, row), strict=True)) | marked
            for row in self.rows
        ]

    def csv(self, *, dutch: bool = False) -> str:
        """Return the rows as CSV that no spreadsheet takes for a formula.

        Args:
            dutch: As a Dutch spreadsheet opens it: semicolons, decimal commas.
        """
        return written(self.columns, self.rows, has_demo=self.has_demo, dutch=dutch)


def _finite(value: object) -> object:
    """Return a value with null for NaN and infinities, which JSON does not have."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value


class _Request(NamedTuple):
    query: str
    publication: str
    row_limit: int


def run(
    query: str,
    publication: Path,
    *,
    row_limit: int = ROW_LIMIT,
    seconds: float = SECONDS,
) -> Result:
    """Return the answer of one SELECT on one role's file.

    Raises:
        QueryError: It is not one SELECT, is refused, or asks too much.
    """
    if len(query) > _QUERY_CHARACTERS:
        raise QueryError("refused", f"> {_QUERY_CHARACTERS}")
    request = json.dumps(_Request(query, str(publication.resolve()), row_limit))
    with _PLACES, tempfile.TemporaryDirectory() as nowhere:
        answer = _ask(request.encode(), nowhere, seconds)
    head, _, body = answer.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:
        # It ended before it could say anything: its memory was up.
        raise QueryError("too large") from None
    if said["kind"] is not None:
        raise QueryError(said["kind"], said["detail"])
    with pa.ipc.open_stream(body) as stream:
        table = stream.read_all()
    result = Result(table.slice(0, row_limit), table.num_rows > row_limit, said["demo"])
    try:
        _ = result.rows
    except (OverflowError, ValueError):
        # DuckDB has dates, such as infinity, that are none here.
        raise QueryError("too far") from None
    return result


def _ask(request: bytes, folder: str, seconds: float) -> bytes:
    with subprocess.Popen(
        [sys.executable, "-I", "-m", "wijkbeeld.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={},
        start_new_session=True,
    ) as process:
        try:
            answer, _ = process.communicate(request, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise QueryError("too long") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return answer


# ---------------------------------------------------------------- inside the child


def _main() -> None:
    request = _Request(*json.loads(sys.stdin.buffer.read()))
    _limit_process()
    try:
        connection, has_demo = _open(request.publication)
    except duckdb.Error as error:
        _say("no publication", str(error))
        return
    try:
        schema, batches = _answer(connection, request)
    except (MemoryError, duckdb.OutOfMemoryException):
        _say("too large")
    except QueryError as error:
        _say(error.kind, error.detail)
    except duckdb.Error as error:
        _say("refused", str(error))
    else:
        _say(None, demo=has_demo)
        with pa.ipc.new_stream(sys.stdout.buffer, schema) as stream:
            for batch in batches:
                stream.write_batch(batch)


def _limit_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _open(publication: str) -> tuple[duckdb.DuckDBPyConnection, bool]:
    connection = duckdb.connect(publication, config=_READ_ONLY)
    # These also make DuckDB open, once, all that it opens while it runs.
    has_demo = _has_demo(connection)
    duckdb.extract_statements("select 1")
    connection.sql("select now()").to_arrow_table()
    # From here on nothing can be opened, neither a file nor a socket.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return connection, has_demo


def _has_demo(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute("select bool_or(has_demo) from marts.publication")
    return bool(row.fetchall()[0][0])


def _answer(
    connection: duckdb.DuckDBPyConnection, request: _Request
) -> tuple[pa.Schema, list[pa.RecordBatch]]:
    statements = duckdb.extract_statements(request.query)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryError("not a select")
    relation: Any = connection.sql(statements[0])
    reader = relation.to_arrow_reader(request.row_limit + 1)
    batches: list[pa.RecordBatch] = []
    rows, size = 0, 0
    for batch in reader:
        batches.append(batch.slice(0, request.row_limit + 1 - rows))
        rows, size = rows + batch.num_rows, size + batches[-1].nbytes
        if size > _BYTE_LIMIT:
            raise QueryError("too large")
        if rows > request.row_limit:
            break
    return reader.schema, batches


def _say(kind: Kind | None, detail: str = "", *, demo: bool = False) -> None:
    said = {"kind": kind, "detail": detail[:_DETAIL_CHARACTERS], "demo": demo}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
    sys.stdout.flush()
    # No destructor may touch what the limits took away.
    os._exit(0)
