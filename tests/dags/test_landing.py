"""What the tasks of a landing do, without a scheduler."""

from datetime import UTC, datetime, timedelta

import pytest
from landing.offers import SAMPLES

from wijkbeeld.landing import faults
from wijkbeeld.settings import settings

PATROLS, CRIMES = "watch__patrols", "police__open_data"
BAD = "naam;leeftijd\nJansen;41\n"


@pytest.fixture
def steps(bag):
    from shared import landing

    return landing


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def offer(home, source, name=None, text=None):
    usual, sample, *_ = SAMPLES[source]
    path = home / "inbox" / source / (name or usual)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or sample, "utf-8")
    return [source, str(path)]


def test_one_task_lands_files_of_several_sources(steps, home):
    before = datetime.now(UTC) - timedelta(seconds=1)
    found = [offer(home, PATROLS), offer(home, CRIMES)]
    found.append(offer(home, PATROLS, "slecht.csv", BAD))
    steps._land_each(found)
    records = steps._recorded_since((PATROLS, CRIMES), before)
    assert sorted((r["source"], r["status"]) for r in records) == [
        (CRIMES, "landed"), (PATROLS, "landed"), (PATROLS, "rejected")
    ]  # fmt: skip
    assert [asset.name for asset in steps._changed(records)] == [CRIMES, PATROLS]
    after = datetime.now(UTC) + timedelta(seconds=1)
    assert steps._recorded_since((PATROLS, CRIMES), after) == []


def test_a_second_try_passes_over_what_the_first_was_through_with(steps, home):
    found = [offer(home, PATROLS), offer(home, CRIMES)]
    steps._land_each(found[:1])
    steps._land_each(found)
    assert not any((home / "inbox").glob("*/*"))


def test_looking_destroys_what_may_not_be_kept_any_longer(bag, home, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
    settings.cache_clear()
    old = home / "rejected" / PATROLS / "slecht.csv"
    old.parent.mkdir(parents=True)
    old.write_text(BAD)
    assert bag.dags["land_patrols"].get_task("find").python_callable() == []
    assert not old.exists()


def test_a_file_that_cannot_be_landed_stops_no_other(steps, home, monkeypatch):
    found = [offer(home, PATROLS), offer(home, CRIMES)]
    from wijkbeeld.landing import land

    whole = land.land

    def land_or_fail(path, source, *others):
        if source == PATROLS:
            raise OSError(28, "No space left on device")
        return whole(path, source, *others)

    monkeypatch.setattr(land, "land", land_or_fail)
    with pytest.raises(faults.NotLandedError, match=r"rondes.csv: de schijf is vol.*;"):
        steps._land_each(found)
    assert [path.parent.name for path in (home / "inbox").glob("*/*")] == [PATROLS]


class Asked:
    """A task instance that knows how many runs of each DAG there are."""

    def __init__(self, **counts):
        self.counts = counts
        self.asked = []

    def get_dr_count(self, dag_id, states):
        self.asked.append(dag_id)
        return self.counts.get(dag_id, 0) if set(states) == {"queued", "running"} else 9


def test_a_landing_under_way_or_about_to_begin_is_noticed(steps, bag):
    assert steps.somebody_lands(Asked(land_incidents=1))
    nobody = Asked()
    assert not steps.somebody_lands(nobody)
    landing = {dag_id for dag_id in bag.dags if dag_id.startswith("land_")}
    assert set(nobody.asked) == landing
