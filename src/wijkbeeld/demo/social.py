"""Exports of Instagram and X, and figures per day of page and account.

Each export of posts holds its month and the month before, whose figures have grown
by then; a bad row is mended in the next. Until the end of 2023 X wrote another form,
and until April 2025 Instagram spoke of impressions. In one month Instagram was exported
every day, so that it is known how soon posts are watched: reels sooner than the rest.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wijkbeeld.demo import canaries, posts
from wijkbeeld.demo.chance import chance
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.months import (
    DAY,
    day_after,
    day_of,
    export_day,
    first_day,
    minute_of,
    on_the_clock,
)
from wijkbeeld.local_time import ZONE

ACCOUNT = "politie_demo"
_ACCOUNT_ID = "90000000000000001"
_INSTAGRAM, _X = "social__instagram_posts", "social__x_posts"
_PAGE_DAYS, _X_DAYS = "social__facebook_page_days", "social__x_days"
_VIEWS_SINCE, _CONTENT_SINCE = 2025 * 12 + 3, 2024 * 12
_CHARTS_SINCE = 2023 * 12 + 10
_QUARTER = 3
_X_EPOCH_MS, _X_SHIFT = 1_288_834_974_657, 22
_MATURES_IN_DAYS, _REEL_MATURES_IN_DAYS = 5.0, 2.0
_DAILY_MONTH = 2026 * 12 + 9
_FOLLOWED_DAYS = 17
"""How long a post stays in the exports of every day: until past its fortnight."""
_SPOILT = 0
"""Position of the bad row in a month's own export; the next has it mended."""

Row = dict[str, str]


class _Post(NamedTuple):
    number: int
    published: int
    form: str
    caption: str
    reach: int
    shares: tuple[float, ...]


_CAPTIONS = (
    "Fiets op slot én vast #fiets",
    "Graffiti op de lege winkels: kom kijken!\nMet @school_demo 🎨",
    "Inbraakcijfers & tips van de afgelopen weken",
    "Getuigen gezocht, Waldeck. Bel 0900-8844.",
    "=Wist u dat? Licht aan, dief weg 💡",
    "Mee met de nachtdienst <deel 2>",
)
_REPLY = f"@bewoner_demo Dank, we kijken ernaar. Groet aan {canaries.NAME}"


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return what Instagram, X and the page give after a month."""
    months = [m for m in (month - 1, month) if m >= first_month]
    made = [
        *_instagram(seed, scale, months, month),
        *(_daily(seed, scale, months) if month == _DAILY_MONTH else []),
        *_x(seed, scale, months, month),
        _x_days(seed, months, month),
    ]
    return made + (_charts(seed, first_month, month) if month >= _CHARTS_SINCE else [])


def accepted(source: str, seed: int, scale: int, month: int, last_month: int) -> int:
    """Return how many posts of a month can be read once all exports are in."""
    listed = _posts(source, seed, scale, month)
    lasting = [post for post in listed if post.form != "story"]
    is_spoilt = month == last_month and len(lasting) > _SPOILT
    if source == _INSTAGRAM and month == _DAILY_MONTH:
        # An export of a day had it as it should be.
        is_spoilt = False
    return len(listed) - int(is_spoilt)


@lru_cache(maxsize=8)
def _posts(source: str, seed: int, scale: int, month: int) -> list[_Post]:
    random = chance(seed, source, month)
    start, end = (minute_of(first_day(m)) for m in (month, month + 1))
    forms = ("carousel", "reel", "photo", "story")
    if source == _X:
        forms = ("post", "post", "post", "reply")
    count = 1 + int(random.poisson(9 * scale))
    days = random.integers(start // DAY, end // DAY, count) * DAY
    times = sorted(on_the_clock(days + random.integers(8 * 60, 22 * 60, count)))
    made = []
    for at, minute in enumerate(times):
        form = forms[int(random.integers(len(forms)))]
        caption = _CAPTIONS[int(random.integers(len(_CAPTIONS)))]
        reach = int(random.lognormal(7.4, 0.6))
        shares = tuple(random.gamma(8.0, 0.002, 5))
        made.append(_Post(at, int(minute), form, caption, reach, shares))
    return made


def _figures(post: _Post, exported: date) -> list[int]:
    """Return reach and counts as they stand on a day."""
    age = max((minute_of(exported) - post.published) / DAY, 0)
    days = _REEL_MATURES_IN_DAYS if post.form == "reel" else _MATURES_IN_DAYS
    reach = int(post.reach * (1 - np.exp(-(age + 0.3) / days)))
    return [reach, *(int(reach * share) for share in post.shares)]


def _written(rows: Iterable[Row], columns: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(field, "") for field in columns.values()] for row in rows)
    return text.getvalue()


def _instagram(
    seed: int, scale: int, months: list[int], exported: int
) -> list[Delivery]:
    day = export_day(exported)
    rows, stories = list[Row](), list[Row]()
    problems: Counter[str] = Counter()
    for month in months:
        listed = _posts(_INSTAGRAM, seed, scale, month)
        made = [_instagram_row(post, month, day) for post in listed]
        lasting = [row for row in made if row["type"] != "IG story"]
        stories += [r for r in made if r["type"] == "IG story" and month == exported]
        if month == exported and len(lasting) > _SPOILT:
            code, spoil = _FAULTS[month % len(_FAULTS)]
            spoil(lasting[_SPOILT])
            problems[code] += 1
        rows += lasting
    columns = dict(_INSTAGRAM_COLUMNS)
    if exported < _VIEWS_SINCE:
        columns = {"Impressions" if h == "Views" else h: f for h, f in columns.items()}
    name = f"{day}__demo_instagram"
    files = []
    for kind, listed_rows, found in (
        ("berichten", rows, problems),
        ("verhalen", stories, Counter[str]()),
    ):
        if listed_rows:
            content = b"\xef\xbb\xbf" + _written(listed_rows, columns).encode()
            files.append(
                Delivery(
                    _INSTAGRAM, f"{name}_{kind}.csv", content, len(listed_rows), found
                )
            )
    return files


def _daily(seed: int, scale: int, months: list[int]) -> Iterable[Delivery]:
    """Return an export of each morning of a month, of posts of the days before."""
    posted = [
        (post, month)
        for month in months
        for post in _posts(_INSTAGRAM, seed, scale, month)
        if post.form != "story"
    ]
    first, last = (minute_of(day_after(m)) for m in (months[-1] - 1, months[-1]))
    before = list[Row]()
    for minute in range(first + DAY, last + 1, DAY):
        day = day_of(minute)
        rows = [
            _instagram_row(post, month, day)
            for post, month in posted
            if minute - _FOLLOWED_DAYS * DAY <= post.published < minute
        ]
        # Of a few old posts nothing may change in a day: that is the same file again.
        if rows and rows != before:
            content = b"\xef\xbb\xbf" + _written(rows, _INSTAGRAM_COLUMNS).encode()
            name = f"{day}__demo_instagram_dagelijks.csv"
            yield Delivery(_INSTAGRAM, name, content, len(rows), Counter())
        before = rows


def _instagram_row(post: _Post, month: int, exported: date) -> Row:
    reach, likes, comments, shares, saves, follows = _figures(post, exported)
    is_story = post.form == "story"
    moment = day_of(post.published)
    clock = f"{post.published % DAY // 60:02d}:{post.published % 60:02d}"
    number = month * 100_000 + post.number
    row = {
        "id": str(90_000_000_000_000_000 + number),
        "account_id": _ACCOUNT_ID,
        "account": ACCOUNT,
        # A column that is never kept.
        "account_name": canaries.NAME,
        "text": post.caption,
        "duration": "31" if post.form == "reel" else "0",
        "published": f"{moment:%m/%d/%Y} {clock}",
        "link": f"https://www.instagram.com/p/DEMO{number}/",
        "type": f"IG {'image' if post.form == 'photo' else post.form}",
        "period": "Lifetime",
        "views": str(int(reach * 1.3)),
        "reach": str(reach),
        "likes": str(likes),
        "shares": str(shares),
        "follows": str(follows // 10),
        "comments": str(comments),
        "saves": str(saves),
    }
    if is_story:
        row |= dict.fromkeys(("text", "likes", "follows", "comments", "saves"), "")
    return row


_INSTAGRAM_COLUMNS = {
    "Post ID": "id", "Account ID": "account_id", "Account username": "account",
    "Account name": "account_name", "Description": "text", "Duration (sec)": "duration",
    "Publish time": "published", "Permalink": "link", "Post type": "type",
    "Data comment": "-", "Date": "period", "Views": "views", "Reach": "reach",
    "Likes": "likes", "Shares": "shares", "Follows": "follows", "Comments": "comments",
    "Saves": "saves",
}  # fmt: skip


def _x(seed: int, scale: int, months: list[int], exported: int) -> list[Delivery]:
    is_content = exported >= _CONTENT_SINCE
    last = day_after(exported) - timedelta(days=1)
    rows = list[Row]()
    problems: Counter[str] = Counter()
    for month in months:
        made = [
            _x_row(post, export_day(exported), is_content=is_content)
            for post in _posts(_X, seed, scale, month)
        ]
        if month == exported:
            code, spoil = _FAULTS[month % len(_FAULTS)]
            spoil(made[_SPOILT])
            problems[code] += 1
            for row in made[_SPOILT + 1 : _SPOILT + 2]:
                # Damaged, but the link still tells which it is.
                row["id"] = f"{float(row['id']):.5E}"
        rows += made
    first = first_day(months[0])
    if is_content:
        period = f"account_analytics_content_{first}_{last}"
        columns = _CONTENT_COLUMNS
    else:
        days = f"{first:%Y%m%d}_{last:%Y%m%d}"
        period = f"tweet_activity_metrics_{ACCOUNT}_{days}_en"
        columns = _TWEET_COLUMNS
    content = _written(rows, columns).encode()
    name = f"{export_day(exported)}__demo_{period}.csv"
    return [Delivery(_X, name, content, len(rows), problems)]


def _x_row(post: _Post, exported: date, *, is_content: bool) -> Row:
    reach, likes, replies, reposts, visits, clicks = _figures(post, exported)
    moment = _utc(post.published)
    number = (int(moment.timestamp() * 1000) - _X_EPOCH_MS) << _X_SHIFT
    post_id = str(number + post.number)
    text = _REPLY if post.form == "reply" else post.caption
    return {
        "id": post_id,
        "date": f"{_WEEKDAYS[moment.weekday()]}, {_MONTHS[moment.month - 1]} "
        f"{moment.day}, {moment.year}",
        "time": f"{moment:%Y-%m-%d %H:%M} +0000",
        "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "link": f"https://{'x' if is_content else 'twitter'}.com/{ACCOUNT}/status/"
        f"{post_id}",
        "views": str(int(reach * 1.4)),
        "likes": str(likes),
        "engagements": str(likes + replies + reposts + visits + clicks),
        "bookmarks": str(likes // 9),
        "shares": str(reposts // 4),
        "follows": str(visits // 8),
        "replies": str(replies),
        "reposts": str(reposts),
        "visits": str(visits),
        "details": str(clicks * 3),
        "clicks": str(clicks),
        "none": "0",
        "dash": "-",
    }


def _utc(minute: int) -> datetime:
    local = datetime.combine(day_of(minute), datetime.min.time()) + timedelta(
        minutes=minute % DAY
    )
    return local.replace(tzinfo=ZONE).astimezone(UTC)


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)  # fmt: skip
_CONTENT_COLUMNS = {
    "Post id": "id", "Date": "date", "Post text": "text", "Post Link": "link",
    "Impressions": "views", "Likes": "likes", "Engagements": "engagements",
    "Bookmarks": "bookmarks", "Shares": "shares", "New follows": "follows",
    "Replies": "replies", "Reposts": "reposts", "Profile visits": "visits",
    "Detail Expands": "details", "URL Clicks": "clicks", "Hashtag Clicks": "none",
    "Permalink Clicks": "none",
}  # fmt: skip
_TWEET_COLUMNS = {
    "Tweet id": "id", "Tweet permalink": "link", "Tweet text": "text", "time": "time",
    "impressions": "views", "engagements": "engagements", "engagement rate": "none",
    "retweets": "reposts", "replies": "replies", "likes": "likes",
    "user profile clicks": "visits", "url clicks": "clicks", "hashtag clicks": "none",
    "detail expands": "details", "permalink clicks": "none", "app opens": "none",
    "app installs": "none", "follows": "follows", "email tweet": "none",
    "dial phone": "none", "media views": "none", "media engagements": "none",
    "promoted impressions": "dash", "promoted likes": "dash",
}  # fmt: skip


def _lose_digits(row: Row) -> None:
    row["id"], row["link"] = "9.0E+16", ""


def _abbreviate(row: Row) -> None:
    row["views"] = "1.2K"


def _give_away(row: Row) -> None:
    row["text"] = f"Tips? Bel {canaries.NAME} op {canaries.PHONE}."


def _go_below_zero(row: Row) -> None:
    row["likes"] = "-1"


_FAULTS: tuple[tuple[str, Callable[[Row], None]], ...] = (
    ("id_precision_lost", _lose_digits),
    ("abbreviated_number", _abbreviate),
    ("personal_data_found", _give_away),
    ("negative_count", _go_below_zero),
)


def _days(seed: int, subject: str, mean: float, month: int) -> list[tuple[date, int]]:
    """Return a figure per day of a month, the same in every export."""
    start = first_day(month)
    number = (first_day(month + 1) - start).days
    counts = chance(seed, subject, month).poisson(mean, number)
    return [(start + timedelta(days=i), int(n)) for i, n in enumerate(counts)]


def _x_days(seed: int, months: list[int], exported: int) -> Delivery:
    rows = []
    for month in months:
        for day, views in _days(seed, "x days", 3000, month):
            rows.append(
                {
                    "date": f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} "
                    f"{day.day}, {day.year}",
                    "views": str(views),
                    "likes": str(views // 90),
                    "engagements": str(views // 20),
                    "follows": str(views % 4),
                    "unfollows": str(views % 3),
                    "posts": str(views % 2),
                }
            )
    problems: Counter[str] = Counter()
    if exported % _QUARTER == 0:
        # The first day of the month itself; the next overview has it mended.
        spoilt = len(rows) - len(_days(seed, "x days", 3000, exported))
        rows[spoilt]["views"] = "3.1K"
        problems["abbreviated_number"] += 1
    content = _written(reversed(rows), _DAY_COLUMNS).encode()
    name = f"{export_day(exported)}__demo_account_overview_analytics.csv"
    return Delivery(_X_DAYS, name, content, len(rows), problems, ACCOUNT)


_DAY_COLUMNS = {
    "Date": "date", "Impressions": "views", "Likes": "likes",
    "Engagements": "engagements", "Bookmarks": "-", "Shares": "-",
    "New follows": "follows", "Unfollows": "unfollows", "Replies": "-", "Reposts": "-",
    "Profile visits": "-", "Create Post": "posts", "Video views": "-",
    "Media views": "-",
}  # fmt: skip
_CHARTS = (
    ("Follows", "Facebook follows", 11.0, 1),
    ("Views", "Views", 2500.0, 1),
    ("Visits", "Facebook visits", 120.0, _QUARTER),
    ("Interactions", "Content interactions", 90.0, _QUARTER),
    ("Link clicks", "Facebook link clicks", 14.0, _QUARTER),
)
"""Name of the file, title on line 2, mean per day, and months in an export."""


def _charts(seed: int, first_month: int, month: int) -> list[Delivery]:
    made = []
    for file_name, title, mean, step in _CHARTS:
        if (month + 1) % step:
            continue
        months = range(max(first_month, _CHARTS_SINCE, month - step + 1), month + 1)
        days = [d for m in months for d in _days(seed, title, mean, m)]
        text = f'sep=,\n"{title}"\n"Date","Primary"\n'
        text += "".join(f'"{day}T00:00:00","{count}"\n' for day, count in days)
        # One chart goes through somebody's editor, and comes out in UTF-8.
        encoding = "utf-8" if file_name == "Visits" else "utf-16"
        made.append(_chart(file_name, text.encode(encoding), len(days), month))
        if file_name == "Visits":
            rows = "".join(f"{d},{n * 8},{n * 5},{n * 3}\n" for d, n in days)
            text = "Date,Total Viewers,New Viewers,Returning Viewers\n" + rows
            made.append(_chart("Viewers", text.encode(), len(days), month))
    return made


def _chart(file_name: str, content: bytes, row_count: int, month: int) -> Delivery:
    name = f"{export_day(month)}__demo_{file_name}.csv"
    return Delivery(_PAGE_DAYS, name, content, row_count, Counter(), posts.PAGE_ID)
