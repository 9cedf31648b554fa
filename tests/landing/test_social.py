"""Exports of Instagram and X, as the platforms and as people make them."""

import csv
import io
import shutil
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from tests.landing.offers import (
    SAMPLES,
    changed,
    landed,
    no_gate,
    offer,
    problems,
    put,
)

from wijkbeeld.landing.deliver import deliver, purge
from wijkbeeld.landing.inbox_files import lying, waiting
from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

FACEBOOK, INSTAGRAM, X_POSTS = (
    f"social__{name}_posts" for name in ("facebook", "instagram", "x")
)
X_NAME = "account_analytics_content_2026-09-01_2026-09-30.csv"
LEGACY = """\
Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,\
retweets,replies,likes,user profile clicks,url clicks,hashtag clicks,detail expands,\
permalink clicks,app opens,app installs,follows,email tweet,dial phone,media views,\
media engagements,promoted impressions,promoted likes
1636075455247286272,https://twitter.com/politie_demo/status/1636075455247286272,\
Getuigen gezocht,2023-03-15 18:42 +0000,900,31,0.03,7,2,5,3,1,0,11,0,0,0,1,0,0,40,2,-,-
"""
DUTCH = """\
Post-ID;Datum;Tekst;Weergaven;Vind-ik-leuks;Antwoorden;Reposts;Citaten;Bladwijzers;\
Profielbezoeken;Linkklikken;Nieuwe volgers;Betrokkenheid;Link naar post
2098820180997046272;za 12 sep. 2026 19:05;Cijfers & tips;4.210;38;6;14;1;2;9;21;1;\
190;https://x.com/politie_demo/status/2098820180997046272
"""


@pytest.fixture
def ours(zone, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_INSTAGRAM_ACCOUNT_IDS", '["90000000000000001"]')
    monkeypatch.setenv("WIJKBEELD_X_ACCOUNTS", '["@Politie_Demo"]')
    settings.cache_clear()


@pytest.mark.parametrize(
    ("zone_name", "told", "expected"),
    [
        ("Europe/Amsterdam", "09/30/2026 16:00", ("2026-09-30 16:00:00", None)),
        ("UTC", "09/30/2026 16:00", ("2026-09-30 18:00:00", None)),
        ("UTC", "09/30/2026 23:30", ("2026-10-01 01:30:00", None)),
        ("UTC", "03/29/2026 02:30", ("2026-03-29 04:30:00", None)),
        ("America/New_York", "09/30/2026 16:00", ("2026-09-30 22:00:00", None)),
        ("America/New_York", "03/08/2026 02:30", (None, "nonexistent_local_time")),
    ],
)
def test_a_post_is_on_our_clock_whatever_the_clock_of_the_export(
    ours, monkeypatch, zone_name, told, expected
):
    monkeypatch.setenv("WIJKBEELD_PUBLISH_TIME_ZONE", zone_name)
    settings.cache_clear()
    delivered = offer(INSTAGRAM, changed(INSTAGRAM, 1, **{"Publish time": told}))
    at, problem = landed(delivered, "published_local, _problem")[0]
    assert (at if problem is None else None, problem) == expected


FAULTY = [
    (INSTAGRAM, {"Post ID": "9.00E+16"}, "id_precision_lost"),
    (INSTAGRAM, {"Post ID": ""}, "not_a_data_row"),
    (INSTAGRAM, {"Post ID": "Totaal"}, "not_a_data_row"),
    (INSTAGRAM, {"Post ID": "DEMO201"}, "bad_id"),
    (INSTAGRAM, {"Account ID": "90000000000000002"}, "not_our_account"),
    (INSTAGRAM, {"Publish time": ""}, "missing_required_value"),
    (INSTAGRAM, {"Publish time": "13/13/2026 10:00"}, "bad_date"),
    (INSTAGRAM, {"Publish time": "03/29/2026 02:30"}, "nonexistent_local_time"),
    (INSTAGRAM, {"Publish time": "12/01/2026 10:00"}, "date_out_of_range"),
    (INSTAGRAM, {"Publish time": "09/03/1999 10:00"}, "date_out_of_range"),
    (INSTAGRAM, {"Views": "2.2K"}, "abbreviated_number"),
    (INSTAGRAM, {"Views": "veel"}, "bad_number"),
    (INSTAGRAM, {"Saves": "-1"}, "negative_count"),
    (INSTAGRAM, {"Likes": "#N/A"}, "excel_error_value"),
    (INSTAGRAM, {"Description": "bel 06-12345678"}, "personal_data_found"),
    (INSTAGRAM, {"Description": "x" * 40_000}, "field_too_long"),
    (INSTAGRAM, {"Description": "\x07"}, "control_characters"),
    (X_POSTS, {"Post id": "2.09882E+18", "Post Link": ""}, "id_precision_lost"),
    (X_POSTS, {"Post id": "", "Post Link": ""}, "not_a_data_row"),
    (X_POSTS, {"Post id": "Total", "Post Link": ""}, "not_a_data_row"),
    (X_POSTS, {"Post id": "2098820180997046000"}, "bad_id"),
    (X_POSTS, {"Post id": "12345", "Post Link": ""}, "bad_id"),
    (X_POSTS, {"Post id": "9" * 19, "Post Link": ""}, "bad_id"),
    (X_POSTS, {"Post id": "abc-1", "Post Link": ""}, "bad_id"),
    (X_POSTS, {"Post id": "2198820180997046272", "Post Link": ""},
     "date_out_of_range"),
    (X_POSTS, {"Post Link": "https://x.com/iemand_anders/status/2098820180997046272"},
     "not_our_account"),
    (X_POSTS, {"Date": "ergens in september"}, "bad_date"),
    (X_POSTS, {"Impressions": "4.2K"}, "abbreviated_number"),
    (X_POSTS, {"Impressions": "-4210"}, "negative_count"),
    (X_POSTS, {"Likes": "4,5"}, "bad_number"),
    (X_POSTS, {"Bookmarks": "#WAARDE!"}, "excel_error_value"),
    (X_POSTS, {"Post text": "kenteken 12-AB-34 gezien"}, "personal_data_found"),
    (X_POSTS, {"Post text": "@bewoner bel me op 06-12345678"}, "personal_data_found"),
    (X_POSTS, {"Post text": "x" * 40_000}, "field_too_long"),
    (X_POSTS, {"Post text": "\x07"}, "control_characters"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "problem"), FAULTY)
def test_a_faulty_row_names_its_problem_and_spoils_no_other(
    ours, source, values, problem
):
    delivered = offer(source, changed(source, 1, **values))
    assert problems(delivered) == [problem, None, None]
    if problem == "personal_data_found":
        assert landed(delivered, "caption")[0][0] is None


GOOD = [
    *((INSTAGRAM, {"Post type": shown}, "format", format_)
      for shown, format_ in {
          "IG carousel": "carousel", "Instagram-carrousel": "carousel",
          "IG reel": "reel", "Instagram-reel": "reel", "IG image": "photo",
          "Instagram-afbeelding": "photo", "IG story": "story",
          "Instagram-verhaal": "story", "IG video": "video", "Karaoke": "other",
      }.items()),
    (INSTAGRAM, {"Follows": "0"}, "follow_count", "0"),
    (INSTAGRAM, {"Follows": ""}, "follow_count", None),
    (INSTAGRAM, {"Views": "12,210"}, "views", "12210"),
    (INSTAGRAM, {"Publish time": "09/03/2026 16:00"}, "published_local",
     "2026-09-03 16:00:00"),
    (X_POSTS, {}, "published_at", "2026-09-12 17:05:00"),
    (X_POSTS, {}, "caption", "Inbraakcijfers en tips & video"),
    (X_POSTS, {"Post text": "a &amp;lt; b &#39;c&#39;"}, "caption", "a &lt; b 'c'"),
    (X_POSTS, {"Post text": "&#64;bewoner3 Dank"}, "is_reply", "true"),
    (X_POSTS, {"Post text": "&#64;bewoner3 Dank"}, "caption", None),
    (X_POSTS, {"Post text": "&#x40;bewoner3 Dank"}, "caption", None),
    (X_POSTS, {"Post text": "&nbsp;&commat;bewoner3 Dank"}, "caption", None),
    (X_POSTS, {"Post text": "&eacute; &apos;t &amp; R&D"}, "caption", "é 't & R&D"),
    (X_POSTS, {"Post text": "=1+1"}, "caption", "=1+1"),
    (X_POSTS, {"Post text": " @bewoner dank"}, "caption", None),
    (X_POSTS, {"Post text": " @bewoner dank"}, "is_reply", "true"),
    (X_POSTS, {"Post text": "Met @bewoner erbij"}, "is_reply", "false"),
    (X_POSTS, {"Post text": ""}, "is_reply", "false"),
    (X_POSTS, {"Post id": ""}, "post_id", "2098820180997046272"),
    (X_POSTS, {"Post Link": ""}, "account_id", None),
    (X_POSTS, {"Post Link": "https://twitter.com/Politie_Demo/status/"
               "2098820180997046272"}, "account_id", "politie_demo"),
    (X_POSTS, {"Post Link": "https://x.com/i/status/2098820180997046272"},
     "account_id", None),
    (X_POSTS, {"Impressions": ""}, "impressions", None),
]  # fmt: skip


def test_a_number_that_is_written_in_entities_is_found(ours):
    text = "bel &#48;&#54;12345678"
    delivered = offer(X_POSTS, changed(X_POSTS, 1, **{"Post text": text}))
    assert problems(delivered)[0] == "personal_data_found"


@pytest.mark.parametrize(("source", "values", "column", "value"), GOOD)
def test_a_value_is_landed_in_canonical_form(ours, source, values, column, value):
    delivered = offer(source, changed(source, 1, **values))
    assert problems(delivered)[0] is None
    assert landed(delivered, column)[0][0] == value


def test_an_id_that_excel_damaged_is_taken_from_the_link(ours):
    delivered = offer(X_POSTS, SAMPLES[X_POSTS][1])
    assert landed(delivered, "post_id, published_at, is_reply, caption")[1:] == [
        (
            "2098904486507446272",
            "2026-09-12 22:40:00",
            "false",
            "Getuigen gezocht, Waldeck",
        ),
        ("2099019116835766272", "2026-09-13 06:15:30", "true", None),
    ]
    assert b"bewoner" not in delivered.parquet.read_bytes()


def test_the_older_export_of_tweets_lands_as_the_newer(ours):
    name = "tweet_activity_metrics_politie_demo_20230301_20230401_en.csv"
    delivered = offer(X_POSTS, LEGACY, name)
    columns = (
        "published_at, impressions, engagement_count, reaction_count, comment_count,"
        " share_count, follow_count, profile_visit_count, bookmark_count, _exported_on"
    )
    assert landed(delivered, columns) == [
        ("2023-03-15 18:42:40", "900", "31", "5", "2", "7", "1", "3", None,
         datetime(2023, 4, 1))  # noqa: DTZ001 wall clock
    ]  # fmt: skip
    assert not any("niet zijn bewaard" in warning for warning in delivered.warnings)


def test_a_dutch_export_of_x_lands_and_is_told_of(ours):
    delivered = offer(X_POSTS, DUTCH, "2026-10-01__x.csv")
    assert landed(delivered, "post_id, impressions, share_count, quote_count") == [
        ("2098820180997046272", "4210", "14", "1")
    ]
    assert any("Nederlandse kolomnamen" in warning for warning in delivered.warnings)


@pytest.mark.parametrize(
    "name",
    [X_NAME, X_NAME.replace(".csv", "-2.csv"), X_NAME.replace(".csv", " (1).csv")],
)
def test_an_export_of_x_is_as_old_as_the_last_day_in_its_name(ours, name):
    delivered = offer(X_POSTS, SAMPLES[X_POSTS][1], name)
    assert landed(delivered, "_exported_on")[0][0] == datetime(2026, 9, 30)  # noqa: DTZ001 wall clock


def test_a_date_far_from_the_moment_in_the_id_is_told_of(ours):
    text = SAMPLES[X_POSTS][1]
    plain = offer(X_POSTS, text)
    assert not any("verschilt van het moment" in w for w in plain.warnings)
    moved = offer(X_POSTS, text.replace("Sep 12", "Sep 02"), "2026-10-02__x.csv")
    assert any("2 berichten hebben een datum" in w for w in moved.warnings)


@pytest.mark.parametrize("day", ["12-9-2026", "9/12/2026", "2026-09-12", "46277"])
def test_dates_of_excel_are_refused_in_an_export_of_x(ours, day):
    text = SAMPLES[X_POSTS][1].replace('"Sat, Sep 12, 2026"', day)
    with pytest.raises(RejectedError, match=f"datums als {day} zijn die van Excel"):
        offer(X_POSTS, text)


REFUSED = [
    (INSTAGRAM, SAMPLES[FACEBOOK][1], "inbox/social__facebook_posts"),
    (FACEBOOK, SAMPLES[INSTAGRAM][1], "inbox/social__instagram_posts"),
    (INSTAGRAM, SAMPLES[INSTAGRAM][1].replace("Lifetime", "09/03/2026"),
     "hele levensduur"),
    (INSTAGRAM, SAMPLES[INSTAGRAM][1].replace("Saves", "Amount spent"),
     "advertenties"),
    (INSTAGRAM, SAMPLES[INSTAGRAM][1].replace("09/03", "03/09").replace(
        "09/10", "10/09").replace("09/11", "21/09"), "opnieuw opgeslagen in Excel"),
    (INSTAGRAM, SAMPLES[INSTAGRAM][1].replace("Views", "Vues").replace(
        "Reach", "Couverture"), "Weergaven"),
    (X_POSTS, "Video overview,,,\nDate,Views\n2026-09-01,3\n", "video"),
    (X_POSTS, "Date,Tweets published,impressions\n2023-03-15,2,30\n", "social__x_days"),
    (X_POSTS, "Date,Impressions,Unfollows,Create Post\n"
     '"Sat, Sep 12, 2026",9,0,1\n', "social__x_days"),
    (X_POSTS, SAMPLES[X_POSTS][1].replace("Impressions", "Zichtbaar"), "Impressions"),
    (X_POSTS, SAMPLES[X_POSTS][1].replace("Post id", "Nummer").replace(
        "Post Link", "Adres"), "Post-ID"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "says"), REFUSED)
def test_another_file_is_refused_and_the_right_one_named(ours, source, text, says):
    with pytest.raises(RejectedError, match=says):
        offer(source, text)


def test_a_story_that_offers_no_figure_is_told_of_and_not_made_zero(ours):
    rows = list(csv.reader(io.StringIO(SAMPLES[INSTAGRAM][1])))
    rows[3][rows[0].index("Reach")] = ""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    delivered = offer(INSTAGRAM, out.getvalue())
    assert landed(delivered, "reach, reaction_count, save_count")[2] == (None,) * 3
    assert any("telt als onbekend, niet als 0" in w for w in delivered.warnings)


DAYS, PAGE_DAYS = "social__x_days", "social__facebook_page_days"
CHART = """\
sep=,
"Facebook follows"
"Date","Primary"
"2026-09-01T00:00:00","14"
"2026-09-02T00:00:00","9"
"2026-09-03T00:00:00","11"
"""
VIEWERS = """\
Date,Total Viewers,New Viewers,Returning Viewers
2026-09-01,900,700,200
2026-09-02,950,,210
"""
CHART_NAME = "2026-10-01__Follows.csv"


@pytest.fixture
def page(zone, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_FACEBOOK_PAGE_IDS", '["900000000000001"]')
    settings.cache_clear()


def chart(text=CHART, name=CHART_NAME, encoding="utf-16"):
    return offer(PAGE_DAYS, text.encode(encoding), name)


def test_a_chart_of_the_page_lands_in_its_utf_16(page):
    delivered = chart()
    assert landed(delivered, "account_id, metric, day, value, _problem") == [
        ("900000000000001", "follows", "2026-09-01", "14", None),
        ("900000000000001", "follows", "2026-09-02", "9", None),
        ("900000000000001", "follows", "2026-09-03", "11", None),
    ]
    assert delivered.warnings == []


@pytest.mark.parametrize(
    ("title", "metric"),
    [("Views", "views"), ("Viewers", "viewers"), ("Facebook visits", "visits"),
     ("Content interactions", "interactions"), ("Facebook link clicks", "link_clicks"),
     ("Weergaven", "views"), ("Kijkers", "viewers")],
)  # fmt: skip
def test_the_second_line_tells_which_figure_it_is(page, title, metric):
    delivered = chart(CHART.replace("Facebook follows", title))
    assert landed(delivered, "distinct metric") == [(metric,)]


def test_viewers_by_kind_are_another_figure(page):
    delivered = chart(VIEWERS, "2026-10-01__Viewers.csv", "utf-8")
    columns = "metric, value, viewers_total, viewers_new, viewers_returning"
    assert landed(delivered, columns) == [
        ("viewers_by_kind", None, "900", "700", "200"),
        ("viewers_by_kind", None, "950", None, "210"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"14"', '"veel"', "bad_number"),
        ('"14"', '"1.2K"', "abbreviated_number"),
        ('"14"', '"-1"', "negative_count"),
        ('"14"', '"#N/A"', "excel_error_value"),
        ('"14"', '"14","15"', "ragged_row"),
        ("2026-09-01T00:00:00", "01-09-2026", "bad_date"),
        ("2026-09-01T00:00:00", "2026-09-31", "bad_date"),
        ("2026-09-01T00:00:00", "2027-09-01", "date_out_of_range"),
        ("2026-09-01T00:00:00", "1999-09-01", "date_out_of_range"),
        ("2026-09-01T00:00:00", "", "not_a_data_row"),
        ("2026-09-01T00:00:00", "Total", "not_a_data_row"),
    ],
)
def test_a_faulty_day_of_a_chart_names_its_problem(page, old, new, problem):
    assert problems(chart(CHART.replace(old, new, 1))) == [problem, None, None]


def test_a_day_that_stands_twice_in_a_chart_is_a_problem(page):
    again = CHART + '"2026-09-03T00:00:00","11"\n'
    assert problems(chart(again)) == [None, None, None, "duplicate_row"]
    other = CHART + '"2026-09-03T00:00:00","12"\n'
    found = problems(chart(other, "2026-10-02__Follows.csv"))
    assert found == [None, None, "key_conflict", "key_conflict"]


@pytest.mark.parametrize(
    ("text", "encoding", "says"),
    [
        (CHART.replace("14", ""), "utf-16", "op 1 dagen ontbreekt"),
        (CHART.replace("09-02", "09-05").replace("09-03", "09-06"), "utf-16",
         "3 dagen ontbreken, 02-09-2026 als eerste"),
        (CHART, "utf-8", "kopie in UTF-8"),
        (CHART.replace('y"\n', 'y","Secondary"\n').replace('4"\n', '4","1"\n').replace(
            '9"\n', '9","1"\n').replace('11"\n', '11","1"\n'), "utf-16", "Secondary"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_chart_is_told(page, text, encoding, says):
    delivered = chart(text, encoding=encoding)
    assert delivered.problem_count == 0
    assert any(says in warning for warning in delivered.warnings)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CHART.replace("Facebook follows", "Facebook reach"), "Facebook reach"),
        (CHART + '"Facebook follows"\n"Date","Primary"\n', "momentopname"),
        (CHART.replace("Facebook follows", "Age & gender"), "Age & gender"),
        ("Gender,Distribution\nMen,41.2\n", "momentopname"),
        ("Top Territories,Distribution\nDen Haag,0.3\n", "momentopname"),
        (CHART.replace("Primary", "Secondary"), "Primair"),
        (CHART.replace("Date", "Dag"), "Datum"),
        ('sep=,\n"Facebook follows"\n"Date","Primary"\n', "geen rijen"),
        (CHART + '"2026-09-04', "aanhalingsteken"),
    ],
)
def test_what_is_no_chart_is_refused(page, text, says):
    with pytest.raises(RejectedError, match=says):
        chart(text)


def test_a_figure_that_is_not_ours_to_know_is_not_repeated(page):
    with pytest.raises(RejectedError) as caught:
        chart(CHART.replace("Facebook follows", "bel Jan de Vries op 06-12345678"))
    assert "12345678" not in str(caught.value)


def test_a_file_that_does_not_say_whose_it_is_is_refused_unless_a_folder_does(zone):
    with pytest.raises(RejectedError, match="WIJKBEELD_FACEBOOK_PAGE_IDS"):
        chart()
    put(PAGE_DAYS, f"Politie Loosduinen/{CHART_NAME}", CHART.encode("utf-16"))
    (waits,) = waiting(PAGE_DAYS)
    delivered = deliver(waits, PAGE_DAYS, no_gate)
    assert landed(delivered, "distinct account_id") == [("politie loosduinen",)]
    assert waiting(PAGE_DAYS) == []
    assert lying() == set()


def test_the_same_file_of_a_second_account_is_told_that_it_counts_for_the_first(zone):
    for account in ("Politie Loosduinen", "Wijkagent Waldeck"):
        put(PAGE_DAYS, f"{account}/{CHART_NAME}", CHART.encode("utf-16"))
        delivered = deliver(waiting(PAGE_DAYS)[0], PAGE_DAYS, no_gate)
    assert delivered.status == "known"
    assert "voor het account waarvoor het het eerst kwam" in delivered.note
    assert landed(delivered, "distinct account_id") == [("politie loosduinen",)]


def test_a_page_that_is_not_ours_is_a_problem(page):
    put(PAGE_DAYS, f"111111111111111/{CHART_NAME}", CHART.encode("utf-16"))
    delivered = deliver(waiting(PAGE_DAYS)[0], PAGE_DAYS, no_gate)
    assert set(problems(delivered)) == {"not_our_account"}


ACCOUNT_DAYS = {
    PAGE_DAYS: (f"Politie Loosduinen/{CHART_NAME}", CHART.encode("utf-16")),
    "social__x_days": (
        f"politie_demo/{SAMPLES['social__x_days'][0]}",
        SAMPLES["social__x_days"][1].encode(),
    ),
}


@pytest.mark.parametrize("source", ACCOUNT_DAYS)
def test_what_was_delivered_for_an_account_can_be_put_back(zone, source):
    name, content = ACCOUNT_DAYS[source]
    before = offer(source, content, name)
    rows = landed(before, "* exclude _landed_at")
    shutil.rmtree(settings().landing)
    (settings().delivered / source / name).rename(settings().inbox / source / name)
    (path,) = waiting(source)
    assert landed(deliver(path, source, no_gate), "* exclude _landed_at") == rows


@pytest.mark.parametrize("source", ACCOUNT_DAYS)
def test_what_was_kept_for_an_account_is_destroyed_in_time(zone, source, monkeypatch):
    name, content = ACCOUNT_DAYS[source]
    elsewhere = put("elsewhere", "x.csv", b"x")
    offer(source, content, name)
    with pytest.raises(RejectedError):
        offer(source, b"a;b\n1;2\n", name)
    (settings().delivered / source / "link").symlink_to(elsewhere.parent)
    kept = [settings().delivered / source / name, settings().rejected / source / name]
    assert all(path.exists() for path in kept)
    monkeypatch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
    settings.cache_clear()
    purge()
    assert not any(path.exists() for path in kept)
    assert elsewhere.exists()


def test_a_folder_named_after_no_account_is_refused(zone):
    put(DAYS, "0612345678/x.csv", SAMPLES[DAYS][1].encode())
    with pytest.raises(RejectedError, match="de naam van de map"):
        deliver(waiting(DAYS)[0], DAYS, no_gate)


def test_a_folder_in_another_inbox_is_left_alone(zone):
    put(X_POSTS, f"politie_demo/{X_NAME}", SAMPLES[X_POSTS][1].encode())
    assert waiting(X_POSTS) == []


@pytest.mark.parametrize("text", [CHART, VIEWERS])
def test_a_chart_is_recognised(zone, tmp_path, text):
    path = tmp_path / "x.csv"
    for encoding in ("utf-16", "utf-8"):
        path.write_bytes(text.encode(encoding))
        assert source_of(path) == PAGE_DAYS


def test_an_overview_of_x_is_as_old_as_its_last_day(zone):
    delivered = offer(DAYS, SAMPLES[DAYS][1])
    columns = "account_id, day, impressions, unfollow_count, post_count, _exported_on"
    assert landed(delivered, columns)[0] == (
        "politie_demo", "2026-09-14", "2871", "2", "2", datetime(2026, 9, 14)  # noqa: DTZ001 wall clock
    )  # fmt: skip
    assert any("14-09-2026, is nog niet compleet" in w for w in delivered.warnings)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"Impressions": "2.9K"}, "abbreviated_number"),
        ({"Impressions": "veel"}, "bad_number"),
        ({"Unfollows": "-2"}, "negative_count"),
        ({"Replies": "#N/A"}, "excel_error_value"),
        ({"Date": ""}, "not_a_data_row"),
        ({"Date": "vandaag"}, "bad_date"),
        ({"Date": "Sun, Sep 31, 2026"}, "bad_date"),
        ({"Date": "Sun, Sep 12, 1999"}, "date_out_of_range"),
    ],
)
def test_a_faulty_day_of_x_names_its_problem(zone, values, problem):
    delivered = offer(DAYS, changed(DAYS, 3, **values))
    assert problems(delivered) == [None, None, problem]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SAMPLES[DAYS][1].replace("Sat, Sep 12", "Sun, Sep 13"), "twee exports"),
        (SAMPLES[DAYS][1].replace('"Sat, Sep 12, 2026"', "12-9-2026"), "Excel"),
        (SAMPLES[X_POSTS][1], "inbox/social__x_posts"),
        ("Date,Tweets published,Impressions\n2023-03-15,2,30\n", "oude overzicht"),
    ],
)
def test_what_is_no_overview_of_x_is_refused(zone, text, says):
    with pytest.raises(RejectedError, match=says):
        offer(DAYS, text)


def test_an_account_that_is_not_known_is_refused(zone, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_X_ACCOUNTS", "[]")
    settings.cache_clear()
    with pytest.raises(RejectedError, match="WIJKBEELD_X_ACCOUNTS"):
        offer(DAYS, SAMPLES[DAYS][1])


def test_days_that_lack_and_figures_that_lack_are_told(zone):
    text = SAMPLES[DAYS][1].replace("Sep 12", "Sep 10").replace("9336", "")
    warnings = " ".join(offer(DAYS, text).warnings)
    assert "2 dagen ontbreken, 11-09-2026 als eerste" in warnings
    assert "op 1 dagen ontbreken de weergaven" in warnings


@settings_of(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200), encoding=st.sampled_from(["utf-16", "utf-8"]))
def test_any_bytes_below_the_header_land_or_are_rejected(page, data, encoding):
    text = CHART + data.decode("utf-8", "ignore")
    try:
        delivered = chart(text, f"2026-10-01__{len(data)}.csv", encoding)
    except RejectedError:
        return
    assert delivered.row_count == len(problems(delivered))
