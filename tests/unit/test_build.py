import shutil

import pytest

from wijkbeeld import build
from wijkbeeld.settings import settings


@pytest.fixture
def project(tmp_path, monkeypatch):
    ours = settings().dbt_project
    copy = tmp_path / "dbt_project"
    for folder in ("macros", "models", "seeds"):
        shutil.copytree(ours / folder, copy / folder)
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WIJKBEELD_CHECKOUT", str(tmp_path))
    settings.cache_clear()
    yield copy
    settings.cache_clear()


@pytest.mark.parametrize(
    ("changed", "is_kept"),
    [
        ("models/marts/core/fct_incidents.sql", False),
        ("models/intermediate/engagement/int_captions_labelled_to_theme.py", False),
        ("macros/to_utc.sql", False),
        ("seeds/theme_keywords.csv", False),
        ("models/marts/core/fct_incidents.yml", True),
    ],
)
def test_a_warehouse_is_thrown_away_when_its_rows_were_made_otherwise(
    project, changed, is_kept
):
    build.prepare()
    settings().warehouse.touch()
    build.prepare()
    assert settings().warehouse.exists()
    with (project / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    build.prepare()
    assert settings().warehouse.exists() == is_kept
