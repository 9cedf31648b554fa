"""kill -9 in the middle of a release: the same call finishes, and nothing is half."""

import json
from pathlib import Path

import pytest
from faults.release_killed import WHOLE
from faults.test_publish_is_killed import KILLS, run

DRIVER = Path(__file__).with_name("release_killed.py")

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    run(home, "-c", "from output.released import publish; publish()")
    return home


@pytest.mark.parametrize("deed", ["release", "refuse"])
def test_the_same_call_finishes_what_was_killed(home, deed):
    told = run(home, DRIVER, deed, str(10 * int(KILLS)))
    attempts = [json.loads(line) for line in told.splitlines()]
    assert len(attempts) >= 9 * int(KILLS)
    for found in attempts:
        step = found["step"]
        assert found["ended"] == "signal 9", step
        # In between there is the whole release, or nothing.
        assert found["between"] in ([], WHOLE if deed == "release" else []), step
        is_released = deed == "release"
        assert found["there"] == (WHOLE if is_released else []), step
        row = ["released", "2026-10"] if is_released else ["expired", None]
        assert found["rows"] == [row], step
        assert found["drafts"] == [], step
