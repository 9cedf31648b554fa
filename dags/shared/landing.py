"""The steps that every source takes into the landing zone."""

from datetime import datetime, timedelta

from airflow.sdk import Asset, TriggerRule, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

# Importing Great Expectations costs a task five seconds, more than a file does.
_FILES_PER_TASK = 40


def land_deliveries(source: str, asset: Asset) -> None:
    """Land all that waits for ``source``; update ``asset`` once if that changed it.

    A rejected file gets a red task of its own, named after it, with the reason as
    the last thing it logs; the run is red with it. The other files land.
    """

    @task
    def find() -> list[list[str]]:
        from wijkbeeld.landing.deliver import waiting

        paths = [str(path) for path in waiting(source)]
        return [
            paths[first : first + _FILES_PER_TASK]
            for first in range(0, len(paths), _FILES_PER_TASK)
        ]

    @task(map_index_template="{{ files }}", execution_timeout=timedelta(hours=2))
    def land(paths: list[str]) -> None:
        get_current_context()["files"] = _named(paths)
        _land_each(paths, source)

    # Files that did land are announced also when others failed.
    @task(outlets=[asset], trigger_rule=TriggerRule.NONE_SKIPPED)
    def announce() -> list[dict[str, str]]:
        records = _recorded_since(source, get_current_context()["dag_run"].start_date)
        if not records:
            raise AirflowSkipException("Nothing new has landed.")
        return [record for record in records if record["status"] == "rejected"]

    @task(map_index_template="{{ file_name }}", retries=0)
    def refuse(record: dict[str, str]) -> None:
        get_current_context()["file_name"] = record["file_name"]
        # Trying again would not make it another file.
        raise AirflowFailException(f"{record['file_name']}: {record['reason']}")

    landed = land.expand(paths=find())
    rejected = announce()
    # Comes last, and does not run when a landing failed: then the run is red too.
    refused = refuse.expand(record=rejected)
    landed >> rejected >> refused
    landed >> refused


def _land_each(paths: list[str], source: str) -> None:
    import logging
    from pathlib import Path

    from expectations import gate
    from wijkbeeld.landing.deliver import RejectedError, deliver

    log = logging.getLogger("wijkbeeld.landing")
    judge, failures = gate.of(source), []
    for path in map(Path, paths):
        if not path.exists():
            continue  # an earlier try was through with it
        try:
            log.info("%s: %s", path.name, deliver(path, source, judge).status)
        except RejectedError as reason:
            log.warning("%s", reason)
        except Exception as failure:
            log.exception("%s: not landed", path.name)
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(paths)} failed", failures)


def _named(paths: list[str]) -> str:
    first = paths[0].rsplit("/", 1)[-1]
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"


def _recorded_since(source: str, moment: datetime) -> list[dict[str, str]]:
    """Return what was recorded of deliveries since then.

    The record on disk is the truth: the answer of a task that was killed halfway
    is lost, and its second try does not meet the files it was through with.
    """
    from pyarrow import parquet

    from wijkbeeld.settings import settings

    return [
        record
        for path in sorted(
            (settings().landing / "_deliveries" / source).glob("*.parquet")
        )
        if path.stat().st_mtime >= moment.timestamp()
        for record in parquet.read_table(
            path, columns=["status", "file_name", "reason"]
        ).to_pylist()
    ]
