"""Checks of the installation: a line each, and what to do when one fails."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import metadata
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console

from wijkbeeld.settings import settings

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
    findings = [check() for check in CHECKS]
    for finding in findings:
        mark, style = (
            ("ok", "green")
            if not finding.remedy
            else ("note", "yellow")
            if finding.is_warning
            else ("mend", "red")
        )
        screen.print(f"{mark:>4}", style=style, end="  ")
        screen.print(f"{finding.what}: {finding.found}", markup=False, highlight=False)
        if finding.remedy:
            screen.print(f"      {finding.remedy}", markup=False, highlight=False)
    return int(any(f.remedy and not f.is_warning for f in findings))


def python() -> Finding:
    """Python is the version that the lock was made for."""
    found = ".".join(map(str, sys.version_info[:3]))
    is_well = sys.version_info[:2] == (3, 11)
    return Finding(
        "Python", found, "" if is_well else "make .venv with Python 3.11: `make run`"
    )


def packages() -> Finding:
    """What is installed is what the lock says."""
    lock = settings().checkout / "requirements.lock"
    if not lock.exists():
        return Finding("packages", f"no {lock}", "take it from the repository")
    wrong = []
    matches = map(_PINNED.match, lock.read_text("utf-8").splitlines())
    pins = {pin["name"]: pin["version"] for pin in matches if pin}
    for name, version in pins.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = "missing"
        if installed != version:
            wrong.append(f"{name} {installed}, not {version}")
    if wrong:
        return Finding("packages", "; ".join(wrong), "remove .venv, then `make run`")
    return Finding("packages", f"{len(pins)} as in requirements.lock")


def dbt() -> Finding:
    """The executable of dbt starts."""
    try:
        told = subprocess.run(
            [settings().dbt, "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        return Finding("dbt", str(error), "set WIJKBEELD_DBT to an executable")
    core = re.search(r"installed: +(\S+)", told)
    return Finding("dbt", core[1] if core else told.splitlines()[0])


def home() -> Finding:
    """The data is there for its owner only."""
    folder = settings().home
    if not folder.exists():
        return Finding("home", f"{folder} is not there yet; `make run` makes it")
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        return Finding("home", f"{folder} has mode {mode:o}", f"chmod 700 {folder}")
    if not os.access(folder, os.W_OK):
        return Finding("home", f"{folder} cannot be written", "check its owner")
    return Finding("home", f"{folder}, for its owner only")


def disk() -> Finding:
    """There is room: a publication needs two to three times the warehouse."""
    folder = settings().home
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / _BYTES_PER_GB
    return Finding(
        "disk",
        f"{free:.0f} GB free at {folder}",
        ""
        if free >= _DISK_FREE_GB
        else f"free {_DISK_FREE_GB} GB, or move WIJKBEELD_HOME to a larger disk",
    )


def ports() -> Finding:
    """The addresses that people know are free, or ours already."""
    taken = [port for port in _PORTS if _is_taken(port)]
    return Finding(
        "ports",
        f"taken: {taken}" if taken else f"{_PORTS} free",
        "another is chosen and shown at start; fine if it is Wijkbeeld that runs"
        if taken
        else "",
        is_warning=True,
    )


def pseudonym_key() -> Finding:
    """The key of the pseudonyms is kept: with another, history falls apart."""
    given = settings().pseudonym_key
    if given is not None:
        is_short = len(given.get_secret_value()) < _KEY_LENGTH
        remedy = "make a longer one before anything is landed: `openssl rand -hex 32`"
        return Finding(
            "pseudonym key",
            "from WIJKBEELD_PSEUDONYM_KEY",
            remedy if is_short else "",
        )
    kept = settings().home / "secrets" / "pseudonym.key"
    if not kept.exists():
        return Finding("pseudonym key", "none yet; the first landing makes one")
    if stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return Finding("pseudonym key", f"{kept} is not private", f"chmod 600 {kept}")
    return Finding("pseudonym key", f"{kept}; back it up apart from the data")


def chromium() -> Finding:
    """The browser tests have their browser."""
    found = shutil.which("chromium")
    return Finding(
        "chromium",
        found or "not found",
        "" if found else "only browser tests need it: `apt-get install chromium`",
        is_warning=True,
    )


def zones() -> Finding:
    """Local time can be told, and the clock is not off by years."""
    try:
        zone = ZoneInfo(settings().local_time_zone)
        ZoneInfo(settings().publish_time_zone)
    except ZoneInfoNotFoundError as error:
        return Finding("clock", str(error), "install the package tzdata")
    now = datetime.now(zone)
    newest = max(path.stat().st_mtime for path in settings().checkout.glob("dags/*.py"))
    remedy = "set the clock: it is before the day this release was installed"
    return Finding(
        "clock",
        f"{now:%Y-%m-%d %H:%M %Z}",
        remedy if now.timestamp() < newest else "",
    )


def locales() -> Finding:
    """Dutch numbers, and the English texts, are there."""
    from babel import numbers

    written = numbers.format_decimal(1234.5, locale="nl_NL")
    if written != "1.234,5":
        return Finding("locales", written, "install the package babel of the lock")
    catalogues = list((settings().checkout / "dashboards/locales").rglob("*.[mp]o"))
    return Finding(
        "locales",
        f"Dutch, {len(catalogues)} catalogue(s)",
        "" if catalogues else "English is missing: take dashboards/locales back",
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


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
