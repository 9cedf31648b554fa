"""Exports of Instagram and X, as the platforms and as people make them."""

import csv
import io
from datetime import datetime

import pytest
from tests.landing.offers import SAMPLES, changed, landed, offer, problems

from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.settings import settings

FACEBOOK, INSTAGRAM, X_POSTS = (
    f"social__{name}_posts" for name in ("facebook", "instagram", "x")
)
LINK = "https://x.com/politie_demo/status/"
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
