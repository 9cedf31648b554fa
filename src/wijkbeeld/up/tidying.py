"""What Airflow keeps of its runs goes away when it is old: rows, and logs on disk.

Airflow itself throws nothing away. A task cannot do it, because tasks are kept from
the database of Airflow (ADR 0023): so a process beside it does.
"""

import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wijkbeeld.language import say
from wijkbeeld.settings import settings

_WEEK_S = 7 * 24 * 3600
_ROWS_AT_ONCE = 1000


class TidyError(RuntimeError):
    """Airflow's rows were not taken away; the message is what it says of it."""


def tidy(environment: Mapping[str, str]) -> int:
    """Take away what Airflow wrote of runs of more than ``runs_kept_days`` ago.

    Args:
        environment: That of the Airflow, so with ``AIRFLOW_HOME``.

    Returns:
        How many logs went.

    Raises:
        TidyError: The rows were not taken away, or not all of them.
    """
    before = datetime.now(UTC) - timedelta(days=settings().runs_kept_days)
    home = Path(environment["AIRFLOW_HOME"])
    logs = environment.get("AIRFLOW__LOGGING__BASE_LOG_FOLDER")
    count = _sweep(Path(logs) if logs else home / "logs", before.timestamp())
    cleaned = subprocess.run(  # noqa: S603 - a list of ours, no shell
        [
            *(str(Path(sys.executable).with_name("airflow")), "db", "clean"),
            *("--clean-before-timestamp", before.isoformat(timespec="seconds")),
            *("--batch-size", str(_ROWS_AT_ONCE), "--skip-archive", "--yes"),
            "--error-on-cleanup-failure",
        ],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if cleaned.returncode:
        raise TidyError(
            say("Airflow is niet opgeruimd: {why}", why=cleaned.stdout[-2000:])
        )
    return count


def weekly(environment: Mapping[str, str]) -> bool:
    """Tidy when it is a week ago; the first week begins at the first call.

    Raises:
        TidyError: It did not work; it is tried again in a week.
    """
    told = Path(environment["AIRFLOW_HOME"]) / "tidied"
    is_new = not told.exists()
    if not is_new and time.time() - told.stat().st_mtime < _WEEK_S:
        return False
    told.touch()
    if not is_new:
        tidy(environment)
    return not is_new


def _sweep(folder: Path, before: float) -> int:
    """Remove files that are older, and folders that this leaves empty."""
    count = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            changed = path.lstat().st_mtime
            if path.is_dir() and not path.is_symlink():
                count += _sweep(path, before)
                # One that is new is about to be filled.
                if changed < before and not any(path.iterdir()):
                    path.rmdir()
            elif changed < before:
                path.unlink()
                count += 1
    return count
