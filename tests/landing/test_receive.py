"""A file that a page was handed gets into the inbox whole, or not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, no_gate

from wijkbeeld.landing import deliver, inbox_files, receive
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

PATROLS = "watch__patrols"
NAME = "2026-03-31__rondes.csv"

ODD_NAMES = {
    "nothing": "",
    "this folder": ".",
    "the folder above": "..",
    "a path above": "../../x.csv",
    "a path from the root": "/etc/cron.d/x.csv",
    "a path below": "sub/x.csv",
    "a path of Windows": "..\\..\\x.csv",
    "a drive": "C:x.csv",
    "a second stream": "x.csv:y.csv",
    "NUL": "x.csv\0.txt",
    "NUL in the middle": "x\0.csv",
    "a line break": "x\n.csv",
    "an escape sequence": "\x1b[2Jx.csv",
    "hidden": ".x.csv",
    "only an ending": ".csv",
    "an option": "-rf.csv",
    "a lock of Office": "~$rondes.xlsx",
    "a blank in front": " x.csv",
    "a blank at the end": "x.csv ",
    "a dot at the end": "x.csv.",
    "no ending": "rondes",
    "a program": "x.exe",
    "a page": "x.html",
    "still written": "x.csv.part",
    "still downloaded": "x.crdownload",
    "temporary": "x.tmp",
    "a scratch of ours": ".abc.scratch",
    "very long": "x" * 300 + ".csv",
    "long in bytes only": "é" * 100 + ".csv",
    "turned around": "rondes\u202evsc.exe.csv",
    "nothing to see": "ron\u200bdes.csv",
    "a mark of order": "\ufeffrondes.csv",
    "a slash of full width": "..\uff0fx.csv",
    "a slash of division": "..\u2215x.csv",
    "dots of full width": "\uff0e\uff0ex.csv",
    "a blank of no width": "ron\u2060des.csv",
    "a letter of another script": "rоndes.csv",  # noqa: RUF001 Cyrillic
    "marks that stack": "r" + "\u0301" * 9 + "ondes.csv",
    "digits of another script": "\u0662\u0660\u0662\u0666.csv",
    "half a character": "x\ud800.csv",
    "not UTF-8": os.fsdecode(b"r\xe9.csv"),
    "private": "\ue000.csv",
    "a device": "CON.csv",
    "a device with more": "nul.tar.gz",
    "a variable": "$HOME.csv",
    "a command": "`id`.csv",
    "a wildcard": "*.csv",
    "a question": "x?.csv",
    "a pipe": "x|y.csv",
    "markup": "<b>x.csv",
    "a quote": 'x".csv',
    "a percentage": "x%2f.csv",
    "a semicolon": "x;y.csv",
    "an emoji": "\U0001f600.csv",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_an_odd_name_is_refused_and_nothing_is_written(home, name):
    with pytest.raises(RejectedError, match="naam met gewone letters"):
        receive.put(PATROLS, name, b"x")
    assert not home.exists()


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "47022NED_UntypedDataSet_17112026_101112.csv",
        "Sep-01-2026_Sep-30-2026_1234567890.csv",
        "kwb-2025.csv",
        "Viewers (1).csv",
        "account_analytics_content_2026-09-01_2026-09-30.csv",
        "WhatsApp-gesprek met BP Waldeck.zip",
        "Loosduinen, café's & co.xlsx",
        "ronde.GPX",
        "buurten.geojson",
        "wijk.gpkg",
        "levering.csv.gz",
        "x" * 146 + ".csv",
    ],
)
def test_names_as_systems_and_people_give_them_are_kept(home, name):
    assert receive.put(PATROLS, name, b"x").name == name


def test_a_name_in_pieces_becomes_one_in_whole(home):
    assert receive.put(PATROLS, "cafe\u0301.csv", b"x").name == "café.csv"


@given(st.text(max_size=40))
def test_a_name_that_is_let_through_stays_in_its_folder(name):
    try:
        used = receive.checked(f"{name}.csv")
    except RejectedError:
        return
    folder = Path("/inbox/watch__patrols")
    assert os.path.normpath(folder / used) == str(folder / used)
    assert (folder / used).parent == folder
    assert used.isprintable()
    assert not inbox_files.is_unfinished(used)


@pytest.mark.parametrize("source", ["../delivered", "watch", "", "watch__patrols/.."])
def test_a_source_that_is_none_is_refused(home, source):
    with pytest.raises(ValueError, match="no source"):
        receive.put(source, NAME, b"x")
    assert not home.exists()


def test_what_is_put_is_landed(zone):
    path = receive.put(PATROLS, NAME, SAMPLES[PATROLS][1].encode())
    assert [path] == inbox_files.waiting(PATROLS)
    assert deliver.deliver(path, PATROLS, no_gate).accepted_count == 3


def test_another_file_of_that_name_keeps_its_place(home):
    first = receive.put(PATROLS, NAME, b"one")
    second = receive.put(PATROLS, NAME, b"two")
    third = receive.put(PATROLS, "x.csv.gz", b"three")
    fourth = receive.put(PATROLS, "x.csv.gz", b"four")

    assert [first.read_bytes(), second.read_bytes()] == [b"one", b"two"]
    assert second.name == "2026-03-31__rondes-2.csv"
    assert [third.name, fourth.name] == ["x.csv.gz", "x-2.csv.gz"]


def test_the_same_content_is_there_once(home):
    paths = {receive.put(PATROLS, NAME, b"one") for _ in range(3)}
    assert list((settings().inbox / PATROLS).iterdir()) == list(paths)


def test_many_at_once_lose_nothing(home):
    def put(at):
        receive.put(PATROLS, NAME, f"{at % 4}".encode())

    threads = [threading.Thread(target=put, args=(at,)) for at in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = [path.read_text() for path in (settings().inbox / PATROLS).iterdir()]
    assert set(there) == {"0", "1", "2", "3"}
    assert not list((settings().inbox / PATROLS).glob(".*"))


def test_a_link_that_waits_under_the_name_is_neither_followed_nor_replaced(home):
    secret = home / "secret"
    folder = settings().inbox / PATROLS
    folder.mkdir(parents=True)
    secret.write_text("kept")
    (folder / NAME).symlink_to(secret)
    path = receive.put(PATROLS, NAME, b"new")

    assert secret.read_text() == "kept"
    assert path.name == "2026-03-31__rondes-2.csv"


def test_a_folder_that_is_a_link_is_refused(home, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    settings().inbox.mkdir(parents=True)
    (settings().inbox / PATROLS).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RejectedError, match="geen map"):
        receive.put(PATROLS, NAME, b"x")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_group_may_add_files_to_each_source_and_change_nothing_else(home):
    receive.prepare()
    receive.prepare()
    modes = {
        path.relative_to(home).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (settings().inbox, *settings().inbox.iterdir())
    }
    assert modes.pop("inbox") == 0o750
    assert set(modes) == {f"inbox/{source}" for source in deliver.SOURCES}
    assert set(modes.values()) == {0o770}


def test_it_may_be_read_by_the_group_and_by_nobody_else(home):
    mode = stat.S_IMODE(receive.put(PATROLS, NAME, b"x").stat().st_mode)
    assert mode & ~0o640 == 0


def test_a_file_over_the_limit_is_refused(home, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_UPLOAD_LIMIT_MB", "1")
    settings.cache_clear()
    receive.put(PATROLS, NAME, b"x" * (1 << 20))
    with pytest.raises(RejectedError, match="groter dan 1 MB"):
        receive.put(PATROLS, NAME, b"x" * ((1 << 20) + 1))


def test_a_full_disk_is_told_before_anything_is_written(home, monkeypatch):
    monkeypatch.setattr(receive, "_ROOM_BYTES", 1 << 60)
    with pytest.raises(RejectedError, match="schijf"):
        receive.put(PATROLS, NAME, b"x")
    assert not list((settings().inbox / PATROLS).iterdir())


def test_a_fault_while_writing_leaves_nothing(home, monkeypatch):
    def full(*_):
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        receive.put(PATROLS, NAME, b"x")
    assert not list((settings().inbox / PATROLS).iterdir())


def test_what_a_killed_page_left_is_swept_once_it_is_old(zone, monkeypatch):
    from wijkbeeld.landing import zone as zones

    left = settings().inbox / PATROLS / ".abc.scratch"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("half")
    folder = settings().home / "scratch" / ".inspection-abc"
    (folder / "offered").mkdir(parents=True)
    zones.prepare()
    assert left.exists()
    assert folder.exists()
    monkeypatch.setattr(zones, "_STALE_SECONDS", -1)
    zones.prepare()
    assert not left.exists()
    assert not folder.exists()


def test_an_inbox_that_cannot_be_written_is_known_to_be_so(home, monkeypatch):
    assert receive.can_receive()
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert not receive.can_receive()
