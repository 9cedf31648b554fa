"""Checks of the installation: a line each, and what to do when one fails."""

import os
import re
import shutil
import socket
import stat
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from wijkbeeld.language import say
from wijkbeeld.local_time import ZONE
from wijkbeeld.settings import lets_others_in, settings

_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")
_DISK_FREE_GB = 5
_BYTES_PER_GB = 10**9
_KEY_LENGTH = 32
_PORTS = (8080, 8501)


class Finding(NamedTuple):
    """How one thing stands; ``remedy`` is empty when it is well."""

    what: str
    found: str
    remedy: str = ""
    is_warning: bool = False


def doctor() -> int:
    """Print a line per check, and return 1 when something must be mended."""
    screen = Console()
    is_whole = (settings().checkout / "dags").is_dir()
    findings = [check() for check in (CHECKS if is_whole else _OF_PAGES)]
    for finding in findings:
        mark, style = (
            (say("goed"), "green")
            if not finding.remedy
            else (say("let op"), "yellow")
            if finding.is_warning
            else (say("fout"), "red")
        )
        screen.print(f"{mark:>6}", style=style, end="  ")
        screen.print(f"{finding.what}: {finding.found}", markup=False, highlight=False)
        if finding.remedy:
            screen.print(f"        {finding.remedy}", markup=False, highlight=False)
    return int(any(f.remedy and not f.is_warning for f in findings))


def python() -> Finding:
    """Python is the version that the lock was made for."""
    found = ".".join(map(str, sys.version_info[:3]))
    is_well = sys.version_info[:2] == (3, 11)
    return Finding(
        "Python",
        found,
        "" if is_well else say("maak .venv met Python 3.11: `make run`"),
    )


def packages() -> Finding:
    """What is installed is what the lock says."""
    lock = settings().checkout / "requirements.lock"
    if not lock.exists():
        return Finding(
            say("pakketten"),
            say("er is geen {lock}", lock=lock),
            say("haal het bestand uit de repository"),
        )
    wrong = []
    matches = map(_PINNED.match, lock.read_text("utf-8").splitlines())
    pins = {pin["name"]: pin["version"] for pin in matches if pin}
    for name, version in pins.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = say("ontbreekt")
        if installed != version:
            wrong.append(
                say(
                    "{name} {installed}, en niet {version}",
                    name=name,
                    installed=installed,
                    version=version,
                )
            )
    if wrong:
        return Finding(
            say("pakketten"),
            "; ".join(wrong),
            say("verwijder .venv, en dan `make run`"),
        )
    return Finding(
        say("pakketten"), say("{count} als in requirements.lock", count=len(pins))
    )


def dbt() -> Finding:
    """The executable of dbt is there.

    It is not asked for its version: it would ask the internet for the newest one.
    """
    program = shutil.which(settings().dbt)
    if program is None:
        return Finding(
            "dbt",
            say("{path} is geen programma", path=settings().dbt),
            say("wijs met WIJKBEELD_DBT een programma aan"),
        )
    is_ours = Path(program).parent == Path(sys.executable).parent
    return Finding("dbt", metadata.version("dbt-core") if is_ours else program)


def home() -> Finding:
    """The data is there for its owner only, and for a group that may look."""
    folder = settings().home
    if not folder.exists():
        return Finding(
            say("map"),
            say("{folder} is er nog niet; `make run` maakt haar", folder=folder),
        )
    mode = stat.S_IMODE(folder.stat().st_mode)
    if lets_others_in(folder):
        return Finding(
            say("map"),
            say("{folder} heeft rechten {mode:o}", folder=folder, mode=mode),
            f"chmod 700 {folder}",
        )
    if not os.access(folder, os.W_OK):
        return Finding(
            say("map"),
            say("{folder} is niet te beschrijven", folder=folder),
            say("kijk van wie de map is"),
        )
    if mode & 0o070:
        found = say("{folder}, voor de eigenaar en zijn groep", folder=folder)
        return Finding(say("map"), found)
    return Finding(say("map"), say("{folder}, alleen voor de eigenaar", folder=folder))


def disk() -> Finding:
    """There is room: a publication needs two to three times the warehouse."""
    folder = settings().home
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / _BYTES_PER_GB
    return Finding(
        say("schijf"),
        say("{free:.0f} GB vrij bij {folder}", free=free, folder=folder),
        ""
        if free >= _DISK_FREE_GB
        else say(
            "maak {size} GB vrij, of zet WIJKBEELD_HOME op een grotere schijf",
            size=_DISK_FREE_GB,
        ),
    )


def ports() -> Finding:
    """The addresses that people know are free, or ours already."""
    taken = [port for port in _PORTS if _is_taken(port)]
    return Finding(
        say("poorten"),
        say("bezet: {ports}", ports=_listed(taken))
        if taken
        else say("{ports} vrij", ports=_listed(_PORTS)),
        say("bij de start wordt een andere gekozen en getoond; of Wijkbeeld draait al")
        if taken
        else "",
        is_warning=True,
    )


def pseudonym_key() -> Finding:
    """The key of the pseudonyms is kept: with another, history falls apart."""
    given = settings().pseudonym_key
    if given is not None:
        is_short = len(given.get_secret_value()) < _KEY_LENGTH
        remedy = say(
            "maak een langere voordat er iets wordt ingelezen: `openssl rand -hex 32`"
        )
        return Finding(
            say("sleutel"),
            say("uit WIJKBEELD_PSEUDONYM_KEY"),
            remedy if is_short else "",
        )
    kept = settings().home / "secrets" / "pseudonym.key"
    if not kept.exists():
        return Finding(
            say("sleutel"), say("nog geen; bij het eerste inlezen komt er een")
        )
    if stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return Finding(
            say("sleutel"),
            say("{path} is niet privé", path=kept),
            f"chmod 600 {kept}",
        )
    return Finding(
        say("sleutel"), say("{path}; bewaar een kopie apart van de data", path=kept)
    )


def chromium() -> Finding:
    """The browser tests have their browser."""
    found = shutil.which("chromium")
    return Finding(
        "chromium",
        found or say("niet gevonden"),
        "" if found else say("alleen voor browsertests: `apt-get install chromium`"),
        is_warning=True,
    )


def zones() -> Finding:
    """The clock is not off by years."""
    now = datetime.now(ZONE)
    files = settings().checkout.glob("dags/*.py")
    newest = max((path.stat().st_mtime for path in files), default=0.0)
    remedy = say("zet de klok goed: hij staat voor de dag van deze installatie")
    return Finding(
        say("klok"),
        f"{now:%Y-%m-%d %H:%M %Z}",
        remedy if now.timestamp() < newest else "",
    )


def locales() -> Finding:
    """Dutch numbers, and the English texts, are there: of the pages where they are."""
    from babel import numbers

    written = numbers.format_decimal(1234.5, locale="nl_NL")
    if written != "1.234,5":
        return Finding(
            say("talen"), written, say("installeer het pakket babel van de lock")
        )
    folders = [Path(__file__).parent / "locales"]
    if (settings().checkout / "dashboards").is_dir():
        folders.append(settings().checkout / "dashboards" / "locales")
    without = [str(folder) for folder in folders if not any(folder.rglob("*.po"))]
    return Finding(
        say("talen"),
        say("Nederlands, en {count} vertalingen", count=len(folders) - len(without)),
        say("Engels ontbreekt: zet {folders} terug", folders=", ".join(without))
        if without
        else "",
        is_warning=True,
    )


CHECKS: tuple[Callable[[], Finding], ...] = (
    python,
    packages,
    dbt,
    home,
    disk,
    ports,
    pseudonym_key,
    chromium,
    zones,
    locales,
)
# The image of the pages holds no DAGs, and no data but what is mounted for it.
_OF_PAGES = (python, packages, locales)


def _listed(ports: Iterable[int]) -> str:
    return ", ".join(map(str, ports))


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
