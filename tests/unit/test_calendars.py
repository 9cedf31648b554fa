"""The seeds of holidays are what the library and the published calendars say."""

import csv
from datetime import date

import pytest
from docs import calendars

SCHOOL = list(csv.DictReader(calendars.school_holidays().splitlines()))


def test_the_seeds_are_those_of_the_library():
    remedy = "run `make calendars`, and look at what changed"
    for name in ("public_holidays", "school_holidays"):
        seed = (calendars.SEEDS / f"{name}.csv").read_text("utf-8")
        assert seed == getattr(calendars, name)(), remedy


# Two published school calendars of 2025-2026 agree on these.
@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("Herfstvakantie", "2025-10-18", "2025-10-26"),
        ("Kerstvakantie", "2025-12-20", "2026-01-04"),
        ("Voorjaarsvakantie", "2026-02-14", "2026-02-22"),
    ],
)
def test_school_holidays_are_as_schools_published_them(name, begin, end):
    row = next(
        r for r in SCHOOL if r["schooljaar"] == "2025-2026" and r["vakantie"] == name
    )
    assert (row["begin"], row["eind"], row["regio"]) == (begin, end, "Midden")
    assert row["bron"]


def test_every_school_year_has_its_five_holidays_in_order():
    years = sorted({row["schooljaar"] for row in SCHOOL})
    for year in years:
        rows = [row for row in SCHOOL if row["schooljaar"] == year]
        names = [row["vakantie"].removesuffix("vakantie") for row in rows]
        assert names == ["Herfst", "Kerst", "Voorjaars", "Mei", "Zomer"]
        for row in rows:
            assert date.fromisoformat(row["begin"]).weekday() == 5


def test_the_fifth_of_may_is_free_for_all_every_fifth_year_only():
    # In 2016 it was Ascension Day too.
    rows = list(csv.DictReader(calendars.public_holidays().splitlines()))
    free = {
        r["day"] for r in rows if r["day"][5:] == "05-05" and r["is_public"] == "true"
    }
    years = {int(day[:4]) for day in free} - {2016}
    assert years == set(range(2000, 2036, 5))
    assert any(r["day"] == "2026-05-05" for r in rows)
