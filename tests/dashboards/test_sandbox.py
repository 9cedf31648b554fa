"""A stranger's query can read its own role's file, and nothing else."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from wijkbeeld import sandbox
from wijkbeeld.sandbox import QueryError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a publication with two roles, one of which holds a secret."""
    root = tmp_path_factory.mktemp("publication")
    for role in ("team", "analyst"):
        with duckdb.connect(root / f"{role}.duckdb") as con:
            con.execute("create schema marts")
            con.execute("create table marts.publication as select false as has_demo")
            con.execute(f"create table marts.told as select '{role}' as secret")
    (root / "secret.csv").write_text("a\nhidden\n")
    return root


@pytest.fixture
def team(folder):
    return folder / "team.duckdb"


def refused(query: str, publication: Path, **limits: float) -> QueryError:
    with pytest.raises(QueryError) as caught:
        sandbox.run(query, publication, **limits)
    return caught.value


def test_a_select_is_answered(team):
    result = sandbox.run("select 1 as a, 'b' as b -- that is all", team)

    assert result.columns == ["a", "b"]
    assert result.rows == [(1, "b")]
    assert result.records() == [{"a": 1, "b": "b"}]
    assert not result.is_cut


@pytest.mark.parametrize(
    "query", ["from marts.told", "values (1)", "describe marts.told", "(select 1);"]
)
def test_what_duckdb_calls_a_select_is_answered(team, query):
    assert sandbox.run(query, team).rows


@pytest.mark.parametrize(
    "query",
    [
        "",
        "-- select 1",
        "/* select 1 */",
        "select 1; select 2",
        "select 1; drop table marts.told",
        "copy marts.told to 'stolen.csv'",
        "copy (select 1) to '/tmp/stolen.csv'",
        "attach 'analyst.duckdb' as other",
        "set memory_limit = '100GB'",
        "reset memory_limit",
        "pragma database_list",
        "pragma enable_external_access = true",
        "install httpfs",
        "load httpfs",
        "create table x as select 1",
        "create temp table x as select 1",
        "insert into marts.told values ('x')",
        "delete from marts.told",
        "drop table marts.told",
        "update marts.told set secret = ''",
        "export database '/tmp/stolen'",
        "import database '/tmp/stolen'",
        "explain select 1",
        "explain analyze select 1",
        "call pragma_version()",
        "checkpoint",
        "begin transaction",
        "prepare x as select 1",
        "create secret s (type http, bearer_token 'x')",
        "use marts",
        "vacuum",
        "detach team",
    ],
)
def test_anything_but_one_select_is_refused(team, query):
    # What DuckDB does not know at all is refused by its parser.
    assert refused(query, team).kind in {"not a select", "refused"}


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{folder}/secret.csv')",
        "select * from read_blob('{folder}/secret.csv')",
        "select * from read_csv('{folder}/secret.csv')",
        "select * from '{folder}/secret.csv'",
        "select * from glob('{folder}/*')",
        "select * from read_parquet('{folder}/*.parquet')",
        "select * from read_json('{folder}/secret.csv')",
        "select * from '{folder}/analyst.duckdb'",
        "select * from read_duckdb('{folder}/analyst.duckdb')",
        "select * from sqlite_scan('{folder}/analyst.duckdb', 'told')",
        "select * from analyst.marts.told",
        "select * from read_text('/etc/passwd')",
        "select * from read_text('/proc/self/environ')",
        "select * from read_text('/proc/self/fd/0')",
        "select * from 'https://example.org/x.parquet'",
        "select * from read_csv('https://example.org/x.csv')",
        "select * from read_csv('s3://bucket/x.csv')",
        "select * from duckdb_secrets()",
        "select * from which_secret('s3://x', 's3')",
        "select * from request",
        "select * from connection",
        "select * from sandbox",
        "select * from sys",
        "select getenv('HOME')",
        "select * from query('copy marts.told to ''/tmp/stolen.csv''')",
        "select * from query('attach ''{folder}/analyst.duckdb''')",
        "select * from query_table('{folder}/secret.csv')",
        "select * from parquet_metadata('{folder}/secret.csv')",
        "select write_log('x')" + " from read_text('{folder}/secret.csv')",
    ],
)
def test_no_file_no_address_and_no_variable_can_be_read(team, folder, query):
    error = refused(query.format(folder=folder), team)

    assert error.kind == "refused"
    assert "hidden" not in str(error)


def test_another_role_is_not_in_the_file(team):
    databases = sandbox.run("select database_name from duckdb_databases()", team)

    assert {"analyst"} & {name for (name,) in databases.rows} == set()
    assert sandbox.run("from marts.told", team).rows == [("team",)]


@pytest.mark.parametrize(
    "query",
    [
        "select repeat('x', 2000000000)",
        "select list(range) from range(1000000000)",
        "select string_agg(repeat('x', 1000000), '') from range(3000)",
        "select repeat('x', 20000000) from range(100)",
        "select * from range(10000000) as a, range(10000000) as b order by all desc",
    ],
)
def test_a_bomb_of_memory_goes_off_in_its_own_process(team, query):
    begun = time.monotonic()
    error = refused(query, team, seconds=8)

    assert error.kind in {"too large", "too long"}
    # Eight seconds were given; a busy machine needs some to clear away the rest.
    assert time.monotonic() - begun < 60


def test_what_an_error_says_is_short_however_long_the_query_makes_it(team):
    error = refused("select error(repeat('x', 5000000))", team)

    assert error.kind == "refused"
    assert len(error.detail) <= 2_000


@pytest.mark.parametrize(
    "value", ["'infinity'::date", "'-infinity'::timestamptz", "date '290000-01-01'"]
)
def test_a_date_that_no_calendar_has_is_refused_in_words(team, value):
    assert refused(f"select {value}", team).kind == "too far"
    assert sandbox.run(f"select ({value})::varchar", team).rows


def test_a_query_without_end_is_killed(team):
    begun = time.monotonic()
    error = refused(
        # Each of the three is small, so it is time that it runs out of, not memory.
        "select sum(a.range * b.range % (c.range + 7)) "
        "from range(100000) a, range(100000) b, range(100000) c",
        team,
        seconds=1.5,
    )

    assert error.kind == "too long"
    # The query would take years; how soon a busy machine kills it is not the point.
    assert time.monotonic() - begun < 60
    assert not [line for line in _processes() if "wijkbeeld.sandbox" in line]


def test_a_long_answer_is_cut_and_says_so(team):
    result = sandbox.run("from range(100000000000)", team, row_limit=7)

    assert [row for (row,) in result.rows] == list(range(7))
    assert result.is_cut
    assert not sandbox.run("from range(7)", team, row_limit=7).is_cut


def test_the_child_can_open_neither_file_nor_socket(team, tmp_path):
    probe = f"""
import resource, socket, sys
from wijkbeeld import sandbox
sandbox._limit_process()
sandbox._open({str(team)!r})
for attempt in (lambda: open('/etc/passwd'), lambda: socket.socket()):
    try:
        attempt()
    except OSError as error:
        sys.stdout.write(str(error.errno) + ' ')
"""
    said = subprocess.run(
        [sys.executable, "-I", "-c", probe], capture_output=True, text=True, check=False
    )

    # 24 is EMFILE: it may not hold one file more.
    assert said.stdout.split() == ["24", "24"]


def test_the_child_has_no_environment(team, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_PSEUDONYM_KEY", "canary")
    seen = {}

    def popen(*args, **options):
        seen.update(options)
        raise OSError("not started")

    monkeypatch.setattr(sandbox.subprocess, "Popen", popen)
    with pytest.raises(OSError, match="not started"):
        sandbox.run("select 1", team)

    assert seen["env"] == {}


def test_a_question_of_a_megabyte_is_not_even_sent(team):
    assert refused("select '" + "x" * 1_000_000 + "'", team).kind == "refused"


def test_no_publication_is_said_plainly(tmp_path):
    assert refused("select 1", tmp_path / "none.duckdb").kind == "no publication"


def test_no_export_is_taken_for_a_formula(team):
    result = sandbox.run(
        "select '=cmd()' as \"=x\", '+1' as b, '-1' as c, '@x' as d, -1.5 as e, "
        "chr(9) || '=1' as f, null as g, 'gewoon' as h",
        team,
    )
    head, row, *_rest = result.csv().splitlines()

    assert head == "'=x,b,c,d,e,f,g,h"
    assert row == "'=cmd(),'+1,'-1,'@x,-1.5,'\t=1,,gewoon"
    assert "-1,5" in result.csv(dutch=True).splitlines()[1].split(";")


def test_every_export_of_demo_figures_says_so(tmp_path):
    with duckdb.connect(tmp_path / "team.duckdb") as con:
        con.execute("create schema marts")
        con.execute("create table marts.publication as select true as has_demo")
    result = sandbox.run("select 1 as a", tmp_path / "team.duckdb")

    assert result.csv() == "a,demodata\n1,DEMODATA\n"
    assert json.loads(json.dumps(result.records())) == [
        {"a": 1, "demodata": "DEMODATA"}
    ]


def test_what_is_no_number_is_null_in_json(team):
    result = sandbox.run(
        "select 'nan'::double as a, 'inf'::float as b, [1.5, 'nan'::double] as c, "
        "{'d': '-inf'::double} as d, map {'e': 'inf'::double} as e",
        team,
    )
    assert json.loads(json.dumps(result.records(), allow_nan=False)) == [
        {"a": None, "b": None, "c": [1.5, None], "d": {"d": None}, "e": [["e", None]]}
    ]


def test_types_of_all_kinds_survive(team):
    result = sandbox.run(
        "select now() as n, date '2026-01-01' as d, [1, 2] as l, {'a': 1} as s, "
        "uuid() as u, interval 3 day as i, 1::hugeint as h, 1.25::decimal(9, 2) as e, "
        "'x'::blob as b, true as t",
        team,
    )

    assert result.csv()
    assert len(result.rows) == 1


def _processes() -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(entry.read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_the_machine_of_the_tests_has_sockets_otherwise():
    with socket.socket() as free:
        assert free.fileno() >= 0
