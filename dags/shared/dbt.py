"""How Airflow runs the dbt project: one ``dbt build``, watched model by model."""

import sys
from datetime import timedelta
from pathlib import Path

from cosmos import ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import ExecutionMode, InvocationMode, LoadMode, TestBehavior

from wijkbeeld.settings import settings

_PROJECT = settings().dbt_project

BUILD = {
    "project_config": ProjectConfig(
        dbt_project_path=_PROJECT,
        manifest_path=settings().home / "dbt" / "target" / "manifest.json",
        install_dbt_deps=False,
    ),
    "profile_config": ProfileConfig(
        profile_name="wijkbeeld",
        target_name="duckdb",
        profiles_yml_filepath=_PROJECT / "profiles.yml",
    ),
    "render_config": RenderConfig(
        load_method=LoadMode.DBT_MANIFEST,
        # A test with two parents is shown with each: in a task of its own it would
        # wait for a status that Cosmos does not report in this mode.
        test_behavior=TestBehavior.AFTER_EACH,
        # dbt says nothing of ephemeral models either: they do not run.
        ephemeral_models_as_empty_operator=True,
        exclude=["resource_type:exposure"],
        emit_datasets=False,
    ),
    "execution_config": ExecutionConfig(
        execution_mode=ExecutionMode.WATCHER,
        # A dbt inside the task's process leaves the warehouse open behind it.
        invocation_mode=InvocationMode.SUBPROCESS,
        # A watcher that finds the build failed would run dbt by itself: it has none.
        dbt_executable_path="/bin/false",
        setup_operator_args={
            # Waits for a build from the command line, and keeps that one waiting.
            "dbt_executable_path": str(Path(sys.executable).with_name("wijkbeeld-dbt")),
            # They speak of the code, not of the deliveries: `make test` runs them.
            "dbt_cmd_flags": ["--exclude-resource-type", "unit_test"],
            # Only this task opens the warehouse. The tasks that watch it must stay
            # out of its one-slot pool, or they would wait for the slot it holds.
            "pool": "warehouse",
        },
    ),
    # Watchers wait in their slot. One that defers may come back before the scheduler
    # knows that it went, and is then failed (Airflow issues 67287 and 72716).
    "operator_args": {"deferrable": False, "poke_interval": 2},
    "default_args": {
        # A retried watcher starts a dbt of its own, outside the pool.
        "retries": 0,
        "execution_timeout": timedelta(hours=2),
    },
}
