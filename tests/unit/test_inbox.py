import threading
import time

import pytest

from wijkbeeld.landing import inbox
from wijkbeeld.settings import settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    folder = settings().inbox / "watch__patrols"
    folder.mkdir(parents=True)
    yield folder
    settings.cache_clear()


def until_quiet(quiet_s, patience_s=60.0, is_busy=lambda: False):
    inbox.until_quiet(is_busy, quiet_s, patience_s, look_s=0.01)


def test_an_empty_inbox_is_quiet_at_once(folder):
    (folder / ".beef.scratch").touch()
    until_quiet(quiet_s=3600)


def test_a_build_waits_for_deliveries_that_are_being_landed(folder):
    waiting = [folder / f"{number}.csv" for number in range(3)]
    for path in waiting:
        path.touch()

    def land() -> None:
        for path in waiting:
            time.sleep(0.05)
            path.unlink()

    landing = threading.Thread(target=land)
    landing.start()
    until_quiet(quiet_s=3600)
    assert not any(path.exists() for path in waiting)
    landing.join()


def test_it_does_not_wait_for_what_cannot_land_yet(folder):
    (folder / "waits.csv").touch()
    until_quiet(quiet_s=0.05)


def test_it_does_not_wait_for_ever_for_an_inbox_that_never_rests(folder):
    (folder / "waits.csv").touch()
    until_quiet(quiet_s=3600, patience_s=0.05)


def test_somebody_who_is_busy_is_waited_for_though_nothing_comes_or_goes(folder):
    path = folder / "large.csv"
    path.touch()
    looks = iter(range(1000))

    def is_busy() -> bool:
        if next(looks) == 50:
            path.unlink()
        return True

    until_quiet(quiet_s=20.0, is_busy=is_busy)
    assert next(looks) >= 50
