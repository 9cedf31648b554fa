"""Whether there is anything to build, asked of a home that has really been built."""

import shutil

import pytest
from chain.homes import environment, run

from wijkbeeld import build
from wijkbeeld.settings import settings


@pytest.fixture
def home(built, tmp_path, monkeypatch):
    copy = tmp_path / "home"
    shutil.copytree(built, copy)
    for name, value in environment(copy).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield copy
    settings.cache_clear()


def test_a_build_is_needed_from_what_has_landed_until_it_is_published(
    home, deliveries, tmp_path
):
    assert not build.is_needed()
    listed = next(d for d in deliveries if d.parent.name == "team__portfolios")
    again = tmp_path / listed.parent.name / f"2026-11-20__demo_again{listed.suffix}"
    again.parent.mkdir()
    again.write_bytes(listed.read_bytes() + b"\n")
    run(home, "land", again)
    assert build.is_needed()
    run(home, "build")
    assert not build.is_needed()
