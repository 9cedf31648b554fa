"""The DAGs as the processor reads them, in a home of their own."""

import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

from wijkbeeld import build
from wijkbeeld.settings import settings


@pytest.fixture(scope="session")
def dag_home(tmp_path_factory) -> Path:
    """Return a home that holds the manifest that Cosmos draws from, and no data."""
    home = tmp_path_factory.mktemp("dags") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(home))
        settings.cache_clear()
        build.manifest()
    settings.cache_clear()
    return home


@pytest.fixture(scope="session")
def dag_environment(dag_home) -> dict[str, str]:
    return {
        "WIJKBEELD_HOME": str(dag_home),
        # Importing Airflow writes a configuration there.
        "AIRFLOW_HOME": str(dag_home / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
    }


@pytest.fixture(scope="session")
def bag(dag_environment):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in dag_environment.items():
            patch.setenv(name, value)
        settings.cache_clear()
        for name in [name for name in sys.modules if name.split(".")[0] == "shared"]:
            del sys.modules[name]
        dags = settings().checkout / "dags"
        yield import_module("airflow.dag_processing.dagbag").DagBag(str(dags))
    settings.cache_clear()


@pytest.fixture(scope="session")
def parsing_environment(dag_environment) -> dict[str, str]:
    return os.environ | dag_environment
