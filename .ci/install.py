"""Make .venv from the lock, with progress; needs Python 3.11 and nothing else.

pip itself is upgraded first: the one that comes with Python 3.11 refuses the lock.
Everything, also what the package itself is built with, is in the lock with its
hash. What pip says line by line goes to a log; the screen shows how far it is.
"""

import re
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
LOG = VENV / "install.log"
PIP = "pip==26.3"  # the one that the lock was tried with

_HEARD = re.compile(r"^(Collecting|Requirement already satisfied:) (?P<name>[\w.-]+)")
_EVERY = 40


def main() -> int:
    """Install; return 1 with pip's last lines when it failed."""
    if sys.version_info[:2] != (3, 11):
        tell(f"Python 3.11 is needed, this is {sys.version.split()[0]}\n")
        return 1
    began = time.monotonic()
    if not (VENV / "bin" / "python").exists():
        tell("making .venv\n")
        venv.create(VENV, with_pip=True)
    lock = ROOT / "requirements.lock"
    total = len(re.findall(r"^[\w.-]+(?:\[.*?\])?==", lock.read_text("utf-8"), re.M))
    LOG.unlink(missing_ok=True)
    steps = [
        ["--upgrade", PIP],
        ["--require-hashes", "-r", str(lock)],
        ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)],
    ]
    for step in steps:
        if not install(step, total):
            tell(f"\npip install {' '.join(step)} failed; all it said: {LOG}\n")
            tell("\n".join(LOG.read_text("utf-8").splitlines()[-15:]) + "\n")
            return 1
    tell(f"installed {total} packages in {time.monotonic() - began:.0f} s\n")
    return 0


def install(step: list[str], total: int) -> bool:
    """Run one ``pip install``, and tell how far it is."""
    command = [VENV / "bin" / "python", "-m", "pip", "install", "--no-input", *step]
    found = 0
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(  # noqa: S603 - a list of ours, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            if (heard := _HEARD.match(line)) and total and "-r" in step:
                found += 1
                if sys.stdout.isatty():
                    tell(f"\r\033[K[{found}/{total}] {heard['name']}")
                elif found % _EVERY == 0:
                    tell(f"[{found}/{total}] {heard['name']}\n")
            elif line.startswith("Installing collected packages") and "-r" in step:
                end = "\r\033[K" if sys.stdout.isatty() else ""
                tell(f"{end}unpacking {total} packages (about a minute)\n")
    return pip.returncode == 0


def tell(text: str) -> None:
    """Show it at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
