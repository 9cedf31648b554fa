"""Finding what is new in an inbox of 100,000 files, where as many have landed."""

import os
import tempfile
import time
from pathlib import Path

from bench.figure import Figure
from wijkbeeld import settings as configured
from wijkbeeld.landing import inbox_files

FILES = 100_000
_SOURCE = "watch__patrols"
_THEN = 1_775_000_000
_RUNS = 3


def rows(count: int = FILES) -> list[Figure]:
    """Return how long it takes to name the files that wait."""
    was = os.environ.get("WIJKBEELD_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WIJKBEELD_HOME"] = folder
        configured.settings.cache_clear()
        box = Path(folder) / "inbox" / _SOURCE
        landed = Path(folder) / "landing" / _SOURCE
        for place in (box, landed):
            place.mkdir(parents=True)
        for at in range(count):
            path = box / f"2026-03-31__rondes-{at}.csv"
            path.touch()
            os.utime(path, (_THEN, _THEN))
            (landed / f"{at:064x}.parquet").touch()
        took = []
        for _ in range(_RUNS):
            begun = time.perf_counter()
            found = inbox_files.waiting(_SOURCE)
            took.append(time.perf_counter() - begun)
            assert len(found) == count
            # A landing does not begin with what another found still in memory.
            del found
    if was is None:
        del os.environ["WIJKBEELD_HOME"]
    else:
        os.environ["WIJKBEELD_HOME"] = was
    configured.settings.cache_clear()
    how = f"least of {_RUNS}, as many have landed before"
    return [Figure(f"finding {count:,} new files", min(took), "s", how, at_most=1)]
