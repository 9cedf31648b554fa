"""Processes that are started together, and stopped whatever happens."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from wijkbeeld.language import say

_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE_S = 20.0
_LAST_LINES = 8


class Process(NamedTuple):
    """A program that runs beside us, in a process group of its own."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    def is_dead(self) -> bool:
        """Tell whether it has ended, which it should not."""
        return self.popen.poll() is not None

    def last_words(self) -> str:
        """Return how it ended, and the end of what it logged."""
        lines = self.log.read_text("utf-8", "replace").splitlines()[-_LAST_LINES:]
        end = say(
            "{name} is vanzelf gestopt (exitcode {code}); het log: {log}",
            name=self.name,
            code=self.popen.returncode,
            log=self.log,
        )
        return "\n".join([*lines, end])


def adopt_orphans() -> None:
    """Become the parent of whatever loses its own among our descendants.

    Airflow's tasks and dbt leave the process group they were started in, so that
    killing the group is not enough to stop all that we started.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(
    name: str, command: list[str], environment: dict[str, str], log: Path
) -> Process:
    """Start a program in a process group of its own; its output goes to a log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        popen = subprocess.Popen(  # noqa: S603 - a list of ours, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Process(name, popen, log)


def stop(processes: list[Process]) -> None:
    """Interrupt all, wait for them, and kill what is left of their groups."""
    for process in processes:
        _signal(process, signal.SIGINT)
    deadline = time.monotonic() + _PATIENCE_S
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.popen.wait(max(0.0, deadline - time.monotonic()))
        _signal(process, signal.SIGKILL)
        process.popen.wait()


def stop_all(processes: list[Process]) -> None:
    """Stop these, and every other descendant of ours, orphans included.

    A second Ctrl-C does not cut this short: it would leave something behind.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    stop(processes)
    while orphans := _children():
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def free_port(preferred: int) -> int:
    """Return the preferred port of 127.0.0.1, or another when it is taken."""
    for port in (preferred, 0):
        with socket.socket() as candidate, suppress(OSError):
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind(("127.0.0.1", port))
            return int(candidate.getsockname()[1])
    raise OSError("127.0.0.1 has no free port")


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.popen.pid, number)


def _children() -> set[int]:
    """Return the processes whose parent we are, by birth or by adoption."""
    threads = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for children in threads for pid in children.read_text().split()}
