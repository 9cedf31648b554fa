"""How Airflow runs the dbt project: one ``dbt build``, watched model by model."""

import sys
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
        test_behavior=TestBehavior.AFTER_EACH,
        should_detach_multiple_parents_tests=True,
        exclude=["resource_type:exposure"],
        emit_datasets=False,
    ),
    "execution_config": ExecutionConfig(
        execution_mode=ExecutionMode.WATCHER,
        # A dbt inside the task's process leaves the warehouse open behind it.
        invocation_mode=InvocationMode.SUBPROCESS,
        # Waits for a build from the command line, and keeps that one waiting.
        dbt_executable_path=str(Path(sys.executable).with_name("wijkbeeld-dbt")),
        # Only this task opens the warehouse. The tasks that watch it must stay out
        # of its one-slot pool, or they would wait for the slot it holds.
        setup_operator_args={"pool": "warehouse"},
    ),
    # A retried watcher starts a dbt of its own, outside the pool.
    "default_args": {"retries": 0},
}
