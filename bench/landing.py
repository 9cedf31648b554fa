"""Landing 2,000,000 incidents, beside what DuckDB itself needs for the same file.

DuckDB only turns the CSV into Parquet (``read_csv(all_varchar)`` to zstd). Landing
hashes the file, checks its encoding, drops what may not be kept, reads dates and
numbers, places points, makes pseudonyms, looks for repeats, judges every row and
numbers it. Each run is a process of its own; the two take turns.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.figure import Figure
from wijkbeeld.landing import agreement
from wijkbeeld.reference import buurten

INCIDENTS = 2_000_000
RUNS = 5
_ADDRESSES = 25_000
_BATCH = 100_000
_HEADER = (
    "Registratienummer;MK-code;MK omschrijving;Datum kennisname;Pleegdatum vanaf;"
    "Pleegtijd vanaf;Pleegdatum tot;Pleegtijd tot;Straat;Postcode;Huisnummer;"
    "Toevoeging;Plaats;X-coördinaat;Y-coördinaat;Poging;Object;Basisteam;"
    "Modus operandi;Toelichting"
)
_CODES = (
    *("A20", "A30", "A72", "A73", "A10", "B62", "C20", "A70", "A34", "A21"),
    *("F550", "F530", "A50", "A40", "A90", "F16", "D12"),
)
_STREETS = "Loosduinse Hoofdstraat,Houtwijklaan,Mient,Thorbeckelaan,Kijkduinsestraat"
_WORDS = (
    *("de", "het", "een", "woning", "deur", "raam", "geforceerd", "weggenomen"),
    *("sieraden", "laptop", "dader", "onbekend", "achterzijde", "tuin", "schutting"),
    *("omstreeks", "avond", "nacht"),
)

DUCKDB = """
import json, resource, sys, time, duckdb
con = duckdb.connect()
con.execute("set enable_progress_bar = false")
begun = time.perf_counter()
con.execute(
    "copy (select * from read_csv($1, all_varchar = true)) to '" + sys.argv[2] + "' "
    "(format parquet, compression zstd)", [sys.argv[1]])
"""
_LANDING = """
import json, resource, sys, time
from pathlib import Path
from wijkbeeld.landing.deliver import deliver
begun = time.perf_counter()
landed = deliver(Path(sys.argv[1]), "police__incidents", lambda parquet: None)
assert landed.row_count == int(sys.argv[2]), landed
assert landed.problem_count < landed.row_count / 100, landed
"""
LANDING_OF = """
import json, resource, sys, time
from pathlib import Path
from wijkbeeld.landing.deliver import deliver
begun = time.perf_counter()
landed = deliver(Path(sys.argv[1]), sys.argv[2], lambda parquet: None)
assert landed.row_count == int(sys.argv[3]), landed
problems = landed.problem_count / landed.row_count
"""
_SAY = """
took = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps([took, peak, globals().get("problems", 0.0)]))
"""


def rows(incidents: int = INCIDENTS, runs: int = RUNS) -> list[Figure]:
    """Measure landing against DuckDB's own conversion."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shapes(home)
        export = Path(folder) / "2026-09-30__export.csv"
        _write(export, incidents)
        ours, theirs = [], []
        for turn in range(runs + 1):
            parquet = Path(folder) / "duckdb.parquet"
            plain = run(DUCKDB, [export, parquet], home)
            landing = run(
                _LANDING, [offered(export, home, "police__incidents"), incidents], home
            )
            if turn:  # The first of each warms the disk.
                theirs.append(plain)
                ours.append(landing)
        size = export.stat().st_size / 1024**2
    took = statistics.median(t for t, *_ in ours)
    bare = statistics.median(t for t, *_ in theirs)
    ratio = took / bare
    what = f"landing {incidents:,} incidents ({size:.0f} MiB)"
    how = f"{took:.2f} s against {bare:.2f} s, medians of {runs} alternating runs"
    peak = max(memory for _, memory, _ in ours)
    return [
        Figure(f"{what} / DuckDB's read_csv to zstd", ratio, "×", how, at_most=1.5),
        Figure(f"{what}, peak memory", peak, "GiB", "largest of the runs", at_most=1.5),
    ]


def run(
    program: str, arguments: list[object], home: Path
) -> tuple[float, float, float]:
    """Return seconds, GiB at most, and the share of rows with a problem."""
    done = subprocess.run(
        [sys.executable, "-c", program + _SAY, *map(str, arguments)],
        env=os.environ | {"WIJKBEELD_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    took, peak, problems = json.loads(done.stdout.splitlines()[-1])
    return took, peak, problems


def offered(export: Path, home: Path, source: str) -> Path:
    """Put the file in the inbox, of an installation that does not know it yet."""
    forget(home, source)
    # An export that does not name its account lies in a folder that does.
    folder = "Wijkteam" if agreement.source(source).in_folders else ""
    offered = home / "inbox" / source / folder / export.name
    offered.parent.mkdir(parents=True, exist_ok=True)
    offered.unlink(missing_ok=True)
    offered.hardlink_to(export)
    return offered


def forget(home: Path, source: str) -> None:
    """Take away what has landed of a source."""
    for kept in (
        *(home / "landing").glob(f"**/{source}/*.parquet"),
        *(home / "delivered" / source).rglob("*.*"),
    ):
        kept.unlink()


def shapes(home: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"buurtcode": buurt.buurt_code, "jaar": 2025},
            "geometry": {"type": "Polygon", "coordinates": [_ring(at)]},
        }
        for at, buurt in enumerate(buurten())
    ]
    offered = home / "inbox" / "cbs__buurten" / "2026-01-01__buurten.geojson"
    offered.parent.mkdir(parents=True)
    collection = {"type": "FeatureCollection", "features": features}
    offered.write_text(json.dumps(collection), "utf-8")
    program = (
        "import json, resource, sys, time\nfrom pathlib import Path\n"
        "from wijkbeeld.landing.deliver import deliver\nbegun = time.perf_counter()\n"
        "deliver(Path(sys.argv[1]), 'cbs__buurten', lambda parquet: None)\n"
    )
    run(program, [offered], home)


def _ring(at: int) -> list[tuple[float, float]]:
    """Return a wavy outline, in RD: a strip of the area of the team."""
    west, east = 73_400 + 330 * at, 73_400 + 330 * (at + 1)
    up = np.linspace(449_900, 455_100, 60)

    def side(x: int) -> list[tuple[float, float]]:
        return [(round(float(x + 40 * np.sin(y / 150)), 1), float(y)) for y in up]

    left, right = side(west), side(east)
    return [*right, *reversed(left), right[0]]


def _write(path: Path, incidents: int) -> None:
    chance = np.random.default_rng(1)
    x = chance.integers(73_450, 77_600, _ADDRESSES)
    y = chance.integers(449_950, 455_050, _ADDRESSES)
    streets = chance.choice(_STREETS.split(","), _ADDRESSES)
    letters = chance.integers(0, 26, (_ADDRESSES, 2))
    postcodes = [
        f"25{area} {chr(65 + a)}{chr(65 + b)}"
        for area, (a, b) in zip(
            chance.integers(41, 56, _ADDRESSES), letters, strict=True
        )
    ]
    numbers = chance.integers(1, 400, _ADDRESSES)
    additions = chance.choice(["", "", "", "A", "B", "II"], _ADDRESSES)
    addresses = [
        (f"{s};{p};{n};{a};'S-GRAVENHAGE;{i};{j}")
        for s, p, n, a, i, j in zip(
            streets, postcodes, numbers, additions, x, y, strict=True
        )
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(_HEADER + "\r\n")
        for first in range(0, incidents, _BATCH):
            count = min(_BATCH, incidents - first)
            out.writelines(_lines(chance, first, count, addresses))


def _lines(
    chance: np.random.Generator, first: int, count: int, addresses: list[str]
) -> Iterator[str]:
    start = np.datetime64("2015-01-01T00:00") + chance.integers(0, 6_000_000, count)
    end = start + chance.integers(0, 1440, count)
    known = end + chance.integers(0, 3000, count)
    code = chance.choice(_CODES, count)
    where = chance.integers(0, len(addresses), count)
    attempt = chance.choice(["J", "N", "N", "N"], count)
    thing = chance.choice(["Woning", "Fiets", "Personenauto", "Schuur", ""], count)
    words = chance.integers(0, len(_WORDS), (count, 12))
    has_end = chance.random(count) < 0.8
    shown = [np.datetime_as_string(moments) for moments in (start, end, known)]
    for n in range(count):
        (a, b), (c, d), (e, f) = (_parts(text[n]) for text in shown)
        told = [_WORDS[word] for word in words[n]]
        yield (
            f"PL1500-{2015 + n % 11}{first + n:07d};{code[n]};Omschrijving {code[n]};"
            f"{e} {f};{a};{b};{f'{c};{d}' if has_end[n] else ';'};"
            f"{addresses[where[n]]};{attempt[n]};{thing[n]};Loosduinen;"
            f"{' '.join(told[:5])};{' '.join(told[5:])}\r\n"
        )


def _parts(text: str) -> tuple[str, str]:
    return f"{text[8:10]}-{text[5:7]}-{text[:4]}", text[11:16]


if __name__ == "__main__":
    table = Table("what", "figure", "bound", "holds", "how it was measured")
    for figure in rows():
        table.add_row(*figure.cells())
    Console().print(table)
