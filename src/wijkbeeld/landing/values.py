"""What a delivered value means: one value in, its canonical form or a problem out."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from wijkbeeld.local_time import ZONE

NOTHING = frozenset(
    ["", "-", "–", ".", "n.v.t.", "n/a", "onbekend", "geen data aanwezig"]
)
EXCEL_ERRORS = frozenset(
    [
        *("#N/B", "#N/A", "#WAARDE!", "#VALUE!", "#VERW!", "#REF!", "#LEEG!", "#NULL!"),
        *("#DEEL/0!", "#DIV/0!", "#NAAM?", "#NAME?", "#GETAL!", "#NUM!"),
    ]
)
TEXT_LIMIT = 32_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = " \t\r\n\u00a0\u202f\u2007\ufeff\u200b"
ORDINARY = "\\t\\n\\r -~À-ÖØ-öø-ÿ‘’“”„–—€•☀-➿🌀-🫿"  # noqa: RUF001 as they are typed
"""Characters that are the same in every composition (NFC, NFKC), for a class."""
TOTALS = frozenset(["totaal", "total", "eindtotaal"])
"""What the key of a line of totals says."""
TRUE = frozenset(["ja", "j", "1", "true", "waar", "x", "yes", "y"])
FALSE = frozenset(["nee", "n", "0", "false", "onwaar", "no"])


class Value(NamedTuple):
    """A value in canonical form, or as it came with what is wrong with it."""

    text: str | None
    problem: str | None = None
    also: str | None = None
    """A second thing that the value tells, such as whether it holds a time."""


def is_nothing(text: str) -> bool:
    """Tell whether a delivered text means that there is no value."""
    return text.strip(_SPACE).casefold() in NOTHING


def common(text: str) -> Value | None:
    """Judge what is wrong or absent in any kind of value; None if it is fine."""
    if len(text) > TEXT_LIMIT:
        return Value(None, "field_too_long")
    if is_nothing(text):
        return Value(None)
    if text.strip(_SPACE).upper() in EXCEL_ERRORS:
        return Value(text, "excel_error_value")
    if _CONTROL.search(text):
        return Value(text, "control_characters")
    return None


def free_text(text: str) -> Value:
    """Return a text as it is, in composed characters."""
    return common(text) or Value(unicodedata.normalize("NFC", text).strip(_SPACE))


def odd_text() -> str:
    """Return a pattern of RE2: what it is not found in is a text as it is.

    That is what ``free_text`` says too, for a text that is not too long.
    """
    nothing = "|".join(re.escape(word) for word in sorted(NOTHING))
    return rf"[^{ORDINARY}]|^[\t\n\r ]|[\t\n\r ]$|^#|^(?i:{nothing})$"


def key(text: str) -> Value:
    """Return an id or name on one line."""
    composed = unicodedata.normalize("NFC", text)
    return common(text) or Value(re.sub(r"\s+", " ", composed.strip(_SPACE)))


_FLOAT = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


_NO_ID = re.compile(r"[\s@]")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_IN_PARTS = r"^\+|^0(?:6|[1-57-9][0-9]{1,2})[^0-9A-Z](?:[^0-9A-Z]?[0-9]){6,8}$"
_TELEPHONE = re.compile(
    rf"(?<![0-9])(?:0[0-9]{{9}}|(?:00)?31[1-9][0-9]{{8}}|6[0-9]{{8}})(?![0-9])|{_IN_PARTS}",
    re.IGNORECASE,
)
"""What no platform gives out: its numbers may be as long, but do not begin so."""
_AS_LONG = re.compile(
    r"(?<![0-9])(?!20[0-9]{6}(?![0-9]))(?:[0-9]{8,11}|0031[0-9]{9})(?![0-9])"
    rf"|{_IN_PARTS}",
    re.IGNORECASE,
)
"""As many digits as a telephone number or a BSN has, and no date has them."""


def exact_id(text: str, shape: str = "any") -> Value:
    """Return an id; one that went through a floating point number is damaged.

    Args:
        text: The id as it was delivered.
        shape: What it may look like (``agreement.Shape``). What looks otherwise is not
            kept, since somebody may have written a name there.
    """
    value = key(text)
    if value.text and value.text.casefold() in TOTALS:
        return Value(value.text, "not_a_data_row")
    if value.text and _FLOAT.fullmatch(value.text):
        return Value(value.text, "id_precision_lost")
    if value.text and shape != "any" and not _is_shaped(value.text, shape):
        return Value(None, value.problem or "bad_id")
    return value


def _is_shaped(text: str, shape: str) -> bool:
    """Tell whether an id looks like one, and not like a name or telephone number."""
    composed = unicodedata.normalize("NFKC", text)
    if _NO_ID.search(composed):
        return False
    if shape != "word" and not any(c.isdigit() for c in composed):
        return False
    number = _TELEPHONE if shape == "platform" else _AS_LONG
    return bool(_UUID.fullmatch(composed)) or not number.search(composed)


def code(text: str) -> Value:
    """Return a code in capitals."""
    value = key(text)
    if value.text is None or value.problem:
        return value
    return Value(unicodedata.normalize("NFKC", value.text).upper())


def boolean(
    text: str, true: Iterable[str] = TRUE, false: Iterable[str] = FALSE
) -> Value:
    """Return yes or no as ``true`` or ``false``."""
    word = text.strip(_SPACE).casefold()
    if word in {w.casefold() for w in true}:
        return Value("true")
    if word in {w.casefold() for w in false}:
        return Value("false")
    return common(text) or Value(text, "bad_boolean")


_DUTCH = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_COUNT, _DIGITS = 2**31 - 1, 15
"""The largest count that staging can hold, and the digits of any number."""
_ABBREVIATED = re.compile(r"-?[0-9][0-9.,]*\s*(?:k|m|mln|dzd|mld|b)\.?", re.IGNORECASE)


def notation(texts: Iterable[str | None]) -> frozenset[bool]:
    """Return what decides how the numbers of a column are read: English, Dutch."""
    return frozenset(
        is_english
        for text in texts
        if text is not None and (is_english := _decides(text)) is not None
    )


@lru_cache(1 << 16)
def _decides(text: str) -> bool | None:
    bare = _bare_number(text)
    is_english, is_dutch = bool(_ENGLISH.fullmatch(bare)), bool(_DUTCH.fullmatch(bare))
    return is_english if is_english is not is_dutch else None


def numbers(texts: list[str], *, is_english: bool, is_count: bool) -> dict[str, Value]:
    """Read the numbers of one column, Dutch or English as the column decides.

    Args:
        texts: The different values of the column.
        is_english: Notation of a value such as ``1.234``, if no value decides.
        is_count: Whether they must be whole and not negative.
    """
    plain = {text: _bare_number(text) for text in texts}
    decided = notation(texts)
    english = next(iter(decided)) if len(decided) == 1 else is_english
    undecidable = len(decided) > 1
    return {
        text: common(text)
        or _number(text, bare, english, undecidable=undecidable, is_count=is_count)
        for text, bare in plain.items()
    }


def _bare_number(text: str) -> str:
    bare = text.strip(_SPACE).replace("\u2212", "-")
    return bare[1:] if bare.startswith("+") else bare


def _number(
    text: str, bare: str, english: bool, *, undecidable: bool, is_count: bool
) -> Value:
    fits_english, fits_dutch = _ENGLISH.fullmatch(bare), _DUTCH.fullmatch(bare)
    if not (fits_english or fits_dutch):
        short = _ABBREVIATED.fullmatch(bare)
        return Value(text, "abbreviated_number" if short else "bad_number")
    if not (fits_english and fits_dutch):
        english = bool(fits_english)
    elif undecidable and not bare.lstrip("-").isdigit():
        return Value(text, "bad_number")
    group, point = (",", ".") if english else (".", ",")
    whole, _, fraction = bare.replace(group, "").partition(point)
    fraction = fraction.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    whole = sign + (digits.lstrip("0") or "0")
    is_odd = is_count and (fraction or abs(int(whole[:_DIGITS])) > _COUNT)
    if is_odd or len(whole) > _DIGITS:
        return Value(text, "bad_number")
    if not is_count:
        return Value(f"{whole}.{fraction}" if fraction else whole)
    if sign and whole != "-0":
        return Value(text, "negative_count")
    return Value(whole.removeprefix("-"))


_MONTHS = {
    **{"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5},
    **{"jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11},
    "dec": 12,
}
_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
_CLOCK = re.compile(_TIME)
_NUMERIC = re.compile(
    rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}})(?:,?\s+{_TIME})?"
)
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:[T\s]\s*{_TIME})?")
_NAMED = re.compile(
    r"([0-9]{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+([0-9]{4}|[0-9]{2})"
    rf"(?:,?\s+{_TIME})?",
    re.IGNORECASE,
)
_INSTANT = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_TIME} ?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})"
)
_MILLISECONDS = re.compile("[0-9]{13}")
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|ma|di|wo|do|vr|za|zo)\.?,?\s+(?=\S)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    rf"([a-z]{{3,9}})\.?\s+([0-9]{{1,2}}),?\s+([0-9]{{4}})(?:,?\s+{_TIME})?",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile("([0-9]{4})-([0-9]{2})")
_FRACTION = re.compile(r"0?\.[0-9]+|0|0\.0")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_EPOCHS = {"1900": datetime(1899, 12, 30), "1904": datetime(1904, 1, 1)}  # noqa: DTZ001 wall clock
_HOURS = 24


class Reading(NamedTuple):
    """How the dates of a file are to be read."""

    month_first: bool = False
    serials: str | None = None
    """Date system of the workbook, 1900 or 1904; None if it is no workbook."""


def order_of(text: str) -> str | None:
    """Tell which order of day and month a date leaves open: day, month, or None."""
    found = _NUMERIC.match(text.strip(_SPACE))
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:  # noqa: PLR2004 months
        return "day"
    return "month" if second > 12 >= first else None  # noqa: PLR2004 months


def is_without_name(text: str) -> bool:
    """Tell whether a date names no month, and no zone either."""
    bare = text.strip(_SPACE)
    is_bare = not any(c.isalpha() for c in bare) and any(c.isdigit() for c in bare)
    return is_bare and not _INSTANT.fullmatch(bare)


def local_time(day_text: str, clock_text: str, how: Reading) -> Value:
    """Read a local time, whose date and time may stand in two columns.

    Returns:
        ``YYYY-MM-DD HH:MM:SS``, and ``also`` whether a time of day was given.
    """
    shown = f"{day_text} {clock_text}".strip()
    for text in (day_text, clock_text):
        judged = common(text)
        if judged and judged.problem:
            return Value(judged.text and shown, judged.problem)
    if is_nothing(day_text):
        return Value(None) if is_nothing(clock_text) else Value(shown, "bad_date")
    try:
        day, clock = _day(day_text.strip(_SPACE), how)
        if not is_nothing(clock_text):
            clock = _clock(clock_text.strip(_SPACE), how)
        when = datetime(day.year, day.month, day.day) + (clock or timedelta())  # noqa: DTZ001 wall clock
    except (ValueError, OverflowError):
        return Value(shown, "bad_date")
    return Value(f"{when:%Y-%m-%d %H:%M:%S}".rjust(19, "0"), None, _word(clock))


def day_of_month(text: str, which: Literal["first", "last"]) -> Value:
    """Return a day of a month such as ``2026-03``, as ``local_time`` does."""
    value = key(text)
    if value.text is None or value.problem:
        return value
    found = _YEAR_MONTH.fullmatch(value.text)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 < month <= 12 or not year:  # noqa: PLR2004 months
        return Value(text, "bad_date")
    day = 1 if which == "first" else monthrange(year, month)[1]
    return Value(f"{year:04d}-{month:02d}-{day:02d} 00:00:00", None, "false")


def clock(text: str, how: Reading) -> Value:
    """Read a time of day, ``HH:MM:SS``; the end of a day is ``24:00:00``."""
    judged = common(text)
    if judged:
        return judged
    try:
        seconds = int(_clock(text.strip(_SPACE), how).total_seconds())
    except (ValueError, OverflowError):
        return Value(text, "bad_date")
    minutes, seconds = divmod(seconds, 60)
    return Value(f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}")


def _word(clock: timedelta | None) -> str:
    return "false" if clock is None else "true"


def _day(text: str, how: Reading) -> tuple[date, timedelta | None]:
    if _INSTANT.fullmatch(text) or _MILLISECONDS.fullmatch(text):
        return _local(text)
    if found := _ISO.fullmatch(text):
        year, month, day, *clock = found.groups()
        return date(int(year), int(month), int(day)), _span(*clock)
    if found := _NUMERIC.fullmatch(text):
        first, _, second, year, *clock = found.groups()
        day, month = (second, first) if how.month_first else (first, second)
        return date(_year(year), int(month), int(day)), _span(*clock)
    text = _WEEKDAY.sub("", text, count=1)
    if found := _NAMED.fullmatch(text) or _AMERICAN.fullmatch(text):
        day, name, year, *clock = found.groups()
        if day.isalpha():
            day, name = name, day
        number = _MONTHS.get(name[:3].casefold(), 0)
        return date(_year(year), number, int(day)), _span(*clock)
    if how.serials and _SERIAL.fullmatch(text):
        when = _EPOCHS[how.serials] + timedelta(seconds=round(float(text) * 86400))
        clock_of = timedelta(hours=when.hour, minutes=when.minute, seconds=when.second)
        return when.date(), clock_of or None
    raise ValueError(text)


def _local(text: str) -> tuple[date, timedelta]:
    """Return the local day and time of an instant, to the second.

    Milliseconds are those since 1970, in UTC.
    """
    if text.isdigit():
        when = datetime.fromtimestamp(int(text) // 1000, ZONE)
    else:
        when = datetime.fromisoformat(re.sub(r" (?=[+Z-])", "", text)).astimezone(ZONE)
    clock = timedelta(hours=when.hour, minutes=when.minute, seconds=when.second)
    return when.date(), clock


def _clock(text: str, how: Reading) -> timedelta:
    if found := _CLOCK.fullmatch(text):
        span = _span(*found.groups())
        if span is not None:
            return span
    if how.serials and _FRACTION.fullmatch(text):
        return timedelta(seconds=round(float(text) * 86400))
    raise ValueError(text)


def _span(hour: str | None, minute: str | None, second: str | None) -> timedelta | None:
    if hour is None:
        return None
    span = timedelta(
        hours=int(hour), minutes=int(minute or 0), seconds=int(second or 0)
    )
    is_midnight = int(hour) == _HOURS and span == timedelta(hours=_HOURS)
    if (int(hour) >= _HOURS and not is_midnight) or max(
        int(minute or 0), int(second or 0)
    ) > 59:  # noqa: PLR2004 minutes
        raise ValueError(hour)
    return span


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004 digits
