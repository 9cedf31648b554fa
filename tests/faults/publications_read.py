"""Read what readers see, over and over: ``publications_read.py ROLE``.

Ends when the file ``enough`` is there, and says in JSON what was seen.
"""

import json
import sys
import time
from pathlib import Path

import duckdb

from wijkbeeld import publish
from wijkbeeld.settings import settings

# Room for the publisher on a small machine.
PAUSE_SECONDS = 0.1

# One row per state that a table is in; a torn read would show two. The public file has
# these as they are.
_STATES = """
    select inhabitant_count from marts.dim_buurten
    union select warn_after_days from marts.rpt_freshness
"""


def read(path: Path) -> tuple[str, str, int]:
    with duckdb.connect(str(path), read_only=True) as con:
        [(name, build)] = con.sql(
            "select publication, build from marts.publication"
        ).fetchall()
        states = con.sql(_STATES).fetchall()
    assert states == [(int(build),)], (path, build, states)
    return str(path), name, int(build)


def main(role: str) -> None:
    reads, seen = 0, []
    held = duckdb.connect(str(publish.current(role)), read_only=True)
    first = held.sql("select build from marts.publication").fetchall()
    is_last = False
    while not is_last:
        time.sleep(PAUSE_SECONDS)
        is_last = (settings().home / "enough").exists()
        path, name, build = read(publish.current(role))
        assert Path(path).parent.name == name
        assert not seen or build >= seen[-1], "readers were taken back"
        if not seen or build > seen[-1]:
            seen.append(build)
        # Who still holds an old publication is not disturbed, even when it is gone.
        assert held.sql("select build from marts.publication").fetchall() == first
        assert held.sql(_STATES).fetchall() == [(int(first[0][0]),)]
        reads += 1
    sys.stdout.write(json.dumps({"reads": reads, "seen": len(seen), "last": seen[-1]}))


main(sys.argv[1])
