"""kill -9 in the middle of a publish: the same call finishes, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from publish import marts

from wijkbeeld.settings import settings

DRIVER = Path(__file__).with_name("publish_killed.py")
# Twenty each in `make faults`.
KILLS = os.environ.get("WIJKBEELD_TEST_KILLS", "1")
KEPT = 2

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with as many publications as may be kept, so that each new one prunes."""
    home = tmp_path_factory.mktemp("home")
    marts.make(home / "warehouse" / "wijkbeeld.duckdb")
    for build in ("first", "undisturbed"):
        run(home, "-c", f"from wijkbeeld.publish import publish; publish({build!r})")
    return home


@pytest.fixture(scope="module")
def undisturbed(home):
    digest = (
        "import json; from faults.publish_killed import current_contents; "
        "print(json.dumps(current_contents()))"
    )
    found = json.loads(run(home, "-c", digest))
    assert len(found) > 40
    return found


def run(home, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ
        | {
            "WIJKBEELD_HOME": str(home),
            "WIJKBEELD_PUBLICATIONS_KEPT": str(KEPT),
            "PYTHONPATH": os.pathsep.join(
                [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
            ),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("mode", "times"),
    [("boundaries", KILLS), ("events", 20 * int(KILLS))],
    ids=["steps", "anywhere"],
)
def test_the_same_call_finishes_what_was_killed(home, undisturbed, mode, times):
    settings.cache_clear()
    attempts = [
        json.loads(line) for line in run(home, DRIVER, mode, str(times)).splitlines()
    ]
    assert len(attempts) >= int(times) * 9 // 10
    for found in attempts:
        step = found["step"]
        assert found["ended"] == "signal 9", step
        # In between, readers have the old one or the new one, whole.
        assert found["pointed"], step
        assert found["readable"] == undisturbed, step
        assert found["finished"], step
        assert found["contents"] == undisturbed, step
        assert found["left_over"] == [], step
        assert found["count"] == KEPT, step
        assert found["once"] == 1, step
