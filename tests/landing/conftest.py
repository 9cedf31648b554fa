"""A home of its own for every test of landing, with shapes where they are needed."""

import pytest
from tests.landing.offers import offer, shapes

from wijkbeeld import settings as configured


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WIJKBEELD_X_ACCOUNTS", '["politie_demo"]')
    monkeypatch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key for tests only")
    configured.settings.cache_clear()
    configured.pseudonym_key.cache_clear()
    yield tmp_path / "home"
    configured.settings.cache_clear()
    configured.pseudonym_key.cache_clear()


@pytest.fixture
def zone(home):
    offer("cbs__buurten", shapes(), "2026-01-01__buurten.geojson")
    return home / "landing"
