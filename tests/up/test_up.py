"""A real Airflow: files in the inbox, figures on the page, and nothing left behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from chain.kept import found_in

from wijkbeeld import demo
from wijkbeeld.demo.canaries import CANARIES
from wijkbeeld.up.airflow import Airflow

pytestmark = pytest.mark.airflow

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("wijkbeeld")
MONTHS, END = 3, date(2026, 11, 1)
UP_WITHIN_S, STOP_WITHIN_S = 1800, 120

GOOD = """\
ronde_id;team;datum;start;eind;aantal_lopers;buurtcode
R1;Waldeck;2026-10-01;20:00;21:30;3;BU05181840
R2;Waldeck;2026-10-08;20:00;21:30;2;BU05181840
"""
BAD = """\
naam;leeftijd
Jansen;41
"""


class Running:
    """A `wijkbeeld up` that was started, and what it showed."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.screen = home.parent / f"screen{''.join(options)}.log"
        with self.screen.open("w") as shown:
            self.process = subprocess.Popen(
                [COMMAND, "up", *options],
                env=os.environ | {"WIJKBEELD_HOME": str(home), "COLUMNS": "200"},
                stdin=subprocess.DEVNULL,
                stdout=shown,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def until_shown(self, text: str, within_s: float) -> re.Match[str]:
        return until(
            lambda: re.search(text, self.screen.read_text("utf-8")),
            within_s,
            lambda: self.screen.read_text("utf-8"),
            self.process,
        )

    def api(self) -> Airflow:
        port = self.until_shown(r"Airflow: +http://127\.0\.0\.1:(\d+)", 1)[1]
        api = Airflow(int(port))
        passwords = (self.home / "airflow" / "passwords.json").read_text("utf-8")
        api.log_in("admin", json.loads(passwords)["admin"])
        return api

    def publication(self) -> str:
        return (self.home / "published" / "current").read_text("utf-8")


def until(holds, within_s, say, process=None):
    deadline = time.monotonic() + within_s
    while not (found := holds()):
        assert process is None or process.poll() is None, say()
        assert time.monotonic() < deadline, say()
        time.sleep(1)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("up")
    demo.write(folder / "demo", months=MONTHS, seed=7, scale=1, end=END)
    inbox = folder / "home" / "inbox"
    inbox.mkdir(parents=True)
    for source in (folder / "demo").glob("*__*"):
        source.rename(inbox / source.name)
    patrols = inbox / "watch__patrols"
    (patrols / "2026-10-31__nieuwe_rondes.csv").write_text(GOOD, "utf-8")
    (patrols / "2026-10-31__verkeerd.csv").write_text(BAD, "utf-8")
    return folder / "home"


@pytest.fixture(scope="module")
def running(home):
    it = Running(home)
    try:
        it.until_shown("Ctrl-C stopt beide", UP_WITHIN_S)
        yield it
    finally:
        if it.process.poll() is None:
            it.process.send_signal(signal.SIGINT)
            it.process.wait(STOP_WITHIN_S)


@pytest.fixture(scope="module")
def refused(running):
    """Return the runs in which a file was refused."""
    return [run for run in running.api().runs("failed") if run.dag_id == "land_patrols"]


def test_it_comes_up_with_a_publication_and_two_addresses(running):
    shown = running.screen.read_text("utf-8")
    assert re.search(r"Publicatie: \d{8}T\d{6}Z_", shown)
    assert re.search(r"Pagina's: +http://127\.0\.0\.1:\d+", shown)
    assert re.search(r"gebruiker admin, wachtwoord \S{12,}", shown)


def test_nobody_else_can_read_the_home(running):
    assert running.home.stat().st_mode & 0o077 == 0
    assert (running.home / "airflow/passwords.json").stat().st_mode & 0o077 == 0


def test_it_listens_on_this_machine_only(running):
    table = "\n".join(Path(f"/proc/net/{kind}").read_text() for kind in ("tcp", "tcp6"))
    pids = {int(pid) for pid in descendants(running.process.pid)}
    inodes = {
        found[1]
        for pid in pids
        for link in Path(f"/proc/{pid}/fd").glob("*")
        if (found := re.match(r"socket:\[(\d+)\]", read_link(link)))
    }
    listening = [line.split() for line in table.splitlines() if " 0A " in line]
    ours = {row[1].split(":")[0] for row in listening if row[9] in inodes}
    assert ours
    assert ours <= {"0100007F", "00000000000000000000000001000000"}


def test_a_second_one_is_refused_while_the_first_runs(running):
    second = subprocess.run(
        [COMMAND, "up"],
        env=os.environ | {"WIJKBEELD_HOME": str(running.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "draait al" in second.stdout


def test_a_bad_file_turns_its_own_task_red_and_the_other_lands(running, refused):
    [run] = refused
    states = running.api().tasks(run)
    assert states["land"] == "success"
    assert states["announce"] == "success"
    assert states["refuse"] == "failed"
    names = {p.name for p in (running.home / "delivered/watch__patrols").iterdir()}
    assert any("nieuwe_rondes" in name for name in names)
    assert "land_patrols is rood, bij refuse" in running.screen.read_text("utf-8")


def test_the_red_task_says_why_in_its_last_lines(running, refused):
    [run] = refused
    folder = running.home / "airflow" / "logs" / f"dag_id={run.dag_id}"
    folder = folder / f"run_id={run.run_id}" / "task_id=refuse"
    [log] = folder.rglob("attempt=1.log")
    told = [
        json.loads(line) for line in log.read_text("utf-8").splitlines() if line.strip()
    ]
    spoken = [line for line in told if not line["event"].startswith("::")]
    [reason] = (running.home / "rejected/watch__patrols").glob("*.reason.txt")
    assert reason.read_text("utf-8").strip() in json.dumps(
        spoken[-1], ensure_ascii=False
    )


def test_every_page_answers(running):
    address = running.until_shown(r"Pagina's: +(\S+)", 1)[1]
    asked = subprocess.run(
        [sys.executable, "-m", "dashboards.answers", address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stdout
    assert asked.stdout.count("answers") == 13


def test_ctrl_c_stops_everything(running):
    started = descendants(running.process.pid)
    assert len(started) > 5
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(STOP_WITHIN_S) == 0
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_no_word_that_may_not_be_kept_is_in_a_file_or_log(running):
    assert running.process.poll() is not None
    # The files as they came, which stay for a while so that a mistake can be mended.
    as_they_came = ("inbox/", "delivered/", "rejected/")
    assert found_in(running.home, CANARIES, but=as_they_came) == []
    assert found_in(running.home / "delivered", CANARIES)


def test_once_with_everything_there_is_short_and_fine(running):
    assert running.process.poll() is not None
    before = running.publication()
    it = Running(running.home, "--once")
    assert it.process.wait(UP_WITHIN_S) == 0, it.screen.read_text("utf-8")
    shown = it.screen.read_text("utf-8")
    assert shown.count(": answers") == 13
    assert running.publication() == before


def descendants(pid: int) -> set[str]:
    found, look = set(), [str(pid)]
    while look:
        for children in Path(f"/proc/{look.pop()}/task").glob("*/children"):
            new = children.read_text().split()
            found.update(new)
            look.extend(new)
    return found


def read_link(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""
