"""What must hold of every DAG before a scheduler sees it."""

import ast
import json
import subprocess
import sys

import pytest

from wijkbeeld.landing import schema
from wijkbeeld.settings import settings

FOLDER = settings().checkout / "dags"
# Reads every DAG file, and tells what was opened and loaded on the way.
PARSE = """
import json, os, sys
seen, home = [], os.environ["WIJKBEELD_HOME"]
def hear(event, arguments):
    if event in ("socket.connect", "sqlite3.connect"):
        seen.append(f"{event} {arguments}")
    if event == "open" and str(arguments[0]).startswith(home):
        seen.append(str(arguments[0]).removeprefix(home))
import airflow.sdk, cosmos
sys.addaudithook(hear)
sys.path.insert(0, "dags")
before = set(sys.modules)
for name in sys.argv[1:]:
    __import__(name)
loaded = {name.split(".")[0] for name in set(sys.modules) - before}
print(json.dumps({"seen": seen, "loaded": sorted(loaded)}))
"""


@pytest.fixture(scope="module")
def parsed(parsing_environment) -> dict[str, list[str]]:
    names = [path.stem for path in FOLDER.glob("*.py")]
    told = subprocess.run(
        [sys.executable, "-c", PARSE, *names],
        cwd=settings().checkout,
        env=parsing_environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return json.loads(told.splitlines()[-1])


@pytest.fixture
def assets(bag):
    from shared import assets

    return assets


def tasks(bag):
    return [task for dag in bag.dags.values() for task in dag.tasks]


def test_every_dag_file_imports(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == {path.stem for path in FOLDER.glob("*.py")}


def test_every_dag_says_what_it_does(bag):
    assert [dag.dag_id for dag in bag.dags.values() if not dag.doc_md] == []


def test_one_run_of_a_dag_at_a_time(bag):
    assert {dag.max_active_runs for dag in bag.dags.values()} == {1}


def test_no_run_makes_up_for_the_past(bag):
    assert {dag.catchup for dag in bag.dags.values()} == {False}


def test_reading_the_dags_opens_nothing_but_the_manifest(parsed):
    assert set(parsed["seen"]) <= {"/dbt/target/manifest.json"}


def test_reading_the_dags_loads_nothing_heavy(parsed):
    heavy = {"duckdb", "great_expectations", "pandas", "pyarrow", "streamlit"}
    assert heavy.intersection(parsed["loaded"]) == set()


def test_only_tasks_that_open_the_warehouse_take_its_slot(bag):
    assert {t.task_id for t in tasks(bag) if t.pool == "warehouse"} == {
        "prepare",
        "dbt.dbt_producer_watcher",
        "audit",
        "publish",
    }
    assert {t.pool_slots for t in tasks(bag)} == {1}


def test_nothing_in_the_dbt_group_is_tried_twice(bag):
    group = bag.dags["build_warehouse"].task_group.children["dbt"]
    assert {task.retries for task in group} == {0}


def test_every_watcher_watches_what_dbt_reports(bag):
    """One that does not would wait for a status that never comes."""
    group = bag.dags["build_warehouse"].task_group.children["dbt"]
    producer = bag.dags["build_warehouse"].task_dict["dbt.dbt_producer_watcher"]
    manifest = json.loads((settings().home / "dbt/target/manifest.json").read_text())
    watchers = [task for task in group if hasattr(task, "model_unique_id")]
    assert len(watchers) > 20
    for watcher in watchers:
        node = manifest["nodes"][watcher.model_unique_id]
        assert node["resource_type"] in {"model", "seed"}
        assert node["config"]["materialized"] != "ephemeral"
        if watcher.task_id.endswith("test"):
            assert watcher.model_unique_id in producer.tests_per_model


def test_no_watcher_defers(bag):
    """One that does may be failed when it comes back too soon: shared/dbt.py."""
    group = bag.dags["build_warehouse"].task_group.children["dbt"]
    assert {t.deferrable for t in group if hasattr(t, "deferrable")} == {False}


def test_every_test_of_dbt_is_seen_with_a_model(bag):
    manifest = json.loads((settings().home / "dbt/target/manifest.json").read_text())
    producer = bag.dags["build_warehouse"].task_dict["dbt.dbt_producer_watcher"]
    seen = {test for tests in producer.tests_per_model.values() for test in tests}
    tests = {n for n, d in manifest["nodes"].items() if d["resource_type"] == "test"}
    assert tests
    assert tests - seen == set()


def test_a_verdict_is_not_asked_for_twice(bag):
    verdicts = {"audit", "refuse"}
    assert {t.retries for t in tasks(bag) if t.task_id in verdicts} == {0}


def test_what_can_pass_by_itself_is_tried_again(bag):
    chores = {"find", "land", "announce", "prepare", "publish"}
    assert {t.retries for t in tasks(bag) if t.task_id in chores} == {2}


def test_dbt_is_run_apart_and_behind_the_lock(bag):
    producer = bag.dags["build_warehouse"].task_dict["dbt.dbt_producer_watcher"]
    assert producer.invocation_mode.value == "subprocess"
    assert producer.dbt_executable_path.endswith("/wijkbeeld-dbt")


def test_no_watcher_can_run_dbt_itself(bag):
    """One that finds the build failed would try to, outside the pool."""
    group = bag.dags["build_warehouse"].task_group.children["dbt"]
    watchers = [task for task in group if hasattr(task, "model_unique_id")]
    assert {task.dbt_executable_path for task in watchers} == {"/bin/false"}


def test_the_build_is_made_in_this_order(bag):
    build = bag.dags["build_warehouse"]
    assert build.task_dict["prepare"].upstream_task_ids == set()
    assert "prepare" in build.task_dict["dbt.dbt_producer_watcher"].upstream_task_ids
    assert build.task_dict["audit"].downstream_task_ids == {"publish"}
    assert build.task_dict["publish"].downstream_task_ids == set()
    # What dbt finds wrong reaches the audit, whichever task shows it.
    ends = {task.task_id for task in build.task_group.children["dbt"].get_leaves()}
    assert build.task_dict["audit"].upstream_task_ids == ends
    assert "dbt.dbt_producer_watcher_done" in ends


def landed_by(bag) -> dict[str, list[str]]:
    """Return per DAG the sources that it lands, as its alias names them."""
    return {
        dag.dag_id: [
            source
            for task in dag.tasks
            for outlet in task.outlets
            for source in outlet.name.removeprefix("landed: ").split(", ")
            if source
        ]
        for dag in bag.dags.values()
        if dag.dag_id.startswith("land_")
    }


def test_every_source_is_landed_by_one_dag(bag):
    landed = [source for sources in landed_by(bag).values() for source in sources]
    assert sorted(landed) == sorted(schema.SOURCES)


def test_a_dag_lands_the_sources_of_one_system(bag):
    for sources in landed_by(bag).values():
        assert len({source.split("__")[0] for source in sources}) <= 1


def test_one_look_and_one_announcement_serve_all_sources_of_a_dag(bag):
    for dag_id in landed_by(bag):
        steps = ["find", "land", "announce", "refuse"]
        assert [task.task_id for task in bag.dags[dag_id].tasks] == steps


def test_each_source_is_an_asset_of_its_name(assets):
    assert {name: asset.name for name, asset in assets.SOURCES.items()} == {
        source: source for source in schema.SOURCES
    }


def test_a_landing_updates_the_assets_of_what_changed(bag, assets):
    from shared.landing import _changed

    records = [
        {"source": "watch__patrols", "status": "landed"},
        {"source": "cbs__buurten", "status": "rejected"},
        {"source": "watch__patrols", "status": "rejected"},
    ]
    assert _changed(records) == [
        assets.SOURCES["cbs__buurten"],
        assets.SOURCES["watch__patrols"],
    ]


def test_any_source_makes_a_build(bag):
    from airflow.sdk import AssetAny

    condition = bag.dags["build_warehouse"].timetable.asset_condition
    assert isinstance(condition, AssetAny)
    made_by = {asset.name for asset in condition.objects}
    assert made_by == {*schema.SOURCES, "releases"}


def test_a_build_that_is_not_needed_skips_all_of_it(bag):
    build = bag.dags["build_warehouse"]
    prepare = build.task_dict["prepare"]
    assert prepare.ignore_downstream_trigger_rules
    skipped = {task.task_id for task in prepare.get_flat_relatives(upstream=False)}
    assert skipped == set(build.task_dict) - {"prepare"}


def test_incidents_are_looked_for_again_when_shapes_have_landed(bag):
    condition = bag.dags["land_incidents"].timetable.asset_condition
    assert {asset.name for asset in condition.objects} == {"cbs__buurten"}


def test_nothing_is_fetched_until_somebody_takes_the_pause_away(bag):
    paused = {d.dag_id for d in bag.dags.values() if d.is_paused_upon_creation}
    assert paused == {"pull_open_data"}


def test_every_table_of_the_settings_is_fetched_one_at_a_time(bag):
    from wijkbeeld import pull

    [task] = bag.dags["pull_open_data"].tasks
    assert task.op_kwargs_expand_input.value["number"] == list(pull.tables())
    assert task.max_active_tis_per_dagrun == 1


@pytest.mark.parametrize(
    ("reason", "is_final"),
    [("PullError", True), ("OffError", True), ("LaterError", False)],
)
def test_a_table_is_asked_for_again_only_when_it_may_come(
    bag, monkeypatch, reason, is_final
):
    from airflow.sdk.exceptions import AirflowFailException

    from wijkbeeld import pull as pulling

    def failing(*_, **__):
        raise getattr(pulling, reason)("47022NED: 404")

    monkeypatch.setattr(pulling, "pull", failing)
    [task] = bag.dags["pull_open_data"].tasks
    here = task.python_callable.__globals__
    monkeypatch.setitem(here, "get_current_context", dict)
    expected = AirflowFailException if is_final else pulling.LaterError
    with pytest.raises(expected, match="47022NED: 404"):
        task.python_callable("47022NED")


@pytest.mark.parametrize("name", ["audit", "publish"])
def test_why_nothing_was_published_is_said_in_one_sentence(bag, monkeypatch, name):
    from airflow.sdk.exceptions import AirflowFailException

    from wijkbeeld import build

    def failing(*_):
        raise build.BuildError("niet goedgekeurd")

    monkeypatch.setattr(build, name, failing)
    step = bag.dags["build_warehouse"].task_dict[name].python_callable
    with pytest.raises(AirflowFailException, match="niet goedgekeurd"):
        step(*["run 1"] * (name == "publish"))


def test_a_publication_is_an_asset(bag):
    task = bag.dags["build_warehouse"].task_dict["publish"]
    assert [asset.name for asset in task.outlets] == ["publication"]


def test_no_task_asks_for_a_name_that_airflow_fills_itself(bag):
    """The file would parse and the task die: Airflow passes those by name."""
    from airflow.sdk.definitions.context import KNOWN_CONTEXT_KEYS

    asked = {
        f"{path.name}: {argument.arg}"
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.decorator_list
        for argument in node.args.args
        if argument.arg in KNOWN_CONTEXT_KEYS
    }
    assert asked == set()
