"""Airflow on one machine: how it is started, and what is asked of it over HTTP."""

import json
import os
import secrets
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from wijkbeeld import files
from wijkbeeld.language import say
from wijkbeeld.settings import settings

USER = "admin"
_BIN = Path(sys.executable).parent
_TIMEOUT_S = 30
_REFUSED, _BROKEN = 300, 500
_TRIES, _PAUSE_S = 4, 3.0

# ``airflow standalone`` starts its parts as ``airflow <part>``. Two of them would
# serve logs on every address of the machine; here all read them from disk.
_PART = f"""\
#!/bin/sh
case "$1" in scheduler | triggerer) set -- "$@" --skip-serve-logs ;; esac
exec '{_BIN}/airflow' "$@"
"""


class AirflowError(RuntimeError):
    """Airflow refuses what it is asked."""


class SilentError(AirflowError):
    """Airflow does not answer, or not in time; it may when asked again."""


class Run(NamedTuple):
    """One run of a DAG."""

    dag_id: str
    run_id: str
    state: str


def command() -> list[str]:
    """Return the command that starts all of Airflow."""
    return [str(_BIN / "airflow"), "standalone"]


def environment(port: int) -> dict[str, str]:
    """Return small settings: one machine, one user, loopback, calls nobody."""
    home = settings().airflow
    address = f"http://127.0.0.1:{port}"
    parts = home / "bin"
    parts.mkdir(parents=True, exist_ok=True, mode=0o700)
    files.write_text(parts / "airflow", _PART)
    (parts / "airflow").chmod(0o700)
    return os.environ | {
        "PATH": f"{parts}:{_BIN}:{os.environ.get('PATH', os.defpath)}",
        "WIJKBEELD_HOME": str(settings().home),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "GX_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "SCARF_NO_ANALYTICS": "1",
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": _secret("airflow_session"),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret("airflow_token"),
        # Tasks read the DAG of the build side by side: when busy that takes a while.
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "120",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings().checkout / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Once in the scheduler, of which tasks are copies, and not in each task.
        "AIRFLOW__CORE__LAZY_LOAD_PLUGINS": "False",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__COSMOS__CACHE_DIR": str(home / "cosmos"),
        "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
        # A file that changes is read at once; one that does not, seldom.
        "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "180",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }


def make_pool(name: str, slots: int, port: int) -> None:
    """Make a pool, past the server: on SQLite it may wait for its own tasks."""
    made = subprocess.run(  # noqa: S603 - a list of ours, no shell
        [str(_BIN / "airflow"), "pools", "set", name, str(slots), "one at a time"],
        env=environment(port),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise AirflowError(
            say("de pool {name} is niet gemaakt: {why}", name=name, why=made.stderr)
        )


def password() -> str:
    """Return the password of the one user; make one the first time."""
    return str(json.loads(_passwords().read_text("utf-8"))[USER])


class Airflow:
    """The REST API of a running Airflow."""

    def __init__(self, port: int) -> None:
        """Speak to the Airflow that listens, or will listen, on this port."""
        self.port = port
        self._token = ""

    def is_healthy(self) -> bool:
        """Tell whether every part answers."""
        try:
            health = self._ask("GET", "/api/v2/monitor/health")
        except AirflowError:
            return False
        parts = ("metadatabase", "scheduler", "dag_processor", "triggerer")
        return all(health[part]["status"] == "healthy" for part in parts)

    def log_in(self, user: str, password: str) -> None:
        """Get a token for what follows."""
        asked = {"username": user, "password": password}
        self._token = self._call("POST", "/auth/token", asked)["access_token"]

    def has_pool(self, name: str) -> bool:
        """Tell whether there is such a pool."""
        pools = self._call("GET", "/api/v2/pools")["pools"]
        return name in {pool["name"] for pool in pools}

    def dag_ids(self) -> set[str]:
        """Return the DAGs that Airflow has read."""
        return {dag["dag_id"] for dag in self._call("GET", "/api/v2/dags")["dags"]}

    def import_errors(self) -> list[str]:
        """Return why DAG files could not be read."""
        errors = self._call("GET", "/api/v2/importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in errors]

    def trigger(self, dag_id: str) -> None:
        """Start a run of the DAG now.

        While tasks run on SQLite, this may keep them and us waiting for each other
        for some seconds.
        """
        self._call("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None})

    def runs(self, *states: str) -> list[Run]:
        """Return the runs in these states, newest first."""
        asked = "&".join(f"state={state}" for state in states)
        path = f"/api/v2/dags/~/dagRuns?{asked}&order_by=-run_after&limit=100"
        return [
            Run(run["dag_id"], run["dag_run_id"], run["state"])
            for run in self._call("GET", path)["dag_runs"]
        ]

    def tasks(self, run: Run) -> dict[str, str | None]:
        """Return the state of each task of a run; mapped tasks as one."""
        path = f"/api/v2/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances"
        found = self._call("GET", f"{path}?limit=1000")["task_instances"]
        return {task["task_id"]: task["state"] for task in found}

    def _call(self, verb: str, path: str, body: object = None) -> Any:
        for _ in range(_TRIES - 1):
            try:
                return self._ask(verb, path, body)
            except SilentError:
                time.sleep(_PAUSE_S)
        return self._ask(verb, path, body)

    def _ask(self, verb: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_S)
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request(verb, path, json.dumps(body) if body else None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as reason:
            raise SilentError(
                say("Airflow antwoordt niet: {reason}", reason=reason)
            ) from None
        finally:
            connection.close()
        if response.status >= _REFUSED:
            error = SilentError if response.status >= _BROKEN else AirflowError
            raise error(f"{verb} {path}: {response.status} {text}")
        return json.loads(text)


def _passwords() -> Path:
    """Return the password file of Airflow's simple login, private and ours."""
    path = settings().airflow / "passwords.json"
    if not path.exists():
        _write_private(path, json.dumps({USER: secrets.token_urlsafe(12)}))
    return path


def _secret(name: str) -> str:
    """Return a secret that is made once and kept: a restart keeps its sessions."""
    path = settings().home / "secrets" / f"{name}.key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(64))
    return path.read_text("utf-8")


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with files.appearing(path) as scratch:
        scratch.touch(mode=0o600)
        scratch.write_text(text, "utf-8")
