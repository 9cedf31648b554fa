import csv
from datetime import date, datetime, timedelta
from itertools import pairwise

from wijkbeeld import demo


def exports(written):
    folder = written.path.parent / "social__facebook_posts"
    return {
        path.name: list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
        for path in sorted(folder.glob("*.csv"))
    }


def published(row):
    return datetime.strptime(row["Publicatietijdstip"] + "Z", "%m/%d/%Y %H:%M%z")


def test_a_later_export_shows_more_of_the_same_post(written):
    seen = {}
    grown = 0
    for name, rows in exports(written).items():
        for row in rows:
            day, views = name[:10], row["Weergaven"]
            if row["Bericht-ID"] in seen and views.isdigit():
                before_day, before = seen[row["Bericht-ID"]]
                assert day > before_day
                grown += before.isdigit() and int(views) > int(before)
            seen[row["Bericht-ID"]] = (day, views)
    assert grown > 5


def test_a_video_comes_every_second_friday(written):
    films = {
        published(row).date()
        for rows in exports(written).values()
        for row in rows
        if row["Berichttype"] == "Reel"
    }
    days = sorted(films)
    assert {later - day for day, later in pairwise(days)} == {timedelta(days=14)}
    assert {day.weekday() for day in days} == {4}


def test_headers_differ_from_month_to_month(written):
    headers = {tuple(rows[0]) for rows in exports(written).values()}
    assert len(headers) > 3


def test_captions_hold_line_breaks_and_emoji(written):
    captions = [
        row["Omschrijving"] for rows in exports(written).values() for row in rows
    ]
    assert any("\n" in caption for caption in captions)
    assert any("🎥" in caption for caption in captions)


def test_what_is_missing_is_blank_and_parts_add_up(written):
    rows = [row for rows in exports(written).values() for row in rows]
    assert any(row["Bereik"] == "" for row in rows)
    for row in rows:
        parts = [row["Reacties"], row["Opmerkingen"], row["Deelacties"]]
        if all(part.isdigit() for part in parts):
            whole = row["Reacties, opmerkingen en deelacties"]
            assert sum(map(int, parts)) == int(whole)


def test_before_the_autumn_of_2024_they_are_english_with_impressions(tmp_path):
    written = demo.write(tmp_path, 1, 7, 1, date(2024, 9, 1))
    (rows,) = exports(written).values()
    assert "Impressions" in rows[0]
    assert "Weergaven" not in rows[0]


def test_the_truth_counts_the_posts_that_can_be_read(written):
    readable = {}
    for rows in exports(written).values():
        for row in rows:
            is_bad = (
                row["Bericht-ID"] == "9E+15"
                or row["Weergaven"] == "1,2K"
                or row["Reacties"].startswith("-")
                or "06-" in row["Omschrijving"]
            )
            if not is_bad:
                month = published(row).strftime("%Y-%m")
                readable.setdefault(month, set()).add(row["Bericht-ID"])
    assert {month: len(ids) for month, ids in readable.items()} == written.posts
