"""What the container of one role gets to see."""

import pytest

from wijkbeeld.publish import readers
from wijkbeeld.settings import settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def archive(home, *names):
    for name in names:
        folder = home / "published" / name
        folder.mkdir(parents=True, exist_ok=True)
        for role in ("public", "team", "analyst"):
            (folder / f"{role}.duckdb").write_text(f"{name} for {role}")


def seen(home, role):
    tree = home / "readers" / role
    return {str(p.relative_to(tree)) for p in tree.rglob("*") if p.is_file()}


def test_the_tree_of_residents_holds_no_other_file(home):
    archive(home, "a", "b")
    readers.hand_out(["b", "a"], "b")
    assert seen(home, "public") == {"current", "a/public.duckdb", "b/public.duckdb"}
    assert (home / "readers/public/current").read_text() == "b"


def test_the_team_is_handed_what_it_shows_to_residents_as_well(home):
    archive(home, "a")
    readers.hand_out(["a"], "a")
    assert seen(home, "team") == {"current", "a/team.duckdb", "a/public.duckdb"}


def test_a_tree_of_an_older_release_gets_what_it_lacks_and_loses_nothing(home):
    archive(home, "a")
    old = home / "readers/team/a"
    old.mkdir(parents=True)
    (old / "team.duckdb").hardlink_to(home / "published/a/team.duckdb")
    opened = (old / "team.duckdb").stat().st_ino
    readers.hand_out(["a"], "a")
    assert seen(home, "team") == {"current", "a/team.duckdb", "a/public.duckdb"}
    assert (old / "team.duckdb").stat().st_ino == opened


def test_a_link_takes_no_room(home):
    archive(home, "a")
    readers.hand_out(["a"], "a")
    assert (home / "readers/team/a/team.duckdb").samefile(
        home / "published/a/team.duckdb"
    )


def test_what_left_the_archive_leaves_the_trees(home):
    archive(home, "a", "b")
    readers.hand_out(["a"], "a")
    readers.hand_out(["b"], "b")
    assert seen(home, "analyst") == {"current", "b/analyst.duckdb", "b/public.duckdb"}


def test_a_hand_out_that_was_killed_is_finished_by_the_next(home):
    archive(home, "a")
    (home / "readers/public/.a").mkdir(parents=True)
    (home / "readers/public/a").mkdir()
    readers.hand_out(["a"], "a")
    assert seen(home, "public") == {"current", "a/public.duckdb"}
    assert [p.name for p in (home / "readers/public").glob(".*")] == []


def test_nothing_is_written_when_nothing_changed(home):
    archive(home, "a")
    readers.hand_out(["a"], "a")
    pointer = home / "readers/public/current"
    before = pointer.stat().st_ino
    readers.hand_out(["a"], "a")
    assert pointer.stat().st_ino == before
