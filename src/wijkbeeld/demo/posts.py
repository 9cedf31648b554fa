"""Exports of the Facebook page, as Meta's business pages give them per month.

Until the autumn of 2024 in English with impressions, after that in Dutch with
views. Columns come and go, captions hold line breaks and emoji, and figures are
those of the whole life of a post until the export: a later one shows more.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wijkbeeld.demo import canaries
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

_SOURCE = "social__facebook_posts"
PAGE_ID = "900000000000001"
_PAGE_NAME = "Politie Loosduinen (demo)"
_FIRST_POST_ID = 9_000_000_000_000_000
_POSTS_PER_MONTH_AT_MOST = 100_000
_DUTCH_SINCE = 2024 * 12 + 10
_BLANK_SHARE = 0.03
_COLUMN_SHARE = 0.6
_MATURES_IN_DAYS = 4.0
_QUARTER = 3
_SPOILT_POST = 1
"""Position of the bad row in a month's own export; a later one has it mended."""
_FRIDAY = 4

Columns = tuple[tuple[str, str], ...]


class _Kind(NamedTuple):
    per_month: float
    format_nl: str
    format_en: str
    reach: int
    captions: tuple[str, ...]


_VIDEO = _Kind(
    2, "Reel", "Reels", 9500,
    (
        "🎥 Onze tweewekelijkse video: inbraken, autokraken en fietsendiefstallen\n\n"
        "Deze keer: wat u zelf kunt doen voor de donkere dagen. 💡",
        "🎥 Cijfers en tips van de afgelopen twee weken.\nWoninginbraak daalt, fietsen "
        "blijven aandacht vragen. 🚲",
        # Bold look-alikes, as some writers use for a heading.
        "𝗕𝗲𝗸𝗶𝗷𝗸 de nieuwe video van uw wijkagenten 👮\nMet tips tegen woninginbraak.",  # noqa: RUF001
    ),
)  # fmt: skip
_OTHERS = (
    _Kind(
        4, "Foto's", "Photos", 3600,
        (
            "💡 Preventietip: zet een lamp op een tijdklok.\nEen donker huis valt op.",
            "🔑 Sluit ramen en deuren, ook als u maar even weg bent.",
            "🚲 Zet uw fiets op twee sloten, en aan iets vast.",
            "Laat niets zichtbaar in uw auto liggen; ook geen lege tas.",
            "Babbeltruc: een agent vraagt nooit om uw pas, \"ook niet aan de deur\".",
        ),
    ),
    _Kind(
        3, "Foto's", "Photos", 7200,
        (
            "❗ Getuigenoproep: afgelopen weekend is ingebroken in de wijk.\n"
            "Zag u iets? Bel 0900-8844, of anoniem 0800-7000.",
            "❗ Getuigenoproep autokraak. Heeft u camerabeelden? Bel 0900-8844.",
            "Oproep: wie herkent deze gestolen bakfiets? Bel 0900-8844.",
        ),
    ),
    _Kind(
        2, "Link", "Links", 1900,
        (
            "Lees onze rubriek in de krant of op de site: vragen; antwoorden; data.",
            "=Aanmelden voor een WhatsApp-groep in uw buurt? Dat kan hier.",
        ),
    ),
    _Kind(
        1, "Status", "Status", 800,
        ("Bij spoed altijd 112.", "Fijn weekend namens het team! 👋"),
    ),
    _Kind(
        1, "Video", "Videos", 4100,
        ("Mee met de nachtdienst: een melding, een aanrijding, een kat 🐈.",),
    ),
)  # fmt: skip


class _Post(NamedTuple):
    number: int
    published: int
    kind: _Kind
    caption: str
    duration_s: int
    reach: int
    shares_of_reach: tuple[float, float, float, float, float]
    paid_share: float
    blanks: tuple[bool, bool, bool]


def accepted(seed: int, scale: int, month: int, last_month: int) -> int:
    """Return how many posts of a month can be read once all exports are in."""
    posts = len(_posts(seed, scale, month))
    again = month + 1 + (-month - 2) % _QUARTER
    is_spoilt = posts > _SPOILT_POST
    return posts - int(is_spoilt and again > last_month)


def exports(seed: int, scale: int, first_month: int, month: int) -> list[Delivery]:
    """Return the exports made after a month: its own, and older posts again."""
    made = [_export(seed, scale, [month], month)]
    older = [m for m in range(month - _QUARTER, month) if m >= first_month]
    if (month + 1) % _QUARTER == 0 and older:
        made.append(_export(seed, scale, older, month))
    return made


def films(seed: int, scale: int, month: int) -> list[tuple[str, date]]:
    """Return id and day of the fortnightly videos of a month."""
    return [
        (_post_id(month, post), day_of(post.published))
        for post in _posts(seed, scale, month)
        if post.kind is _VIDEO
    ]


def _post_id(month: int, post: _Post) -> str:
    return str(_FIRST_POST_ID + month * _POSTS_PER_MONTH_AT_MOST + post.number)


def _export(seed: int, scale: int, months: list[int], exported: int) -> Delivery:
    day = export_day(exported)
    last = day_of(minute_of(day_after(months[-1])) - DAY)
    columns = _columns(seed, exported)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([header for header, _ in columns])
    problems: Counter[str] = Counter()
    row_count = 0
    for month in months:
        for at, post in enumerate(_posts(seed, scale, month)):
            row = _row(post, month, day, is_dutch=exported >= _DUTCH_SINCE)
            fault = _FAULTS[month % len(_FAULTS)] if at == _SPOILT_POST else None
            if fault and month == exported:
                code, spoil = fault
                spoil(row)
                problems[code] += 1
            writer.writerow([row.get(field, "") for _, field in columns])
            row_count += 1
    name = (
        f"{day}__demo_{_american(first_day(months[0]))}_{_american(last)}_{PAGE_ID}.csv"
    )
    content = b"\xef\xbb\xbf" + text.getvalue().encode()
    return Delivery(_SOURCE, name, content, row_count, problems)


def _american(day: date) -> str:
    """Return a day as ``Sep-01-2026``, whatever language this machine speaks."""
    return f"{_MONTHS[day.month - 1]}-{day:%d-%Y}"


_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)  # fmt: skip


@lru_cache(maxsize=_QUARTER + 1)
def _posts(seed: int, scale: int, month: int) -> list[_Post]:
    random = chance(seed, "posts", month)
    start, end = (minute_of(first_day(m)) for m in (month, month + 1))
    fridays = [
        minute
        for minute in range(start, end, DAY)
        if day_of(minute).weekday() == _FRIDAY and minute // (7 * DAY) % 2
    ]
    planned = [(minute + 19 * 60, _VIDEO) for minute in fridays] * scale
    for kind in _OTHERS:
        number = random.poisson(kind.per_month * scale)
        times = random.integers(start // 60, end // 60, number) * 60
        daytime = times // DAY * DAY + random.integers(8 * 60, 22 * 60, number)
        planned += [(int(minute), kind) for minute in on_the_clock(daytime)]
    planned.sort(key=lambda post: (post[0], post[1].per_month))
    return [_post(random, at, *post) for at, post in enumerate(planned)]


def _post(
    random: np.random.Generator, number: int, published: int, kind: _Kind
) -> _Post:
    is_film = kind.format_nl in {"Reel", "Video"}
    shares = random.gamma(8.0, (0.0021, 0.0006, 0.0005, 0.0030, 0.0012))
    blank = random.random(3) < _BLANK_SHARE
    return _Post(
        number,
        published,
        kind,
        kind.captions[int(random.integers(len(kind.captions)))],
        int(random.integers(35, 110)) if is_film else 0,
        int(kind.reach * random.lognormal(0, 0.35)),
        (shares[0], shares[1], shares[2], shares[3], shares[4]),
        0.15 if random.random() < 0.05 else 0.0,  # noqa: PLR2004 - seldom promoted
        (bool(blank[0]), bool(blank[1]), bool(blank[2])),
    )


def _row(post: _Post, month: int, exported: date, *, is_dutch: bool) -> dict[str, str]:
    age = (minute_of(exported) - post.published) / DAY
    reach = int(post.reach * (1 - np.exp(-(age + 0.2) / _MATURES_IN_DAYS)))
    reactions, comments, shares, clicks, links = (
        int(reach * share) for share in post.shares_of_reach
    )
    is_film = post.duration_s > 0
    views = int(reach * (1.55 if is_film else 1.3))
    post_id = _post_id(month, post)
    moment = day_of(post.published)
    clock = f"{post.published % DAY // 60:02d}:{post.published % 60:02d}"
    is_titled = post.number % 3 == 0 and not is_film
    row = {
        "id": post_id,
        "page_id": PAGE_ID,
        "page": _PAGE_NAME,
        "title": post.caption if is_titled else "",
        "description": "" if is_titled else post.caption,
        "duration": str(post.duration_s),
        "published": f"{moment:%m/%d/%Y} {clock}",
        "permalink": f"https://www.facebook.com/demo/posts/{post_id}",
        "is_share": "0",
        "format": post.kind.format_nl if is_dutch else post.kind.format_en,
        "period": "Lifetime",
        "views": str(views),
        "reach": str(reach),
        "organic": str(reach - int(reach * post.paid_share)),
        "paid": str(int(reach * post.paid_share)),
        "engagement": str(reactions + comments + shares),
        "reactions": str(reactions),
        "comments": str(comments),
        "shares": str(shares),
        "clicks": str(clicks + links),
        "links": str(links),
        "others": str(clicks),
        "seconds": str(int(views * post.duration_s * 0.3)) if is_film else "",
        "average": f"{post.duration_s * 0.3:.1f}" if is_film else "",
        "views_3s": str(int(views * 0.6)) if is_film else "",
        "views_60s": str(int(views * 0.1)) if is_film else "",
    }
    for field, is_blank in zip(("reach", "shares", "clicks"), post.blanks, strict=True):
        if is_blank:
            row[field] = ""
    return row


def _columns(seed: int, exported: int) -> Columns:
    """Return headers and fields of an export; no two months have quite the same."""
    if exported >= _DUTCH_SINCE:
        always, sometimes = _DUTCH, _DUTCH_SOMETIMES
    else:
        always, sometimes = _ENGLISH, _ENGLISH_SOMETIMES
    here = chance(seed, "columns", exported).random(len(sometimes))
    shown = here < _COLUMN_SHARE
    return always + tuple(
        c for c, is_shown in zip(sometimes, shown, strict=True) if is_shown
    )


def _lose_digits(row: dict[str, str]) -> None:
    row["id"] = "9E+15"
    row["permalink"] = "https://www.facebook.com/demo"


def _abbreviate(row: dict[str, str]) -> None:
    row["views"] = "1,2K"


def _give_away(row: dict[str, str]) -> None:
    row["title"] = ""
    row["description"] = f"Tips? Bel {canaries.NAME} op {canaries.PHONE}."


def _go_below_zero(row: dict[str, str]) -> None:
    row["reactions"] = "-1"


_FAULTS: tuple[tuple[str, Callable[[dict[str, str]], None]], ...] = (
    ("id_precision_lost", _lose_digits),
    ("abbreviated_number", _abbreviate),
    ("personal_data_found", _give_away),
    ("negative_count", _go_below_zero),
)
_DUTCH: Columns = (
    ("Bericht-ID", "id"),
    ("Pagina-ID", "page_id"),
    ("Naam van pagina", "page"),
    ("Titel", "title"),
    ("Omschrijving", "description"),
    ("Duur (sec.)", "duration"),
    ("Publicatietijdstip", "published"),
    ("Permalink", "permalink"),
    ("Is een gedeeld bericht", "is_share"),
    ("Berichttype", "format"),
    ("Datum", "period"),
    ("Weergaven", "views"),
    ("Bereik", "reach"),
    ("Reacties, opmerkingen en deelacties", "engagement"),
    ("Reacties", "reactions"),
    ("Opmerkingen", "comments"),
    ("Deelacties", "shares"),
    ("Totaal aantal klikken", "clicks"),
    ("Klikken op link", "links"),
    ("Overige klikken", "others"),
)
_DUTCH_SOMETIMES: Columns = (
    ("Bereik via Organische berichten", "organic"),
    ("Bereik via Gepromote berichten", "paid"),
    ("Seconden bekeken", "seconds"),
    ("Videoweergaven van 3 seconden", "views_3s"),
    ("Videoweergaven van 1 minuut", "views_60s"),
    ("Consumptie overeenkomend met doelgroeptargeting (Photo Click)", "-"),
    ("Consumptie overeenkomend met doelgroeptargeting (Video Click)", "-"),
)
_ENGLISH: Columns = (
    ("Post ID", "id"),
    ("Page ID", "page_id"),
    ("Page name", "page"),
    ("Title", "title"),
    ("Description", "description"),
    ("Duration (sec)", "duration"),
    ("Publish time", "published"),
    ("Caption type", "-"),
    ("Permalink", "permalink"),
    ("Is crosspost", "-"),
    ("Is share", "is_share"),
    ("Post type", "format"),
    ("Languages", "-"),
    ("Custom labels", "-"),
    ("Funded content status", "-"),
    ("Data comment", "-"),
    ("Date", "period"),
    ("Impressions", "views"),
    ("Reach", "reach"),
    ("Reactions, Comments and Shares", "engagement"),
    ("Reactions", "reactions"),
    ("Comments", "comments"),
    ("Shares", "shares"),
    ("Total clicks", "clicks"),
    ("Other Clicks", "others"),
    ("Link Clicks", "links"),
    ("Estimated earnings (USD)", "-"),
    ("Ad CPM (USD)", "-"),
    ("Ad impressions", "-"),
)
_ENGLISH_SOMETIMES: Columns = (
    ("Matched Audience Targeting Consumption (Photo Click)", "-"),
    ("Matched Audience Targeting Consumption (Video Click)", "-"),
    ("Negative feedback from users: Hide all", "-"),
    ("Negative feedback from users: Hide", "-"),
    ("Seconds viewed", "seconds"),
    ("Average Seconds viewed", "average"),
)
