"""How long the server needs for a page: the script and all that it sends.

Every page of two roles on demo deliveries, in a process of its own: first right
after a new publication, when nothing is remembered, then again as a reader who
chooses does. Half a second is where a choice begins to feel like waiting.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import streamlit as st  # noqa: TID251 - what is measured
from streamlit.testing.v1 import AppTest  # noqa: TID251 - what is measured

from bench.figure import Figure
from dashboards.components import slide_view
from wijkbeeld import demo
from wijkbeeld.settings import settings

MONTHS = int(os.environ.get("BENCH_MONTHS", "60"))
SCALE = int(os.environ.get("BENCH_SCALE", "100"))
SEED = 20260101
END = date(2026, 11, 1)
AT_MOST_MS = 500
_OF_ALL = (
    "briefing", "presenteren", "bereik", "buurtpreventie", "datakwaliteit", "sql",
)  # fmt: skip
PAGES = {
    "team": (
        *_OF_ALL, "voorbereiden", "verslag", "gebiedsscan", "buurt", "focus", "effect",
    ),
    "public": (*_OF_ALL, "gebiedsscan_public"),
}  # fmt: skip
_TURNS = 7


def rows() -> list[Figure]:
    """Return the server time of the slowest page, and of each page."""
    given = os.environ.get("BENCH_HOME")
    if given:
        return _figures(_measured(Path(given)))
    with tempfile.TemporaryDirectory(prefix="wijkbeeld-pages-") as folder:
        home = Path(folder)
        demo.write(home / "inbox", months=MONTHS, seed=SEED, scale=SCALE, end=END)
        for command in ("land", "build"):
            _run(home, [str(Path(sys.executable).with_name("wijkbeeld")), command])
        return _figures(_measured(home))


def _figures(measured: dict[str, dict[str, float]]) -> list[Figure]:
    given = os.environ.get("BENCH_HOME")
    size = f"on {given}" if given else f"scale {SCALE}, {MONTHS} months"
    how = f"{len(measured)} pages of {len(PAGES)} roles, {size}, in process"
    figures = []
    for when, text in (
        ("first", "right after a new publication, median of 3"),
        ("warm", f"median of {_TURNS}"),
    ):
        page, times = max(measured.items(), key=lambda named: named[1][when])
        figures.append(
            Figure(
                f"server time of the slowest page, {page}, {text}",
                1000 * times[when],
                "ms",
                # On a busy machine a page waits for its turn as well.
                f"{how}; processor {1000 * times[f'{when}_cpu']:.0f} ms",
                at_most=AT_MOST_MS,
            )
        )
    return figures


def _measured(home: Path) -> dict[str, dict[str, float]]:
    said = _run(home, [sys.executable, "-m", "bench.pages"])
    measured: dict[str, dict[str, float]] = json.loads(said.splitlines()[-1])
    return measured


def _run(home: Path, command: list[str]) -> str:
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"WIJKBEELD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _main() -> None:
    logging.disable(logging.WARNING)
    app_file = Path(__file__).parents[1] / "dashboards" / "app.py"
    # Done when the page was sent already: the pictures of the slides to come.
    slide_view.make_ready = lambda presentation: None  # noqa: ARG005
    measured = {}
    for role, pages in PAGES.items():
        os.environ["WIJKBEELD_ROLE"] = role
        settings.cache_clear()
        for page in pages:
            # Only a first run tells which pages the role has, and where.
            app = AppTest.from_file(str(app_file), default_timeout=60).run()
            app.switch_page(f"app_pages/{page}.py").run()
            first = []
            for _turn in range(3):
                st.cache_data.clear()
                st.cache_resource.clear()
                first.append(_timed(app))
            warm = [_timed(app) for _turn in range(_TURNS)]
            assert not app.exception, (role, page, app.exception)
            measured[f"{page} ({role})"] = {
                "first": statistics.median(wall for wall, _cpu in first),
                "warm": statistics.median(wall for wall, _cpu in warm),
                "first_cpu": statistics.median(cpu for _wall, cpu in first),
                "warm_cpu": statistics.median(cpu for _wall, cpu in warm),
            }
    print(json.dumps(measured))


def _timed(app: AppTest) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    app.run()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    _main()
