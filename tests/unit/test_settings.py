import stat
from datetime import date

import pytest
from pydantic import ValidationError

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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("approval_days", "14"),
        ("briefing_prepared_days", "1"),
        ("bulletin_anchor", "2026-01-08T09:00Z"),
        ("keep_delivered_days", "-1"),
        ("memory_limit", "much"),
        ("publications_kept", "-1"),
        ("pull_answer_limit_bytes", "0"),
        ("pull_answer_seconds", "0"),
        ("pull_stall_seconds", "-3"),
        ("pull_tries", "0"),
        ("ride_along_delay_minutes", "-1"),
        ("runs_kept_days", "29"),
        ("upload_limit_mb", "0"),
    ],
)
def test_a_setting_outside_its_range_is_refused(home, monkeypatch, name, value):
    monkeypatch.setenv(f"WIJKBEELD_{name.upper()}", value)
    settings.cache_clear()
    with pytest.raises(ValidationError) as refused:
        settings()
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


def test_a_build_takes_as_much_memory_as_the_setting_says():
    profile = (settings().dbt_project / "profiles.yml").read_text("utf-8")
    default = module.Settings.model_fields["memory_limit"].default
    assert f"env_var('WIJKBEELD_MEMORY_LIMIT', '{default}')" in profile
