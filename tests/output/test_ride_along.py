"""Posts of an evening are checked, made coarse, held back, logged and measured."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.landing.offers import offer, problems

from wijkbeeld import reference
from wijkbeeld.output import ride_along
from wijkbeeld.output.redaction import findings
from wijkbeeld.settings import settings

NOW = datetime(2026, 9, 11, 18, 0, tzinfo=UTC)
"""20:00 by the local clock."""
GOOD = {
    "avond_id": "M-2026-05", "datum": "11-09-2026", "start_tijd": "19:00",
    "eind_tijd": "23:00", "bericht_nr": "1", "kanaal": "x", "tijd": "19:41",
    "plaats": "Oude Haagweg, Houtwijk", "melding_soort": "verdachte situatie",
    "tekst": "Een bewoner zag iemand bij een achterdeur. We keken rond.",
    "nagekeken_door_rol": "dienstdoende", "aantal_meelopers": "2",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def drafts(tmp_path, *rows):
    path = tmp_path / "drafts.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        names = list(dict.fromkeys(name for row in rows for name in row))
        written = csv.DictWriter(handle, names, delimiter=";")
        written.writeheader()
        written.writerows(rows)
    return path


def written(tmp_path, *rows):
    out = tmp_path / "out"
    checked = ride_along.write(ride_along.read(drafts(tmp_path, *rows)), out, NOW)
    listed = (out / "meelopen.csv").read_text("utf-8")
    return (
        checked,
        (out / "berichten.txt").read_text("utf-8"),
        list(csv.DictReader(io.StringIO(listed), delimiter=";")),
    )


def test_a_clean_draft_is_told_without_its_street_and_time(tmp_path):
    [checked], posts, [row] = written(tmp_path, GOOD)
    assert checked.text == (
        "Aan het begin van de avond, Houtwijk. "
        "Een bewoner zag iemand bij een achterdeur. We keken rond."
    )
    assert checked.text in posts
    assert "niet eerder dan 11-09-2026 20:00" in posts
    assert "Haagweg" not in posts
    assert row["melding_kwartier"] == "19:30"
    assert row["gebied"] == "BU05181786"
    assert row["vrijgegeven_op"] == "11-09-2026 20:00"
    assert {v for k, v in row.items() if k.startswith("toets_")} == {"ja"}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"tekst": "Wie zag 12-AB-34?"}, "toets_kenteken"),
        ({"tekst": "We spraken met Fatima."}, "toets_naam"),
        ({"tekst": "Bel 06-12345678."}, "toets_naam"),
        ({"tekst": "Geluid op de Oude Haagweg."}, "toets_adres"),
        ({"tekst": "Een man werd onwel."}, "toets_medisch"),
        ({"tekst": "Een jongen rende weg."}, "toets_minderjarig"),
        ({"melding_soort": "reanimatie"}, "toets_medisch"),
    ],
)
def test_what_is_found_keeps_a_draft_back_and_is_measured_if_it_was_posted(
    tmp_path, change, column
):
    [checked], posts, listed = written(tmp_path, GOOD | change)
    assert not checked.is_ready
    assert listed == []
    assert "geen bericht" in posts
    published = {"gepubliceerd_op": "11-09-2026 19:50"}
    _checked, _posts, [row] = written(tmp_path, GOOD | change | published)
    assert {k for k, v in row.items() if v == "nee"} == {column}
    assert row["melding_soort"] in {"verdachte situatie", "overig"}


def test_the_log_says_what_was_checked_and_never_what_was_found(tmp_path):
    written(tmp_path, GOOD | {"tekst": "Fatima zag 12-AB-34."})
    written(tmp_path, GOOD)
    text = ride_along.log_path().read_text("utf-8")
    first, second = map(json.loads, text.splitlines())
    assert first["rules"] == ["name", "plate"]
    assert (first["is_ready"], second["is_ready"]) == (False, True)
    assert first["checked_at"] == "2026-09-11T18:00:00+00:00"
    assert "Fatima" not in text
    assert "12-AB-34" not in text


def test_a_post_waits_as_long_as_the_setting_says(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_RIDE_ALONG_DELAY_MINUTES", "60")
    settings.cache_clear()
    [checked], _posts, _rows = written(tmp_path, GOOD)
    assert f"{checked.release_at:%H:%M}" == "20:30"


def test_an_evening_goes_on_after_midnight(tmp_path):
    [checked], _posts, [row] = written(tmp_path, GOOD | {"tijd": "00:20"})
    assert f"{checked.release_at:%d-%m %H:%M}" == "12-09 00:45"
    assert checked.text.startswith("In de nacht, ")
    assert row["datum"] == "11-09-2026"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Houtwijk", "BU05181786"),
        ("bu05181786", "BU05181786"),
        ("Oude Haagweg 12, kom loosduinen", "BU05181795"),
        ("Waldeck", "WK051818"),
        ("WK051818", "WK051818"),
        ("Oude Haagweg", None),
        ("Scheveningen", None),
        ("", None),
    ],
)
def test_a_place_becomes_a_buurt_or_wijk(place, code):
    area = ride_along.area_of(place)
    assert (area.code if area else None) == code


def test_a_draft_without_a_known_place_is_kept_back(tmp_path):
    [checked], _posts, listed = written(tmp_path, GOOD | {"plaats": "Oude Haagweg 12"})
    assert (checked.is_ready, listed) == (False, [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tijd": "negen uur"}, "rij 2: tijd is geen tijd"),
        ({"datum": "2026-09-11"}, "rij 2: datum is geen dag"),
        ({"start_tijd": ""}, "rij 2: vul in: start_tijd"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, change, said):
    with pytest.raises(ride_along.DraftsError, match=said):
        ride_along.read(drafts(tmp_path, GOOD | change))


def test_a_column_that_is_missing_is_named(tmp_path):
    row = {name: value for name, value in GOOD.items() if name != "plaats"}
    with pytest.raises(ride_along.DraftsError, match="ontbreken: plaats"):
        ride_along.read(drafts(tmp_path, row))


def test_the_list_is_one_that_landing_takes(tmp_path):
    _checked, _posts, [row] = written(tmp_path, GOOD)
    row["gepubliceerd_op"] = "11-09-2026 20:10"
    text = ";".join(row) + "\r\n" + ";".join(row.values()) + "\r\n"
    delivered = offer("outreach__ride_alongs", text, "2026-10-01__meelopen.csv")
    assert problems(delivered) == [None]


@given(st.times())
def test_every_time_of_day_is_told_coarsely(clock):
    draft = ride_along.Draft(2, GOOD, datetime.combine(NOW.date(), clock))
    checked = ride_along.check(draft)
    assert findings(checked.text, is_live=True) == []
    assert checked.quarter.minute in {0, 15, 30, 45}
    assert checked.quarter <= draft.called


def test_no_buurt_makes_a_post_that_the_check_refuses():
    for buurt in reference.buurten():
        draft = ride_along.Draft(
            2, GOOD | {"plaats": buurt.buurt_name}, NOW.replace(tzinfo=None)
        )
        assert findings(ride_along.check(draft).text, is_live=True) == []
