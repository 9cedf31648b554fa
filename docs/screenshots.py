"""Make the pictures of the documents from demo data: ``make screenshots``.

Starts the dashboards on a home that has a publication, opens every page in the
Chromium of the system, and writes ``docs/images/*.png``.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
# Nothing of the browser's own may go out either: the network is closed.
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = (
    "briefing", "gebiedsscan", "buurt", "focus", "bereik", "buurtpreventie",
    "effect", "datakwaliteit", "sql",
)  # fmt: skip
NOT_PUBLIC = ("buurt", "focus", "effect")
_LARGEST_BYTES = 300 * 1024
_TALLEST = 3000
_START_SECONDS = 120
_WIDE, _NARROW = (1280, 720), (390, 844)
_QUIET_MS = 400
_TURNS = 300


@contextmanager
def serving(home: Path, role: str) -> Iterator[str]:
    """Serve the dashboards of one role for the length of the block.

    Yields:
        The address, without a slash at the end.

    Raises:
        TimeoutError: The server does not answer in two minutes.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [
            sys.executable, "-m", "streamlit", "run", "dashboards/app.py",
            "--server.port", str(port),
        ],
        cwd=CHECKOUT,
        env=os.environ | {"WIJKBEELD_HOME": str(home), "WIJKBEELD_ROLE": role},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the system for the length of the block."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        yield browser
        browser.close()


def open_page(page: Page, address: str) -> None:
    """Go to an address and wait until the page has been drawn."""
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    page.wait_for_selector("h1", timeout=120_000)
    before = -1
    for _turn in range(_TURNS):
        page.wait_for_timeout(_QUIET_MS)
        now = page.evaluate(
            "() => document.querySelector('[data-test-script-state=notRunning]')"
            " && !document.querySelector('[data-stale=true]')"
            " ? document.body.innerHTML.length : -1"
        )
        if now == before != -1:
            return
        before = now
    raise TimeoutError(f"{page.url} does not come to rest")


def main() -> None:
    """Take every picture that the documents show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="has a publication")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "docs" / "images")
    parser.add_argument("--all", action="store_true", help="every role and width")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for role in ("team", "public"):
            with serving(options.home, role) as address:
                for name, query, (width, height) in _wanted(role, options.all):
                    page = browser.new_page(viewport={"width": width, "height": height})
                    open_page(page, f"{address}/{query}")
                    _shoot(page, options.out / f"{name}.png")
                    page.close()


def _wanted(role: str, every: bool) -> Iterator[tuple[str, str, tuple[int, int]]]:
    for place, name in enumerate(PAGES):
        if role == "public" and name in NOT_PUBLIC:
            continue
        path = "" if place == 0 else name
        if role == "team" or every:
            yield f"{name}{'' if role == 'team' else '-public'}", path, _WIDE
        if every:
            yield f"{name}-{role}-en", f"{path}?language=English", _WIDE
            yield f"{name}-{role}-narrow", path, _NARROW
    if role == "public":
        yield "gebiedsscan-public", "gebiedsscan", _WIDE
        yield "presenteren", "presenteren?dia=3", _WIDE
    else:
        yield "voorbereiden", "voorbereiden", _WIDE
        yield "briefing-en", "?language=English", _WIDE
        yield "briefing-narrow", "", _NARROW


def _shoot(page: Page, target: Path) -> None:
    """Write the whole page, in so many colours that it stays small."""
    # The page scrolls inside the application: the window grows to hold it.
    size = page.viewport_size or {"width": 1280, "height": 720}
    for _turn in range(3):
        height = page.evaluate(
            "() => document.querySelector('[data-testid=stMain]').scrollHeight"
        )
        page.set_viewport_size(
            {"width": size["width"], "height": min(height, _TALLEST)}
        )
        page.wait_for_timeout(_QUIET_MS)
    page.screenshot(path=str(target))
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(128).save(target, optimize=True)
    if target.stat().st_size > _LARGEST_BYTES:
        raise ValueError(f"{target} is larger than {_LARGEST_BYTES} bytes")


def _wait_for(address: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(
        f"{address} does not answer; try: streamlit run dashboards/app.py"
    )


if __name__ == "__main__":
    if not shutil.which(str(CHROMIUM)):
        raise SystemExit(f"{CHROMIUM} is not there; run: apt-get install chromium")
    main()
