"""What the area scan costs when the team is all of the Netherlands.

The real dbt build of ``rpt_area_scan`` and all that it is made of, tests included, on
13 offences in 156 months, for ever more buurten that are all the team's. The counts
are synthetic (negative binomial, with a season) and stand in the landing zone in the
form that landing gives them: what landing itself costs is measured in ``landing``.
``BENCH_BUURTEN`` names other sizes: ``1,14000`` is the country, and takes its time.
"""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bench.figure import Figure
from wijkbeeld.landing import record, schema, zone
from wijkbeeld.settings import settings

BUURTEN = [
    int(size) for size in os.environ.get("BENCH_BUURTEN", "1,140,1400").split(",")
]
OFFENCES = (
    "1.1.1", "1.1.2", "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.4.4", "1.4.5", "1.4.6",
    "1.6.2", "2.2.1", "2.5.1", "2.5.2",
)  # fmt: skip
MONTHS = 156
FIRST_YEAR = 2013
EXPORTED_ON = datetime(2026, 1, 20, tzinfo=UTC).replace(tzinfo=None)
SEED = 20260101
SLOWEST = 4
AT_MOST_GIB = 8.0
DUCKDB_MEMORY = "3GB"
# Whatever goes wrong, the machine is not to suffer by it. What is reserved counts too,
# which is more than twice of what is ever used, so this is not the bound.
MEMORY_LIMIT = 18 * 2**30
KIB_PER_GIB = 2**20
SELECTION = (
    "--select", "+rpt_area_scan", "--exclude-resource-type", "unit_test",
    # Tests of which every table is made here.
    "--indirect-selection", "cautious",
)  # fmt: skip


class Run(NamedTuple):
    """One build: how many buurten, and what they cost."""

    buurten: int
    seconds: float
    processor: float
    gib: float
    rows: int
    slowest: str


def rows() -> list[Figure]:
    """Return time and memory for each size, and how they grow."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, before[1]))
    try:
        runs = [_measured(size) for size in BUURTEN]
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
    figures = []
    for run in runs:
        at = f"{run.buurten:,} buurten"
        figures += [
            Figure(
                f"area scan of {at}",
                run.seconds,
                "s",
                f"{run.rows:,} rows; processor {run.processor:.0f} s; {run.slowest}",
            ),
            Figure(
                f"memory of dbt, {at}",
                run.gib,
                "GiB",
                f"peak of the process; DuckDB may take {DUCKDB_MEMORY}",
                at_most=AT_MOST_GIB,
            ),
        ]
    small, large = runs[0], runs[-1]
    figures.append(
        Figure(
            f"growth from {small.buurten:,} to {large.buurten:,} buurten",
            large.processor / small.processor,
            "×",
            "processor time of the builds; linear is the bound",
            at_most=large.buurten / small.buurten,
        )
    )
    return figures


def _measured(buurten: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-national-") as folder:
        home = Path(folder)
        project = _project_of(home, buurten)
        os.environ["WIJKBEELD_HOME"] = str(home)
        settings.cache_clear()
        try:
            zone.prepare()
            _land(buurten)
            return _built(home, project, buurten)
        finally:
            del os.environ["WIJKBEELD_HOME"]
            settings.cache_clear()


def _project_of(home: Path, buurten: int) -> Path:
    """Copy the project, and make all buurten those of the team."""
    project = home / "dbt_project"
    shutil.copytree(
        settings().dbt_project, project, ignore=shutil.ignore_patterns("target", "logs")
    )
    lines = ["buurt_code,buurt_name,wijk_code,wijk_name,is_residential,former_names"]
    lines += [
        f"{code},Buurt {at},WK{at // 100:06d},Wijk {at // 100},{at % 13 < 12},"
        for at, code in enumerate(_codes(buurten))
    ]
    (project / "seeds" / "buurten.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return project


def _codes(buurten: int) -> list[str]:
    return [f"BU{at:08d}" for at in range(buurten)]


def _land(buurten: int) -> None:
    """Write the landing zone: one file per offence, and one of key figures."""
    random = np.random.default_rng(SEED)
    dwellings = np.round(random.lognormal(6.5, 0.9, buurten)).astype(int)
    inhabitants = np.round(dwellings * 2.1).astype(int)
    codes = pa.array(_codes(buurten))
    _write(
        "cbs__buurten",
        "kwb-2025.csv",
        {
            "region_code": codes,
            "kind": pa.repeat("key_figures", buurten),
            "vintage_year": pa.repeat("2025", buurten),
            "dwelling_count": pa.array(dwellings.astype(str)),
            "inhabitant_count": pa.array(inhabitants.astype(str)),
        },
    )
    months = [f"{FIRST_YEAR + at // 12}MM{at % 12 + 1:02d}" for at in range(MONTHS)]
    of_buurt = pa.array(np.repeat(np.arange(buurten), MONTHS))
    of_month = pa.array(np.tile(np.arange(MONTHS), buurten))
    for at, offence in enumerate(OFFENCES):
        counts = _counts(random, dwellings, 6.0 / (1 + at)).ravel()
        _write(
            "police__open_data",
            f"2026-01-20 47022NED {offence}.csv",
            {
                "table_number": pa.repeat("47022NED", counts.size),
                "offence_code": pa.repeat(offence, counts.size),
                "region_code": codes.take(of_buurt),
                "period": pa.array(months).take(of_month),
                "crime_count": pa.array(counts).cast(pa.string()),
                "geo_vintage": pa.repeat("2026", counts.size),
            },
        )


def _counts(
    random: np.random.Generator, dwellings: npt.NDArray[np.int64], rate_per_1000: float
) -> npt.NDArray[np.int32]:
    """Return counts of one offence, buurten by months."""
    month = np.arange(MONTHS)
    season = 1 + 0.25 * np.cos(2 * np.pi * month / 12)
    trend = np.exp(-0.05 * month / 12)
    level = random.gamma(4, 0.25, len(dwellings)) * dwellings * rate_per_1000 / 12_000
    mean = level[:, None] * season * trend
    size = 1 / 0.2
    return random.negative_binomial(size, size / (size + mean)).astype(np.int32)


def _write(source: str, name: str, columns: dict[str, pa.Array]) -> None:
    size = len(next(iter(columns.values())))
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    load = {
        "_file_sha256": pa.repeat(sha256, size),
        "_file_name": pa.repeat(name, size),
        "_row_number": pa.array(np.arange(2, size + 2)),
        "_exported_on": pa.repeat(pa.scalar(EXPORTED_ON, pa.timestamp("us")), size),
        "_landed_at": pa.repeat(pa.scalar(EXPORTED_ON, pa.timestamp("us")), size),
        "_problem": pa.nulls(size, pa.string()),
        "_is_demo": pa.repeat(False, size),
        "_covers_from": pa.nulls(size, pa.date32()),
        "_covers_to": pa.nulls(size, pa.date32()),
    }
    missing = {
        column: pa.nulls(size, pa.uuid() if kind == "uuid" else pa.string())
        for column, kind in schema.COLUMNS[source].items()
        if column not in columns
    }
    landed = pa.table(columns | missing | load)
    order = [*schema.COLUMNS[source], *load]
    target = settings().landing / source / f"{sha256}.parquet"
    pq.write_table(landed.select(order), target, compression="zstd")
    record.write(
        record.Record(
            file_sha256=sha256,
            source=source,
            file_name=name,
            status="landed",
            reason=None,
            warnings=[],
            row_count=size,
            problem_count=0,
            size_bytes=target.stat().st_size,
            exported_on=EXPORTED_ON,
            is_demo=False,
        )
    )


def _built(home: Path, project: Path, buurten: int) -> Run:
    """Build with dbt in a process of its own, and read off what it took."""
    (home / "warehouse").mkdir()
    environment = os.environ | {
        "DBT_PROFILES_DIR": str(project),
        "DBT_TARGET_PATH": str(home / "dbt" / "target"),
        "DBT_LOG_PATH": str(home / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "WIJKBEELD_MEMORY_LIMIT": DUCKDB_MEMORY,
    }
    said = home / "dbt.txt"
    begun = time.perf_counter()
    with said.open("wb") as out:
        dbt = subprocess.Popen(
            [settings().dbt, "--no-use-colors", "build", *SELECTION],
            cwd=project,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        # Tells what this one process took, which no other call does.
        _, status, used = os.wait4(dbt.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise RuntimeError(said.read_text("utf-8")[-6000:])
    results = json.loads((home / "dbt/target/run_results.json").read_text("utf-8"))
    nodes = sorted(
        (
            (node["execution_time"], node["unique_id"].split(".")[2])
            for node in results["results"]
        ),
        reverse=True,
    )
    with duckdb.connect(home / "warehouse" / "wijkbeeld.duckdb", read_only=True) as con:
        counted = con.execute("select count(*) from marts.rpt_area_scan").fetchall()
    return Run(
        buurten,
        seconds,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / KIB_PER_GIB,
        counted[0][0],
        ", ".join(f"{name} {spent:.0f} s" for spent, name in nodes[:SLOWEST]),
    )


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(" | ".join(figure.cells()) + "\n")
