"""Make the warehouse from the landing zone, judge it, and publish it.

One build at a time: whoever comes second waits. What the command does in one go,
the DAG ``build_warehouse`` does in tasks; both go through the functions below.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from uuid import uuid4

from wijkbeeld import files
from wijkbeeld.landing import faults
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_PASSED, _AUDITED = "passed dbt", "passed the audit"
_MADE_BY, _BUILT_FROM, _PUBLISHED_FROM = "made_by", "built_from", "published_from"
_SEEDED = ".seeded"
"""Follows the name of a warehouse that holds all seeds, and goes away with it."""
_STEP = re.compile(r"(?P<number>\d+) of (?P<total>\d+) (?!START)[A-Z]+")
_GOOD = re.compile(r" (START|OK|PASS|SKIP|NO-OP) |^\d\d:\d\d:\d\d +$")
_LINES_KEPT = 60
_LOG_BYTES = 5_000_000
# A unit test speaks of the code, not of the deliveries, so `make test` runs it, not a
# build, and an exposure makes nothing. A manifest that nobody reads costs a second to
# write, and what dbt says is kept by who hears it.
_LEFT_OUT = "unit_test exposure"
_LEAN = {"DBT_WRITE_JSON": "false", "DBT_LOG_LEVEL_FILE": "none"}
# With each line that it writes, dbt looks through its environment for secrets: with
# fifty variables that is a seventh of its time.
_NEEDED_BY_DBT = re.compile(
    "(?:WIJKBEELD|DBT|PYTHON|LC|LD|OPENBLAS|OMP|LLVM)_?[A-Z_]*|DO_NOT_TRACK|HOME|LANG|"
    "PATH|TMPDIR|TZ|USER"
)


class BuildError(RuntimeError):
    """The warehouse was not made, or may not be published; the message says why."""


def build(
    *, full_refresh: bool = False, tell: Callable[[str], None] = lambda _: None
) -> str:
    """Make the warehouse, audit it, and publish it.

    Args:
        full_refresh: Throw the warehouse away first; the marts must not differ.
        tell: Is told what is being done.

    Returns:
        The name of the publication.

    Raises:
        BuildError: dbt or the audit found something wrong, or the disk is full;
            nothing was published, and readers keep the publication they had.
    """
    with faults.told_as(BuildError), _one_at_a_time(tell) as held:
        tell(say("de geleverde bestanden bekijken"))
        _prepare(full_refresh=full_refresh)
        tell(say("dbt build: start"))
        Thread(target=_load_what_follows, name="load what follows").start()
        _dbt(["build"], tell, held)
        tell(say("keuren"))
        _audit()
        tell(say("publiceren"))
        return _publish(uuid4().hex[:8])


def prepare(*, full_refresh: bool = False) -> None:
    """Make the warehouse fit to be built on, or throw it away.

    It is thrown away when it was made by another release or with another model,
    seed or measure, or placed its incidents with other shapes, or of a delivery that
    is not there any more: then every row would have to be read again anyway.
    """
    with _one_at_a_time():
        _prepare(full_refresh=full_refresh)


def is_needed() -> bool:
    """Tell whether anything has come since what was last published.

    What lands while a build is at work may be in it already: then this says no.
    """
    from wijkbeeld import made_of

    made_by = settings().warehouse.with_name(_MADE_BY)
    published = settings().warehouse.with_name(_PUBLISHED_FROM)
    return (
        not settings().warehouse.exists()
        or not made_by.exists()
        or made_by.read_text("utf-8") != made_of.maker()
        or not published.exists()
        or published.read_text("utf-8") != made_of.fingerprint_of_what_landed()
    )


def unpublished() -> str | None:
    """Say why readers do not see all that has landed, and what to do; None if they do.

    Of a warehouse that nothing was ever delivered for there is nothing to say.
    """
    landed = (settings().landing / "_deliveries").glob("*/*.parquet")
    if not any(landed) or not is_needed():
        return None
    if files.is_held(_lock()):
        return say("er wordt nu gebouwd")
    if settings().warehouse.exists() and _judgement() != _AUDITED:
        return say(
            "de laatste bouw is niet geslaagd; herstel wat {log} zegt, en voer uit: "
            "wijkbeeld build",
            log=settings().home / "dbt" / "logs" / "dbt.log",
        )
    return say("niet alles is gepubliceerd wat er is; voer uit: wijkbeeld build")


def audit() -> None:
    """Judge the marts as a whole.

    Raises:
        BuildError: They may not be published; the message names rule and remedy.
    """
    with _one_at_a_time():
        _audit()


def publish(build_id: str) -> str:
    """Publish what has passed, and return the name of the publication.

    Raises:
        BuildError: The last build did not pass.
    """
    with _one_at_a_time():
        return _publish(build_id)


def manifest() -> Path:
    """Parse the dbt project, and return the manifest from which Airflow draws it."""
    _forget_another_checkout()
    _dbt(["parse", "--quiet"], lambda _: None)
    return _target() / "manifest.json"


def dbt_with_lock() -> None:
    """Be the dbt that Airflow runs: wait for the one write slot, then run dbt."""
    arguments = sys.argv[1:]
    with files.exclusive(_lock()) as held:
        _judge_later(arguments)
        dbt = subprocess.Popen(
            [settings().dbt, *arguments], text=True, pass_fds=(held,)
        )
        with dbt, _handed_on(dbt):
            code = dbt.wait()
        if code == 0:
            _judged_passed(arguments)
    sys.exit(code)


def dbt_environment() -> dict[str, str]:
    """Return the environment in which dbt finds its project, and calls nobody."""
    project = settings().dbt_project
    return os.environ | {
        "WIJKBEELD_HOME": str(settings().home),
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(project),
        "DBT_TARGET_PATH": str(_target()),
        "DBT_LOG_PATH": str(settings().home / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _prepare(*, full_refresh: bool) -> None:
    from wijkbeeld import made_of
    from wijkbeeld.landing import zone

    zone.prepare()
    _forget_another_checkout()
    warehouse = settings().warehouse
    made_by = warehouse.with_name(_MADE_BY)
    maker = made_of.maker()
    is_fit = (
        warehouse.exists() and made_by.exists() and made_by.read_text("utf-8") == maker
    )
    begun = time.time()
    if full_refresh or not is_fit or made_of.holds_what_is_gone():
        _judged_as(None)
        made_by.unlink(missing_ok=True)
        for remains in warehouse.parent.glob(f"{warehouse.name}*"):
            remains.unlink() if remains.is_file() else shutil.rmtree(remains)
        files.write_text(made_by, maker)
    made_of.looked(begun)


def _forget_another_checkout() -> None:
    """Have dbt parse anew where the project moved: it keeps whole paths of seeds."""
    parsed, project = _target() / "partial_parse.msgpack", _target() / "project"
    here = f"{settings().dbt_project}\n"
    if not project.exists() or project.read_text("utf-8") != here:
        parsed.unlink(missing_ok=True)
        project.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(project, here)


def _dbt(arguments: list[str], tell: Callable[[str], None], held: int = -1) -> None:
    """Run dbt and pass its progress on; keep what it has against the project."""
    _judge_later(arguments)
    log = _log()
    dbt = subprocess.Popen(
        [settings().dbt, "--no-use-colors", *arguments],
        cwd=settings().dbt_project,
        env=_little(dbt_environment()) | (_lean() if "build" in arguments else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        # A dbt whose parent was killed still holds the lock, so it is waited for.
        pass_fds=(held,) if held >= 0 else (),
    )
    complaints: list[str] = []
    with dbt, _handed_on(dbt), log.open("a", encoding="utf-8") as kept:
        for line in dbt.stdout or ():
            kept.write(line)
            if step := _STEP.search(line):
                tell(f"dbt {arguments[0]} {step['number']}/{step['total']}")
            if not _GOOD.search(line):
                complaints.append(line)
    if dbt.returncode:
        raise BuildError(
            "".join(complaints[-_LINES_KEPT:])
            + "\n"
            + say(
                "dbt {command} is mislukt (exitcode {code}), er is niets gepubliceerd. "
                "Herstel wat hierboven staat en bouw opnieuw. Log: {log}",
                command=arguments[0],
                code=dbt.returncode,
                log=log,
            )
        )
    _judged_passed(arguments)


def _log() -> Path:
    """Return the log of dbt; a long one is put aside, in place of the one before."""
    log = settings().home / "dbt" / "logs" / "dbt.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # Another that parses the project may have put it aside just now.
    with suppress(FileNotFoundError):
        if log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_name("dbt.log.1"))
    return log


def _little(environment: dict[str, str]) -> dict[str, str]:
    """Leave out what is nothing to dbt."""
    return {
        name: value
        for name, value in environment.items()
        if _NEEDED_BY_DBT.fullmatch(name)
    }


def _lean() -> dict[str, str]:
    """Return what makes dbt do no more than a build needs.

    Seeds are loaded once: other seeds make another warehouse.
    """
    left_out = _LEFT_OUT + " seed" if _seeded().exists() else _LEFT_OUT
    return _LEAN | {"DBT_EXCLUDE_RESOURCE_TYPES": left_out}


def _seeded() -> Path:
    return settings().warehouse.with_name(settings().warehouse.name + _SEEDED)


@contextmanager
def _handed_on(child: subprocess.Popen[str]) -> Iterator[None]:
    """Hand signals on to the child, so that it is not left behind."""
    before = {
        name: signal.signal(name, lambda number, _: child.send_signal(number))
        for name in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _judge_later(arguments: list[str]) -> None:
    if "build" in arguments:
        from wijkbeeld import made_of

        _judged_as(None)
        # Taken before dbt looks: a file that lands in between makes one build too
        # many, never one too few.
        built_from = settings().warehouse.with_name(_BUILT_FROM)
        files.write_text(built_from, made_of.fingerprint_of_what_landed())


def _judged_passed(arguments: list[str]) -> None:
    if "build" in arguments:
        if not _seeded().exists():
            files.write_text(_seeded(), "")
        _judged_as(_PASSED)


def _audit() -> None:
    from expectations import audit

    if _judgement() not in {_PASSED, _AUDITED}:
        raise BuildError(
            say("de laatste dbt build is niet geslaagd: bouw opnieuw en keur dan")
        )
    try:
        audit.check(settings().warehouse)
    except audit.AuditError as reason:
        raise BuildError(str(reason)) from None
    _judged_as(_AUDITED)


def _load_what_follows() -> None:
    """Load what audit and publication need: seconds, which pass while dbt works."""
    from expectations import audit

    audit.load(settings().warehouse)
    import_module("wijkbeeld.publish")


def _publish(build_id: str) -> str:
    from wijkbeeld import publish as publishing
    from wijkbeeld.output import releases

    if _judgement() != _AUDITED:
        raise BuildError(say("de laatste bouw is niet goedgekeurd: bouw opnieuw"))
    try:
        # A draft can leave only beside the publication that it was made from.
        waiting = {draft.subject.publication for draft in releases.waiting()}
        name = publishing.publish(build_id, waiting)
    except (
        publishing.ContradictionError,
        publishing.SmallCountError,
        publishing.UnknownColumnsError,
    ) as reason:
        raise BuildError(str(reason)) from None
    built_from = settings().warehouse.with_name(_BUILT_FROM)
    files.write_text(
        built_from.with_name(_PUBLISHED_FROM), built_from.read_text("utf-8")
    )
    return name


def _judged_as(judgement: str | None) -> None:
    path = settings().warehouse.with_name("judgement")
    path.parent.mkdir(parents=True, exist_ok=True)
    if judgement is None:
        path.unlink(missing_ok=True)
    else:
        files.write_text(path, judgement)


def _judgement() -> str | None:
    path = settings().warehouse.with_name("judgement")
    return path.read_text("utf-8") if path.exists() else None


@contextmanager
def _one_at_a_time(tell: Callable[[str], None] = lambda _: None) -> Iterator[int]:
    if files.is_held(_lock()):
        tell(say("wachten op een andere bouw"))
    with files.exclusive(_lock()) as held:
        yield held


def _lock() -> Path:
    return settings().locks / "warehouse"


def _target() -> Path:
    return settings().home / "dbt" / "target"
