"""The parts of production, started natively on a PostgreSQL of the test's own."""

import json
import os
import secrets
import time
from http.client import HTTPConnection
from itertools import count
from urllib.parse import quote

import pytest
from compose import machine
from compose.machine import Machine
from compose.test_compose_file import VALUES

from wijkbeeld.up.airflow import Airflow, AirflowError, Run

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.skipif(
        machine.postgres_programs() is None and not os.environ.get("CI"),
        reason="no PostgreSQL server on this machine: apt-get install postgresql",
    ),
]

PARTS = ("api-server", "scheduler", "dag-processor", "triggerer")
PATROLS = """\
ronde_id;team;datum;start;eind;aantal_lopers;buurtcode
R1;Waldeck;2026-10-01;20:00;21:30;3;BU05181840
R2;Waldeck;2026-10-08;20:00;21:30;2;BU05181840
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    # A key of Fernet is 32 bytes in URL-safe base64: 43 characters and a sign.
    values = VALUES | {
        "AIRFLOW_ADMIN_PASSWORD": secrets.token_hex(18),
        "AIRFLOW_FERNET_KEY": "Z" * 43 + "=",
        "AIRFLOW_JWT_SECRET": secrets.token_hex(32),
        "AIRFLOW_SECRET_KEY": secrets.token_hex(32),
        "POSTGRES_PASSWORD": secrets.token_hex(24),
        "WIJKBEELD_PSEUDONYM_KEY": secrets.token_hex(32),
    }
    here = Machine(tmp_path_factory.mktemp("production"), values)
    with machine.database(here.database_port, values["POSTGRES_PASSWORD"]):
        try:
            here.run("init")
            for part in PARTS:
                here.start(part)
            api = Airflow(here.port)
            api.log_in("admin", values["AIRFLOW_ADMIN_PASSWORD"])
            yield here, api
        finally:
            here.stop()


_LOOKS = 5
"""How often the question is seen before it is answered, two seconds apart."""


def until(holds, within_s: float = 600):
    deadline = time.monotonic() + within_s
    while not (found := holds()):
        assert time.monotonic() < deadline
        time.sleep(2)
    return found


def test_every_part_is_healthy_by_its_own_check(production):
    here, api = production
    until(api.is_healthy)
    assert {part: here.is_healthy(part) for part in PARTS} == dict.fromkeys(PARTS, True)


def test_every_dag_is_read(production):
    _, api = production
    expected = {path.stem for path in (machine.ROOT / "dags").glob("*.py")}
    until(lambda: expected <= api.dag_ids() or api.import_errors())
    assert api.import_errors() == []


def test_without_a_login_there_is_nothing_to_see(production):
    here, _ = production
    connection = HTTPConnection("127.0.0.1", here.port)
    connection.request("GET", "/api/v2/dags")
    assert connection.getresponse().status == 401


def test_a_login_without_a_role_sees_nothing(production):
    here, _ = production
    password = secrets.token_hex(18)
    here.run("init", [
        "airflow", "users", "create", "--username", "guest", "--role", "Public",
        "--firstname", "G", "--lastname", "G", "--email", "g@localhost",
        f"--password={password}",
    ])  # fmt: skip
    guest = Airflow(here.port)
    guest.log_in("guest", password)
    with pytest.raises(AirflowError, match="403"):
        guest.dag_ids()


def test_a_delivery_is_landed(production):
    here, api = production
    # It was made by `init`, so that pages may put files there.
    inbox = here.home / "inbox" / "watch__patrols"
    (inbox / "2026-10-31__rondes.csv").write_text(PATROLS, "utf-8")
    until(lambda: "land_patrols" in api.dag_ids())
    api.trigger("land_patrols")
    landed = here.home / "landing" / "watch__patrols"
    until(lambda: list(landed.glob("?" * 64 + ".parquet")))

    def ended():
        runs = api.runs("success", "failed")
        return [run for run in runs if run.dag_id == "land_patrols"]

    assert {run.state for run in until(ended)} == {"success"}
    assert list(inbox.iterdir()) == []


def test_what_was_landed_is_built_and_handed_to_its_readers(production):
    here, api = production

    def ended():
        runs = api.runs("success", "failed")
        return [run for run in runs if run.dag_id == "build_warehouse"]

    assert {run.state for run in until(ended, 1800)} == {"success"}
    tree = here.home / "readers" / "public"
    name = (tree / "current").read_text("utf-8")
    assert [path.name for path in (tree / name).iterdir()] == ["public.duckdb"]


def test_what_a_person_approves_lies_in_the_folder_of_releases(production):
    here, api = production
    api.trigger("fortnightly_bulletin")
    looks = count()

    def is_read(run):
        # Airflow 3 takes an answer within the second in which it begins to wait for
        # one as a failure of the task, and nobody has read the draft so soon.
        return api.tasks(run)["draft"] == "success" and next(looks) > _LOOKS

    def asked():
        runs = api.runs("running", "failed")
        return [
            run
            for run in runs
            if run.dag_id == "fortnightly_bulletin"
            and (
                run.state == "failed"
                or (is_read(run) and answer(here, run, "Vrijgeven", "Gezien."))
            )
        ]

    # Both videos are drawn before anybody is asked.
    [run] = until(asked, 1800)
    until(lambda: run.run_id in {done.run_id for done in api.runs("success", "failed")})
    assert api.tasks(run) == dict.fromkeys(
        ("choose", "draft", "approve", "release"), "success"
    )
    [manifest] = (here.home / "releases" / "bulletin").glob("*/manifest.json")
    told = json.loads(manifest.read_text("utf-8"))
    assert (told["approved_by"], told["note"]) == ("admin", "Gezien.")
    assert {path.suffix for path in manifest.parent.iterdir()} > {".mp4", ".docx"}


def answer(here: Machine, run: Run, option: str, note: str) -> bool:
    """Answer as a person does in the browser; tell whether there was a question."""
    login = {
        "username": "admin",
        "password": here.environment("init")["AIRFLOW_ADMIN_PASSWORD"],
    }
    token = call(here, "POST", "/auth/token", login)[1]["access_token"]
    path = f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id)}/taskInstances"
    said = {"chosen_options": [option], "params_input": {"note": note}}
    status, _ = call(here, "PATCH", f"{path}/approve/-1/hitlDetails", said, token)
    assert status in {200, 404}
    return status == 200


def call(here: Machine, verb: str, path: str, body: object, token: str = ""):
    """Ask Airflow over HTTP; return the status and what it answered."""
    connection = HTTPConnection("127.0.0.1", here.port)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request(verb, path, json.dumps(body), headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def test_starting_again_makes_nothing_twice(production):
    here, _ = production
    assert "already" in here.run("init")


def test_everything_listens_on_this_machine_only(production):
    here, _ = production
    assert listening_elsewhere(here) == []


def listening_elsewhere(here: Machine) -> list[str]:
    """Return addresses, other than loopback, on which what we started listens."""
    import psutil

    ours = {
        child.pid
        for part in here.started()
        for child in [psutil.Process(part), *psutil.Process(part).children(True)]
    }
    return [
        f"{connection.laddr.ip}:{connection.laddr.port}"
        for connection in psutil.net_connections("tcp")
        if connection.pid in ours
        and connection.status == psutil.CONN_LISTEN
        and connection.laddr.ip not in {"127.0.0.1", "::1"}
    ]
