"""Small files: what a list or a track of a round costs to land, a thousand at once.

Each comes with its own content, passes the gate, and ends as a Parquet file with a
record, so that all of it lasts. Time is that of the processor, which is what a core
has to give; the first thousand pay for what is loaded once.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.figure import Figure
from bench.landing import shapes
from wijkbeeld.landing.geography import to_rd

FILES = 20_000
AT_LEAST = 200
_THEN = 1_775_000_000
_HEADER = (
    "ronde_id;team;datum;start_tijd;eind_tijd;aantal_lopers;buurtcodes;route_naam;"
    "afstand_km;aangemeld_bij_politie;vervoer;aantal_signalen;aantal_gesprekken"
)
_POINTS = 400
_LAND = """
import json, resource, sys, time
from pathlib import Path
from expectations import gate
from wijkbeeld.landing import batch, inbox_files
source = sys.argv[1]
judge = gate.of(source)
found = inbox_files.waiting(source)
begun, spent = time.perf_counter(), time.process_time()
became = [one for _, one in batch.land_all(found, source, judge)]
took, spent = time.perf_counter() - begun, time.process_time() - spent
odd = [one for one in became if getattr(one, "status", None) != "landed"]
assert not odd, odd[:3]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps([len(became), took, spent, peak]))
"""


def rows(count: int = FILES) -> list[Figure]:
    """Return how many small files one core lands in a second."""
    figures = []
    for source, what, write in (
        ("watch__patrols", "lists of 12 rounds", _patrols),
        ("watch__tracks", f"tracks of {_POINTS} points", _track),
    ):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            shapes(home)
            box = home / "inbox" / source
            box.mkdir(parents=True)
            for at in range(count):
                name, content = write(at)
                (box / name).write_text(content, "utf-8")
                os.utime(box / name, (_THEN, _THEN))
            landed, took, spent, peak = _run(source, home)
        how = f"{landed:,} in {spent:.1f} s of processor time, {took:.1f} s in all"
        figures += [
            Figure(
                f"{what} landed per core", landed / spent, "/s", how, None, AT_LEAST
            ),
            Figure(f"{what}, peak memory", peak, "GiB", how, at_most=1.5),
        ]
    return figures


def _run(source: str, home: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", _LAND, source],
        env=os.environ | {"WIJKBEELD_HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    )
    measured: list[float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _patrols(at: int) -> tuple[str, str]:
    lines = [
        f"R-{at}-{n};WT-HOUTWIJK;{1 + n:02d}-03-2026;20:00;21:{10 + n};4;BU05181786;"
        f"Noord;{n},{at % 10};ja;lopend;2;3"
        for n in range(12)
    ]
    return f"2026-03-31__rondes-{at}.csv", "\n".join([_HEADER, *lines]) + "\n"


def _track(at: int) -> tuple[str, str]:
    begun = datetime(2026, 3, 12, 19, tzinfo=UTC) + timedelta(minutes=at)
    lon, lat = to_rd().transform(
        75_000 + 6 * np.arange(_POINTS),
        np.full(_POINTS, 452_000 + at % 500),
        direction="INVERSE",
    )
    points = [
        f'<trkpt lat="{lat[n]:.6f}" lon="{lon[n]:.6f}">'
        f"<time>{begun + timedelta(seconds=5 * n):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for n in range(_POINTS)
    ]
    return f"R-2026-{at}.gpx", (
        '<?xml version="1.0"?><gpx version="1.1" creator="bench" '
        'xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        f"{''.join(points)}</trkseg></trk></gpx>"
    )
