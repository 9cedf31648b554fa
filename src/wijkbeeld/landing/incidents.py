"""What incidents and calls need: a place for their points, and pseudonyms."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wijkbeeld.landing import enums, free_texts, geography, values
from wijkbeeld.landing import mapping as mappings
from wijkbeeld.landing.agreement import Source
from wijkbeeld.landing.mapping import IncidentMapping, Mapping
from wijkbeeld.landing.rows import Rows
from wijkbeeld.language import say

_AT_ONCE, _MANY = 15_000, 100_000


class NoShapesError(RuntimeError):
    """Points cannot be placed, because no shapes of buurten have landed."""


class Extra(NamedTuple):
    """What the pass needs besides the fields, and what was seen."""

    rows: Rows
    warnings: list[str]


def add(
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    mapping: Mapping,
    places: geography.Geography | None,
    *,
    is_english: bool,
) -> Extra:
    """Add place, address and the knowledge of times to the rows.

    Raises:
        NoShapesError: There are points and no shapes.
    """
    columns, joins, warnings = (
        _known_times(rows, mapping),
        list(rows.joins),
        list[str](),
    )
    rules = dict(rows.rules)
    if {"x", "y"} <= rows.delivered:
        if places is None:
            raise NoShapesError
        point = mapping.columns.point
        crs: geography.Crs = point.crs if point else "EPSG:28992"
        near, found = _place(con, places, crs, is_english=is_english)
        joins.append("left join points on points.pair = hash(delivered.x, delivered.y)")
        columns += [
            f"{_placed_in(rows)} as placed_in",
            "points.problem as point_problem",
            "points.x_rd as x_rd",
            "points.y_rd as y_rd",
            "points.has_point as has_point",
        ]
        for code in found:
            rules.setdefault(code, []).append(f"point_problem = '{code}'")
        if near:
            warnings.append(
                say(
                    "{near} punten liggen buiten alle buurten, tot 150 m ver: de "
                    "dichtstbijzijnde buurt is genomen",
                    near=near,
                )
            )
    else:
        columns += [f"null::varchar as {c}" for c in ("x_rd", "y_rd")]
        odd = rows.dictionaries.get("buurt")
        columns.append(
            f"{odd.also} as placed_in" if odd else "null::varchar as placed_in"
        )
        columns.append("false as has_point")
    parts = sorted(name for name in rows.delivered if name.startswith("address_"))
    if parts:
        _addresses(con, parts)
        named = ", ".join(f"delivered.{part}" for part in parts)
        joins.append(f"left join addresses on addresses.parts = hash({named})")
        columns.append("addresses.key as address_key")
    else:
        columns.append("null::uuid as address_key")
    added = rows._replace(
        joins=tuple(joins), columns=(*rows.columns, *columns), rules=rules
    )
    return Extra(added, warnings)


def without_dictionary(source: Source) -> frozenset[str]:
    """Return the fields that are read here, and need no dictionary."""
    return frozenset({"x", "y"} & source.fields.keys())


def _placed_in(rows: Rows) -> str:
    """Return the buurt as SQL: that of the point, else the one that was named."""
    odd = rows.dictionaries.get("buurt")
    if not odd:
        return "points.code"
    named = f"case when not points.has_point then ({odd.also})::varchar end"
    return f"coalesce(points.code::varchar, {named})"


def _known_times(rows: Rows, mapping: Mapping) -> list[str]:
    """Return whether the times of day of a window are known, as SQL columns."""
    columns = []
    for end in ("from", "to"):
        field = f"occurred_{end}"
        if field not in rows.source.fields:
            continue
        unknown = ", ".join(f"time '{time}'" for time in mapping.unknown_time)
        odd = rows.dictionaries.get(field)
        given = f"delivered.{field}__at"
        has_time = f"{given} is not null"
        if odd:
            given = (
                f"coalesce({given}, try_cast({odd.table}.value::varchar as timestamp))"
            )
            has_time = f"({has_time} or {odd.table}.also = 'true')"
        elif field not in rows.delivered:
            given, has_time = "null::timestamp", "false"
        known = has_time
        if unknown:
            # 24:00 is an hour that was written on purpose.
            is_end = f"delivered.{field} like '%24:00%'" if odd else "false"
            is_named = f"cast({given} as time) in ({unknown})"
            known = f"{has_time} and (not {is_named} or coalesce({is_end}, false))"
        columns.append(f"coalesce({known}, false) as {end}_known")
    return columns


def _hashed(con: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Check that a hash stands for one thing in this file, so that it may be a key."""
    rows, different = con.execute(
        f"select count(*), count(distinct {column}) from {table}"
    ).fetchall()[0]
    if rows != different:
        raise RuntimeError(f"two {table} share a hash: land the file in two parts")


def _place(
    con: duckdb.DuckDBPyConnection,
    places: geography.Geography,
    crs: geography.Crs,
    *,
    is_english: bool,
) -> tuple[int, frozenset[str]]:
    """Place each different point once; return near rows and the problems found."""
    points = con.sql(
        "select coalesce(x, '') as x, coalesce(y, '') as y, hash(x, y) as pair, "
        "count(*) as n from delivered group by x, y"
    ).to_arrow_table()
    read_x, x = numbers(points["x"], is_english=is_english)
    read_y, y = numbers(points["y"], is_english=is_english)
    if crs == "EPSG:27700":
        x, y = geography.wgs84_of_british(x, y)
        crs = "EPSG:4326"
    has_point = ~(read_x.is_nothing & read_y.is_nothing)
    placed = _placed(places, x, y, crs)
    problem = placed.problem.copy()
    for axis in (read_y, read_x):
        is_faulty = axis.problem.astype(bool)
        problem[is_faulty] = axis.problem[is_faulty]
    problem[~has_point] = None
    is_placed = ~problem.astype(bool)
    code = placed.buurt_code.copy()
    code[~(is_placed & has_point)] = None
    x_rd, y_rd = read_x.text, read_y.text
    if crs == "EPSG:4326":
        x_rd, y_rd = _in_rd(x, y, x_rd, y_rd, is_placed & has_point)
    frame = pa.table(
        {
            "pair": points["pair"],
            "code": pa.array(code, pa.string()),
            "problem": pa.array(problem, pa.string()),
            "x_rd": pa.array(x_rd, pa.string()),
            "y_rd": pa.array(y_rd, pa.string()),
            "has_point": pa.array(has_point),
        }
    )  # fmt: skip
    con.register("points_frame", frame)
    con.execute("create or replace temp table points as select * from points_frame")
    con.unregister("points_frame")
    _hashed(con, "points", "pair")
    enums.enumerate_columns(con, "points", ["code", "problem", "x_rd", "y_rd"])
    near = int(points["n"].to_numpy()[placed.near & is_placed & has_point].sum())
    return near, frozenset(p for p in problem if p)


def _placed(
    places: geography.Geography,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    crs: geography.Crs,
) -> geography.Placed:
    """Place points, a few at a time while that is sooner done than a raster is made."""
    step = _AT_ONCE if len(x) <= _MANY else len(x)
    parts = [
        places.place(x[at : at + step], y[at : at + step], crs)
        for at in range(0, max(len(x), 1), step)
    ]
    return geography.Placed(
        *(np.concatenate(axis) for axis in zip(*parts, strict=True))
    )


class Numbers(NamedTuple):
    """Numbers as they are shown, and what is wrong with them."""

    text: npt.NDArray[np.object_]
    problem: npt.NDArray[np.object_]
    is_nothing: npt.NDArray[np.bool_]


def numbers(
    column: pa.ChunkedArray, *, is_english: bool
) -> tuple[Numbers, npt.NDArray[np.float64]]:
    """Read the numbers of one column; NaN where there is none, or a faulty one."""
    encoded = column.combine_chunks().dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    meant = values.numbers(texts, is_english=is_english, is_count=False)
    read = [free_texts.unread(meant[text]) for text in texts]
    at = encoded.indices.to_numpy()
    number = np.array(
        [float(v.text) if v.text and not v.problem else np.nan for v in read]
    )
    return (
        Numbers(
            np.array([v.text for v in read], object)[at],
            np.array([v.problem for v in read], object)[at],
            np.array([v.text is None and v.problem is None for v in read])[at],
        ),
        number[at],
    )


def _in_rd(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    x_text: npt.NDArray[np.object_],
    y_text: npt.NDArray[np.object_],
    is_placed: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    x, y = geography.rd_of(lon, lat)
    shown = [np.array([f"{v:.2f}" for v in axis], object) for axis in (x, y)]
    return (
        np.where(is_placed, shown[0], x_text),
        np.where(is_placed, shown[1], y_text),
    )


def _addresses(con: duckdb.DuckDBPyConnection, parts: list[str]) -> None:
    """Give each different address its pseudonym; the address itself goes no further.

    An address needs its first two parts (postcode and number), where there are two.
    """
    plain = [
        f"upper(regexp_replace(case when lower(trim({part})) in ({_nothing()}) "
        f"then '' else coalesce({part}, '') end, '\\s+', '', 'g'))"
        for part in parts
    ]
    whole = " and ".join(f"{part} <> ''" for part in plain[:2])
    named = ", ".join(parts)
    con.execute(
        f"create or replace temp table addresses as select hash({named}) as parts, "
        f"case when {whole} then pseudonym(concat_ws('|', {', '.join(plain)})) end "
        f"as key from (select distinct {named} from delivered)"
    )
    _hashed(con, "addresses", "parts")


def _nothing() -> str:
    return ", ".join(f"'{word}'" for word in sorted(values.NOTHING))


def covered(
    con: duckdb.DuckDBPyConnection, rows: Rows, mapping: Mapping
) -> tuple[date, date] | None:
    """Return the period that an export declares to hold completely."""
    covers = mapping.covers
    if covers is None:
        return None
    if covers.start and covers.end:
        return covers.start, covers.end
    field = next(
        (
            ours
            for ours, listed in mappings.named(mapping).items()
            if covers.column in {ours, *listed}
        ),
        "",
    )
    if field not in rows.delivered or rows.source.fields[field].kind != "datetime":
        return None
    found = con.execute(
        f"select min({field})::date, max({field})::date from ({rows.fields(field)}) "
        f"where {field} >= timestamp '2000-01-01' "
        f"and {field} < getvariable('exported_on')::date + 2"
    ).fetchall()[0]
    if not found[0]:
        return None
    if rows.source.fields[field].month:
        last = found[1]
        return found[0], last.replace(day=monthrange(last.year, last.month)[1])
    return found[0], found[1]


def name_rows(
    con: duckdb.DuckDBPyConnection, mapping: Mapping | None, sha256: str
) -> None:
    """Let a row without an id be known by its file and number, where that is agreed."""
    if isinstance(mapping, IncidentMapping) and mapping.row_is_id:
        con.execute("set variable file_id = ?::varchar", [sha256])
