import stat
from datetime import date

import pytest

from wijkbeeld import demo, doctor
from wijkbeeld import settings as module
from wijkbeeld.landing import receive, zone
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


@pytest.mark.parametrize(
    "begin",
    [
        zone.prepare,
        receive.prepare,
        lambda: demo.write(settings().inbox, months=1, end=date(2026, 11, 1)),
    ],
)
def test_a_home_that_did_not_exist_is_private(home, begin):
    home.rmdir()
    begin()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert doctor.home().remedy == ""


@pytest.mark.parametrize(
    ("mode", "then"), [(0o755, 0o700), (0o770, 0o700), (0o750, 0o750), (0o700, 0o700)]
)
def test_a_home_that_is_there_shuts_out_all_but_a_group_that_looks(home, mode, then):
    home.chmod(mode)
    module.make_home()
    assert stat.S_IMODE(home.stat().st_mode) == then
