"""kill -9 while the files of a briefing appear: each is whole, and again finishes."""

import json
from pathlib import Path

import pytest
from faults.test_publish_is_killed import run
from faults.together_killed import AFTER, BEFORE, NEW, OLD

DRIVER = Path(__file__).with_name("together_killed.py")

pytestmark = pytest.mark.faults


def test_each_file_is_what_it_was_or_what_it_is_now(tmp_path):
    attempts = [json.loads(line) for line in run(tmp_path, DRIVER).splitlines()]
    assert len(attempts) > 10
    for found in attempts:
        step, between = found["step"], found["between"]
        assert found["ended"] == "signal 9", step
        assert BEFORE.keys() <= between.keys() <= AFTER.keys(), step
        for name, text in between.items():
            assert text in (NEW, BEFORE.get(name, NEW)), step
        assert found["finished"] == "written", step
        assert found["after"] == AFTER, step
    # Some were killed before anything appeared, and some after all had.
    told = {found["between"]["briefing.pdf"] for found in attempts}
    assert told == {OLD, NEW}
