"""Ask the file of a publication, and say what it does not hold."""

from datetime import date

import duckdb

Row = dict[str, object]


class Reader:
    """Runs queries, and remembers which tables they did not find."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Ask an open file."""
        self._con = con
        self.missing: set[str] = set()

    def all(self, table: str, query: str, *values: object) -> list[Row]:
        """Return the rows; none when the file lacks the table or a column of it."""
        try:
            found = self._con.execute(query, list(values))
        except (duckdb.CatalogException, duckdb.BinderException):
            self.missing.add(table)
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, table: str, query: str, *values: object) -> Row:
        """Return the first row; an empty one when there is none."""
        return next(iter(self.all(table, query, *values)), {})


def as_text(value: object) -> str | None:
    """Return a value as text."""
    return None if value is None else str(value)


def as_whole(value: object) -> int | None:
    """Return a number rounded to a whole one."""
    return None if value is None else round(float(str(value)))


def as_date(value: object) -> date | None:
    """Return the day of a date or a moment."""
    if value is None:
        return None
    return date.fromisoformat(str(value)[:10])


def as_names(value: object) -> tuple[str, ...]:
    """Return the names in a list; none when it is no list."""
    if not isinstance(value, list):
        return ()
    return tuple(str(name) for name in value if name is not None)
