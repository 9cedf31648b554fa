"""What lies with the computer or with us lets the file wait, and stops no other."""

import errno
import logging
import os
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.landing.offers import SAMPLES, no_gate, put

from wijkbeeld.landing import batch, deliver, faults, inbox, inbox_files, land
from wijkbeeld.settings import settings

PATROLS, SIGNALS, WEEKS = "watch__patrols", "watch__signals", "whatsapp__group_weeks"
HEADER, ROW, *_ = SAMPLES[PATROLS][1].splitlines()


def many_patrols() -> bytes:
    """Enough of them that they take more than a few KB, however they are packed."""
    rows = [
        ROW.replace("-01;", f"-{at:05d};").replace("Noord", os.urandom(8).hex())
        for at in range(4000)
    ]
    return "\n".join([HEADER, *rows]).encode()


def landed_all() -> dict[str, tuple[str, str]]:
    outcomes = inbox.land([], lambda _: no_gate)
    return {one.file_name: (one.status, one.reason or "") for one in outcomes}


@contextmanager
def files_of_at_most(size: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_lets_a_file_wait_in_words(zone):
    path = put(PATROLS, "2026-03-31__veel.csv", many_patrols())
    with files_of_at_most(16 << 10):
        status, why = landed_all()[path.name]
    assert status == "failed"
    assert why.startswith("de schijf is vol")
    assert "maak ruimte" in why
    assert landed_all()[path.name] == ("landed", "")


@pytest.fixture
def unreadable(monkeypatch):
    """Make files whose name says so unreadable, also to root."""
    whole = Path.open

    def may_not(self, *args, **more):
        is_read = "w" not in str(more.get("mode", args))
        if is_read and ("dicht" in self.name or self.name.startswith("chat-")):
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return whole(self, *args, **more)

    monkeypatch.setattr(Path, "open", may_not)
    return monkeypatch


@pytest.mark.parametrize("source", [PATROLS, WEEKS, "police__open_data"])
@pytest.mark.parametrize("name", ["dicht.csv", "dicht.txt", "dicht.zip"])
def test_a_file_that_may_not_be_read_lets_only_itself_wait(
    zone, unreadable, source, name
):
    path = put(source, name, SAMPLES[PATROLS][1].encode())
    put(SIGNALS, *(part.encode() if at else part
                   for at, part in enumerate(SAMPLES[SIGNALS])))  # fmt: skip
    became = landed_all()
    assert became.pop(SAMPLES[SIGNALS][0])[0] == "landed"
    ((shown, (status, why)),) = became.items()
    assert status == "failed"
    assert f"geen recht op {shown}; geef dat recht" in why
    assert (source == WEEKS) == (shown != name)
    assert path.with_name(shown).exists()
    unreadable.undo()
    ((status, _),) = landed_all().values()
    assert status == ("landed" if source == PATROLS else "rejected")


FAULTS = {
    "of the disk": (OSError(errno.EIO, "x"), "(EIO); kijk de schijf na", True),
    "of memory": (MemoryError(), "te weinig geheugen; sluit", False),
    "of ours": (TypeError("secret"), "(TypeError), en het bestand is nog", True),
    "that is full": (OSError(errno.EDQUOT, "x"), "maak ruimte", False),
}


@pytest.mark.parametrize(("fault", "said", "is_logged"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_words_and_what_was_not_foreseen_is_logged_whole(
    home, caplog, fault, said, is_logged
):
    with caplog.at_level(logging.ERROR):
        told = faults.told(fault, Path("x.csv"))
    assert said in told
    assert "secret" not in told
    assert bool(caplog.records) == is_logged
    assert all(record.exc_info[1] is fault for record in caplog.records)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (land, "land"),
        (batch, "_together"),
        (inbox_files, "waiting"),
        (deliver, "begin"),
    ],
    ids=lambda part: getattr(part, "__name__", part).rpartition(".")[2],
)
def test_a_fault_with_one_source_lets_the_others_land(zone, monkeypatch, owner, name):
    whole = getattr(owner, name)
    left = ["once"]

    def fails_at_first(*args):
        if left:
            left.pop()
            raise ZeroDivisionError
        return whole(*args)

    monkeypatch.setattr(owner, name, fails_at_first)
    crimes = "police__open_data"
    put(crimes, "2026-09-30__m.csv", SAMPLES[crimes][1].encode())
    for day in ("30", "31"):
        put(PATROLS, f"2026-03-{day}__r.csv", f"{SAMPLES[PATROLS][1]}{day}".encode())
    became = landed_all()
    statuses = sorted(status for status, _ in became.values())
    assert statuses.count("landed") >= 2
    assert statuses[0] == ("landed" if name == "_together" else "failed")
    assert {status for status, _ in landed_all().values()} <= {"landed"}
    assert not list(settings().inbox.glob("*/*"))


def test_a_fault_with_the_first_file_that_is_named_lets_the_second_land(
    zone, monkeypatch, tmp_path
):
    path = tmp_path / "2026-03-31__r.csv"
    path.write_text(SAMPLES[PATROLS][1])
    bad = tmp_path / "kapot.csv"
    bad.write_text("x")
    whole = inbox.recognise.source_of
    monkeypatch.setattr(
        inbox.recognise, "source_of",
        lambda path: whole(path) if path != bad else 1 / 0,
    )  # fmt: skip
    became = {
        one.file_name: one.status for one in inbox.land([bad, path], lambda _: no_gate)
    }
    assert became == {"kapot.csv": "failed", path.name: "landed"}
