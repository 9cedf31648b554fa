"""What production promises, read from docker-compose.yml and the files it names.

There is no Docker engine where the tests run: the file is held against the compose
specification, and its commands are run natively in the tests beside this one.
"""

import json
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml
from compose import composed
from compose.composed import ROOT

from wijkbeeld.settings import Settings

VALUES = {
    "AIRFLOW_ADMIN_PASSWORD": "a",
    "AIRFLOW_FERNET_KEY": "b",
    "AIRFLOW_HOST": "airflow.example",
    "AIRFLOW_JWT_SECRET": "c",
    "AIRFLOW_SECRET_KEY": "d",
    "POSTGRES_PASSWORD": "e",
    "PUBLIC_HOST": "wijk.example",
    "TEAM_HOST": "team.example",
    "TEAM_PASSWORDS": "/etc/wijkbeeld/passwords",
    "TLS_CERTIFICATE": "/etc/wijkbeeld/tls.pem",
    "TLS_KEY": "/etc/wijkbeeld/tls.key",
    "WIJKBEELD_HOME": "/srv/wijkbeeld",
    "WIJKBEELD_PSEUDONYM_KEY": "f",
}
SERVICES = composed.filled_in(VALUES)["services"]
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "tidy", "triggerer"}
TASKS = {"scheduler"}
LOOKED_AT = {"scheduler", "dashboards-team"}
CHOSEN_FOR = {
    **dict.fromkeys(
        ("approval_days", "approvers", "briefing_prepared_days", "bulletin_anchor",
         "pull_cbs_tables", "pull_police_tables"),
        AIRFLOW,
    ),
    "briefing_dates": {*AIRFLOW, "dashboards-team"},
    **dict.fromkeys(
        ("appeal_prefix", "compression_ratio_limit", "facebook_page_ids",
         "instagram_account_ids", "language", "police_chat_names",
         "publish_time_zone",
         "unpacked_limit_bytes", "watch_teams", "x_accounts"),
        LOOKED_AT,
    ),
    **dict.fromkeys(
        ("keep_delivered_days", "memory_limit", "public_corrections_at_once",
         "publications_kept",
         "pull_answer_limit_bytes", "pull_answer_seconds", "pull_cbs_address",
         "pull_is_on", "pull_police_address", "pull_regions", "pull_stall_seconds",
         "pull_tries", "ride_along_delay_minutes"),
        TASKS,
    ),
    "runs_kept_days": {"tidy"},
    "upload_limit_mb": {"dashboards-team"},
}  # fmt: skip
"""Which services read a setting that whoever installs may choose."""
FIXED = {
    "checkout": "a folder of the image",
    "dbt": "a program of the image",
    "home": "where the folder of the host is mounted",
    "pseudonym_key": "must be set, and only where tasks run",
    "role": "says whose pages a container serves",
}
OURS = [name for name in SERVICES if name not in {"postgres", "proxy"}]


def volumes(name: str) -> list[tuple[str, str, bool]]:
    """Return source, target and whether it may be written."""
    parted = (volume.split(":") for volume in SERVICES[name].get("volumes", []))
    return [(source, target, mode != ["ro"]) for source, target, *mode in parted]


def complaints(content: dict[str, Any]) -> list[str]:
    """Return what the specification of compose has against a file."""
    schema = json.loads(
        (
            files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
        ).read_text("utf-8")
    )
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in validator.iter_errors(content)
    ]


def test_the_file_is_what_the_specification_says():
    assert complaints(composed.raw()) == []


@pytest.mark.parametrize("name", VALUES)
def test_nothing_starts_while_a_value_is_missing(name):
    with pytest.raises(composed.UnsetError, match=name):
        composed.filled_in(VALUES | {name: ""})


def test_no_secret_has_a_default():
    defaults = {
        found["name"]: found["text"]
        for found in composed.VARIABLE.finditer(composed.TEXT)
        if found["kind"] == "-" and found["text"]
    }
    assert defaults == {"PROXY_PORT": "8443"}


def test_the_example_names_every_variable_and_gives_no_value_but_a_few():
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if re.match(r"\w+=", line))
    asked = {
        found["name"]
        for found in composed.VARIABLE.finditer(composed.TEXT)
        if found["name"]
    }
    # What may be chosen stands there too, after a #.
    assert set(example) == asked
    given = {name for name, value in example.items() if value}
    assert given == {"PROXY_PORT"}


def test_the_example_says_what_holds_where_nothing_is_chosen():
    text = (ROOT / ".env.example").read_text("utf-8")
    said = dict(re.findall(r"^# (WIJKBEELD_\w+)=(.*)$", text, re.MULTILINE))
    assert set(said) == {f"WIJKBEELD_{name.upper()}" for name in CHOSEN_FOR}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in said.items():
            patch.setenv(name, value)
        told = Settings()
    for name in CHOSEN_FOR:
        assert getattr(told, name) == Settings.model_fields[name].default


def test_every_setting_reaches_who_reads_it_or_there_is_a_reason():
    assert {*CHOSEN_FOR, *FIXED} == set(Settings.model_fields)
    assert not set(CHOSEN_FOR) & set(FIXED)
    set_to = {f"WIJKBEELD_{name.upper()}": "chosen" for name in CHOSEN_FOR}
    services = composed.filled_in(VALUES | set_to)["services"]
    for name, readers in CHOSEN_FOR.items():
        variable = f"WIJKBEELD_{name.upper()}"
        holders = {
            service
            for service, about in services.items()
            if about["environment"].get(variable) == "chosen"
        }
        assert holders == readers, name


def test_a_setting_that_was_not_chosen_is_not_there():
    for name in CHOSEN_FOR:
        for service in SERVICES.values():
            assert f"WIJKBEELD_{name.upper()}" not in service["environment"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_can_do_no_more_than_its_work(name):
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert "privileged" not in service
    assert "cap_add" not in service


@pytest.mark.parametrize("name", [*OURS, "postgres"])
def test_no_container_runs_as_root(name):
    assert SERVICES[name]["user"].split(":")[0] not in {"", "0", "root"}


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "init"])
def test_a_container_tells_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_only_the_proxy_can_be_reached_and_only_from_this_machine():
    ports = {name: service.get("ports", []) for name, service in SERVICES.items()}
    assert {name: port for name, port in ports.items() if port} == {
        "proxy": ["127.0.0.1:8443:8443"]
    }


def test_only_the_proxy_has_a_way_out():
    networks = composed.raw()["networks"]
    open_ones = {name for name, network in networks.items() if not network}
    assert open_ones == {"edge"}
    assert [n for n, s in SERVICES.items() if open_ones & set(s["networks"])] == [
        "proxy"
    ]


def test_with_accounts_of_the_organisation_airflow_has_a_way_to_ask_who_it_is():
    beside = yaml.safe_load((ROOT / "docker/oauth.yml").read_text("utf-8"))
    assert complaints(beside) == []
    networks = composed.raw()["networks"] | beside["networks"]
    open_ones = {name for name, network in networks.items() if not network}
    added = {name: about["networks"] for name, about in beside["services"].items()}
    with_a_way_out = {
        name
        for name, service in SERVICES.items()
        if open_ones & {*service["networks"], *added.get(name, [])}
    }
    assert with_a_way_out == {"api-server", "proxy"}


def test_no_page_reaches_another_but_through_the_proxy():
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    for name in ("dashboards-public", "dashboards-team", "api-server"):
        assert networks[name] & networks["proxy"]
        for other in set(SERVICES) - {name, "proxy"}:
            assert networks[name] & networks[other] <= {"pipelines"}


def test_pages_cannot_reach_the_database():
    for name in ("dashboards-public", "dashboards-team", "proxy"):
        assert "pipelines" not in SERVICES[name]["networks"]


def test_residents_see_the_public_tree_and_nothing_else():
    assert volumes("dashboards-public") == [
        ("/srv/wijkbeeld/readers/public", "/var/lib/wijkbeeld/published", False)
    ]
    assert SERVICES["dashboards-public"]["environment"]["WIJKBEELD_ROLE"] == "public"


def test_the_team_sees_its_own_tree_what_it_may_write_and_nothing_else():
    assert volumes("dashboards-team") == [
        ("/srv/wijkbeeld/readers/team", "/var/lib/wijkbeeld/published", False),
        ("/srv/wijkbeeld/inbox", "/var/lib/wijkbeeld/inbox", True),
        ("/srv/wijkbeeld/briefings", "/var/lib/wijkbeeld/briefings", True),
        ("/srv/wijkbeeld/mappings", "/var/lib/wijkbeeld/mappings", False),
        ("/srv/wijkbeeld/alerts", "/var/lib/wijkbeeld/alerts", False),
        ("/srv/wijkbeeld/releases", "/var/lib/wijkbeeld/releases", False),
    ]


def test_data_is_written_where_tasks_run_and_by_the_team_in_two_folders_only():
    writers = [
        (name, source.removeprefix("/srv/wijkbeeld"))
        for name in SERVICES
        for source, _, is_writable in volumes(name)
        if source.startswith("/srv/wijkbeeld") and is_writable
    ]
    assert writers == [
        ("init", ""),
        ("scheduler", ""),
        ("dashboards-team", "/inbox"),
        ("dashboards-team", "/briefings"),
    ]


def test_the_team_writes_the_inbox_as_the_group_of_the_tasks():
    user, group = SERVICES["dashboards-team"]["user"].split(":")
    assert user != SERVICES["scheduler"]["user"].split(":")[0]
    assert group == SERVICES["scheduler"]["user"].split(":")[1]
    assert SERVICES["dashboards-public"]["user"] == "10002:10002"


def test_the_inbox_is_there_before_the_pages_are():
    assert "receive import prepare" in SERVICES["init"]["command"][-1]
    waits_for = SERVICES["dashboards-team"]["depends_on"]
    assert waits_for == {"init": {"condition": "service_completed_successfully"}}


def test_residents_can_send_no_file():
    environment = SERVICES["dashboards-public"]["environment"]
    assert environment["STREAMLIT_SERVER_MAX_UPLOAD_SIZE"] == "0"
    assert (
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE"
        not in (SERVICES["dashboards-team"]["environment"])
    )


def test_pages_server_and_proxy_agree_on_how_large_a_file_may_be():
    config = tomllib.loads((ROOT / "dashboards/.streamlit/config.toml").read_text())
    proxy = (ROOT / "docker/proxy/wijkbeeld.conf.template").read_text("utf-8")
    through = int(re.findall(r"client_max_body_size (\d+)m;", proxy)[-1])
    limit = config["server"]["maxUploadSize"]
    assert Settings.model_fields["upload_limit_mb"].default <= limit < through


def test_the_key_of_the_pseudonyms_is_only_where_tasks_run():
    holders = [
        name
        for name, service in SERVICES.items()
        if "WIJKBEELD_PSEUDONYM_KEY" in service.get("environment", {})
    ]
    assert holders == ["scheduler"]


def test_pages_hold_no_secret():
    for name in ("dashboards-public", "dashboards-team"):
        secrets = set(SERVICES[name]["environment"].values()) & set("abcdef")
        assert secrets == set()


def test_telemetry_is_off():
    environment = SERVICES["scheduler"]["environment"]
    assert environment["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"
    assert environment["AIRFLOW__COSMOS__ENABLE_TELEMETRY"] == "False"
    assert environment["GX_ANALYTICS_ENABLED"] == "false"
    assert environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"
    for name in ("dashboards-public", "dashboards-team"):
        assert "--browser.gatherUsageStats=false" in SERVICES[name]["command"]


def test_the_login_is_not_the_one_for_development():
    environment = SERVICES["api-server"]["environment"]
    assert environment["AIRFLOW__CORE__AUTH_MANAGER"].endswith(".FabAuthManager")


def test_every_file_that_is_named_is_there():
    named = {
        service["build"]["dockerfile"]
        for service in SERVICES.values()
        if "build" in service
    } | {
        source
        for name in SERVICES
        for source, _, _ in volumes(name)
        if source.startswith("./")
    }
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("image", ["airflow", "dashboards"])
def test_an_image_copies_only_what_is_there_and_is_sent(image):
    text = (ROOT / "docker" / image / "Dockerfile").read_text("utf-8")
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE)
        for source in line.split()
    ]
    sent = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source.split('/')[0]}" in sent


@pytest.mark.parametrize("image", ["airflow", "dashboards"])
def test_an_image_holds_the_versions_that_were_tested(image):
    def pins(path):
        lines = re.findall(
            r"^([\w.-]+)(?:\[.*\])?==(\S+)", path.read_text("utf-8"), re.MULTILINE
        )
        return dict(lines)

    tested = pins(ROOT / "requirements.lock")
    installed = pins(ROOT / "docker" / image / "requirements.lock")
    assert installed
    assert {n: v for n, v in installed.items() if tested.get(n) != v} == {}


def test_the_image_of_residents_holds_no_orchestrator():
    lock = (ROOT / "docker/dashboards/requirements.lock").read_text("utf-8")
    assert not re.search(r"^(apache-airflow|dbt|great-expectations)", lock, re.M)


def test_the_image_of_the_pages_holds_all_that_looking_at_a_file_loads():
    loaded = subprocess.run(
        [sys.executable, "-c",
         "import wijkbeeld.landing.inspected, wijkbeeld.landing.receive, json, sys\n"
         "from importlib.metadata import packages_distributions\n"
         "where = packages_distributions()\n"
         "names = {name.partition('.')[0] for name in sys.modules}\n"
         "print(json.dumps(sorted({d for n in names for d in where.get(n, [])})))"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lock = (ROOT / "docker/dashboards/requirements.lock").read_text("utf-8")
    held = set(re.findall(r"^([\w.-]+)==", lock, re.M)) | {"wijkbeeld"}
    # Used by pandas and by pip's environment where they happen to be.
    held |= {"pytz", "setuptools"}
    plain = {re.sub(r"[-_.]+", "-", name).lower() for name in json.loads(loaded)}
    assert "python-calamine" in plain
    assert plain - {re.sub(r"[-_.]+", "-", name).lower() for name in held} == set()
