import subprocess
import sys

import pytest

from wijkbeeld import files


def test_a_file_appears_whole(tmp_path):
    target = tmp_path / "new" / "figure"
    with files.appearing(target) as scratch:
        scratch.write_text("half", "utf-8")
        assert not target.exists()
        scratch.write_text("whole", "utf-8")
    assert target.read_text("utf-8") == "whole"


def test_a_block_that_fails_leaves_the_old_file_and_no_scratch(tmp_path):
    target = tmp_path / "figure"
    files.write_text(target, "old")

    def fail_halfway():
        with files.appearing(target) as scratch:
            scratch.write_text("new", "utf-8")
            raise OSError

    with pytest.raises(OSError, match=r"^$"):
        fail_halfway()
    assert [p.read_text("utf-8") for p in tmp_path.iterdir()] == ["old"]


def test_the_lock_ends_with_a_process_that_is_killed(tmp_path):
    lock = tmp_path / "lock"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time, pathlib; from wijkbeeld import files\n"
            "with files.exclusive(pathlib.Path(sys.argv[1])):\n"
            "    print('held', flush=True); time.sleep(60)",
            lock,
        ],
        stdout=subprocess.PIPE,
    )
    holder.stdout.readline()
    assert files.is_held(lock)
    holder.kill()
    holder.wait()
    assert not files.is_held(lock)


ADD_TWENTY = """
import sys, time, pathlib
from wijkbeeld import files
path = pathlib.Path(sys.argv[1])
for _ in range(20):
    with files.exclusive(path.with_name("lock")):
        count = int(path.read_text("utf-8"))
        time.sleep(0.001)
        path.write_text(str(count + 1), "utf-8")
"""


def test_whoever_comes_second_waits(tmp_path):
    path = tmp_path / "count"
    path.write_text("0", "utf-8")
    adders = [
        subprocess.Popen([sys.executable, "-c", ADD_TWENTY, path]) for _ in range(3)
    ]
    assert [adder.wait() for adder in adders] == [0, 0, 0]
    assert path.read_text("utf-8") == "60"


def test_nothing_of_a_lock_that_was_never_taken_is_held(tmp_path):
    assert not files.is_held(tmp_path / "lock")
