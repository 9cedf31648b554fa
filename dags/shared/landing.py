"""The steps that every source takes into the landing zone."""

from datetime import datetime, timedelta
from pathlib import Path

from airflow.sdk import Asset, AssetAlias, TriggerRule, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk.types import RuntimeTaskInstanceProtocol

from shared.assets import SOURCES

# Importing Great Expectations costs a task five seconds, more than a file does.
_FILES_PER_TASK = 40
_MOST_TASKS = 100


def land_deliveries(*sources: str) -> None:
    """Land all that waits for the sources; update the asset of each that changed.

    One look serves them all, and one announcement: a process costs more than most
    files do. Which assets are updated is known only then, so they go by an alias.

    A rejected file gets a red task of its own, named after it, with the reason as
    the last thing it logs; the run is red with it. The other files land.
    """
    landed_here = AssetAlias(f"landed: {', '.join(sources)}")

    @task
    def find() -> list[list[list[str]]]:
        from wijkbeeld.landing.deliver import purge
        from wijkbeeld.landing.inbox_files import waiting

        # Here, because it runs also where nothing comes any more.
        purge()
        found = [[name, str(path)] for name in sources for path in waiting(name)]
        at_once = max(_FILES_PER_TASK, -(-len(found) // _MOST_TASKS))
        return [
            found[first : first + at_once] for first in range(0, len(found), at_once)
        ]

    @task(map_index_template="{{ files }}", execution_timeout=timedelta(hours=2))
    def land(found: list[list[str]]) -> None:
        get_current_context()["files"] = _named([path for _, path in found])
        _land_each(found)

    # Files that did land are announced also when others failed.
    @task(outlets=[landed_here], trigger_rule=TriggerRule.NONE_SKIPPED)
    def announce() -> list[dict[str, str]]:
        context = get_current_context()
        records = _recorded_since(sources, context["dag_run"].start_date)
        if not records:
            raise AirflowSkipException("Nothing new has landed.")
        for asset in _changed(records):
            context["outlet_events"][landed_here].add(asset)
        return [record for record in records if record["status"] == "rejected"]

    @task(map_index_template="{{ file_name }}", retries=0)
    def refuse(record: dict[str, str]) -> None:
        get_current_context()["file_name"] = record["file_name"]
        # Trying again would not make it another file.
        raise AirflowFailException(f"{record['file_name']}: {record['reason']}")

    landed = land.expand(found=find())
    rejected = announce()
    # Comes last, and does not run when a landing failed: then the run is red too.
    refused = refuse.expand(record=rejected)
    landed >> rejected >> refused
    landed >> refused


def somebody_lands(ti: RuntimeTaskInstanceProtocol) -> bool:
    """Tell whether a landing is under way, or about to begin."""
    dag_ids = [path.stem for path in Path(__file__).parents[1].glob("land_*.py")]
    states = ["queued", "running"]
    return any(ti.get_dr_count(dag_id, states=states) for dag_id in dag_ids)


def _land_each(found: list[list[str]]) -> None:
    import logging

    from expectations import gate
    from wijkbeeld.landing import faults
    from wijkbeeld.landing.batch import land_all
    from wijkbeeld.landing.deliver import RejectedError
    from wijkbeeld.landing.rejected import named

    log = logging.getLogger("wijkbeeld.landing")
    failures = []
    for source in dict.fromkeys(source for source, _ in found):
        listed = [Path(path) for name, path in found if name == source]
        # Those that are gone: an earlier try was through with them.
        waiting = [path for path in listed if path.exists()]
        for path, became in land_all(waiting, source, gate.of(source)):
            if isinstance(became, RejectedError):
                log.warning("%s", became)
            elif isinstance(became, Exception):
                failures.append(f"{named(path)}: {faults.told(became, path)}")
            else:
                log.info("%s: %s %s", path.name, became.status, became.note or "")
    if failures:
        # The reasons come last in the log: they are what is read of it.
        raise faults.NotLandedError("\n".join(failures))


def _named(paths: list[str]) -> str:
    first = paths[0].rsplit("/", 1)[-1]
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"


def _changed(records: list[dict[str, str]]) -> list[Asset]:
    return [SOURCES[name] for name in sorted({record["source"] for record in records})]


def _recorded_since(sources: tuple[str, ...], moment: datetime) -> list[dict[str, str]]:
    """Return what was recorded of deliveries since then.

    The record on disk is the truth: the answer of a task that was killed halfway
    is lost, and its second try does not meet the files it was through with.
    """
    from pyarrow import parquet

    from wijkbeeld.settings import settings

    return [
        record
        for source in sources
        for path in sorted(
            (settings().landing / "_deliveries" / source).glob("*.parquet")
        )
        if path.stat().st_mtime >= moment.timestamp()
        for record in parquet.read_table(
            path, columns=["source", "status", "file_name", "reason"]
        ).to_pylist()
    ]
