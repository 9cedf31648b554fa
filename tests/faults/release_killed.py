"""Prepare and release in a process that is killed somewhere; then do both again.

A program of its own, started by the test, as ``publish_killed``. Says per attempt, in
JSON, what was found after the kill and after the second call.
"""

import json
import shutil
import sys

from faults.publish_killed import forked, killing_after
from output.released import APPROVED, prepare, there

from wijkbeeld.landing import outcomes
from wijkbeeld.output import releases
from wijkbeeld.output.releases import Decision
from wijkbeeld.settings import settings

WHOLE = [
    "briefing/2026-10/column.txt",
    "briefing/2026-10/manifest.json",
    "briefing/2026-10/pictures/map.png",
]


def do(deed: str) -> str:
    draft = prepare()
    if deed == "release":
        return str(releases.release(draft, APPROVED))
    return str(releases.refuse(draft, Decision(None, APPROVED.at)))


def do_or_say(deed: str) -> str:
    try:
        return do(deed)
    except releases.ReleaseError as reason:
        # What was refused is not made again by the same run.
        return str(reason)


def begin_anew() -> None:
    shutil.rmtree(settings().releases, ignore_errors=True)
    shutil.rmtree(outcomes.folder(), ignore_errors=True)


def attempt(deed: str, events: int) -> dict[str, object]:
    begin_anew()
    ended = forked(lambda: do(deed), killing_after(events))
    between = there()
    finished = forked(lambda: do_or_say(deed))
    drafts = settings().releases / ".drafts"
    return {
        "step": f"{deed}, event {events}",
        "ended": ended,
        "between": between,
        "finished": finished,
        "there": there(),
        "rows": [(row.status, row.release_id) for row in outcomes.read_all()],
        "drafts": [str(path) for path in drafts.glob("*/*")],
    }


def main() -> None:
    deed, times = sys.argv[1], int(sys.argv[2])
    counted = [0]

    def count(frame, *_):
        counted[0] += "/wijkbeeld/" in frame.f_code.co_filename

    begin_anew()
    total = forked(lambda: (do(deed), counted[0])[1], count)
    for events in range(1, total * 9 // 10, max(total // times, 1)):
        sys.stdout.write(json.dumps(attempt(deed, events)) + "\n")


if __name__ == "__main__":
    main()
