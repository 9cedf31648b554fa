"""Publish in a process that is killed at one boundary; then publish again.

A program of its own, started by the test: it loads everything once and opens no
database, so that each publish runs in a fork that starts in no time. Says per
attempt, in JSON, what was found after the kill and after the second call.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb

from wijkbeeld import publish
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

# Where Python enters or leaves one of these functions, a step begins or ends. The
# number says which time.
BOUNDARIES = (
    ("_sweep", "call", 1),
    ("_sweep", "return", 1),
    ("_write", "call", 1),
    ("write_all", "call", 1),
    ("prepare", "return", 1),
    ("_fill", "call", 1),
    ("_fill", "return", 1),
    ("_assert_closed", "call", 1),
    ("_assert_closed", "return", 1),
    ("sync", "call", 1),
    ("sync", "return", 1),
    ("_fill", "return", 2),
    ("_assert_closed", "return", 2),
    ("_fill", "return", 3),
    ("_assert_closed", "return", 3),
    ("sync", "call", 4),
    ("sync", "return", 4),
    ("sync", "call", 5),
    ("sync", "return", 5),
    ("_write", "return", 1),
    ("write_text", "call", 1),
    ("sync", "call", 6),
    ("sync", "call", 7),
    ("write_text", "return", 1),
    ("_prune", "call", 1),
    ("_prune", "return", 1),
    ("_link", "call", 1),
    ("_link", "return", 3),
    ("write_text", "return", 2),
    ("hand_out", "return", 1),
    ("publish", "return", 1),
)


def killing_at(function: str, event: str, time: int) -> Callable[..., None]:
    """Return a profiler that ends the process at a boundary, as kill -9 does."""
    left = [time]

    def look(frame, happening, _):
        code = frame.f_code
        if (
            happening == event
            and code.co_name == function
            and "/wijkbeeld/" in code.co_filename
        ):
            left[0] -= 1
            # Threads that count at once may step over nought.
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return look


def killing_after(events: int) -> Callable[..., None]:
    """Return a profiler that ends the process after so many calls and returns."""
    left = [events]

    def look(frame, *_):
        if "/wijkbeeld/" in frame.f_code.co_filename:
            left[0] -= 1
            # Threads that count at once may step over nought.
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return look


def forked(work: Callable[[], object], look: Callable[..., None] | None = None):
    """Run in a fork; return what it returned, or the signal that ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            # Part of a publish is done in a thread of its own.
            threading.setprofile(look)
            sys.setprofile(look)
            result = work()
            sys.setprofile(None)
            os.write(writing, json.dumps(result).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)}"
    return json.loads(said) if said else "an exception"


def contents(folder: Path) -> dict[str, str]:
    """Return a digest of every table, but for what a publication says of itself."""
    found = {}
    for role in ROLES:
        with duckdb.connect(str(folder / f"{role}.duckdb"), read_only=True) as con:
            for table in (*ROLES[role], "columns"):
                digest = con.sql(
                    f"select count(*), bit_xor(hash(t)) from marts.{table} as t"
                ).fetchall()
                found[f"{role}.{table}"] = str(digest)
            [(name, said)] = con.sql(
                "select publication, role from marts.publication"
            ).fetchall()
            found[f"{role}.publication"] = str((name == folder.name, said == role))
    return found


def current_contents():
    return contents(publish.current("team").parent)


def left_over() -> list[str]:
    """Return what is in the folders of publications and does not belong there."""
    root = settings().published
    names = {p.name for p in publish.publications()}
    wanted = {root / "current", *(root / name for name in names)}
    wanted |= {root / name / f"{role}.duckdb" for name in names for role in ROLES}
    for role in ROLES:
        tree = settings().home / "readers" / role
        wanted |= {tree / "current", *(tree / name for name in names)}
        shown = {f"{role}.duckdb", "public.duckdb"}
        wanted |= {tree / name / file for name in names for file in shown}
    there = {*root.rglob("*"), *(settings().home / "readers").glob("*/**/*")}
    return sorted(map(str, there ^ wanted))


def attempt(build: str, look: Callable[..., None]) -> dict[str, object]:
    before = forked(lambda: publish.current("team").parent.name)
    ended = forked(lambda: publish.publish(build), look)
    pointed = forked(lambda: publish.current("team").parent.name)
    readable = forked(current_contents)
    name = forked(lambda: publish.publish(build))
    return {
        "ended": ended,
        "pointed": pointed in {before, name},
        "readable": readable,
        "finished": forked(lambda: publish.current("team").parent.name) == name,
        "contents": forked(current_contents),
        "left_over": left_over(),
        "count": len(publish.publications()),
        "once": sum(p.name.endswith(name[17:]) for p in publish.publications()),
    }


def say(found: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")


def main() -> None:
    mode, times = sys.argv[1], int(sys.argv[2])
    if mode == "boundaries":
        for boundary in BOUNDARIES:
            for n in range(times):
                build = f"{'-'.join(map(str, boundary))}-{n}"
                found = attempt(build, killing_at(*boundary))
                say(found | {"step": build})
    else:
        counted = [0]

        def count(frame, *_):
            counted[0] += "/wijkbeeld/" in frame.f_code.co_filename

        total = forked(lambda: (publish.publish("counted"), counted[0])[1], count)
        # Not all runs take as many steps; the last ones are among the boundaries.
        for n in range(1, total * 9 // 10, max(total // times, 1)):
            found = attempt(f"event-{n}", killing_after(n))
            say(found | {"step": f"event {n} of {total}"})


if __name__ == "__main__":
    main()
