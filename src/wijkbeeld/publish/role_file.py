"""Write the file of each role: its tables, with their texts, and who they are."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from wijkbeeld.language import say
from wijkbeeld.publish import cube, disclosure, small_counts
from wijkbeeld.publish.roles import ROLES

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

_PUBLICATION = """
    create or replace table published.marts.publication as
    select
        $name::varchar as publication,
        $published_at::timestamp as published_at,
        $build::varchar as build,
        coalesce(
            -- Without a delivery there is none of the demo.
            (select bool_or(is_demo) from warehouse.marts.fct_deliveries), false
        ) as has_demo,
        $role::varchar as role
"""

_COLUMNS = """
    create or replace table published.marts.columns (
        table_name varchar,
        column_name varchar,
        data_type varchar,
        description varchar,
        table_description varchar
    )
"""

_FILL_COLUMNS = """
    insert into published.marts.columns
    select
        columns.table_name,
        columns.column_name,
        columns.data_type,
        columns.comment,
        tables.comment
    from duckdb_columns() as columns
    inner join duckdb_tables() as tables
        using (database_name, schema_name, table_name)
    where columns.database_name = 'published' and columns.schema_name = 'marts'
    order by columns.table_name, columns.column_index
"""

# What the warehouse says of its marts, and what it cannot say of a publication.
_TEXTS = """
    select table_name, null as column_name, comment
    from duckdb_tables()
    where database_name = 'warehouse' and schema_name = 'marts' and comment <> ''
    union all
    select table_name, column_name, comment
    from duckdb_columns()
    where database_name = 'warehouse' and schema_name = 'marts' and comment <> ''
"""
_OF_PUBLIC_CRIMES = {
    "level": "team, wijk, buurt, or clock: a part of the week in the whole area.",
    "area_code": (
        "CBS code of the wijk or buurt; team for the whole area; of a clock the part "
        "of day and week (night is 0-6, weekend Friday 18 to Monday 6), or all."
    ),
    "offence_code": "CBS offence group.",
    "period_kind": (
        "month (team), quarter (wijk), year or briefing (buurt), clock: the last two "
        "are the twelve months up to the newest complete one."
    ),
    "first_month": "First month of the period.",
    "last_month": "Last month of the period, which is in it.",
    "source": "The team's own incidents, or the published table.",
    "crime_count": (
        "Registered crimes in whole fives, rounded once: 5 stands for 5 to 7, 10 for "
        "8 to 12. Figures do not add up. Of a clock incidents that can have happened "
        "in more parts count in each for a share. Null with a reason."
    ),
    "reason": (
        "Why there is no count: small_count (1 to 4), few_dwellings (fewer than five), "
        "protected (it would give a small count away), unknown (not published by the "
        "source), too_few (under 50 incidents there is no clock)."
    ),
    "is_lower_bound": "Whether months without a figure are missing from the count.",
    "is_provisional": "Whether it could still change when it was published.",
    "released_on": "Day on which the figure was first published as it is.",
}


_OF_PUBLIC_EFFECTS = {
    None: "One row per thing that was started and offence: in words, whether it works.",
    "study_id": "Programme, kind:… for all of a kind together, or whatsapp.",
    "study_kind": "programme, kind or whatsapp.",
    "study_name": "Name of the programme, or its kind.",
    "offence_code": "CBS offence group that it is to reduce.",
    "design": "How it was compared: wdd (around one start) or panel (more starts).",
    "start_month": "Month of the first start.",
    "verdict": (
        "works, no sign that it works, made worse or too few to say; the last also "
        "where a count or an expectation behind it is below five."
    ),
    "reason": (
        "Why it is too few to say, where that is no word on counts: too_early, "
        "no_history, few_comparison_areas, one_area, missing_months; else null."
    ),
    "is_reporting_sensitive": "Whether more reporting can make the count rise.",
}


def _of_both(table: str, text: str) -> list[tuple[str, str | None, str]]:
    return [
        (table, None, text),
        *((table, column, said) for column, said in _OF_PUBLIC_CRIMES.items()),
    ]


_OWN_TEXTS: tuple[tuple[str, str | None, str], ...] = (
    ("publication", None, "One row: which publication this file is."),
    ("publication", "publication", "Name of the publication."),
    ("publication", "published_at", "When it was made, in UTC."),
    ("publication", "build", "The build that made its marts."),
    ("publication", "has_demo", "Whether anything in it rests on demo deliveries."),
    ("publication", "role", "Who may read it: public, team or analyst."),
    ("rpt_briefing", "is_suppressed", "Whether the count is withheld from the public."),
    ("rpt_briefing", "reason", "Why there is no count; see rpt_public_crimes."),
    ("rpt_briefing", "reason_last_year", "The same, of the month a year before."),
    ("rpt_patrols", "is_suppressed", "Whether signals are withheld from the public."),
    *(
        ("rpt_public_effects", column, text)
        for column, text in _OF_PUBLIC_EFFECTS.items()
    ),
    ("fct_briefings", "briefing_date", "Local day."),
    ("fct_briefings", "minutes_on", "Local day on which the minutes were published."),
    ("fct_briefings", "attendance_residents", "Residents present, in whole fives."),
    (
        *("fct_briefings", "attendance_coordinators"),
        "Coordinators of watch teams present, in whole fives.",
    ),
    (
        *("fct_briefings", "attendance_administrators"),
        "Administrators of WhatsApp groups present, in whole fives.",
    ),
    (
        *("fct_briefings", "attendance_total"),
        "All of these together, in whole fives; null when fewer than five, or when one "
        "of them was not counted.",
    ),
    ("fct_briefings", "is_suppressed", "Whether a group is too small to be told."),
    *_of_both("rpt_public_crimes", "One row per figure of crimes for the public."),
    *_of_both(
        "fct_public_crimes_replaced",
        "One row per figure that was published before and is not any more.",
    ),
    ("columns", None, "One row per column of every table in this file."),
    ("columns", "table_name", "Table, in schema marts."),
    ("columns", "column_name", "Column."),
    ("columns", "data_type", "Type of the column, as DuckDB names it."),
    ("columns", "description", "What the column means."),
    ("columns", "table_description", "What a row of the table is."),
)


class UnknownColumnsError(RuntimeError):
    """A role is promised what its mart has not; the message names both."""


class Stamp(NamedTuple):
    """What a publication says of itself."""

    name: str
    published_at: datetime
    """Aware, in UTC."""
    build: str


def write_all(
    warehouse: Path, folder: Path, stamp: Stamp, history: cube.History
) -> list[Path]:
    """Write the file of every role into a folder, and return them, closed.

    The warehouse is held open for reading throughout, so all files show one state.

    Raises:
        FileNotFoundError: There is no warehouse yet.
        UnknownColumnsError: A role is promised a column that its mart has not.
        ContradictionError: The figures for the public cannot all be true.
        SmallCountError: A figure for the public tells a small or an exact count.
    """
    if not warehouse.exists():
        raise FileNotFoundError(
            say("er is geen {warehouse}; doe: wijkbeeld build", warehouse=warehouse)
        )
    public, *others = ROLES
    # Both are closed when all is written: the first to let go of the warehouse would
    # let go of the lock for both, because locks on a file are those of the process.
    with (
        _reading(warehouse, folder / "spill") as con,
        _reading(warehouse, folder / "spill_beside") as con_beside,
        ThreadPoolExecutor(1) as beside,
    ):
        # What others get is copied by DuckDB while Python judges what the public gets.
        copied = beside.submit(_write, con_beside, others, folder, stamp)
        disclosure.prepare(con, history)
        return [*_write(con, [public], folder, stamp), *copied.result()]


@contextmanager
def _reading(warehouse: Path, spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config=_CONFIG | {"temp_directory": str(spill)}) as con:
        con.execute(f"attach {_quoted(warehouse)} as warehouse (read_only)")
        yield con
    shutil.rmtree(spill, ignore_errors=True)


def _write(
    con: duckdb.DuckDBPyConnection, roles: list[str], folder: Path, stamp: Stamp
) -> list[Path]:
    texts = [*con.execute(_TEXTS).fetchall(), *_OWN_TEXTS]
    written = []
    for role in roles:
        target = folder / f"{role}.duckdb"
        if narrower := _narrower(role):
            shutil.copyfile(folder / f"{narrower}.duckdb", target)
        con.execute(f"attach {_quoted(target)} as published")
        _fill(con, role, stamp, texts)
        if role == "public":
            small_counts.check(con)
        con.execute("checkpoint published")
        con.execute("detach published")
        _assert_closed(target)
        written.append(target)
    return written


def _fill(
    con: duckdb.DuckDBPyConnection,
    role: str,
    stamp: Stamp,
    texts: list[tuple[str, str | None, str]],
) -> None:
    # One commit: each of hundreds of descriptions would otherwise be synced by itself.
    con.execute("begin")
    con.execute("create schema if not exists published.marts")
    copied = ROLES.get(_narrower(role) or "", {})
    for table, query in ROLES[role].items():
        if table in copied:
            continue
        try:
            con.execute(f"create table published.marts.{table} as {query}")
        except (duckdb.BinderException, duckdb.CatalogException) as reason:
            raise UnknownColumnsError(
                f"{role} cannot get {table}: {reason}. Make the mart and its query in "
                "wijkbeeld/publish agree, then publish again"
            ) from reason
    moment = stamp.published_at.astimezone(UTC).replace(tzinfo=None)
    con.execute(
        _PUBLICATION,
        {
            "name": stamp.name,
            "published_at": moment,
            "build": stamp.build,
            "role": role,
        },
    )
    con.execute(_COLUMNS)
    # What was copied with the file has its texts.
    _describe(con, [text for text in texts if text[0] not in copied])
    con.execute(_FILL_COLUMNS)
    con.execute("commit")


def _narrower(role: str) -> str | None:
    """Return the role whose file, written before, is the beginning of this one."""
    before = list(ROLES)[: list(ROLES).index(role)]
    fitting = [other for other in before if ROLES[other].items() <= ROLES[role].items()]
    return max(fitting, key=lambda other: len(ROLES[other]), default=None)


def _describe(
    con: duckdb.DuckDBPyConnection, texts: list[tuple[str, str | None, str]]
) -> None:
    there = {
        (table, column)
        for table, *columns in con.execute(
            "select table_name, null, unnest(list(column_name)) from duckdb_columns() "
            "where database_name = 'published' group by table_name"
        ).fetchall()
        for column in columns
    }
    for table, column, text in texts:
        if (table, column) in there:
            what = f'column published.marts.{table}."{column}"'
            if column is None:
                what = f"table published.marts.{table}"
            con.execute(f"comment on {what} is {_quoted(text)}")


def _assert_closed(target: Path) -> None:
    """Refuse a file beside which DuckDB left work to do; no reader could open it."""
    wal = target.with_name(f"{target.name}.wal")
    if wal.exists():
        raise RuntimeError(f"{wal} was left behind; publish again")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
