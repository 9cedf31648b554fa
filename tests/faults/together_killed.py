"""Write files that appear together in a process that is killed; then write them again.

A program of its own, started by the test, as ``publish_killed``. Says per attempt, in
JSON, what was found after the kill and after the second call.
"""

import json
import sys
from pathlib import Path

from faults.publish_killed import forked, killing_after

from wijkbeeld import files
from wijkbeeld.settings import settings

OLD, NEW = "as it was", "as it is now"
BEFORE = {"briefing.pdf": OLD, "briefing.pptx": OLD}
AFTER = dict.fromkeys([*BEFORE, "cijfers.csv"], NEW)


def folder() -> Path:
    return settings().home / "out"


def write() -> str:
    with files.appearing_together(folder()) as file:
        for name, text in AFTER.items():
            file(name).write_text(text)
    return "written"


def shown() -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder().glob("[!.]*"))}


def begin_anew() -> None:
    folder().mkdir(exist_ok=True)
    for path in folder().iterdir():
        path.unlink()
    for name, text in BEFORE.items():
        (folder() / name).write_text(text)


def attempt(events: int) -> dict[str, object]:
    begin_anew()
    ended = forked(write, killing_after(events))
    between = shown()
    finished = forked(write)
    return {
        "step": f"event {events}",
        "ended": ended,
        "between": between,
        "finished": finished,
        "after": shown(),
    }


def main() -> None:
    counted = [0]

    def count(frame, *_):
        counted[0] += "/wijkbeeld/" in frame.f_code.co_filename

    begin_anew()
    total = forked(lambda: (write(), counted[0])[1], count)
    # The last events are those of the return, when all has been written.
    for events in range(1, total - 1):
        sys.stdout.write(json.dumps(attempt(events)) + "\n")


if __name__ == "__main__":
    main()
