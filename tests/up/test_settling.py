"""What is waited for before the pages are said to be there."""

import pytest

from wijkbeeld import made_of
from wijkbeeld.settings import settings
from wijkbeeld.up import running
from wijkbeeld.up.airflow import Run


class Rested:
    """An Airflow that neither lands nor builds, but builds when it is asked to."""

    def __init__(self, *, builds: bool) -> None:
        self.builds, self.asked = builds, []

    def runs(self, *states):
        # One waits for a person, and may do so for days.
        waits = Run("monthly_briefing", "scheduled__a", "running")
        return [waits] if "running" in states else []

    def trigger(self, dag_id):
        self.asked.append(dag_id)
        if self.builds:
            made_by("this release")


def made_by(release):
    """Leave what a build of a release leaves behind."""
    published, warehouse = settings().published, settings().warehouse
    (published / "a").mkdir(parents=True, exist_ok=True)
    (published / "a" / "team.duckdb").touch()
    (published / "current").write_text("a")
    warehouse.parent.mkdir(exist_ok=True)
    warehouse.touch()
    maker = made_of.maker() if release == "this release" else release
    warehouse.with_name("made_by").write_text(maker)
    landed = made_of.fingerprint_of_what_landed()
    warehouse.with_name("published_from").write_text(landed)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    monkeypatch.setattr(running, "_LOOK_S", 0)
    yield tmp_path
    settings.cache_clear()


def settle(airflow):
    said = []
    running._settle(airflow, [], said.append, is_older_refused=True)
    return said


def test_what_this_release_published_is_not_built_again():
    made_by("this release")
    airflow = Rested(builds=True)
    settle(airflow)
    assert airflow.asked == []


def test_what_an_older_release_published_is_built_anew():
    made_by("an older release")
    airflow = Rested(builds=True)
    settle(airflow)
    assert airflow.asked == ["build_warehouse"]


def test_pages_are_not_looked_at_on_what_an_older_release_published():
    made_by("an older release")
    with pytest.raises(running.UpError, match="niets nieuws gepubliceerd"):
        settle(Rested(builds=False))
