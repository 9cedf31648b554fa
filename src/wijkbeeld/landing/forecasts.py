"""What only forecasts need: cells of a grid, and that none changes afterwards."""

from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wijkbeeld.landing import enums, geography
from wijkbeeld.landing.incidents import NoShapesError, numbers
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.rows import Rows
from wijkbeeld.language import say

SOURCE = "grid__forecasts"
SIDE_M = 125
HALF_M = SIDE_M / 2
OWN = frozenset(["x", "y"])
"""Fields that are read here, and need no dictionary."""
_X, _Y = (0, 280_000), (300_000, 625_000)
"""Where RD lies in the Netherlands."""
_LARGEST_DEGREE = 180
_FEWEST = 100
"""Cells below which it is a list of the top, which has no hit rate."""
_KEY = "model, model_version, theme, period_start, day_part, x_rd, y_rd"


def add(
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    places: geography.Geography | None,
    *,
    is_english: bool,
) -> Rows:
    """Add to the rows the corner of their cell, and the buurt its centre lies in.

    Raises:
        NoShapesError: There are no shapes to place cells in.
    """
    if places is None:
        raise NoShapesError
    points = con.sql(
        "select coalesce(x, '') as x, coalesce(y, '') as y, hash(x, y) as pair "
        "from delivered group by x, y"
    ).to_arrow_table()
    read_x, x = numbers(points["x"], is_english=is_english)
    read_y, y = numbers(points["y"], is_english=is_english)
    problem = _problems(x, y)
    is_centre = (x % SIDE_M == HALF_M) & (y % SIDE_M == HALF_M)
    x, y = (np.where(is_centre, axis - HALF_M, axis) for axis in (x, y))
    problem[(problem == None) & ((x % SIDE_M != 0) | (y % SIDE_M != 0))] = "off_grid"  # noqa: E711 element by element
    for axis in (read_y, read_x):
        is_faulty = axis.problem.astype(bool)
        problem[is_faulty] = axis.problem[is_faulty]
    is_cell = ~problem.astype(bool)
    code = np.full(len(x), None, object)
    placed = places.place(x[is_cell] + HALF_M, y[is_cell] + HALF_M)
    code[is_cell] = placed.buurt_code
    cells = pa.table(
        {
            "pair": points["pair"],
            "code": pa.array(code, pa.string()),
            "problem": pa.array(problem, pa.string()),
            "x_rd": pa.array(_shown(x, read_x.text, is_cell), pa.string()),
            "y_rd": pa.array(_shown(y, read_y.text, is_cell), pa.string()),
        }
    )
    con.register("cells_frame", cells)
    con.execute("create or replace temp table cells as select * from cells_frame")
    con.unregister("cells_frame")
    enums.enumerate_columns(con, "cells", ["code", "problem", "x_rd", "y_rd"])
    return rows._replace(
        joins=(
            *rows.joins,
            "left join cells on cells.pair = hash(delivered.x, delivered.y)",
        ),
        columns=(
            *rows.columns,
            "cells.code as placed_in",
            "cells.problem::varchar as cell_problem",
            "cells.x_rd::varchar as x_rd",
            "cells.y_rd::varchar as y_rd",
        ),
        rules={
            **rows.rules,
            "excel_error_value": ["cell_problem = 'excel_error_value'"],
            "control_characters": ["cell_problem = 'control_characters'"],
            "field_too_long": ["cell_problem = 'field_too_long'"],
            "abbreviated_number": ["cell_problem = 'abbreviated_number'"],
        },
    )


def check(con: duckdb.DuckDBPyConnection, parquet: Path, landed: Path) -> list[str]:
    """Hold a landed file against what was forecast before; return what to say of it.

    Args:
        con: Any connection.
        parquet: The file, just landed.
        landed: Folder of the files that landed before.

    Raises:
        RejectedError: A cell has another score or rank than it had.
    """
    new = f"read_parquet('{_quoted(parquet)}')"
    others = sorted(p for p in landed.glob("*.parquet") if p.stem != "empty")
    if others:
        known = ", ".join(f"'{_quoted(path)}'" for path in others)
        changed = con.execute(
            f"select count(*), min(known._file_name) from {new} as new "
            f"join read_parquet([{known}]) as known using ({_KEY}) "
            "where new._problem is null and known._problem is null "
            "and (new.score, new.forecast_rank) <> (known.score, known.forecast_rank)"
        ).fetchall()[0]
        if changed[0]:
            raise RejectedError(
                say(
                    "{n} cellen hebben een andere score of rang dan in {name}: een "
                    "voorspelling mag achteraf niet veranderen; geef de nieuwe een "
                    "andere model_version",
                    n=changed[0],
                    name=changed[1],
                )
            )
    return _warnings(con, new)


def _warnings(con: duckdb.DuckDBPyConnection, new: str) -> list[str]:
    few, sets = con.execute(
        f"""
        with periods as (
            select model, model_version, theme, period_start, day_part,
                count(*) as cell_count, bit_xor(hash(x_rd, y_rd)) as cell_set
            from {new} where _problem is null group by all
        )
        select
            count(*) filter (cell_count < {_FEWEST}),
            (select count(*) from (
                select 1 from periods group by model, model_version, theme
                having count(distinct cell_set) > 1
            ))
        from periods
        """
    ).fetchall()[0]
    warnings = []
    if few:
        warnings.append(
            say(
                "{n} voorspellingen hebben minder dan {fewest} cellen: van een lijst "
                "met de hoogste is geen trefkans te berekenen",
                n=few,
                fewest=_FEWEST,
            )
        )
    if sets:
        warnings.append(
            say(
                "bij {n} modellen verschilt per periode welke cellen meedoen: hun "
                "trefkansen zijn niet te vergelijken",
                n=sets,
            )
        )
    return warnings


def _problems(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """Return what is wrong with each place, null for nothing."""
    problem = np.full(len(x), None, object)
    is_valid = _between(x, _X) & _between(y, _Y)
    is_swapped = _between(x, _Y) & _between(y, _X)
    is_degrees = (np.abs(x) <= _LARGEST_DEGREE) & (np.abs(y) <= _LARGEST_DEGREE)
    problem[~is_valid] = "bad_coordinates"
    problem[is_swapped & ~is_valid & ~is_degrees] = "swapped_axes"
    return problem


def _between(
    values: npt.NDArray[np.float64], limits: tuple[int, int]
) -> npt.NDArray[np.bool_]:
    return (values >= limits[0]) & (values <= limits[1])


def _shown(
    metres: npt.NDArray[np.float64],
    text: npt.NDArray[np.object_],
    is_cell: npt.NDArray[np.bool_],
) -> npt.NDArray[np.object_]:
    whole = np.array([f"{m:.0f}" for m in metres], object)
    return np.where(is_cell, whole, text)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
