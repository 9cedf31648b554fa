"""What the commands about deliveries say, and how they end."""

import os
import subprocess
import sys
import zipfile
from datetime import datetime

import pyarrow as pa
import pytest
from pyarrow import parquet
from rich.console import Console
from tests.landing.offers import INCIDENTS, SAMPLES
from typer.testing import CliRunner

from wijkbeeld import cli, reference
from wijkbeeld import pull as pulling
from wijkbeeld.commands import console
from wijkbeeld.landing import deliver, inbox_files, inspection, land, receive
from wijkbeeld.landing.inspection import Column, Inspection, Proposal, Sample
from wijkbeeld.settings import settings

POLICE, PATROLS = "police__incidents", "watch__patrols"
ODD = "[red]\x1b[31mrondes[-x].csv"
SEEN = Inspection(
    file_name=ODD, size_bytes=1234, sha256="c" * 64, source=PATROLS, why="[b]waarom",
    form="tekst", encoding="utf-8", separator="\t", unknown="[i]naam\u202e",
    recognised=(Column(name="a", header="ronde_id", is_required=True),),
    samples=(Sample(problem="bad_date", rule="regel", remedy="raad",
                    columns=("datum",), row_count=2, rows=(3, 9)),),
    row_count=3, problem_count=2, verdict="accepted", warnings=("[/x] let hierop",),
)  # fmt: skip


@pytest.fixture
def run(home, monkeypatch):
    """Run a command in a home of its own."""
    monkeypatch.setattr(console, "OUT", Console(width=200))
    monkeypatch.setattr(console, "ERR", Console(width=200, stderr=True))

    def run_command(*arguments):
        return CliRunner().invoke(cli.app, list(map(str, arguments)))

    return run_command


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("WIJKBEELD_LANGUAGE", "en")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def seen(monkeypatch):
    def answer(**changes):
        told = SEEN.model_copy(update=changes)
        monkeypatch.setattr(inspection, "inspect", lambda *_: told)

    return answer


def offered(tmp_path, name="2026-03-31__rondes.csv", text=SAMPLES[PATROLS][1]):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_landing_says_in_dutch_what_became_of_a_file(run, tmp_path):
    done = run("land", offered(tmp_path))
    assert done.exit_code == 0, done.output
    for word in ("bestand", "bron", "rijen", "goed", "problemen", "ingelezen"):
        assert word in done.output
    assert "al bekend" in run("land", offered(tmp_path)).output


def test_landing_says_in_english_what_became_of_a_file(run, english, tmp_path):
    done = run("land", offered(tmp_path))
    for word in ("file", "source", "rows", "accepted", "problems", "landed"):
        assert word in done.output
    assert "bestand" not in done.output


def test_a_file_that_waits_says_for_what(run, tmp_path):
    waits = offered(tmp_path, "incidenten.csv", INCIDENTS)
    done = run("land", waits, "--as", POLICE)
    assert done.exit_code == 4, done.output
    assert "wacht: lever eerst een bestand van cbs__buurten" in " ".join(
        done.output.split()
    )
    assert run("land").exit_code == 4
    assert run("land", waits, offered(tmp_path, text="a;b\n1;2\n")).exit_code == 3
    assert run("land", offered(tmp_path)).exit_code == 0


def test_two_files_of_one_name_that_have_to_wait_both_wait(run, tmp_path):
    content = {INCIDENTS, INCIDENTS.replace("2026900001", "2026900002")}
    for folder, text in zip("abc", [*content, INCIDENTS], strict=True):
        (tmp_path / folder).mkdir()
        run("land", offered(tmp_path / folder, "x.csv", text), "--as", POLICE)
    waiting = (settings().inbox / POLICE).iterdir()
    assert sorted(path.read_text() for path in waiting) == sorted(content)


def test_a_file_for_which_there_is_no_name_left_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setattr(receive, "_MOST_ALIKE", 1)
    waiting = settings().inbox / PATROLS / "2026-03-31__rondes.csv"
    waiting.parent.mkdir(parents=True)
    waiting.write_text("another")
    done = run("land", offered(tmp_path))
    assert done.exit_code == 3, done.output
    assert "al te veel bestanden" in done.output
    assert waiting.read_text() == "another"


def test_what_is_no_file_is_not_landed_and_not_looked_at(run, tmp_path):
    os.mkfifo(tmp_path / "pijp.csv")
    (tmp_path / "map").mkdir()
    for command in ("land", "inspect"):
        for name in ("pijp.csv", "map"):
            done = run(command, tmp_path / name)
            assert (done.exit_code, type(done.exception)) == (2, SystemExit), name


def test_a_file_that_cannot_be_landed_stops_no_other_and_is_told_of(
    run, tmp_path, monkeypatch
):
    whole = land.land

    def fails(path, *more):
        if path.name == "kapot.csv":
            raise TypeError("a fault of ours")
        return whole(path, *more)

    monkeypatch.setattr(land, "land", fails)
    bad = offered(tmp_path, "kapot.csv", SAMPLES[PATROLS][1].replace("4;BU", "5;BU"))
    done = run("land", bad, offered(tmp_path))
    assert done.exit_code == 1, done.output
    said = " ".join(done.output.split())
    assert (
        "niet ingelezen: hier ging iets mis dat niet was voorzien (TypeError)" in said
    )
    assert "kapot.csv watch__patrols niet ingelezen" in said
    assert len(list((settings().landing / "_deliveries").glob("*/*"))) == 1


def test_a_file_that_another_landing_took_meanwhile_is_not_refused(home):
    gone = settings().inbox / "watch__patrols" / "2026-09-30__rondes.csv"
    gone.parent.mkdir(parents=True)
    became = deliver.deliver(gone, "watch__patrols", lambda _: None)
    assert became.status == "known"
    assert "wijkbeeld status" in became.note


def test_where_nothing_has_landed_nothing_is_withdrawn_and_again_is_the_first_time(
    run, tmp_path
):
    gone = run("withdraw", "2026-09-30__rondes.csv", "--yes")
    assert gone.exit_code == 1
    assert "er is niets ingelezen met de naam" in gone.output
    assert run("land", "--again").exit_code == 1
    first, again = (run("land", "--again", offered(tmp_path)) for _ in range(2))
    assert "ingelezen" in first.output
    assert "ingelezen" in again.output
    assert "al bekend" not in again.output


def test_a_name_of_a_file_is_no_markup_and_no_command(run, tmp_path):
    done = run("land", offered(tmp_path, ODD, "niets\n1\n"))
    assert done.exit_code == 3, done.output
    assert "[red]" in done.output
    assert "\x1b[31m" not in done.output


def test_a_source_that_is_none_is_told_so(run, tmp_path):
    done = run("land", offered(tmp_path), "--as", "police__dogs")
    assert done.exit_code == 1
    assert "police__incidents" in done.output
    assert not (settings().inbox / "police__dogs").exists()


@pytest.mark.parametrize(
    ("verdict", "code"),
    [("accepted", 0), ("unjudged", 0), ("failed", 1), ("rejected", 3), ("waits", 4)],
)
def test_looking_ends_as_landing_would(run, seen, tmp_path, verdict, code):
    seen(verdict=verdict, reason="daarom")
    done = run("inspect", offered(tmp_path))
    assert done.exit_code == code, done.output
    assert "daarom" in done.output


def test_looking_tells_what_was_seen_and_nothing_is_markup(run, seen, tmp_path):
    seen()
    said = run("inspect", offered(tmp_path)).output
    for part in ("[b]waarom", "ronde_id", "datum", "3, 9", "regel", "raad", "utf-8",
                 "[/x] let hierop", "tab", "zou worden ingelezen"):  # fmt: skip
        assert part in said
    assert "\x1b[31m" not in said
    assert "\u202e" not in said


def test_a_proposed_mapping_is_saved_where_it_is_asked_and_takes_no_place(
    run, seen, tmp_path
):
    proposal = Proposal(name="x.yml", text="name: x\n" + "a" * 300, missing=())
    seen(proposal=proposal, verdict="waits")
    target = tmp_path / "mappings" / "ours.yml"
    done = run("inspect", offered(tmp_path), "--mapping", target)
    assert "a" * 300 in done.output
    assert target.read_text("utf-8") == proposal.text

    again = run("inspect", offered(tmp_path), "--mapping", target)
    assert again.exit_code == 1
    assert "bestaat al" in again.output


def test_a_file_is_looked_at_for_real(run, tmp_path):
    done = run("inspect", offered(tmp_path))
    assert done.exit_code == 0, done.output
    assert "herkend aan de kolommen ronde_id" in done.output
    assert "WT-HOUTWIJK" not in done.output
    assert "al eerder ingelezen" not in done.output
    assert not settings().landing.exists()
    assert not settings().inbox.exists()
    run("land", offered(tmp_path))
    assert "al eerder ingelezen" in run("inspect", offered(tmp_path)).output


def test_the_standing_is_told_in_dutch(run, tmp_path):
    run("land", offered(tmp_path))
    said = run("status").output
    for word in (
        "Leveringen",
        "wacht",
        "ingelezen",
        "geweigerd",
        "nooit",
        "Publicaties",
    ):
        assert word in said


def test_the_standing_is_told_by_the_clock_on_the_wall_and_in_its_notation(run, home):
    record = settings().landing / "_deliveries" / PATROLS / "a.parquet"
    record.parent.mkdir(parents=True)
    told = {
        "source": PATROLS, "status": "landed", "row_count": 72528,
        "problem_count": 1234,
        "landed_at": datetime(2026, 7, 1, 22, 30),  # noqa: DTZ001 - as it is kept
    }  # fmt: skip
    parquet.write_table(pa.Table.from_pylist([told]), record)
    said = run("status").output
    assert "72.528" in said
    assert "1.234" in said
    assert "2026-07-02 00:30" in said


def test_the_standing_says_that_readers_do_not_see_what_has_landed(run, tmp_path):
    assert "Bouw" not in run("status").output
    run("land", offered(tmp_path))
    assert "niet alles is gepubliceerd" in " ".join(run("status").output.split())
    settings().warehouse.parent.mkdir(exist_ok=True)
    settings().warehouse.touch()  # A build began, and did not end well.
    assert "laatste bouw is niet geslaagd" in " ".join(run("status").output.split())


def test_the_standing_counts_what_waits_and_leaves_it_as_it_is(run, monkeypatch):
    def sleep(_):
        raise AssertionError("nobody waits for a look")

    monkeypatch.setattr(deliver.time, "sleep", sleep)
    names = [
        "watch__patrols/rondes.csv", "watch__patrols/rondes.csv.part",
        "whatsapp__group_weeks/WhatsApp-chat met Houtwijk.txt",
        "social__facebook_posts/pagina/posts.csv",
    ]  # fmt: skip
    for name in names:
        path = settings().inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    rows = [line.split() for line in run("status").output.splitlines()]
    waits = {row[0]: row[1] for row in rows if len(row) > 3}
    assert {source for source, count in waits.items() if count == "1"} == {
        name.split("/")[0] for name in names
    }
    lying = {str(path.relative_to(settings().inbox)) for path in inbox_files.lying()}
    assert lying == set(names)


ASTRAY = {
    "rondes.csv": "inbox/watch__patrols",
    "wat dit is.csv": "inbox/<bron>",
    "Watch__Patrols/a.csv": "inbox/watch__patrols",
    "watch__patrols/oktober/b.csv": "inbox/watch__patrols",
    "rondes van oktober/c.csv": "inbox/watch__patrols",
    "social__x_days/politie_demo/oktober/d.csv": "inbox/social__x_days/politie_demo",
    "social__X_days/e.csv": "inbox/social__x_days/<account>",
}
SEEN_OR_UNFINISHED = [
    "truth.json", ".hidden.csv", "rondes.csv.part", ".folder/x.csv", "~$rondes.xlsx",
    "social__x_days/politie_demo/f.csv", "watch__patrols/g.csv",
]  # fmt: skip


@pytest.mark.parametrize("command", ["status", "land"])
def test_what_lies_where_nobody_looks_is_listed_with_its_place(run, command):
    for name in [*ASTRAY, *SEEN_OR_UNFINISHED, "oktober/vers.csv"]:
        path = settings().inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" if name.startswith("wat") else SAMPLES[PATROLS][1])
        if "vers" not in name:
            os.utime(path, (1.8e9, 1.7e9))
    for folder in ("", "x"):
        name = f"WhatsApp-chat met Jan Zwaluwenburg.{folder}txt"
        path = settings().inbox / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("06-07-2026 14:20 - Jan Zwaluwenburg: hoi")
        os.utime(path, (1.8e9, 1.7e9))
    said = run(command).output
    told = said[said.index("Ligt waar niemand kijkt") :].splitlines()
    rows = [line.strip().split("  ", 1) for line in told if "inbox/" in line]
    found = {name: place.strip() for name, place in rows}
    assert {name: found.pop(f"inbox/{name}").split(",")[0] for name in ASTRAY} == ASTRAY
    assert "Zwaluwenburg" not in said
    assert len(found) == 2


def test_the_standing_is_told_in_english(run, english, tmp_path):
    said = run("status").output
    for word in ("Deliveries", "waits", "never", "missing", "Publications"):
        assert word in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sql", "select 1", "--role", "nonsense"], 2, "analyst"),
        (["demo", "--end", "foo"], 1, "schrijf bijvoorbeeld 2026-11-26"),
        (["demo", "--end", "1950-01-01"], 1, "begint op zijn vroegst in 2010-01"),
        (["demo", "--months", "0"], 2, "--months"),
        (["demo", "--seed", "-1"], 2, "--seed"),
        (["check-text", "nothing.txt"], 1, "is er niet"),
    ],
)
def test_an_ordinary_mistake_is_answered_in_words(run, arguments, code, said):
    done = run(*arguments)
    assert (done.exit_code, type(done.exception)) == (code, SystemExit), done.output
    assert said in done.output


@pytest.mark.parametrize("begin", [0, len("word/document.xml") + 30])
def test_a_damaged_document_is_told_so(run, tmp_path, begin):
    path = tmp_path / "column.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", f"<t>{'Let op uw fiets. ' * 900}</t>")
    whole = path.read_bytes()
    path.write_bytes(whole[:begin] + b"\xff" * 8 + whole[begin + 8 :])
    done = run("check-text", path)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit), done.output
    assert "niet te lezen" in done.output


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANGUAGE", "de", "'nl'"),
        ("UPLOAD_LIMIT_MB", "much", "integer"),
        ("KEEP_DELIVERED_DAYS", "-1", "greater than or equal to 0"),
        ("BULLETIN_ANCHOR", "2026-01-08T09:00+01:00", "timezone"),
        ("APPROVERS", "3,7", "JSON"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_by_any_command(name, value, said):
    done = subprocess.run(
        [sys.executable, "-c", "from wijkbeeld.cli import app; app()", "doctor"],
        env=os.environ | {f"WIJKBEELD_{name}": value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"WIJKBEELD_{name}" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("width", [80, 120])
def test_on_a_narrow_screen_no_source_and_no_remedy_is_cut(
    run, tmp_path, monkeypatch, width
):
    monkeypatch.setattr(console, "OUT", Console(width=width))
    path = offered(tmp_path, "2026-03-31__signalen_van_de_hele_maand_maart.csv")
    told = run("land", "--as", "watch__signals", path).output
    reason = "dit lijkt op watch__patrols; zet het bestand in inbox/watch__patrols"
    assert f"{path.name}: geweigerd: {reason}" in told
    assert "…" not in told
    told = run("status").output
    assert "…" not in told
    assert all(due.source in told for due in reference.delivery_sources())


def test_on_a_narrow_screen_the_address_that_gave_nothing_is_whole(run, monkeypatch):
    monkeypatch.setattr(console, "OUT", Console(width=80))
    reason = (
        "https://dataderden.cbs.nl/ODataApi/OData/47022NED/TableInfos: geen antwoord"
    )

    def refuse(*_arguments, **_how):
        raise pulling.PullError(reason)

    monkeypatch.setattr(pulling, "pull", refuse)
    told = run("pull", "--table", "47022NED")
    assert told.exit_code == 1
    assert f"47022NED: niet opgehaald: {reason}" in told.output
    assert "…" not in told.output
