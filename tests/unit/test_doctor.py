"""What the doctor finds, and what it tells to do about it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from importlib import metadata
from types import SimpleNamespace

import pytest

from wijkbeeld import doctor
from wijkbeeld import settings as configured


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give a private home, and a way to choose settings."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("WIJKBEELD_HOME", str(folder))
    monkeypatch.delenv("WIJKBEELD_PSEUDONYM_KEY", raising=False)
    configured.settings.cache_clear()
    yield folder
    configured.settings.cache_clear()


def choose(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"WIJKBEELD_{name.upper()}", str(value))
    configured.settings.cache_clear()


def test_another_python_has_to_be_replaced(monkeypatch):
    assert doctor.python().remedy == ""
    monkeypatch.setattr(doctor.sys, "version_info", (3, 12, 1))
    assert "3.11" in doctor.python().remedy
    assert doctor.python().found == "3.12.1"


def test_the_packages_that_are_here_are_those_of_the_lock():
    assert doctor.packages().remedy == ""


def test_a_package_of_another_version_or_none_is_named(monkeypatch, tmp_path):
    version = metadata.version("duckdb")
    (tmp_path / "requirements.lock").write_text(
        f"duckdb=={version} \\\n    --hash=sha256:00\nrich==0.0.1\n"
        "no-such-package[extra]==1.0 ; python_version > '3'\n"
    )
    choose(monkeypatch, checkout=tmp_path)
    found = doctor.packages()
    configured.settings.cache_clear()

    assert "rich" in found.found
    assert "no-such-package ontbreekt" in found.found
    assert "duckdb" not in found.found
    assert "make run" in found.remedy


def test_a_lock_that_is_gone_is_told(monkeypatch, tmp_path):
    choose(monkeypatch, checkout=tmp_path)
    found = doctor.packages()
    configured.settings.cache_clear()

    assert "requirements.lock" in found.found
    assert found.remedy


def test_dbt_must_be_there(home, monkeypatch, tmp_path):
    choose(monkeypatch, dbt=tmp_path / "none")
    assert "WIJKBEELD_DBT" in doctor.dbt().remedy

    monkeypatch.delenv("WIJKBEELD_DBT")
    configured.settings.cache_clear()
    assert doctor.dbt() == doctor.Finding("dbt", metadata.version("dbt-core"))


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_home_that_others_can_enter_is_wrong(home, mode):
    assert doctor.home().remedy == ""
    home.chmod(mode)
    assert doctor.home().remedy == f"chmod 700 {home}"


def test_a_home_that_a_group_may_look_into_is_well_as_in_production(home):
    home.chmod(0o750)
    assert doctor.home().remedy == ""
    assert "groep" in doctor.home().found


def test_a_home_that_cannot_be_written_is_wrong(home, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "eigenaar" not in doctor.home().found
    assert doctor.home().remedy


def test_a_home_that_is_not_there_yet_is_no_fault(monkeypatch, tmp_path):
    choose(monkeypatch, home=tmp_path / "none")
    assert doctor.home().remedy == ""
    assert doctor.disk().found
    configured.settings.cache_clear()


def test_a_disk_that_is_nearly_full_is_wrong(home, monkeypatch):
    usage = SimpleNamespace(free=6 * 10**9)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert doctor.disk().remedy == ""
    usage.free = 4 * 10**9
    assert "WIJKBEELD_HOME" in doctor.disk().remedy


def test_a_port_that_is_taken_is_noted_and_no_fault(monkeypatch):
    with socket.socket() as taken, socket.socket() as free:
        for probe in (taken, free):
            probe.bind(("127.0.0.1", 0))
        taken.listen()
        busy, idle = taken.getsockname()[1], free.getsockname()[1]
        monkeypatch.setattr(doctor, "_PORTS", (busy, idle))
        found = doctor.ports()

    assert found.is_warning
    assert str(busy) in found.found
    assert str(idle) not in found.found
    assert found.remedy


def test_a_key_that_is_short_or_open_to_others_is_wrong(home, monkeypatch):
    assert doctor.pseudonym_key().remedy == ""
    kept = home / "secrets" / "pseudonym.key"
    kept.parent.mkdir()
    kept.write_text("x" * 64)
    kept.chmod(0o644)
    assert doctor.pseudonym_key().remedy == f"chmod 600 {kept}"
    kept.chmod(0o600)
    assert doctor.pseudonym_key().remedy == ""
    choose(monkeypatch, pseudonym_key="short")
    assert "openssl" in doctor.pseudonym_key().remedy
    choose(monkeypatch, pseudonym_key="x" * 32)
    assert doctor.pseudonym_key().remedy == ""


def test_no_check_shows_the_key(home, monkeypatch, capsys):
    choose(monkeypatch, pseudonym_key="verysecretverysecretverysecret12")
    monkeypatch.setattr(doctor, "CHECKS", (doctor.pseudonym_key,))
    doctor.doctor()
    assert "verysecret" not in capsys.readouterr().out


def test_without_a_browser_only_the_browser_tests_are_missed(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    assert doctor.chromium().is_warning
    assert doctor.chromium().remedy


def test_a_clock_before_the_installation_is_wrong(home, monkeypatch, tmp_path):
    (tmp_path / "dags").mkdir()
    path = tmp_path / "dags" / "x.py"
    path.write_text("")
    os.utime(path, (4e9, 4e9))
    choose(monkeypatch, checkout=tmp_path)
    assert "klok" in doctor.zones().remedy


def test_english_that_is_gone_is_noted(home, monkeypatch, tmp_path):
    assert doctor.locales().remedy == ""
    (tmp_path / "dashboards").mkdir()
    choose(monkeypatch, checkout=tmp_path)
    assert doctor.locales().is_warning
    assert str(tmp_path / "dashboards") in doctor.locales().remedy


@pytest.mark.parametrize(
    ("findings", "code", "marks"),
    [
        ([doctor.Finding("a", "b")], 0, ["goed"]),
        ([doctor.Finding("a", "b", "doe c", is_warning=True)], 0, ["let op"]),
        ([doctor.Finding("a", "b"), doctor.Finding("d", "e", "doe f")], 1,
         ["goed", "fout"]),
    ],
)  # fmt: skip
def test_only_what_must_be_mended_makes_it_fail(
    monkeypatch, capsys, findings, code, marks
):
    checks = tuple(lambda finding=finding: finding for finding in findings)
    monkeypatch.setattr(doctor, "CHECKS", checks)

    assert doctor.doctor() == code
    said = capsys.readouterr().out
    for mark, finding in zip(marks, findings, strict=True):
        assert mark in said
        assert f"{finding.what}: {finding.found}" in said
        assert finding.remedy in said


IN_AN_IMAGE = """
import subprocess, sys
def refuse(event, arguments):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
from wijkbeeld import doctor
sys.exit(doctor.doctor())
"""


@pytest.mark.parametrize("image", ["airflow", "dashboards"])
def test_an_image_is_well_and_no_program_is_started_to_find_out(home, tmp_path, image):
    """A program such as dbt would ask the internet for its newest version."""
    ours = configured.settings().checkout
    last = (
        (ours / "docker" / image / "Dockerfile").read_text("utf-8").split("\nFROM ")[-1]
    )
    for source, target in re.findall(r"^COPY (\S+) /opt/wijkbeeld/(\S+)$", last, re.M):
        copied = tmp_path / "image" / target
        copied.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ours / source).is_dir() else shutil.copy2
        copy(ours / source, copied)
    found = subprocess.run(
        [sys.executable, "-c", IN_AN_IMAGE],
        env=os.environ | {"WIJKBEELD_CHECKOUT": str(tmp_path / "image")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert "Engels" not in found.stdout


def test_what_is_found_is_shown_as_it_is(home, monkeypatch, capsys):
    odd = doctor.Finding("[red]a[/x]", "[b]", "[/c]")
    monkeypatch.setattr(doctor, "CHECKS", (lambda: odd,))
    doctor.doctor()
    assert "[red]a[/x]: [b]" in capsys.readouterr().out


def test_every_check_is_asked_and_has_an_answer(home):
    findings = [check() for check in doctor.CHECKS]
    assert len({finding.what for finding in findings}) == len(findings) == 10
    assert all(finding.found for finding in findings)
