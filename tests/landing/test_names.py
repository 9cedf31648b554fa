"""What a file is called may tell of a person, and is kept longer than the file."""

import re

import duckdb
import pytest
from tests.landing.offers import SAMPLES, offer, put

from wijkbeeld.landing import names, walks
from wijkbeeld.landing.inbox_files import waiting
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

PATROLS, TRACKS = "watch__patrols", "watch__tracks"

PERSONAL = [
    "R-2026-0312-77 Jan de Vries.gpx",
    "Jan de Vries 0612345678.csv",
    "2026-03-31__Jan_de_Vries.csv",
    "2026-03-31__rondes mevrouw Pietersen.csv",
    "rondes 06-12345678.csv",
    "rondes_0031612345678.csv",
    "rondes +31 6 12345678.csv",
    "rondes van jan@voorbeeld.nl.csv",
    "Houtwijklaan 12.csv",
    "2551 AB 12.csv",
    "J. de Vries.xlsx",
    "2026-03-31__WhatsApp-chat met X.csv",
]
ORDINARY = [
    *(name for name, _ in SAMPLES.values()),
    "47022NED_TypedDataSet_01012026_101010.csv",
    "47022NED_UntypedDataSet_13042026_093015.csv",
    "2026-11-02__demo_account_analytics_content_2026-09-01_2026-10-31.csv",
    "account_analytics_content_2026-09-01_2026-09-30_nl-2.csv",
    "2026-11-02__demo_Sep-01-2026_Sep-30-2026_123456789012345.csv",
    "2026-03__demo_rondes_verbeterd.csv",
    "R-2026-0312-77.gpx",
    "WT-HOUTWIJK-20260312-2000.gpx",
    "2026-09-30__Link clicks.csv",
    "Kijkduin 2026.csv",
    "Rosenburg 15.csv",
    "2026-10 Bosjes van Pex.csv",
    "Kerketuinen en Zichtenburg 2026-10.csv",
    "Waldeck-Zuid_20261001.csv",
    "Kopie van rondes oktober 2026 (2).csv",
    "buurten-2025.geojson",
    "2026-04-04__cp1252.csv",
]


@pytest.mark.parametrize("name", PERSONAL)
def test_a_name_that_tells_of_a_person_is_found(name):
    assert names.is_personal(name)


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_left_alone(name):
    assert not names.is_personal(name)


def kept_of(home) -> str:
    """All that is kept of what came: names of files, and the words of the records."""
    found = [str(path) for path in home.rglob("*")]
    found += [path.read_text() for path in home.rglob("*.reason.txt")]
    records = f"{home}/landing/_deliveries/*/*.parquet"
    found += map(str, duckdb.sql(f"select * from '{records}'").fetchall())
    return "\n".join(found)


@pytest.mark.parametrize("is_good", [True, False])
@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("Jan de Vries 0612345678.csv", r"watch__patrols-[0-9a-f]{12}\.csv"),
        ("2026-03-31__J. Vries.csv", r"2026-03-31__watch__patrols-[0-9a-f]{12}\.csv"),
        ("demo Jan de Vries.csv", r"demo_watch__patrols-[0-9a-f]{12}\.csv"),
        ("Jan.de Vries 0612345678.de Vries", r"watch__patrols-[0-9a-f]{12}"),
        ("2026-03__Jan de Vries.csv", r"2026-03__watch__patrols-[0-9a-f]{12}\.csv"),
    ],
)  # fmt: skip
def test_a_name_that_tells_of_a_person_is_kept_nowhere(zone, name, becomes, is_good):
    text = SAMPLES[PATROLS][1] if is_good else "a;b\n1;2\n"
    put(PATROLS, name, text.encode())
    (path,) = waiting(PATROLS)
    assert re.fullmatch(becomes, path.name)
    if is_good:
        assert "Vries" not in str(offer(PATROLS, text, name).path)
    else:
        with pytest.raises(RejectedError) as caught:
            offer(PATROLS, text, name)
        assert "Vries" not in str(caught.value)
    path.unlink(missing_ok=True)
    assert "Vries" not in kept_of(settings().home)
    assert "12345678" not in kept_of(settings().home)


@pytest.mark.parametrize("walk", ["R-2026-0312-77", "WT-HOUTWIJK-20260312-2000"])
def test_the_round_in_a_name_stays(zone, walk):
    put(TRACKS, f"2026-03-31__{walk} Jan de Vries.gpx", b"<gpx/>")
    (path,) = waiting(TRACKS)
    named = rf"2026-03-31__{walk}-watch__tracks-[0-9a-f]{{12}}\.gpx"
    assert re.fullmatch(named, path.name)
    assert walks.ROUND.search(path.stem.upper())[0] == walk


def test_the_moment_in_the_name_of_statline_is_that_of_the_new_name(zone):
    name = "x Jan de Vries_TypedDataSet_13042026_093015.csv"
    put("police__open_data", name, b"x")
    (path,) = waiting("police__open_data")
    assert path.name.startswith("2026-04-13__police__open_data-")
