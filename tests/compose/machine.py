"""The services of docker-compose.yml, run on this machine without containers.

The commands, the environment and the health checks are those of the file; only
names of hosts and of folders are replaced, as Docker would by networks and mounts.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from compose import composed
from compose.composed import ROOT

from wijkbeeld.up import processes
from wijkbeeld.up.processes import Process

_BIN = Path(sys.executable).parent
_PATIENCE_S = 600


class Machine:
    """One installation in a folder: what is started here is stopped here."""

    def __init__(self, folder: Path, values: dict[str, str]) -> None:
        self.folder = folder
        self.port = processes.free_port(0)
        self.home = folder / "data"
        for name in ("data", "airflow", "log"):
            (folder / name).mkdir(mode=0o755)
        self.database_port = processes.free_port(0)
        self._replaced = {
            "/opt/wijkbeeld/webserver_config.py": str(
                ROOT / "docker/airflow/webserver_config.py"
            ),
            "/opt/wijkbeeld": str(ROOT),
            "/var/lib/wijkbeeld": str(self.home),
            "/var/lib/airflow": str(folder / "airflow"),
            "/var/log/airflow": str(folder / "log"),
            "/tmp/cosmos": str(folder / "cosmos"),  # noqa: S108 - of the container
            "postgres:5432": f"127.0.0.1:{self.database_port}",
            "api-server:8080": f"127.0.0.1:{self.port}",
            "127.0.0.1:8080": f"127.0.0.1:{self.port}",
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - closed, not opened
            "8974": str(processes.free_port(0)),
        }
        self._services = composed.filled_in(values)["services"]
        self._started: list[Process] = []

    def environment(self, name: str) -> dict[str, str]:
        """Return what the container of a service finds in its environment."""
        given = self._natively(self._services[name]["environment"])
        return {
            "PATH": f"{_BIN}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            **given,
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": (
                self._replaced["8974"]
            ),
        }

    def run(self, name: str, command: list[str] | None = None) -> str:
        """Run the command of a service to its end, and return what it said."""
        done = subprocess.run(
            command or self._natively(self._services[name]["command"]),
            env=self.environment(name),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:]
        return done.stdout

    def start(self, name: str) -> None:
        """Start a service, and wait until its own health check is content."""
        command = self._natively(self._services[name]["command"])
        process = processes.start(
            name, command, self.environment(name), self.folder / f"{name}.log"
        )
        self._started.append(process)
        deadline = time.monotonic() + _PATIENCE_S
        while not self.is_healthy(name):
            assert not process.is_dead(), process.last_words()
            assert time.monotonic() < deadline, process.log.read_text()[-4000:]
            time.sleep(2)

    def is_healthy(self, name: str) -> bool:
        """Ask the health check of the file."""
        _, *check = self._natively(self._services[name]["healthcheck"]["test"])
        asked = subprocess.run(
            check, env=self.environment(name), capture_output=True, check=False
        )
        return asked.returncode == 0

    def started(self) -> list[int]:
        """Return the processes of the services."""
        return [process.popen.pid for process in self._started]

    def stop(self) -> None:
        """Stop all, as `docker compose stop` does."""
        processes.stop(self._started)

    def _natively(self, node: Any) -> Any:
        if isinstance(node, dict):
            return {key: self._natively(value) for key, value in node.items()}
        if isinstance(node, list):
            return [self._natively(value) for value in node]
        text = str(node)
        for name, here in self._replaced.items():
            text = text.replace(name, here)
        return text


def postgres_programs() -> Path | None:
    """Return where the programs of the newest PostgreSQL are, if there is one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def database(port: int, password: str) -> Iterator[None]:
    """Run a PostgreSQL of our own, as a user that is not root, on loopback only."""
    programs = postgres_programs()
    assert programs
    folder = Path(tempfile.mkdtemp(prefix="wijkbeeld-postgres-"))
    user = None
    if os.geteuid() == 0:
        user = "nobody"  # PostgreSQL refuses root
        shutil.chown(folder, user)
    data, secret = folder / "data", folder / "password"
    secret.write_text(password)
    if user:
        shutil.chown(secret, user)

    def call(*command: str | Path) -> None:
        subprocess.run(command, user=user, cwd=folder, check=True, capture_output=True)

    call(
        programs / "initdb", "--pgdata", data, "--username", "airflow",
        "--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8",
        "--no-sync",
    )  # fmt: skip
    control = programs / "pg_ctl"
    options = f"-k {folder} -c listen_addresses=127.0.0.1 -p {port} -c fsync=off"
    call(control, "start", "-w", "-D", data, "-l", folder / "log", "-o", options)
    try:
        subprocess.run(
            [programs / "createdb", "-h", "127.0.0.1", "-p", str(port),
             "-U", "airflow", "airflow"],
            env={"PGPASSWORD": password}, check=True,
        )  # fmt: skip
        yield
    finally:
        call(control, "stop", "-w", "-m", "fast", "-D", data)
        shutil.rmtree(folder)
