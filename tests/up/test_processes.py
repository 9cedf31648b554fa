"""What is started is stopped, also what left the group it was started in."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wijkbeeld.up import processes

# Starts a program that starts another in a session of its own, as Airflow's tasks
# start dbt; stops the first, and tells which process the other was.
RUN = """
import sys, time
from pathlib import Path
from wijkbeeld.up import processes
folder = Path(sys.argv[1])
processes.adopt_orphans()
shell = f"trap '' INT; setsid sh -c 'echo $$ > {folder}/pid; exec sleep 600' & wait"
started = processes.start("shell", ["sh", "-c", shell], {"PATH": "/usr/bin:/bin"},
                          folder / "log")
while not (folder / "pid").exists() or not (folder / "pid").read_text():
    time.sleep(0.05)
processes._PATIENCE_S = 1
processes.stop_all([started])
"""


@pytest.fixture
def started(tmp_path):
    begun = []

    def start(*command):
        log = tmp_path / "log"
        begun.append(processes.start("it", list(command), dict(os.environ), log))
        return begun[-1]

    yield start
    for process in begun:
        process.popen.kill()
        process.popen.wait()


def test_an_orphan_in_a_session_of_its_own_is_stopped_too(tmp_path):
    subprocess.run([sys.executable, "-c", RUN, tmp_path], check=True, timeout=60)
    pid = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{pid}").exists()


def test_an_interrupt_comes_before_a_kill(tmp_path):
    tidy = tmp_path / "tidy"
    code = (
        "import signal, sys, time, pathlib\n"
        "def end(*_): pathlib.Path(sys.argv[1]).touch(); sys.exit()\n"
        "signal.signal(signal.SIGINT, end)\n"
        "print('ready', flush=True)\ntime.sleep(600)\n"
    )
    log = tmp_path / "log"
    process = processes.start(
        "it", [sys.executable, "-c", code, str(tidy)], dict(os.environ), log
    )
    while "ready" not in log.read_text():
        time.sleep(0.05)
    processes.stop([process])
    assert tidy.exists()


def test_a_port_that_is_taken_is_not_chosen():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert processes.free_port(port) != port


def test_a_port_that_is_free_is_chosen():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert processes.free_port(port) == port


def test_a_process_that_died_says_what_it_said_last(started):
    process = started("sh", "-c", "echo no such table; exit 3")
    process.popen.wait()
    assert process.is_dead()
    assert process.last_words() == (
        f"no such table\nit is vanzelf gestopt (exitcode 3); het log: {process.log}"
    )
