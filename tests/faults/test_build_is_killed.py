"""A build that is killed, anywhere, leaves nothing that the next one trips over."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chain.homes import COMMAND, contents, environment, published, run, write_demo

# Twenty each in `make faults`; each costs a build, so fewer in every test run.
KILLS = int(os.environ.get("WIJKBEELD_TEST_KILLS", "1"))
BOUNDARIES = (
    "looking at the landing zone",
    "dbt build: starting",
    "dbt build 9/",
    "dbt build 30/",
    "audit",
    "publish",
    "published",
)
# Each so many times in a home of its own, or one after the other in one home.
KILLED = [[one] * KILLS for one in BOUNDARIES] if KILLS > 1 else [BOUNDARIES]
DRIVER = Path(__file__).with_name("build_until.py")

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    home = tmp_path_factory.mktemp("landed")
    run(home, "land", *write_demo(tmp_path_factory.mktemp("deliveries"), months=6))
    return home


@pytest.fixture(scope="module")
def undisturbed(landed, tmp_path_factory):
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(landed, home)
    run(home, "build")
    return contents(published(home))


@pytest.mark.parametrize("boundaries", KILLED)
def test_the_same_command_finishes_after_kills(
    landed, undisturbed, tmp_path, boundaries
):
    home = tmp_path / "home"
    shutil.copytree(landed, home)
    for boundary in boundaries:
        killed = subprocess.run(
            [sys.executable, DRIVER, boundary],
            env=environment(home),
            start_new_session=True,
            capture_output=True,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    run(home, "build")
    assert contents(published(home)) == undisturbed
    assert list((home / "published").rglob("*.wal")) == []


def test_the_second_of_two_builds_waits(landed, undisturbed, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(landed, home)
    builds = []
    for _ in range(2):
        builds.append(
            subprocess.Popen(
                [COMMAND, "build"],
                env=environment(home),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        time.sleep(2)
    said = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    assert "wachten op een andere bouw" in said[1]
    assert contents(published(home)) == undisturbed


def test_a_dbt_that_outlives_its_parent_is_waited_for(landed, undisturbed, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(landed, home)
    parent = subprocess.Popen(
        [COMMAND, "build"],
        env=environment(home),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in parent.stderr:
        if line.startswith("dbt build 3/"):
            break
    parent.kill()
    parent.wait()
    parent.stderr.close()
    run(home, "build")
    assert contents(published(home)) == undisturbed
