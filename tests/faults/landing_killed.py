"""Land deliveries, and die of ``kill -9`` at a boundary, many times over.

``landing_killed.py FOLDER BOUNDARY TIMES``: each time a child of this process puts
the files of FOLDER in the inbox and lands them, until it comes to BOUNDARY (a
function, and whether before or after it). Then, undisturbed, once more.
"""

import importlib
import os
import shutil
import signal
import sys
from pathlib import Path

from wijkbeeld.landing.batch import land_all
from wijkbeeld.landing.deliver import SOURCES
from wijkbeeld.landing.inbox_files import waiting
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings


def let_through(parquet: Path) -> None:
    """Refuse nothing, in a file or in memory."""


let_through.passes = lambda _: True  # type: ignore[attr-defined]


def die_at(boundary: str) -> None:
    when, place = boundary.split(" ")
    owner, name = place.rsplit(".", 1)
    try:
        thing = importlib.import_module(owner)
    except ModuleNotFoundError:
        module, owner = owner.rsplit(".", 1)
        thing = getattr(importlib.import_module(module), owner)
    whole = getattr(thing, name)

    def cut_short(*args, **more):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = whole(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(thing, name, cut_short)


def put(folder: Path, pattern: str) -> None:
    for path in folder.glob(f"*/{pattern}"):
        target = settings().inbox / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two drivers put the same files: none may see a half of the other's.
        unfinished = target.with_name(f"{path.name}.{os.getpid()}.part")
        shutil.copy2(path, unfinished)
        os.replace(unfinished, target)  # noqa: PTH105 Path.replace is a boundary


def land(folder: Path) -> None:
    for pattern in ("[!l]*", "later__*"):
        put(folder, pattern)
        for source in SOURCES:
            for _, became in land_all(waiting(source), source, let_through):
                if isinstance(became, Exception) and not isinstance(
                    became, RejectedError
                ):
                    raise became


def main(folder: Path, boundary: str, times: int) -> None:
    kills = since_anew = 0
    while kills < times:
        child = os.fork()
        if not child:
            die_at(boundary)
            land(folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            kills, since_anew = kills + 1, since_anew + 1
        elif since_anew:
            # It has come past the boundary: begin with nothing.
            shutil.rmtree(settings().home)
            since_anew = 0
        else:
            sys.exit(f"{boundary} was never come to")
    land(folder)
    # Threads of libraries once aborted the exit of a process that had forked; what
    # is judged is what lies on disk.
    os._exit(0)


main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
