"""A home of its own for every test of landing, with shapes where they are needed."""

import shutil
from contextlib import contextmanager

import pytest
from tests.landing.offers import offer, shapes

from wijkbeeld import settings as configured


@contextmanager
def _living_in(home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(home))
        patch.setenv("WIJKBEELD_X_ACCOUNTS", '["politie_demo"]')
        patch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key for tests only")
        configured.settings.cache_clear()
        configured.pseudonym_key.cache_clear()
        yield home
    configured.settings.cache_clear()
    configured.pseudonym_key.cache_clear()


@pytest.fixture
def home(tmp_path):
    with _living_in(tmp_path / "home") as home:
        yield home


@pytest.fixture(scope="session")
def with_shapes(tmp_path_factory):
    """A home in which nothing but the shapes has landed; each test gets a copy."""
    with _living_in(tmp_path_factory.mktemp("shapes") / "home") as home:
        offer("cbs__buurten", shapes(), "2026-01-01__buurten.geojson")
    return home


@pytest.fixture
def zone(with_shapes, home):
    shutil.copytree(with_shapes, home)
    return home / "landing"
