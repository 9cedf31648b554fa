import subprocess
import sys
from pathlib import Path

from pull.service import Table, error

COMMAND = Path(sys.executable).with_name("wijkbeeld")


def run(*options):
    return subprocess.run(
        [COMMAND, "pull", *options], capture_output=True, text=True, check=False
    )


def test_the_command_pulls_what_is_new(home, service, table):
    service.add(Table("47018NED", periods=("2025JJ00",)))
    pulled = run("--table", "47022NED", "--table", "47018NED")
    assert pulled.returncode == 0, pulled.stderr
    assert "47022NED 2026MM09: 15 rijen" in pulled.stderr
    assert len(list((home / "inbox/police__open_data").iterdir())) == 5
    assert run("--table", "47022NED").stdout.count("niets nieuws") == 1


def test_a_table_that_does_not_come_stops_no_other(home, service, table):
    service.lasting["DataProperties"] = error(404)
    service.add(Table("47018NED", periods=("2025JJ00",)))
    pulled = run()
    assert pulled.returncode == 1
    assert pulled.stdout.count(": niet opgehaald: ") == 3


def test_what_the_service_says_has_no_power_over_the_screen(home, service):
    service.add(Table(periods=("[/red]\x1b[2JMM",)))
    pulled = run("--table", "47022NED")
    assert pulled.returncode == 0, pulled.stderr
    assert "[/red]" in pulled.stderr
    assert "\x1b" not in pulled.stderr + pulled.stdout


def test_an_unknown_table_is_told(home):
    pulled = run("--table", "47004NED")
    assert pulled.returncode == 1
    assert (
        "47004NED wordt niet opgehaald; wel: 47022NED, 47018NED, 86165NED"
        in pulled.stderr
    )


def test_off_is_said_once_and_ends_it(home, monkeypatch):
    monkeypatch.delenv("WIJKBEELD_PULL_IS_ON")
    pulled = run()
    assert pulled.returncode == 1
    assert "WIJKBEELD_PULL_IS_ON" in pulled.stderr
