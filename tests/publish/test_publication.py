"""A publication is whole, never changes, and is found through one pointer."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from publish import marts

from wijkbeeld import files, publish
from wijkbeeld.publish import disclosure, publication, role_file
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings


@pytest.fixture
def warehouse(home):
    marts.make(settings().warehouse)
    return settings().warehouse


def rows(role, query):
    with duckdb.connect(str(publish.current(role)), read_only=True) as con:
        return con.sql(query).fetchall()


def names():
    return [p.name for p in publish.publications()]


def test_before_the_first_publication_the_reader_is_told_what_to_run(home):
    with pytest.raises(publish.NothingPublishedError, match="doe: wijkbeeld build"):
        publish.current("team")
    assert publish.publications() == []
    assert publish.prune() == []


def test_without_a_warehouse_nothing_is_published(home):
    with pytest.raises(FileNotFoundError, match="doe: wijkbeeld build"):
        publish.publish("a")
    assert publish.publications() == []
    assert [p.name for p in settings().published.iterdir()] == []


def test_a_folder_holds_one_file_per_role_and_nothing_else(warehouse):
    name = publish.publish("run/1 é")
    root = settings().published
    assert sorted(str(p.relative_to(root)) for p in root.rglob("*")) == sorted(
        [name, "current", *(f"{name}/{role}.duckdb" for role in ROLES)]
    )
    assert (root / "current").read_text("utf-8") == name
    for role in ROLES:
        assert publish.current(role) == root / name / f"{role}.duckdb"


def test_every_table_of_the_file_stands_in_marts(warehouse):
    publish.publish("a")
    for role in ROLES:
        found = rows(role, "select schema_name, table_name from duckdb_tables()")
        expected = {*ROLES[role], "publication", "columns"}
        assert {("marts", table) for table in expected} == set(found)


def test_an_unknown_role_reads_nothing(warehouse):
    publish.publish("a")
    with pytest.raises(ValueError, match="no role"):
        publish.current("../x")


def test_a_publication_says_what_it_is(warehouse):
    before = datetime.now(UTC).replace(microsecond=0)
    name = publish.publish("manual__2026-11-24")
    for role in ROLES:
        [(said, at, build, has_demo, who)] = rows(role, "from marts.publication")
        assert (said, build, has_demo, who) == (name, "manual__2026-11-24", False, role)
        assert before <= at.replace(tzinfo=UTC) <= datetime.now(UTC)
        assert publish.publications()[0].published_at == at.replace(tzinfo=UTC)


def test_one_demo_delivery_makes_it_a_demo(home):
    marts.make(settings().warehouse, is_demo=True)
    publish.publish("a")
    assert rows("public", "select has_demo from marts.publication") == [(True,)]


def test_without_deliveries_it_is_no_demo(home):
    with marts.made(settings().warehouse) as con:
        con.execute("delete from marts.fct_deliveries")
    publish.publish("a")
    assert rows("team", "select has_demo from marts.publication") == [(False,)]


def test_texts_of_tables_and_columns_come_along(warehouse):
    publish.publish("a")
    for role in ("team", "analyst"):
        assert rows(
            role,
            "select data_type, description, table_description from marts.columns "
            "where table_name = 'rpt_area_scan' and column_name = 'crime_count'",
        ) == [
            (
                "INTEGER",
                "It's null if withheld.",
                "One row per buurt, offence and month.",
            )
        ]
        assert rows(
            role,
            "select comment from duckdb_columns() "
            "where table_name = 'rpt_area_scan' and column_name = 'crime_count'",
        ) == [("It's null if withheld.",)]
        assert (
            rows(
                role,
                "select table_name, column_name from marts.columns except "
                "select table_name, column_name from duckdb_columns()",
            )
            == rows(
                role,
                "select table_name, column_name from duckdb_columns() "
                "where schema_name = 'marts' except "
                "select table_name, column_name from marts.columns",
            )
            == []
        )
        # The tables that we add describe themselves.
        assert rows(
            role,
            "select count(*) from marts.columns where table_name in "
            "('publication', 'columns') "
            "and (description is null or table_description is null)",
        ) == [(0,)]


def test_the_team_has_the_marts_in_full(warehouse):
    publish.publish("a")
    filled = 0
    with duckdb.connect(str(warehouse), read_only=True) as con:
        for table in ROLES["team"]:
            whole = con.sql(f"from marts.{table}").fetchall()
            assert sorted(map(repr, rows("team", f"from marts.{table}"))) == sorted(
                map(repr, whole)
            )
            filled += bool(whole)
    # The others are filled by no test of publishing.
    assert filled >= len(disclosure.PUBLIC)


def test_the_same_build_twice_is_one_publication(warehouse):
    first = publish.publish("a")
    stamps = {p: p.stat().st_mtime_ns for p in settings().published.rglob("*")}
    warehouse.unlink()
    assert publish.publish("a") == first
    assert {p: p.stat().st_mtime_ns for p in settings().published.rglob("*")} == stamps


def test_repeating_an_old_build_does_not_take_readers_back(warehouse):
    first, second = publish.publish("a"), publish.publish("b")
    assert first < second
    assert publish.publish("a") == first
    assert publish.current("team").parent.name == second


def test_builds_whose_names_look_alike_are_kept_apart(warehouse):
    told_apart = {publish.publish(build) for build in ("a:b", "a/b", "a-b", "x_a-b")}
    assert len(told_apart) == len(names()) == 4


@pytest.mark.parametrize(
    "build",
    ["../../etc", "x" * 300, ".hidden", "a\nb", "scheduled__2026-11-24T07:30:00+00:00"],
)
def test_a_build_may_have_any_name(warehouse, build):
    name = publish.publish(build)
    assert (settings().published / name).parent == settings().published
    assert names() == [name]
    assert rows("team", "select build from marts.publication") == [(build,)]


def test_a_build_without_a_name_is_refused(warehouse):
    with pytest.raises(ValueError, match="without a name"):
        publish.publish(" ")


def test_a_clock_that_was_set_back_does_not_hide_the_newest(warehouse, monkeypatch):
    first = publish.publish("a")

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=1)

    monkeypatch.setattr(publication, "datetime", Earlier)
    second = publish.publish("b")
    assert second > first
    assert publish.current("team").parent.name == second


def test_history_is_bounded(warehouse, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "3")
    settings.cache_clear()
    made = [publish.publish(str(n)) for n in range(5)]
    assert names() == made[:1:-1]


def test_the_current_one_and_frozen_ones_stay(warehouse, monkeypatch):
    made = [publish.publish(str(n)) for n in range(6)]
    frozen = settings().published / "frozen"
    frozen.mkdir()
    (frozen / made[0]).touch()
    (frozen / "2026-10.txt").write_text(f"briefing of October: {made[1]}\n", "utf-8")
    files.write_text(settings().published / "current", made[2])
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "1")
    settings.cache_clear()
    assert publish.prune() == [made[4], made[3]]
    assert names() == [made[5], made[2], made[1], made[0]]
    assert [p.is_frozen for p in publish.publications()] == [False, False, True, True]
    assert [p.is_current for p in publish.publications()] == [False, True, False, False]


def test_what_somebody_still_needs_stays(warehouse, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "1")
    settings.cache_clear()
    needed = publish.publish("needed")
    later = [publish.publish(str(n), {needed}) for n in range(3)]
    assert names() == [later[-1], needed]
    assert publish.prune() == [needed]


def test_what_a_killed_run_left_is_removed(warehouse):
    root = settings().published
    torso = root / ".20261124T000000Z_a-00000000.scratch"
    torso.mkdir(parents=True)
    (torso / "analyst.duckdb").touch()
    (root / ".pointer.scratch").touch()
    name = publish.publish("a")
    assert sorted(p.name for p in root.iterdir()) == [name, "current"]


def test_at_least_one_publication_is_kept(warehouse, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PUBLICATIONS_KEPT", "0")
    settings.cache_clear()
    name = publish.publish("a")
    assert names() == [name]


def test_what_others_keep_in_the_folder_stays(warehouse):
    other = settings().published / "notes_of_the_team"
    other.mkdir(parents=True)
    (settings().published / ".keep").touch()
    publish.publish("a")
    assert other.exists()
    assert (settings().published / ".keep").exists()


def test_a_failed_publish_leaves_readers_what_they_had(warehouse, monkeypatch):
    first = publish.publish("a")
    with duckdb.connect(str(warehouse)) as con:
        con.execute("alter table marts.rpt_briefing drop column status")
    with pytest.raises(role_file.UnknownColumnsError, match=r"public .* rpt_briefing"):
        publish.publish("b")
    assert publish.current("team").parent.name == first
    assert sorted(p.name for p in settings().published.iterdir()) == [first, "current"]


def test_figures_that_contradict_each_other_publish_nothing_though_all_else_is_written(
    warehouse, monkeypatch
):
    first = publish.publish("a")
    written, checked = [], role_file._assert_closed
    are_written = threading.Event()

    def tell(target):
        checked(target)
        written.append(target.name)
        if len(written) == len(ROLES) - 1:
            are_written.set()

    def contradict(*_):
        # All others have their files before this is judged.
        assert are_written.wait(60)
        raise publish.ContradictionError

    monkeypatch.setattr(role_file, "_assert_closed", tell)
    monkeypatch.setattr(disclosure, "prepare", contradict)
    with pytest.raises(publish.ContradictionError):
        publish.publish("b")
    assert written == ["team.duckdb", "analyst.duckdb"]
    assert sorted(p.name for p in settings().published.iterdir()) == [first, "current"]


def test_a_file_that_duckdb_did_not_finish_is_not_published(warehouse, monkeypatch):
    fill = role_file._fill

    def left_open(con, role, *rest):
        fill(con, role, *rest)
        (settings().published / f"{role}.duckdb.wal").touch()

    checked = role_file._assert_closed
    monkeypatch.setattr(role_file, "_fill", left_open)
    monkeypatch.setattr(
        role_file,
        "_assert_closed",
        lambda target: checked(settings().published / target.name),
    )
    with pytest.raises(RuntimeError, match="left behind"):
        publish.publish("a")
    assert names() == []


def test_everything_is_on_disk_before_it_can_be_seen(warehouse, monkeypatch):
    synced, seen = [], []
    sync, write_text = files.sync, files.write_text
    monkeypatch.setattr(files, "sync", lambda p: synced.append(p.name) or sync(p))
    monkeypatch.setattr(
        files,
        "write_text",
        # The first to be published is the pointer; what is handed out comes after it.
        lambda path, text: (
            seen.extend([] if seen or path.name != "current" else synced)
            or write_text(path, text)
        ),
    )
    name = publish.publish("a")
    # What the audit found is written before it all, and by itself.
    assert seen[-5:] == [
        *(f"{r}.duckdb" for r in ROLES),
        f".{name}.scratch",
        "published",
    ]


def test_the_warehouse_is_held_while_it_is_read(warehouse, monkeypatch):
    refused, opened = [], []
    fill = role_file._fill

    def open_it(mode):
        return subprocess.run(
            [
                sys.executable,
                "-c",
                f"import duckdb; duckdb.connect({str(warehouse)!r}, {mode})",
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    def try_to_open(con, role, *rest):
        refused.append("lock" in open_it("read_only=False").stderr)
        opened.append(open_it("read_only=True").returncode)
        fill(con, role, *rest)

    monkeypatch.setattr(role_file, "_fill", try_to_open)
    publish.publish("a")
    assert refused == [True, True, True]
    assert opened == [0, 0, 0]


def test_of_two_publishes_at_once_one_waits(warehouse, monkeypatch):
    began, made = threading.Event(), []
    sweep = publication._sweep
    monkeypatch.setattr(publication, "_sweep", lambda root: began.set() or sweep(root))
    with files.exclusive(settings().locks / "publish"):
        thread = threading.Thread(
            target=lambda: made.append(publish.publish("a")), daemon=True
        )
        thread.start()
        assert not began.wait(2)
        assert thread.is_alive()
    thread.join(60)
    assert names() == made != []


def test_publishes_in_many_processes_at_once_all_succeed(warehouse):
    script = (
        "import sys; from wijkbeeld import publish; print(publish.publish(sys.argv[1]))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, build],
            env=os.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        for build in ("a", "b", "a", "b")
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert said[0] == said[2]
    assert said[1] == said[3]
    assert sorted(names()) == sorted({*said})
    assert publish.current("team").parent.name == max(said)
