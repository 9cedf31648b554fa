import hashlib
import json
from datetime import date

import pytest

from wijkbeeld import demo
from wijkbeeld.landing.exported import is_demo
from wijkbeeld.settings import settings

END = date(2026, 11, 1)


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    demo.write(tmp_path, 8, 7, 1, END)
    assert hashes(tmp_path) == hashes(written.path.parent)
    assert any(name.endswith(".xlsx") for name in hashes(tmp_path))


def test_compressed_files_hold_no_time_of_making(tmp_path):
    for name in "ab":
        demo.write(tmp_path / name, 1, 7, 1, date(2026, 2, 1))
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert any(name.endswith(".csv.gz") for name in hashes(tmp_path / "a"))


def test_another_seed_gives_other_incidents(written, tmp_path):
    other = demo.write(tmp_path, 8, 8, 1, END)
    incidents = "police__incidents"
    assert hashes(tmp_path / incidents) != hashes(written.path.parent / incidents)
    assert other.deliveries[incidents].keys() == written.deliveries[incidents].keys()


@pytest.mark.parametrize("end", [date(2026, 4, 1), date(2026, 6, 1)])
def test_one_more_month_is_what_a_longer_demo_would_have_written(tmp_path, end):
    demo.write(tmp_path / "before", 3, 7, 1, end)
    added = demo.next_month(tmp_path / "added", 3, 7, 1, end)
    later = date(end.year, end.month + 1, 1)
    longer = demo.write(tmp_path / "longer", 4, 7, 1, later)
    both = hashes(tmp_path / "before") | hashes(tmp_path / "added")
    whole = hashes(tmp_path / "longer")
    both.pop("truth.json")
    whole.pop("truth.json")
    assert both == whole
    assert added.totals == longer.totals
    assert added.rounds == longer.rounds


def test_every_file_says_that_it_is_demo(written):
    assert written.files
    # Chats keep the names that WhatsApp gives them, with those of their groups.
    assert all(is_demo(path.name) for path in written.files)


def test_the_truth_lists_every_file(written):
    root = written.path.parent
    on_disk = {
        (path.relative_to(root).parts[0], path.name) for path in root.rglob("*__*.*")
    }
    truth = json.loads(written.path.read_text("utf-8"))
    listed = {
        (source, name)
        for source, named in truth["deliveries"].items()
        for name in named
    }
    assert on_disk == listed
    assert len(listed) == len(set(written.files)) == len(written.files)


def test_in_the_inbox_lie_deliveries_only(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    try:
        truth = demo.write(settings().inbox, 1, 7, 1, END)
    finally:
        settings.cache_clear()
    assert truth.path == tmp_path / "demo" / "truth.json"
    assert [path for path in (tmp_path / "inbox").iterdir() if path.is_file()] == []


@pytest.mark.parametrize(("months", "scale"), [(0, 1), (1, 0), (1, 1001)])
def test_what_is_out_of_bounds_is_refused(tmp_path, months, scale):
    with pytest.raises(ValueError, match="give"):
        demo.write(tmp_path, months, 7, scale, END)


def test_five_years_are_written_too(tmp_path):
    """Exports of long ago have other forms than those of today."""
    truth = demo.write(tmp_path, months=60, seed=7, scale=1, end=date(2026, 11, 1))
    names = [path.name for path in truth.files]
    assert any("tweet_activity_metrics" in name for name in names)
    assert any("account_analytics_content" in name for name in names)
