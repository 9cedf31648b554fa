"""A landing that is killed, anywhere, leaves nothing that the next one trips over."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.landing.offers import PATROLS, SAMPLES, shapes

# Twenty each in `make faults`; each costs a landing, so fewer in every test run.
KILLS = int(os.environ.get("WIJKBEELD_TEST_KILLS", "2"))
DRIVER = Path(__file__).with_name("landing_killed.py")

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deliveries")
    files = [(source, name, text.encode()) for source, (name, text) in SAMPLES.items()]
    files += [
        ("cbs__buurten", "2026-01-01__buurten.geojson", shapes()),
        # Places the incidents anew.
        ("cbs__buurten", "later__buurten.geojson", shapes(2026, east=0.004)),
        ("watch__patrols", "2026-04-01__stuk.csv", b"ronde_id;team\nR-1;WT-A\n"),
        *(
            (
                "watch__patrols",
                f"2026-04-0{n}__rondes.csv",
                (PATROLS + "\n" * n).encode(),
            )
            for n in (2, 3)
        ),
    ]
    for source, name, content in files:
        (folder / source).mkdir(exist_ok=True)
        path = folder / source / name
        path.write_bytes(content)
        os.utime(path, (1_775_000_000, 1_775_000_000))
    return folder


def land(home: Path, deliveries: Path, boundary: str, times: int) -> None:
    environment = os.environ | {
        "WIJKBEELD_HOME": str(home),
        "WIJKBEELD_PSEUDONYM_KEY": "a key for tests only",
    }
    subprocess.run(
        [sys.executable, DRIVER, deliveries, boundary, str(times)],
        env=environment,
        check=True,
        timeout=600,
    )


def contents(home: Path) -> dict[str, object]:
    """Return all that is to be seen of a home, but for the time of landing."""
    seen: dict[str, object] = {}
    for parquet in sorted((home / "landing").rglob("*.parquet")):
        found = duckdb.read_parquet(str(parquet))
        kept = [name for name in found.columns if name.lstrip("_") != "landed_at"]
        rows = found.select(*kept).fetchall()
        seen[str(parquet.relative_to(home))] = sorted(map(repr, rows))
    for folder in ("inbox", "delivered", "rejected"):
        for path in sorted((home / folder).rglob("*")):
            if path.is_file():
                seen[str(path.relative_to(home))] = path.read_bytes()
    return seen


@pytest.fixture(scope="module")
def undisturbed(deliveries, tmp_path_factory):
    home = tmp_path_factory.mktemp("undisturbed")
    land(home, deliveries, "never", 0)
    return contents(home)


@pytest.mark.parametrize(
    "boundary",
    [
        "before wijkbeeld.landing.deliver.purge",
        "after wijkbeeld.landing.zone.prepare",
        "after wijkbeeld.files.sha256_of",
        "after wijkbeeld.landing.recognise.check",
        "after wijkbeeld.landing.read.read",
        "after wijkbeeld.landing.typed.dictionary",
        "after wijkbeeld.landing.incidents.add",
        "before wijkbeeld.landing.rows.find_repeats",
        "after wijkbeeld.landing.land._write",
        "before pathlib.Path.replace",
        "after pathlib.Path.replace",
        "before wijkbeeld.landing.record.write",
        "after wijkbeeld.landing.record.write",
        "before wijkbeeld.landing.deliver._move_to",
        "before pathlib.Path.rename",
        "after pathlib.Path.rename",
        "after wijkbeeld.landing.deliver._put_away",
        "before wijkbeeld.landing.batch._keep",
        "before wijkbeeld.files._sync_all",
        "after wijkbeeld.files._sync_all",
        "before wijkbeeld.landing.record.write_together",
        "after wijkbeeld.landing.record.write_together",
        "after wijkbeeld.landing.deliver.move_together",
        "before wijkbeeld.files.write_text",
        "after wijkbeeld.files.write_text",
        "before wijkbeeld.landing.zone._place_again",
        "after wijkbeeld.landing.zone._place_again",
    ],
)
def test_the_same_command_finishes_after_a_kill(
    deliveries, undisturbed, tmp_path, boundary
):
    land(tmp_path, deliveries, boundary, KILLS)
    assert contents(tmp_path) == undisturbed


def test_two_landings_at_once_end_as_one(deliveries, undisturbed, tmp_path):
    environment = os.environ | {
        "WIJKBEELD_HOME": str(tmp_path),
        "WIJKBEELD_PSEUDONYM_KEY": "a key for tests only",
    }
    both = [
        subprocess.Popen(
            [sys.executable, DRIVER, deliveries, "never", "0"],
            env=environment,
        )
        for _ in range(2)
    ]
    land(tmp_path, deliveries, "never", 0)
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    land(tmp_path, deliveries, "never", 0)
    assert contents(tmp_path) == undisturbed
