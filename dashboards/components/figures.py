"""Figures, dates and codes as people read them."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

import pandas as pd
from babel import dates, numbers

from dashboards.locales import language, locale
from dashboards.locales import translate as _
from wijkbeeld.local_time import ZONE

PRIORITY = ("1.1.1", "1.2.1", "1.2.3")
"""What the briefing begins with: burglary, theft from cars, theft of bicycles."""
UNKNOWN = "–"
WITHHELD = "<5"
_LINK = re.compile(r"://|www\.|(?<=\w)@", re.IGNORECASE)
_KB, _MB = 1_000, 1_000_000
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=@/])")


def count(
    value: float, *, is_small: object = False, is_lower_bound: object = False
) -> str:
    """Return a count; one that is withheld or unknown is never a zero.

    Args:
        value: The count; null when it is withheld or unknown.
        is_small: It is withheld because it is small.
        is_lower_bound: There are at least so many.
    """
    if pd.isna(value):
        return WITHHELD if _true(is_small) else UNKNOWN
    if _true(is_lower_bound):
        return f"≥ {_written(down(value), None, locale())}"
    return _written(round(float(value)), None, locale())


def down(value: float) -> int:
    """Return the whole number of which there surely are as many."""
    # What is a hair less than a whole number was one before it was computed with.
    return math.floor(round(float(value), 6))


def up(value: float) -> int:
    """Return the whole number of which there surely are not more."""
    return math.ceil(round(float(value), 6))


def about(value: float, *, is_rounded: bool) -> str:
    """Return a count for a sentence; one in whole fives is *about* so many.

    Args:
        value: The count; null when it is withheld because it is small.
        is_rounded: It is one of those for residents.
    """
    text = count(value, is_small=True)
    if not is_rounded or pd.isna(value) or not value:
        return text
    return _("ongeveer {count}").format(count=text)


def at_least(value: float, is_lower_bound: object) -> str:
    """Return a count for a sentence: ``ten minste 12`` where it may be more."""
    if pd.isna(value) or not _true(is_lower_bound):
        return count(value)
    return _("ten minste {count}").format(count=count(down(value)))


def or_more(value: float) -> str:
    """Return a rounded count to which some may be added: ``15 of meer``."""
    return _("{count} of meer").format(count=count(value))


def decimal(value: float, digits: int = 1, *, is_lower_bound: object = False) -> str:
    """Return a number with decimals; an unknown one is no zero."""
    if pd.isna(value):
        return UNKNOWN
    pattern = "#,##0." + "0" * digits
    if _true(is_lower_bound):
        least = down(10**digits * value) / 10**digits
        return f"≥ {_written(least, pattern, locale())}"
    return _written(float(value), pattern, locale())


# A table of hundreds of rows says the same few numbers again and again.
@lru_cache(maxsize=4096)
def _written(value: float, pattern: str | None, locale: str) -> str:
    return numbers.format_decimal(value, pattern, locale=locale)


def span(lower: float, upper: float) -> str:
    """Return ``9 tot 21``; nothing is said when a bound is unknown."""
    if pd.isna(lower) or pd.isna(upper):
        return UNKNOWN
    if round(float(lower)) == round(float(upper)):
        return count(lower)
    return _("{lower} tot {upper}").format(lower=count(lower), upper=count(upper))


def between(lower: float, upper: float) -> str:
    """Return ``9 tot 21``, or ``≥ 9`` when nobody knows how many there are at most."""
    if pd.isna(lower) or pd.isna(upper):
        return count(lower, is_lower_bound=True)
    return span(down(lower), up(upper))


def interval(value: float, lower: float, upper: float, digits: int = 1) -> str:
    """Return ``5,9 (3,5 tot 9,1)``, or the value alone where no interval is known."""
    text = decimal(value, digits)
    if pd.isna(value) or pd.isna(lower) or pd.isna(upper):
        return text
    ends = _("{lower} tot {upper}").format(
        lower=decimal(lower, digits), upper=decimal(upper, digits)
    )
    return f"{text} ({ends})"


def percent(share: float) -> str:
    """Return a share as ``31 %``."""
    return UNKNOWN if pd.isna(share) else f"{count(100 * share)} %"


def percent_interval(share: float, lower: float, upper: float) -> str:
    """Return ``31 % (25 tot 38)``; nothing is said when a bound is unknown."""
    if pd.isna(share) or pd.isna(lower) or pd.isna(upper):
        return UNKNOWN
    return f"{percent(share)} ({span(100 * lower, 100 * upper)})"


_FEW_TOGETHER, _FEW_EACH = 20, 5
"""Fewer than this is no ground for a percentage (MEASURES 0.4)."""


def change(row: Mapping[str, float]) -> str:
    """Return how a year compares with the year before: ``-31 % (-50 tot -4)``.

    From few crimes it is ``van 6 naar 1``, because a percentage would say too much.

    Args:
        row: ``count_12_months``, ``count_12_months_before`` and ``change_ratio``,
            ``change_lower``, ``change_upper``.
    """
    before, ratio = row["count_12_months_before"], row["change_ratio"]
    if pd.isna(before):
        return UNKNOWN
    now = row["count_12_months"]
    if pd.isna(now):
        return UNKNOWN
    if before + now < _FEW_TOGETHER or min(before, now) < _FEW_EACH:
        return _("van {before} naar {now}").format(before=count(before), now=count(now))
    estimate, lower, upper = (
        _percent(value) for value in (ratio, row["change_lower"], row["change_upper"])
    )
    ends = _("{lower} tot {upper}").format(lower=lower, upper=upper)
    return f"{estimate} % ({ends})"


def _percent(ratio: float) -> str:
    percent = round(100 * (float(ratio) - 1))
    if not percent:
        return "0"
    return numbers.format_decimal(percent, "+#,##0;\u2212#,##0", locale=locale())


def month(value: date) -> str:
    """Return ``oktober 2026``."""
    return _written_month(value, "LLLL yyyy", locale())


def short_month(value: date) -> str:
    """Return ``oktober``, where the year is plain."""
    return _written_month(value, "LLLL", locale())


# A page names the same months some hundred times over.
@lru_cache(maxsize=2048)
def _written_month(value: date, form: str, spoken: str) -> str:
    return dates.format_date(value, form, locale=spoken)


def day(value: datetime) -> str:
    """Return the local day of an instant in UTC, or of a local date."""
    if pd.isna(value):
        return UNKNOWN
    return dates.format_date(value, "d MMMM yyyy", locale=locale())


def moment(value: datetime) -> str:
    """Return the local day and time of an instant in UTC."""
    if pd.isna(value):
        return UNKNOWN
    local = value.replace(tzinfo=UTC).astimezone(ZONE)
    return dates.format_datetime(local, "d MMMM yyyy HH:mm", locale=locale())


def size(value: float) -> str:
    """Return a number of bytes as people read it."""
    if pd.isna(value):
        return UNKNOWN
    if value < _KB:
        return f"{count(value)} B"
    if value < _MB:
        return f"{decimal(value / _KB)} kB"
    return f"{decimal(value / _MB)} MB"


def plain(text: object) -> str:
    """Return text of others so that no markdown in it is taken for markdown."""
    if pd.isna(text):
        return UNKNOWN
    # An address stays a link even when escaped; a sign of no width breaks it.
    broken = _LINK.sub("\\g<0>\u200b", " ".join(str(text).split()))
    return _MARKDOWN.sub(r"\\\1", broken)


def status(code: object) -> str:
    """Return the verdict of ``rpt_area_scan.status`` in the reader's language."""
    return {
        "higher": _("meer dan verwacht"),
        "lower": _("minder dan verwacht"),
        "as expected": _("zoals verwacht"),
        "too few to say": _("te weinig om iets te zeggen"),
    }.get(str(code), _("geen oordeel"))


def verdict(code: object) -> str:
    """Return the verdict with its sign; an unknown one is only a dash."""
    known = str(code) in SIGNS
    return f"{sign(code)} {status(code)}" if known else UNKNOWN


SIGNS = {"higher": "▲", "lower": "▼", "as expected": "●", "too few to say": "○"}


def sign(code: object) -> str:
    """Return the sign of a verdict, which tells it apart without colour."""
    return SIGNS.get(str(code), UNKNOWN)


def offence(row: Mapping[str, object]) -> str:
    """Return the name of an offence: the team's own word where it has one."""
    own = {
        "1.1.1": _("Woninginbraak"),
        "1.2.1": _("Autokraak"),
        "1.2.3": _("Fietsendiefstal"),
    }.get(str(row["offence_code"]))
    return own or str(row[f"offence_name_{language()}"])


def priorities() -> dict[str, str]:
    """Return the names of what the briefing begins with, by code."""
    return {code: offence({"offence_code": code}) for code in PRIORITY}


def team(code: object) -> str:
    """Return the code of a watch team as people say it."""
    return str(code).removeprefix("WT-").replace("-", " ").capitalize()


def base(code: object) -> str:
    """Return what a rate is per thousand of."""
    return {
        "dwellings": _("per 1.000 woningen"),
        "inhabitants": _("per 1.000 inwoners"),
    }.get(str(code), _("per 1.000"))


def rate_note(code: object) -> str:
    """Return why there is no rate."""
    if code is None or pd.isna(code):
        return UNKNOWN
    return {
        "missing_months": _("geen twaalf volledige maanden"),
        "suppressed": _("niet alle maanden zijn bekend of getoond"),
        "no_denominator": _("aantal woningen of inwoners onbekend"),
        "not_residential": _("geen woongebied"),
        "low_denominator": _("te klein of te zeldzaam voor een cijfer per 1.000"),
        "definition_break": _("er wordt mogelijk anders geteld dan daarvoor"),
    }.get(str(code), str(code))


def source(code: object) -> str:
    """Return the name of the source of the counts."""
    return {
        "police__incidents": _("incidenten van het team"),
        "police__open_data": _("open data van de politie"),
    }.get(str(code), str(code))


def channel(code: object) -> str:
    """Return the name of a channel."""
    return {
        "facebook": "Facebook",
        "x": "X",
        "instagram": "Instagram",
        "whatsapp": "WhatsApp",
        "newspaper": _("Wijkkrant"),
        "briefing": _("Briefing"),
        "website": _("Website"),
    }.get(str(code), str(code))


def post_format(code: object) -> str:
    """Return the name of the form of a post; a platform need not tell it."""
    if pd.isna(code):
        return UNKNOWN
    return {
        "carousel": _("Carrousel"),
        "story": _("Verhaal"),
        "photo": _("Foto"),
        "video": _("Video"),
        "reel": _("Reel"),
        "link": _("Link"),
        "text": _("Tekst"),
        "other": _("Anders"),
    }.get(str(code), str(code))


def theme(code: object) -> str:
    """Return the name of a theme."""
    return {
        "woninginbraak": _("Woninginbraak"),
        "schuurinbraak": _("Schuurinbraak"),
        "autokraak": _("Autokraak"),
        "voertuigdiefstal": _("Voertuigdiefstal"),
        "fietsendiefstal": _("Fietsendiefstal"),
        "straatroof_overval": _("Straatroof en overval"),
        "geweld": _("Geweld"),
        "vernieling": _("Vernieling"),
        "winkeldiefstal": _("Winkeldiefstal"),
        "drugs": _("Drugs"),
        "oplichting": _("Oplichting"),
        "cyber": _("Cybercrime"),
        "verkeer": _("Verkeer"),
        "jeugd": _("Jeugd"),
        "overlast": _("Overlast"),
        "getuigenoproep": _("Getuigenoproep"),
        "preventie": _("Preventie"),
        "meldingen_112": _("112-meldingen"),
        "overig": _("Overig"),
    }.get(str(code), str(code))


def organisation(code: object) -> str:
    """Return the kind of an organisation that holds a theme."""
    return {
        "police": _("politie"),
        "municipality": _("gemeente"),
        "housing_corporation": _("corporatie"),
        "school": _("school"),
        "other": _("overig"),
    }.get(str(code), str(code))


def indicator(code: object) -> str:
    """Return what a goal is measured by."""
    return {
        "crime_count": _("misdrijven"),
        "rate_per_1000": _("misdrijven per 1.000"),
        "patrol_hours": _("uren buurtpreventie"),
        "reach_per_1000": _("bereik per 1.000"),
        "has_prefix_share": _("oproepen met de afgesproken woorden"),
        "response_minutes": _("minuten tot een reactie"),
        "attendance": _("bezoekers"),
    }.get(str(code), str(code))


def signed(value: float) -> str:
    """Return ``+1,5``, or with a minus: by how much something moves."""
    if pd.isna(value):
        return UNKNOWN
    pattern = "+#,##0.#;\u2212#,##0.#" if value else "0"
    return numbers.format_decimal(round(float(value), 1), pattern, locale=locale())


def _true(flag: object) -> bool:
    return not pd.isna(flag) and bool(flag)
