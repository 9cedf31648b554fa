"""What a briefing was held with stays, and is known for what it was."""

from datetime import UTC, date, datetime

import pytest
from publish import cubes, marts

from wijkbeeld import files, publish
from wijkbeeld.publish import protection
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

OCTOBER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A home with two publications, made once; no test here changes their files."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_HOME", str(home))
        settings.cache_clear()
        marts.make(settings().warehouse)
        yield [publish.publish(build) for build in ("presented", "later")]
    settings.cache_clear()


@pytest.fixture
def names(published):
    yield published
    for root in (settings().published, *(settings().home / "readers").iterdir()):
        for record in (root / "frozen").glob("*"):
            record.unlink()


def test_a_record_says_month_moment_build_and_what_the_files_were(names):
    before = datetime.now(UTC)
    kept = publish.freeze(date(2026, 10, 31), names[0])
    assert (kept.month, kept.publication, kept.build) == (
        OCTOBER,
        names[0],
        "presented",
    )
    assert before <= kept.frozen_at <= datetime.now(UTC)
    assert kept.files == {
        role: files.sha256_of(settings().published / names[0] / f"{role}.duckdb")
        for role in ROLES
    }
    for role in ROLES:
        path = settings().published / names[0] / f"{role}.duckdb"
        assert publish.frozen(role) == {OCTOBER: (kept, path)}


def test_without_a_name_it_is_what_readers_see_now(names):
    assert publish.freeze(OCTOBER).publication == names[1]


def test_a_month_stays_as_it_was_frozen_unless_it_is_frozen_again(names):
    first = publish.freeze(OCTOBER, names[0])
    assert publish.freeze(OCTOBER, names[1]) == first
    again = publish.freeze(OCTOBER, names[1], again=True)
    assert again.publication == names[1]
    assert publish.frozen("team")[OCTOBER][0].publication == names[1]
    assert {p.name for p in publish.publications() if p.is_frozen} == {*names}


def test_what_says_nothing_of_a_month_is_not_kept_for_it(names):
    with pytest.raises(publish.NotFreezableError, match="geen cijfers over 2030-01"):
        publish.freeze(date(2030, 1, 1))
    for name in ("20200101T000000Z_gone-00000000", "../warehouse", "frozen"):
        with pytest.raises(publish.NotFreezableError, match="geen publicatie"):
            publish.freeze(OCTOBER, name)
    assert publish.frozen("team") == {}


def test_each_tree_of_readers_says_what_was_frozen_and_holds_its_file(names):
    publish.freeze(OCTOBER, names[0])
    for role in ROLES:
        tree = settings().home / "readers" / role
        [record] = (tree / "frozen").iterdir()
        assert record.name == f"2026-10_{names[0]}.json"
        assert (tree / names[0] / f"{role}.duckdb").exists()


def test_history_is_bounded_and_what_was_presented_is_no_part_of_it(names, monkeypatch):
    publish.freeze(OCTOBER, names[0])
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "1")
    settings.cache_clear()
    try:
        newest = publish.publish("newest")
        assert [p.name for p in publish.publications()] == [newest, names[0]]
        for role in ROLES:
            kept, path = publish.frozen(role)[OCTOBER]
            assert files.sha256_of(path) == kept.files[role]
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_e6_what_was_presented_is_known_though_no_later_file_remembers_it(tmp_path):
    # A chain of publications that began anew has forgotten it.
    counts = [[9] * 12, [60] * 12, [60] * 12]
    presented = cubes.release(tmp_path, [[9] * 11 + [30], [60] * 12, [60] * 12])
    chain = cubes.release(tmp_path, counts)
    now = cubes.release(tmp_path, counts, earlier=chain, presented=[presented])
    forgotten = cubes.release(tmp_path, counts, earlier=chain)

    def told(path):
        return {tuple(row.values())[:10] for row in cubes.rows(path)}

    assert told(presented) - told(forgotten)
    assert told(presented) <= told(now)
    # Readers go on with what was published last.
    assert cubes.rows(now, replaced=False) == cubes.rows(forgotten, replaced=False)


def test_e6_the_audit_holds_figures_against_what_was_presented(tmp_path, monkeypatch):
    counts = [[9] * 12, [60] * 12, [60] * 12]
    presented = cubes.release(tmp_path, counts)
    seen = []
    monkeypatch.setattr(
        protection,
        "find",
        lambda figures, *_: seen.append(figures) or protection.Found([], {}),
    )
    for files_of_before in ([], [presented]):
        cubes.release(tmp_path, counts, presented=files_of_before)
    assert [figures["was_told"].any() for figures in seen] == [False, True]
