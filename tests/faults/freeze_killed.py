"""Freeze in a process that is killed at one boundary; then freeze again.

A program of its own, started by the test, as ``publish_killed``. Says per attempt, in
JSON, what was found after the kill and after the second call.
"""

import json
import sys
from collections.abc import Callable
from datetime import date

from faults.publish_killed import forked, killing_after, killing_at

from wijkbeeld import files, publish
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

MONTH = date(2026, 10, 1)
BOUNDARIES = (
    ("freeze", "call", 1),
    ("_sweep", "return", 1),
    ("_as_record", "call", 1),
    ("_as_record", "return", 1),
    ("write", "call", 1),
    ("write_text", "call", 1),
    ("sync", "call", 1),
    ("sync", "return", 1),
    ("sync", "call", 2),
    ("sync", "return", 2),
    ("write", "return", 1),
    ("hand_out", "return", 1),
    ("hand_out_frozen", "call", 1),
    ("sync", "call", 3),
    ("sync", "return", 4),
    ("hand_out_frozen", "return", 1),
    ("freeze", "return", 1),
)


def trees():
    return [
        settings().published,
        *(settings().home / "readers" / role for role in ROLES),
    ]


def begin_anew() -> None:
    for tree in trees():
        for record in (tree / "frozen").glob("*"):
            record.unlink()


def kept() -> dict[str, bool]:
    """Return per role of which a briefing can be opened whether it is as it was."""
    return {
        role: files.sha256_of(path) == record.files[role]
        for role in ROLES
        for record, path in publish.frozen(role).values()
    }


def attempt(look: Callable[..., None]) -> dict[str, object]:
    begin_anew()
    before = publish.current("team").parent.name
    ended = forked(lambda: publish.freeze(MONTH).publication, look)
    between = forked(kept)
    name = forked(lambda: publish.freeze(MONTH).publication)
    return {
        "ended": ended,
        "between": between,
        "finished": name == before,
        "kept": forked(kept),
        "pointed": publish.current("team").parent.name == before,
        "records": [sorted(p.name for p in (t / "frozen").iterdir()) for t in trees()],
        "left_over": sorted(str(p) for t in trees() for p in t.rglob(".*")),
    }


def main() -> None:
    mode, times = sys.argv[1], int(sys.argv[2])
    if mode == "boundaries":
        looks = [
            (f"{boundary}", killing_at(*boundary))
            for boundary in BOUNDARIES
            for _ in range(times)
        ]
    else:
        counted = [0]

        def count(frame, *_):
            counted[0] += "/wijkbeeld/" in frame.f_code.co_filename

        total = forked(lambda: (publish.freeze(MONTH), counted[0])[1], count)
        # Of a short freeze every event is one: it may have fewer than were asked.
        looks = [
            (f"event {n} of {total}", killing_after(n))
            for n in range(1, total * 9 // 10, max(total // times, 1))
        ]
    for step, look in looks:
        sys.stdout.write(json.dumps(attempt(look) | {"step": step}) + "\n")


if __name__ == "__main__":
    main()
