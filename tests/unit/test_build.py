import shutil
from datetime import UTC, date, datetime

import duckdb
import pytest
from tests.publish import marts

from wijkbeeld import build, publish
from wijkbeeld.output import releases
from wijkbeeld.output.drafts import Kind, Subject
from wijkbeeld.output.releases import Decision
from wijkbeeld.settings import settings


@pytest.fixture
def project(tmp_path, monkeypatch):
    ours = settings().dbt_project
    copy = tmp_path / "dbt_project"
    for folder in ("macros", "models", "seeds"):
        shutil.copytree(ours / folder, copy / folder)
    shutil.copy(ours / "dbt_project.yml", copy)
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
        ("models/marts/core/fct_incidents.yml", False),
        ("dbt_project.yml", False),
        ("models/marts/README.md", True),
    ],
)
def test_a_warehouse_is_thrown_away_when_its_tables_were_made_otherwise(
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


def published(build_id):
    """Publish a small warehouse, as if dbt and audit had made and passed it."""
    if not settings().warehouse.exists():
        marts.make(settings().warehouse)
    build._judge_later(["build"])
    build._judged_as(build._AUDITED)
    build.publish(build_id)


def test_a_build_is_needed_when_something_has_landed_since_the_last(
    project,
):
    assert build.is_needed()
    build.prepare()
    published("one")
    assert not build.is_needed()
    build.prepare()
    assert not build.is_needed()
    (settings().landing / "_deliveries" / "watch__patrols").mkdir()
    (settings().landing / "_deliveries" / "watch__patrols" / "1.parquet").touch()
    assert build.is_needed()
    published("two")
    assert not build.is_needed()


def test_a_build_throws_no_publication_away_of_which_a_draft_waits(
    project, monkeypatch
):
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "1")
    settings.cache_clear()
    build.prepare()
    published("drafted")
    [drafted] = [one.name for one in publish.publications()]
    subject = Subject(Kind.BULLETIN, "2026-11", drafted, date(2026, 11, 1), "nl")
    draft = releases.prepare(
        subject, "run 1", lambda folder: (folder / "a.txt").write_text("Dag.\n")
    )
    published("later")
    published("latest")
    assert drafted in [one.name for one in publish.publications()]
    releases.refuse(draft, Decision("chef", datetime(2026, 11, 2, tzinfo=UTC)))
    published("last")
    assert len(publish.publications()) == 1


def test_a_build_is_needed_after_one_that_failed(project):
    build.prepare()
    published("one")
    (settings().landing / "watch__patrols" / "1.parquet").touch()
    build._judge_later(["build"])
    assert build.is_needed()


def test_a_build_is_needed_when_rows_would_be_made_otherwise(project):
    build.prepare()
    published("one")
    with (project / "macros" / "to_utc.sql").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert build.is_needed()


def test_a_role_that_is_promised_more_than_there_is_ends_a_build_in_words(project):
    build.prepare()
    marts.make(settings().warehouse)
    with duckdb.connect(str(settings().warehouse)) as con:
        con.execute("alter table marts.rpt_briefing drop column status")
    with pytest.raises(build.BuildError, match="rpt_briefing"):
        published("one")


def test_a_checkout_that_has_moved_is_parsed_anew(project, tmp_path, monkeypatch):
    parsed = settings().home / "dbt" / "target" / "partial_parse.msgpack"
    build.prepare()
    parsed.touch()
    build.prepare()
    assert parsed.exists()
    moved = tmp_path / "elsewhere"
    shutil.copytree(project, moved / "dbt_project")
    monkeypatch.setenv("WIJKBEELD_CHECKOUT", str(moved))
    settings.cache_clear()
    build.prepare()
    assert not parsed.exists()


def test_seeds_are_loaded_once_per_warehouse(project):
    build.prepare()
    marts.make(settings().warehouse)
    assert "seed" not in build._lean()["DBT_EXCLUDE_RESOURCE_TYPES"].split()
    published("one")
    build._judged_passed(["build"])
    build.prepare()
    assert "seed" in build._lean()["DBT_EXCLUDE_RESOURCE_TYPES"].split()
    settings().warehouse.unlink()
    build.prepare()
    assert "seed" not in build._lean()["DBT_EXCLUDE_RESOURCE_TYPES"].split()


def test_dbt_hears_of_no_secret_that_it_does_not_need(monkeypatch):
    monkeypatch.setenv("AIRFLOW__API_AUTH__JWT_SECRET", "not for dbt")
    passed = build._little(build.dbt_environment())
    assert {"PATH", "WIJKBEELD_HOME", "DBT_PROFILES_DIR"} <= passed.keys()
    assert "not for dbt" not in passed.values()


def said_by(project, monkeypatch, script):
    dbt = project / "dbt"
    dbt.write_text(f"#!/bin/sh\n{script}\n")
    dbt.chmod(0o700)
    monkeypatch.setenv("WIJKBEELD_DBT", str(dbt))
    settings.cache_clear()


def test_a_build_on_a_full_disk_says_so_and_what_to_do(project, monkeypatch):
    said_by(project, monkeypatch, "seq 100000")
    log = settings().home / "dbt" / "logs" / "dbt.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    with pytest.raises(build.BuildError, match=r"de schijf is vol .* bouw opnieuw"):
        build.build()


def test_a_build_that_may_not_write_says_where(project, monkeypatch):
    said_by(project, monkeypatch, "seq 10")
    log = settings().home / "dbt" / "logs" / "dbt.log"
    log.mkdir(parents=True)
    with pytest.raises(build.BuildError, match=r"dbt\.log.* kijk de schijf"):
        build.build()


def test_the_log_of_dbt_does_not_grow_without_bound(project, monkeypatch):
    monkeypatch.setattr(build, "_LOG_BYTES", 100)
    said_by(project, monkeypatch, "printf '%0101d\\n' 7")
    logs = settings().home / "dbt" / "logs"
    for held in ({"dbt.log"}, *[{"dbt.log", "dbt.log.1"}] * 2):
        build.manifest()
        assert {path.name for path in logs.iterdir()} == held
        assert {path.stat().st_size for path in logs.iterdir()} == {102}
