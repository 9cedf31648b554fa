"""The dashboards as a reader meets them: a server, and the system's Chromium."""

import os
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from docs.screenshots import CHROMIUM, chromium, serving
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect
from tests.dashboards.conftest import write_marts

from wijkbeeld.publish import publish
from wijkbeeld.settings import settings

# Other tests run beside these: how soon a page answers is measured in `bench/`.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the Chromium of the system; in CI it must be there.

    No longer than a module, because its driver holds the event loop that tests of
    other rooms want.
    """
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not there; run: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home that has one publication."""
    home = tmp_path_factory.mktemp("home")
    publish_into(home, "first")
    return home


def publish_into(home: Path, build: str) -> str:
    """Publish marts in a home; return the name of the publication."""
    before = os.environ.get("WIJKBEELD_HOME")
    os.environ["WIJKBEELD_HOME"] = str(home)
    settings.cache_clear()
    try:
        settings().warehouse.unlink(missing_ok=True)
        write_marts(settings().warehouse)
        return publish(build)
    finally:
        if before is None:
            del os.environ["WIJKBEELD_HOME"]
        else:
            os.environ["WIJKBEELD_HOME"] = before
        settings.cache_clear()


@pytest.fixture(scope="session")
def team(home: Path) -> Iterator[str]:
    """Give the address at which the team's dashboards are served."""
    with serving(home, "team") as address:
        yield address


@pytest.fixture(scope="session")
def public(home: Path) -> Iterator[str]:
    """Give the address at which the public dashboards are served."""
    with serving(home, "public") as address:
        yield address


class Watched:
    """A page that remembers whom it asked and what went wrong."""

    def __init__(self, page: Page) -> None:
        """Begin to listen."""
        self.page = page
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.on("request", lambda request: self.hosts.add(_host(request.url)))
        page.on("websocket", lambda socket: self.hosts.add(_host(socket.url)))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._heard)
        page.on("console", self._told)

    def _heard(self, response: Response) -> None:
        # Streamlit first looks for its server below the page's own path.
        is_probe = "/_stcore/" in response.url.removeprefix(_root(response.url))
        if response.status >= HTTPStatus.BAD_REQUEST and not is_probe:
            self.errors.append(f"{response.status} {response.url}")

    def _told(self, line: ConsoleMessage) -> None:
        # What was not found is judged above, where its address is known.
        if line.type == "error" and "404" not in line.text:
            self.errors.append(line.text)


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/_stcore/"


def _host(url: str) -> str:
    parts = urlsplit(url)
    # Pictures that the page makes itself come from nowhere.
    return "127.0.0.1" if parts.scheme in {"data", "blob"} else str(parts.hostname)


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Return what opens an empty page of a certain size, and listens to it."""
    opened: list[Page] = []

    def open_page(width: int = 1280, height: int = 720) -> Watched:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE_MS)
        opened.append(page)
        return Watched(page)

    yield open_page
    for page in opened:
        page.close()
