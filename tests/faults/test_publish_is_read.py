"""Readers during a hundred publications: no error, no torn read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from publish import marts

from wijkbeeld import publish
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

DRIVER = Path(__file__).with_name("publications_read.py")
PUBLICATIONS = 100

pytestmark = pytest.mark.faults


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def publish_state(n):
    with duckdb.connect(str(settings().warehouse)) as con:
        marts.number(con, n)
    publish.publish(str(n))


def test_a_hundred_publications_disturb_no_reader(home):
    marts.make(settings().warehouse, marts.random_counts()[::4])
    publish_state(0)
    readers = [
        subprocess.Popen(
            [sys.executable, DRIVER, role],
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for role in ROLES
    ]
    try:
        for n in range(1, PUBLICATIONS + 1):
            publish_state(n)
    finally:
        (home / "enough").touch()
        said = [reader.communicate(timeout=60) for reader in readers]
    for role, (found, errors) in zip(ROLES, said, strict=True):
        assert errors == "", (role, errors)
        seen = json.loads(found)
        assert seen["last"] == PUBLICATIONS
        # They did read in between, and did not see one state only.
        assert seen["seen"] > PUBLICATIONS / 10, seen
        assert seen["reads"] >= seen["seen"], seen
    assert len(publish.publications()) == settings().publications_kept
