"""The real files lie beside the checkout; they are not ours to copy into it."""

import shutil
from pathlib import Path

import duckdb
import pytest
from tests.landing.offers import no_gate

from wijkbeeld.landing.deliver import deliver
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.settings import settings

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason=f"the shared data is not at {DATA}"
)


def land(path):
    source = source_of(path)
    waiting = settings().inbox / source / path.name
    waiting.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, waiting)
    return deliver(waiting, source, no_gate)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("47022NED_TypedDataSet_loosduinen_2011_2017.json", 10_790),
        ("47022NED_TypedDataSet_haaglanden_2011_2017.csv.gz", 283_030),
    ],
)
def test_the_open_data_lands_without_problems(home, name, rows):
    delivered = land(DATA / "police_open_data" / name)
    assert delivered.source == "police__open_data"
    assert (delivered.row_count, delivered.problem_count) == (rows, 0)


def test_loosduinen_has_the_burglaries_that_were_published(home):
    name = "47022NED_TypedDataSet_loosduinen_2011_2017.json"
    delivered = land(DATA / "police_open_data" / name)
    counts = duckdb.sql(
        "select left(period, 4), sum(crime_count::int) "
        f"from '{delivered.parquet}' where offence_code = '1.1.1' group by all"
    ).fetchall()
    assert {"2012": 363, "2016": 167}.items() <= dict(counts).items()


def test_the_buurten_of_2023_land_without_problems(home):
    delivered = land(DATA / "cbs" / "loosduinen_buurten_2023.geojson")
    assert (delivered.source, delivered.row_count) == ("cbs__buurten", 13)
    assert delivered.problem_count == 0
