"""What the files of a home say, whatever form they have."""

import gzip
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq


def found_in(home: Path, words, but=()) -> list[str]:
    """Name the files that hold one of the words, apart from those in ``but``.

    Blanks, hyphens and case do not count, so a number stored in another form is
    found as well.
    """
    wanted = {word: _bare(word) for word in words}
    found = []
    for path in sorted(p for p in home.rglob("*") if p.is_file()):
        shown = str(path.relative_to(home))
        if shown.startswith(tuple(but)):
            continue
        for text in (shown, *_texts(path)):
            bare = _bare(text)
            found += [f"{word} in {shown}" for word, b in wanted.items() if b in bare]
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).casefold()


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield data.decode("utf-8", "replace")
    yield data.decode("cp1252", "replace")
    if b"\x00" in data[:4096]:
        yield data.decode("utf-16-le", "replace")
    if data[:4] == b"PAR1":
        table = pq.read_table(path)
        yield from (str(column.to_pylist()) for column in table.columns)
    elif data[8:12] == b"DUCK":
        yield from _duckdb(path)
    elif data.startswith(b"SQLite format 3\x00"):
        yield from _sqlite(path)
    elif data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data).decode("utf-8", "replace")
    elif data[:2] == b"PK":
        with zipfile.ZipFile(path) as packed:
            for member in packed.namelist():
                yield packed.read(member).decode("utf-8", "replace")


def _duckdb(path: Path) -> Iterator[str]:
    with duckdb.connect(path, read_only=True) as con:
        tables = con.sql(
            "select table_schema, table_name from information_schema.tables "
            "where table_type = 'BASE TABLE'"
        ).fetchall()
        for schema, table in tables:
            yield str(con.sql(f'from "{schema}"."{table}"').fetchall())


def _sqlite(path: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as con:
        tables = con.execute("select name from sqlite_master where type = 'table'")
        for (table,) in tables.fetchall():
            yield str(con.execute(f'select * from "{table}"').fetchall())
