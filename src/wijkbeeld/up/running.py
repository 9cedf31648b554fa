"""From an empty folder to a page with figures, with progress on the screen."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from wijkbeeld import build, demo, files, publish
from wijkbeeld.landing import deliver, inbox_files, zone
from wijkbeeld.language import say
from wijkbeeld.settings import settings
from wijkbeeld.up import airflow, processes, tidying
from wijkbeeld.up.airflow import Airflow, AirflowError, SilentError
from wijkbeeld.up.processes import Process

_AIRFLOW_PORT, _DASHBOARD_PORT = 8080, 8501
_START_S, _READ_S, _PUBLISH_S = 600, 300, 3600
_LOOK_S = 2.0
# A build is started a moment after the landing that called for it has ended.
_QUIET_LOOKS = 4
_DEMO_MONTHS, _DEMO_SEED = 36, 20260101

Tell = Callable[[str], None]


class UpError(RuntimeError):
    """Something did not start or did not work; the message says what to look at."""


def up(*, once: bool) -> int:
    """Start Airflow and the dashboards, land what waits, and show the addresses.

    Args:
        once: Stop when every page has answered, instead of at Ctrl-C.

    Returns:
        The exit code: 0, or 1 when something failed; the screen says what.
    """
    screen = Console()
    try:
        with _stopped_by_signals(), _only_one():
            _run(screen, once=once)
    except KeyboardInterrupt:
        screen.print(say("Gestopt."))
    except (UpError, AirflowError, build.BuildError) as reason:
        screen.print(
            str(reason), style="red", markup=False, highlight=False, soft_wrap=True
        )
        return 1
    return 0


def _run(screen: Console, *, once: bool) -> None:
    with _progress(screen) as tell:
        _make_home(tell)
        tell(say("het dbt-project lezen"))
        build.manifest()
    airflow_port = processes.free_port(_AIRFLOW_PORT)
    dashboard_port = processes.free_port(_DASHBOARD_PORT)
    dashboard = f"http://127.0.0.1:{dashboard_port}"
    processes.adopt_orphans()
    started: list[Process] = []
    try:
        started.append(_start_airflow(airflow_port))
        started.append(_start_dashboard(dashboard_port))
        with _progress(screen) as tell:
            _fill(Airflow(airflow_port), started, tell, is_settled=once)
        name = publish.current(settings().role).parent.name
        screen.print(
            say("Publicatie: {name}", name=name), highlight=False, soft_wrap=True
        )
        screen.print(say("Pagina's:   {address}", address=dashboard))
        screen.print(f"Airflow:     http://127.0.0.1:{airflow_port}")
        screen.print(
            say(
                "  gebruiker {user}, wachtwoord {password}",
                user=airflow.USER,
                password=airflow.password(),
            )
        )
        if once:
            _check_pages(dashboard, screen)
        else:
            screen.print(say("Ctrl-C stopt beide."))
            _watch(started, screen, airflow.environment(airflow_port))
    finally:
        screen.print(say("Stoppen…"))
        processes.stop_all(started)


def _make_home(tell: Tell) -> None:
    """Make the folders, private; and deliveries to look at when there are none."""
    zone.prepare()
    for source in deliver.SOURCES:
        (settings().inbox / source).mkdir(parents=True, exist_ok=True)
    if not _is_waiting() and not any(
        settings().landing.glob("_deliveries/*/*.parquet")
    ):
        tell(say("er is nog niets geleverd: DEMODATA, verzonnen, naar de inbox"))
        demo.write(
            settings().inbox,
            months=_DEMO_MONTHS,
            seed=_DEMO_SEED,
            scale=1,
            end=date.today().replace(day=1),  # noqa: DTZ011 - the date on the wall
        )


def _start_airflow(port: int) -> Process:
    log = settings().airflow / "standalone.log"
    return processes.start("Airflow", airflow.command(), airflow.environment(port), log)


def _start_dashboard(port: int) -> Process:
    options = {
        "--server.address": "127.0.0.1",
        "--server.port": str(port),
        "--server.headless": "true",
        "--server.fileWatcherType": "none",
        "--server.maxUploadSize": str(_upload_limit()),
        "--browser.gatherUsageStats": "false",
    }
    return processes.start(
        say("de pagina's"),
        [
            str(Path(sys.executable).with_name("streamlit")),
            "run",
            str(settings().checkout / "dashboards" / "app.py"),
            *(part for option in options.items() for part in option),
        ],
        build.dbt_environment() | {"WIJKBEELD_ROLE": settings().role},
        settings().home / "dashboard.log",
    )


def _upload_limit() -> int:
    """Return how many MB a page takes: whoever may not send files sends none."""
    return settings().upload_limit_mb if settings().role == "team" else 0


def _fill(
    api: Airflow, started: list[Process], tell: Tell, *, is_settled: bool
) -> None:
    """Land and build until there is something to see.

    Args:
        api: The Airflow that was started.
        started: Processes that must stay alive meanwhile.
        tell: Is told how far it is.
        is_settled: Wait until nothing is left to land or build, also when what is
            published is all that this release makes of what had landed.
    """
    tell(say("Airflow: start"))
    _until(api.is_healthy, started, _START_S, say("Airflow werd niet gezond"))
    api.log_in(airflow.USER, airflow.password())
    if not api.has_pool("warehouse"):
        airflow.make_pool("warehouse", 1, api.port)
    expected = {path.stem for path in (settings().checkout / "dags").glob("*.py")}
    tell(say("Airflow: DAG's lezen"))
    _until(
        lambda: expected <= api.dag_ids() or bool(api.import_errors()),
        started,
        _READ_S,
        say("Airflow heeft niet alle DAG's gelezen"),
    )
    if errors := api.import_errors():
        raise UpError("\n".join([say("een DAG-bestand laadt niet"), *errors]))
    if is_settled or _is_waiting() or not _is_up_to_date():
        _settle(api, started, tell, is_older_refused=is_settled)


def _settle(
    api: Airflow, started: list[Process], tell: Tell, *, is_older_refused: bool
) -> None:
    """Wait until nothing is left to land or build.

    Airflow looks at the inbox by itself when it starts, and builds when something
    has landed. Only what is left when it has come to rest is asked for.

    Raises:
        UpError: Nothing is published, or nothing but what was and that is refused.
    """
    known, shown = {run.run_id for run in api.runs("failed")}, _published()
    _until_quiet(api, started, tell)
    if _is_waiting():
        for path in sorted((settings().checkout / "dags").glob("land_*.py")):
            api.trigger(path.stem)
        _until_quiet(api, started, tell)
    if not _is_up_to_date():
        # All had landed before, and the build failed or was cut off, or what is
        # published was made by another release.
        api.trigger("build_warehouse")
        _until_quiet(api, started, tell)
    failed = [run for run in api.runs("failed") if run.run_id not in known]
    reasons = "\n".join(_failure(api, run) for run in failed)
    if _published() is None:
        raise UpError(reasons + "\n" + say("Er is niets gepubliceerd."))
    # What came after the build began is in no publication, and no reason to wait.
    if is_older_refused and _published() == shown and not _is_up_to_date():
        raise UpError(reasons + "\n" + say("Er is niets nieuws gepubliceerd."))
    if reasons:
        tell(reasons)


def _until_quiet(api: Airflow, started: list[Process], tell: Tell) -> None:
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        # A briefing waits days for its figures or for a person: nobody waits for that.
        running = [
            run
            for run in api.runs("running", "queued")
            if run.dag_id.startswith("land_") or run.dag_id == "build_warehouse"
        ]
        quiet = 0 if running else quiet + 1
        if running:
            tell(_told(api, running))
        return quiet >= _QUIET_LOOKS

    _until(is_quiet, started, _PUBLISH_S, say("inlezen en bouwen kwamen niet klaar"))


def _is_waiting() -> bool:
    return any(inbox_files.waiting(source) for source in deliver.SOURCES)


def _told(api: Airflow, running: list[airflow.Run]) -> str:
    """Return how far the runs are: deliveries that wait, tasks of the build."""
    parts = []
    # Not ``waiting``, which takes its time to see whether a file still grows.
    if waiting := len(inbox_files.lying()):
        parts.append(say("{n} bestanden in te lezen", n=waiting))
    for run in running:
        if run.dag_id == "build_warehouse" and run.state == "running":
            states = list(api.tasks(run).values())
            done = sum(state in {"success", "skipped"} for state in states)
            parts.append(say("bouw: {n} van {all} taken", n=done, all=len(states)))
    return "; ".join(parts) or f"{running[-1].dag_id}: {running[-1].state}"


def _failure(api: Airflow, run: airflow.Run) -> str:
    tasks = sorted(task for task, state in api.tasks(run).items() if state == "failed")
    logs = settings().airflow / "logs" / f"dag_id={run.dag_id}" / f"run_id={run.run_id}"
    return say(
        "{dag} is rood, bij {tasks}; de logs: {logs}",
        dag=run.dag_id,
        tasks=", ".join(tasks),
        logs=logs,
    )


def _check_pages(address: str, screen: Console) -> None:
    """Let the running dashboard draw each of its pages.

    Raises:
        UpError: One did not come, or not all of them are in the menu.
    """
    asked = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "dashboards.answers", address],
        cwd=settings().checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    screen.print(asked.stdout.strip(), markup=False, highlight=False)
    there = (settings().checkout / "dashboards/app_pages").glob("[!_]*.py")
    # What is made for residents stands at the address of the page of the team.
    pages = sum(not page.stem.endswith("_public") for page in there)
    answered = asked.stdout.count(": answers\n") - 1  # the start page comes twice
    if asked.returncode or answered < pages:
        raise UpError(
            say(
                "{n} van {all} pagina's hebben geantwoord",
                n=max(answered, 0),
                all=pages,
            )
        )


def _watch(
    started: list[Process], screen: Console, environment: dict[str, str]
) -> None:
    while True:
        _raise_when_dead(started)
        try:
            tidying.weekly(environment)
        except tidying.TidyError as reason:
            screen.print(str(reason), style="red", markup=False, highlight=False)
        time.sleep(_LOOK_S)


def _until(
    holds: Callable[[], bool], started: list[Process], within_s: float, else_say: str
) -> None:
    deadline = time.monotonic() + within_s
    while not _answers(holds):
        _raise_when_dead(started)
        if time.monotonic() > deadline:
            logs = ", ".join(str(process.log) for process in started)
            raise UpError(
                say(
                    "{what}, niet binnen {seconds} s; kijk in {logs}",
                    what=else_say,
                    seconds=f"{within_s:.0f}",
                    logs=logs,
                )
            )
        time.sleep(_LOOK_S)


def _answers(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except SilentError:
        return False  # a busy machine; asked again


def _raise_when_dead(started: list[Process]) -> None:
    for process in started:
        if process.is_dead():
            raise UpError(process.last_words())


def _is_up_to_date() -> bool:
    """Tell whether readers see what this release makes of all that has landed."""
    return _published() is not None and not build.is_needed()


def _published() -> str | None:
    """Return the name of what readers see, or none."""
    try:
        return publish.current(settings().role).parent.name
    except publish.NothingPublishedError:
        return None


@contextmanager
def _progress(screen: Console) -> Iterator[Tell]:
    """Show one line that changes; on paper, a line whenever it changes."""
    if not screen.is_terminal:
        said = ""

        def tell_plainly(text: str) -> None:
            nonlocal said
            if text != said:
                screen.print(text, markup=False, highlight=False, soft_wrap=True)
            said = text

        yield tell_plainly
        return
    with screen.status("") as status:

        def tell(text: str) -> None:
            if "\n" in text or "DEMODATA" in text:
                screen.print(text, markup=False, soft_wrap=True)
            status.update(text)

        yield tell


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a closed terminal and ``kill`` stop us as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _only_one() -> Iterator[None]:
    lock = settings().locks / "up"
    if files.is_held(lock):
        raise UpError(say("het draait al, in een ander venster; stop het daar"))
    with files.exclusive(lock):
        yield
