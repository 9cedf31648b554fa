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

from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
# Nothing of the browser's own may go out either: the network is closed.
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = ("briefing", "gebiedsscan", "bereik", "buurtpreventie", "datakwaliteit", "sql")
_LARGEST_BYTES = 300 * 1024
_START_SECONDS = 60
_QUIET_MS = 700


@contextmanager
def serving(home: Path, role: str) -> Iterator[str]:
    """Serve the dashboards of one role for the length of the block.

    Yields:
        The address, without a slash at the end.

    Raises:
        TimeoutError: The server does not answer in a minute.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
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
    """Wait until the script has run and the charts are there."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_timeout(_QUIET_MS)


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
                for name, query, width in _wanted(role, every=options.all):
                    page = browser.new_page(
                        viewport={"width": width, "height": 720 if width > 700 else 844}
                    )
                    open_page(page, f"{address}/{query}")
                    _shoot(page, options.out / f"{name}.png")
                    page.close()


def _wanted(role: str, *, every: bool) -> Iterator[tuple[str, str, int]]:
    for place, name in enumerate(PAGES):
        path = "" if place == 0 else name
        if role == "team" or every:
            yield f"{name}{'' if role == 'team' else '-public'}", path, 1280
        if every:
            yield f"{name}-{role}-en", f"{path}?language=English", 1280
            yield f"{name}-{role}-narrow", path, 390
    if not every:
        if role == "public":
            yield "gebiedsscan-public", "gebiedsscan", 1280
        else:
            yield "briefing-en", "?language=English", 1280
            yield "briefing-narrow", "", 390


def _shoot(page: Page, target: Path) -> None:
    """Write the whole page, in so many colours that it stays small."""
    from PIL import Image

    # The page scrolls inside the application: the window grows to hold it.
    size = page.viewport_size or {"width": 1280, "height": 720}
    height = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollHeight"
    )
    page.set_viewport_size(
        {"width": size["width"], "height": min(max(height, size["height"]), 3000)}
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
            with urllib.request.urlopen(address, timeout=2):
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
