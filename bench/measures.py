"""How long all measures of one team take over 60 months, and of many teams.

Every Python model of the warehouse is run on the tables that a build of the demo made:
area scan, engagement and effects, with nothing kept of the build before. Teams come
one after the other in one process and one thread, as a machine that serves them all
would do at night; each is read anew. ``BENCH_TEAMS=168`` is the country, and
``BENCH_HOME`` a home that was built before, which saves making one of 60 months.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import duckdb
import pyarrow as pa

from bench import _report
from bench.figure import Figure
from wijkbeeld.settings import settings

MONTHS = 60
TEAMS = int(os.environ.get("BENCH_TEAMS", "8"))
AT_MOST_S, AT_MOST_GIB, AT_MOST_TIMES = 60, 8, 1.5
KIB_PER_GIB = 2**20
TITLE = "What it costs"
_MODELS = settings().dbt_project / "models" / "intermediate"
_BUILD = f"""
from datetime import date
from expectations import gate
from wijkbeeld import demo
from wijkbeeld.build import build
from wijkbeeld.landing import inbox
from wijkbeeld.settings import settings
demo.write(settings().inbox, months={MONTHS}, end=date(2026, 11, 1))
list(inbox.land([], gate.of, None, say=lambda *_: None))
build()
"""


class _Table:
    """A table that is not there: of no build before is anything kept."""

    schema = identifier = "never_built"


class _Config:
    def __call__(self, **_how: object) -> None:
        """Take what a model says of itself."""

    def get(self, name: str) -> object:
        """Return what dbt gives to models."""
        return getattr(settings(), name)


class _Dbt:
    """What dbt hands to a Python model."""

    this = _Table()
    config = _Config()

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._schemas = dict(
            con.execute(
                "select table_name, table_schema from information_schema.tables"
            ).fetchall()
        )

    def ref(self, name: str) -> duckdb.DuckDBPyRelation:
        """Return a table as the build left it."""
        return self._con.table(f"{self._schemas[name]}.{name}")


def rows() -> list[Figure]:
    """Return the seconds of one team, how they grow with more teams, and memory."""
    models = [_loaded(path) for path in sorted(_MODELS.rglob("int_*.py"))]
    with _home() as home:
        warehouse = home / "warehouse" / "wijkbeeld.duckdb"
        months = _months(warehouse)
        _measured(warehouse, models)  # What is loaded once is not a cost of a team.
        by_model = _measured(warehouse, models)
        many = sum(sum(_measured(warehouse, models).values()) for _ in range(TEAMS))
    one = sum(by_model.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_GIB
    _report.write(
        TITLE,
        [
            f"All Python measures of one team (area scan, engagement, effects) over "
            f"{months} months of the",
            f"demo: {one:.1f} s of processor in one thread, with nothing kept "
            "of a build before.",
            f"{TEAMS} teams one after the other: {many:.0f} s, "
            f"{many / (TEAMS * one):.2f} × {TEAMS} times one team; "
            f"peak memory {peak:.2f} GiB.",
            "Written by `python -m bench measures`; `BENCH_TEAMS` says how many.",
        ],
    )
    dearest = sorted(by_model, key=lambda name: by_model[name], reverse=True)[:4]
    slowest = ", ".join(f"{name} {by_model[name]:.1f} s" for name in dearest)
    return [
        Figure(f"all measures of one team, {months} months", one, "s",
               f"{len(models)} models, processor, one thread; {slowest}",
               at_most=AT_MOST_S),
        Figure(f"all measures of {TEAMS} teams / {TEAMS} × one team",
               many / (TEAMS * one), "×",
               f"{many:.0f} s together, one after the other",
               at_most=AT_MOST_TIMES),
        Figure(f"memory of all measures, {TEAMS} teams", peak, "GiB",
               "peak of the whole process", at_most=AT_MOST_GIB),
    ]  # fmt: skip


def _measured(warehouse: Path, models: list[ModuleType]) -> dict[str, float]:
    """Return seconds of processor per model, on one connection of its own."""
    spent: dict[str, float] = {}
    with duckdb.connect(warehouse, read_only=True, config={"threads": 1}) as con:
        dbt = _Dbt(con)
        for model in models:
            begun = time.process_time()
            found = model.model(dbt, con)
            # What comes piece by piece is made now.
            if isinstance(found, pa.RecordBatchReader):
                found.read_all()
            elif isinstance(found, duckdb.DuckDBPyRelation):
                found.fetchall()
            spent[model.__name__] = time.process_time() - begun
    return spent


def _loaded(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be read as Python")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _months(warehouse: Path) -> int:
    with duckdb.connect(warehouse, read_only=True) as con:
        [(months,)] = con.execute(
            "select count(distinct month) from marts.fct_registered_crimes"
            " where source = 'police__incidents'"
        ).fetchall()
    return int(months)


@contextmanager
def _home() -> Iterator[Path]:
    """Yield a home in which the demo was built; made here when none is named."""
    if named := os.environ.get("BENCH_HOME"):
        yield Path(named)
        return
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-measures-") as folder:
        how = os.environ | {"WIJKBEELD_HOME": folder}
        subprocess.run([sys.executable, "-c", _BUILD], env=how, check=True)
        yield Path(folder)
