import stat

import pytest

from wijkbeeld import settings as module
from wijkbeeld.settings import pseudonym_key, settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    monkeypatch.delenv("WIJKBEELD_PSEUDONYM_KEY", raising=False)
    settings.cache_clear()
    pseudonym_key.cache_clear()
    yield tmp_path
    settings.cache_clear()
    pseudonym_key.cache_clear()


def test_a_key_is_made_once_and_only_its_owner_reads_it(home):
    first = pseudonym_key()
    pseudonym_key.cache_clear()
    kept = home / "secrets" / "pseudonym.key"
    assert pseudonym_key() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_key_from_the_environment_is_used_and_never_written(home, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key of the team's own")
    settings.cache_clear()
    assert pseudonym_key() == b"a key of the team's own"
    assert not (home / "secrets").exists()


def test_a_secret_is_not_shown_with_the_settings(home, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key of the team's own")
    settings.cache_clear()
    assert "key of the team" not in repr(settings())


def test_all_data_lies_under_one_home(home):
    paths = [
        value
        for name in vars(module.Settings)
        if isinstance(getattr(module.Settings, name), property)
        and (value := getattr(settings(), name)) != settings().dbt_project
    ]
    assert paths
    assert [p for p in paths if home not in p.parents] == []
