"""A file of residents made by hand: the tables of the house's own disclosure, and a
few cells in them. It needs neither dbt nor an audit, so that many can be made."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import duckdb
from tests.contracts import make_missing

from wijkbeeld import reference
from wijkbeeld.publish import disclosure
from wijkbeeld.settings import settings

BURGLARY, CARS, BICYCLES, VANDALISM = "1.1.1", "1.2.1", "1.2.3", "2.2.1"
BUURTEN = [buurt.buurt_code for buurt in reference.buurten()]

# What the audit makes; here it is what tests put in the tables afterwards.
_OF_THE_AUDIT = """
    create temp table public_figures (
        level varchar, area_code varchar, offence_code varchar, source varchar,
        period_kind varchar, first_month date, last_month date, crime_count integer,
        reason varchar, is_lower_bound boolean, is_provisional boolean,
        released_on date
    );
    create temp table earlier as from public_figures
"""


@cache
def _empty() -> Path:
    """Return a file with all tables of residents, and only the lists filled."""
    path = Path(mkdtemp(prefix="wijkbeeld-public-")) / "public.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("attach ':memory:' as warehouse; create schema warehouse.marts")
        con.execute("create schema marts")
        con.execute("use warehouse")
        make_missing(con)
        _lists(con)
        con.execute("use public")
        con.execute(disclosure._FIVES)
        con.execute(_OF_THE_AUDIT)
        for table, query in disclosure.PUBLIC.items():
            con.execute(f"create table marts.{table} as {query}")
        con.execute(
            "create table marts.publication as select '20261105T070000Z_test' as "
            "publication, timestamp '2026-11-05 07:00' as published_at, "
            "'test' as build, true as has_demo, 'public' as role"
        )
        con.execute("detach warehouse")
    return path


def _lists(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into marts.dim_offences from read_csv(?, all_varchar = true)",
        [str(settings().dbt_project / "seeds" / "offence_groups.csv")],
    )
    con.executemany(
        "insert into marts.dim_buurten by name select ? as buurt_code, "
        "? as buurt_name, ? as wijk_code, ? as wijk_name, ? as is_residential, "
        "2025 as vintage_year",
        [tuple(buurt[:5]) for buurt in reference.buurten()],
    )
    con.execute(
        "insert into marts.dim_buurt_shapes by name select buurt_code, vintage_year, "
        "'POLYGON ((0 0, 100 0, 100 100, 0 0))' as geometry_wkt from marts.dim_buurten"
    )


@contextmanager
def made(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to a new file of residents, open for what is known."""
    shutil.copyfile(_empty(), path)
    with duckdb.connect(str(path)) as con:
        con.execute("begin")
        yield con
        con.execute("commit")


def put(con: duckdb.DuckDBPyConnection, table: str, *rows: dict[str, object]) -> None:
    """Put rows into a table; what a row does not name is null."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    marks = f"({', '.join(['?'] * len(names))})"
    con.execute(
        f"insert into marts.{table} ({', '.join(names)}) "
        f"values {', '.join([marks] * len(rows))}",
        [row.get(name) for row in rows for name in names],
    )


def in_month(
    offence: str,
    month: date,
    count: int | None,
    last_year: int | None = None,
    **known: object,
) -> dict[str, object]:
    """Return a row of the briefing; a count that is not known is a small one."""
    return {
        "offence_code": offence,
        "month": month,
        "source": "police__incidents",
        "crime_count": count,
        "reason": "small_count" if count is None else None,
        "count_last_year": last_year,
        "reason_last_year": None,
        "is_lower_bound": False,
        "is_provisional": False,
        "is_incomplete": False,
        "is_suppressed": count is None,
    } | known


def of_year(
    offence: str, buurt: str, last: date, count: int | None, **known: object
) -> dict[str, object]:
    """Return a cell of a buurt over the twelve months up to ``last``."""
    first = (last - timedelta(days=330)).replace(day=1)
    return {
        "level": "buurt",
        "area_code": buurt,
        "offence_code": offence,
        "period_kind": "briefing",
        "first_month": first,
        "last_month": last,
        "source": "police__incidents",
        "crime_count": count,
        "reason": "small_count" if count is None else None,
        "is_lower_bound": False,
        "is_provisional": False,
        "released_on": "2026-11-05",
    } | known
