"""kill -9 in the middle of a freeze: the same call finishes, and nothing is half."""

import json
from pathlib import Path

import pytest
from faults.freeze_killed import BOUNDARIES
from faults.test_publish_is_killed import KILLS, run
from publish import marts

from wijkbeeld.publish.roles import ROLES

DRIVER = Path(__file__).with_name("freeze_killed.py")

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    marts.make(home / "warehouse" / "wijkbeeld.duckdb")
    run(home, "-c", "from wijkbeeld.publish import publish; publish('presented')")
    return home


@pytest.mark.parametrize(
    ("mode", "times"),
    [("boundaries", KILLS), ("events", 20 * int(KILLS))],
    ids=["steps", "anywhere"],
)
def test_the_same_call_finishes_a_freeze_that_was_killed(home, mode, times):
    attempts = [
        json.loads(line) for line in run(home, DRIVER, mode, str(times)).splitlines()
    ]
    if mode == "boundaries":
        assert len(attempts) == len(BOUNDARIES) * int(times)
    else:
        events = int(attempts[0]["step"].split()[-1])
        assert len(attempts) >= min(times, events) * 9 // 10 - 1
    whole = dict.fromkeys(ROLES, True)
    for found in attempts:
        step = found["step"]
        assert found["ended"] == "signal 9", step
        # In between, the briefing opens as it was, or is not there.
        assert found["between"] in ({}, whole), step
        assert found["finished"], step
        assert found["kept"] == whole, step
        assert found["pointed"], step
        assert found["records"] == [found["records"][0]] * 4, step
        assert len(found["records"][0]) == 1, step
        assert found["left_over"] == [], step
