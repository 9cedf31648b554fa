"""The real open data of Loosduinen, through the commands a person would type."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data"
COMMAND = Path(sys.executable).with_name("wijkbeeld")

pytestmark = pytest.mark.skipif(
    not REAL.exists(), reason=f"the real data are not at {REAL}"
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")

    def command(*arguments):
        return subprocess.run(
            [COMMAND, *arguments],
            env=os.environ | {"WIJKBEELD_HOME": str(home), "COLUMNS": "400"},
            capture_output=True,
            text=True,
            check=False,
        )

    return command


@pytest.fixture(scope="module")
def built(run):
    files = sorted(REAL.glob("police_open_data/*47022NED*"))
    assert len(files) == 2
    landed = run("land", *files)
    assert landed.returncode == 0, landed.stdout + landed.stderr
    built = run("build")
    assert built.returncode == 0, built.stderr
    return run


def rows(run, query):
    answer = run("sql", query, "--format", "csv")
    assert answer.returncode == 0, answer.stderr
    return list(csv.reader(io.StringIO(answer.stdout)))[1:]


BURGLARIES = """
    select year(month), sum(crime_count)
    from marts.{table}
    where offence_code = '1.1.1'
    group by 1 order by 1
"""


def test_burglaries_are_those_the_police_published(built):
    counts = dict(rows(built, BURGLARIES.format(table="rpt_area_scan")))
    assert (counts["2012"], counts["2016"]) == ("363", "167")
    assert list(counts.values()) == ["335", "363", "209", "282", "241", "167", "163"]


def test_the_briefing_adds_up_to_the_area_scan(built):
    assert rows(built, BURGLARIES.format(table="rpt_briefing")) == rows(
        built, BURGLARIES.format(table="rpt_area_scan")
    )


def test_buurten_that_are_in_both_files_are_counted_once(built):
    duplicates = rows(
        built,
        "select count(*) from (select buurt_code, offence_code, month "
        "from marts.rpt_area_scan group by all having count(*) > 1)",
    )
    assert duplicates == [["0"]]
    assert rows(
        built,
        "select count(distinct buurt_code), count(distinct month) "
        "from marts.rpt_area_scan where crime_count is not null",
    ) == [["13", "83"]]


def test_the_area_scan_says_that_these_are_open_data(built):
    assert rows(built, "select distinct source from marts.rpt_area_scan") == [
        ["police__open_data"]
    ]


def test_real_data_are_not_called_demo_data(built):
    assert rows(built, "select has_demo from marts.publication") == [["False"]]
