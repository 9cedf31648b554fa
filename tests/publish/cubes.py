"""Public files of a small world, for tests that need no warehouse on disk."""

from datetime import date

import duckdb
from dateutil.relativedelta import relativedelta

from wijkbeeld.publish import cube, disclosure

BUURTEN = [("BU1", "WK1"), ("BU2", "WK1"), ("BU3", "WK2")]
FIRST = date(2024, 1, 1)
OFFENCE, SOURCE = "1.1.1", "police__incidents"
# An hour in each part of the week: Wednesday and Saturday.
HOURS = {
    f"{part} {of_week}": 24 * day + hour
    for of_week, day in (("weekday", 2), ("weekend", 5))
    for part, hour in (("night", 3), ("morning", 9), ("afternoon", 15), ("evening", 21))
}

_WAREHOUSE = """
    create schema warehouse.marts;
    create table warehouse.marts.fct_registered_crimes (
        buurt_code varchar, offence_code varchar, month date, source varchar,
        crime_count integer, is_incomplete boolean, is_provisional boolean
    );
    create table warehouse.marts.dim_buurten (
        buurt_code varchar, wijk_code varchar, dwelling_count integer
    );
    create table warehouse.marts.rpt_briefing (
        offence_code varchar, month date, source varchar, is_incomplete boolean
    );
    create table warehouse.marts.rpt_completeness (
        source varchar, offence_code varchar, month date, flag varchar
    );
    create table warehouse.marts.fct_deliveries (is_demo boolean);
    create table warehouse.marts.fct_clock_hours (
        buurt_code varchar, offence_code varchar, month date, hour_of_week integer,
        weight double
    );
    create table warehouse.marts.rpt_clock (
        level varchar, offence_code varchar, month date
    )
"""


def month(at):
    return FIRST + relativedelta(months=at)


def release(  # noqa: PLR0913 - a world has that many sides
    folder,
    counts,
    *,
    today=date(2026, 1, 10),
    earlier=None,
    presented=(),
    at_once=False,
    dwellings=900,
    provisional=(),
    weights=(),
    missing=(),
):
    """Write a public file with the crimes of a small world, and return its path.

    Args:
        folder: Where it goes, and what earlier audits found.
        counts: Per buurt its counts, month by month; None is not known.
        today: Day of the publication.
        earlier: The file before it.
        presented: Files of before that were presented.
        at_once: Corrections do not wait.
        dwellings: Homes in the first buurt.
        provisional: Which months may still change.
        weights: Month by month what of its crimes falls in each part of the week, in
            the order of ``HOURS``; there is a clock of the last twelve.
        missing: Of which months nothing was delivered, though they read as zero.
    """
    target = folder / f"{len(list(folder.glob('*.duckdb')))}.duckdb"
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as warehouse")
        con.execute(_WAREHOUSE)
        con.executemany(
            "insert into warehouse.marts.rpt_completeness values (?, null, ?, ?)",
            [[SOURCE, month(at), "missing"] for at in missing]
            or [[SOURCE, month(0), "provisional"]],
        )
        for (buurt, wijk), months in zip(BUURTEN, counts, strict=False):
            con.execute(
                "insert into warehouse.marts.dim_buurten values (?, ?, ?)",
                [buurt, wijk, dwellings if buurt == "BU1" else 900],
            )
            con.executemany(
                "insert into warehouse.marts.fct_registered_crimes values "
                "(?, ?, ?, ?, ?, false, ?)",
                [
                    [buurt, OFFENCE, month(at), SOURCE, count, at in provisional]
                    for at, count in enumerate(months)
                ],
            )
        con.execute(
            "insert into warehouse.marts.rpt_briefing select distinct offence_code, "
            "month, source, false from warehouse.marts.fct_registered_crimes"
        )
        con.executemany(
            "insert into warehouse.marts.fct_clock_hours values ('BU1', ?, ?, ?, ?)",
            [
                [OFFENCE, month(at), hour, weight]
                for at, parts in enumerate(weights)
                for hour, weight in zip(HOURS.values(), parts, strict=True)
                if weight
            ]
            or [[None] * 4],
        )
        if weights:
            con.execute(
                "insert into warehouse.marts.rpt_clock values ('team', ?, ?)",
                [OFFENCE, month(len(weights) - 1)],
            )
        memory = folder / "audited.json"
        before = (*([earlier] if earlier else []), *presented)
        cube.prepare(con, cube.History(before, today, at_once, memory))
        con.execute(f"attach '{target}' as published")
        con.execute("create schema published.marts")
        con.execute("create table published.marts.publication as select false has_demo")
        for table in ("rpt_public_crimes", "fct_public_crimes_replaced"):
            query = disclosure.PUBLIC[table]
            con.execute(f"create table published.marts.{table} as {query}")
    return target


def rows(*files, replaced=True):
    """Return the figures of files, each once, as dictionaries."""
    found = {}
    for path in files:
        with duckdb.connect(str(path), read_only=True) as con:
            for table in ("rpt_public_crimes", "fct_public_crimes_replaced"):
                if table == "rpt_public_crimes" or replaced:
                    answer = con.sql(f"from marts.{table}")
                    for row in answer.fetchall():
                        named = dict(zip(answer.columns, row, strict=True))
                        what = (*named.values(),)[:10]
                        found[what] = named
    return list(found.values())


def one(path, kind, area, last_month):
    """Return count and reason of one figure."""
    [row] = [
        row
        for row in rows(path, replaced=False)
        if (row["period_kind"], row["area_code"], row["last_month"])
        == (kind, area, last_month)
    ]
    return row["crime_count"], row["reason"]
