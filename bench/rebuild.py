"""What a build costs after one new month, against the build of all months.

Both builds are those a user runs (dbt, audit, publication), in a process of their
own, on the same deliveries of the demo: first all months from nothing, then one
month more. What a build costs with nothing new is told apart: dbt's own start and
one round through its nodes, which no delivery makes longer.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from bench.figure import Figure
from wijkbeeld import demo

MONTHS = int(os.environ.get("BENCH_MONTHS", "60"))
SCALE = int(os.environ.get("BENCH_SCALE", "100"))
SEED = 20260101
END = date(2026, 10, 1)
AT_MOST = 0.25

_LAND = """
from expectations import gate
from wijkbeeld.landing import inbox
outcomes = list(inbox.land([], gate.of, None, say=lambda *_: None))
assert outcomes and all(o.status == "landed" for o in outcomes), outcomes
"""
_BUILD = """
import json, os, time
os.environ["WIJKBEELD_LANGUAGE"] = "en"
from wijkbeeld.build import build
steps = []
def say(step):
    steps.append((step.split(":")[0].split(" ")[0], time.perf_counter()))
build(tell=say)
steps.append(("end", time.perf_counter()))
spent = {}
for (name, begun), (_, ended) in zip(steps, steps[1:]):
    spent[name] = spent.get(name, 0) + ended - begun
print(json.dumps(spent))
"""


def rows() -> list[Figure]:
    """Return the cost of one more month, and what the builds were made of."""
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-rebuild-") as folder:
        home = Path(folder)
        demo.write(home / "inbox", months=MONTHS, seed=SEED, scale=SCALE, end=END)
        all_landed = _timed_landing(home)
        full, full_cpu, full_steps = _timed_build(home)
        row_count = _incident_rows(home)
        demo.next_month(home / "inbox", months=MONTHS, seed=SEED, scale=SCALE, end=END)
        month_landed = _timed_landing(home)
        again, again_cpu, again_steps = _timed_build(home)
        # The same again, with nothing new: what no build can do without.
        idle, idle_cpu, idle_steps = _timed_build(home)
        added = _incident_rows(home) - row_count
    at = f"{MONTHS} months at scale {SCALE}, {row_count:,} incident rows"
    return [
        Figure(
            "build after one new month, of the full build",
            again / full,
            "×",
            f"{at}; {added:,} rows more",
            at_most=AT_MOST,
        ),
        Figure(
            "its processor time, of that of the full build",
            again_cpu / full_cpu,
            "×",
            "the same builds; less is owed to what else the machine did",
        ),
        Figure(
            "landing and build of one new month, of those of all months",
            (month_landed + again) / (all_landed + full),
            "×",
            f"landing {month_landed:.1f} of {all_landed:.1f} s; what a month's work is",
        ),
        Figure(
            "what a new month adds to a build, of what all months add",
            (again_cpu - idle_cpu) / (full_cpu - idle_cpu),
            "×",
            "processor time beyond that of a build with nothing new",
        ),
        Figure("full build", full, "s", _of(full_cpu, full_steps)),
        Figure("build after one new month", again, "s", _of(again_cpu, again_steps)),
        Figure("build after nothing new", idle, "s", _of(idle_cpu, idle_steps)),
        Figure(
            "dbt after one new month, of dbt from nothing",
            again_steps["dbt"] / full_steps["dbt"],
            "×",
            "the dbt part of the same builds",
        ),
    ]


def _timed_landing(home: Path) -> float:
    """Return seconds on the clock."""
    begun = time.perf_counter()
    _run(home, _LAND)
    return time.perf_counter() - begun


def _timed_build(home: Path) -> tuple[float, float, dict[str, float]]:
    """Return seconds on the clock, seconds of processor, and those of the steps."""
    begun, spent = time.perf_counter(), _cpu_of_children()
    said = _run(home, _BUILD)
    steps = json.loads(said.splitlines()[-1])
    return time.perf_counter() - begun, _cpu_of_children() - spent, steps


def _cpu_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _run(home: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {
            "WIJKBEELD_HOME": str(home),
            "WIJKBEELD_PSEUDONYM_KEY": "the key of the benchmark",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def _incident_rows(home: Path) -> int:
    with duckdb.connect(home / "warehouse" / "wijkbeeld.duckdb", read_only=True) as con:
        counted = con.execute("select count(*) from staging.stg_police__incidents")
        return int(counted.fetchall()[0][0])


def _of(cpu: float, steps: dict[str, float]) -> str:
    parts = [
        f"{name} {seconds:.1f} s"
        for name, seconds in steps.items()
        if name in {"dbt", "audit", "publish"}
    ]
    return ", ".join([*parts, f"processor {cpu:.1f} s"])


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(" | ".join(figure.cells()) + "\n")
