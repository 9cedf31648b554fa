"""Counts, months, days and number words as they are told, in the language spoken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel import dates, lists, numbers

from wijkbeeld.language import say, spoken

UNKNOWN = "–"
SMALL = "<5"
_DECADE, _HUNDRED, _THOUSAND = 10, 100, 1000
_FIRST_TENS = 2
"""Twenty is the first of the tens that have a word of their own."""


@dataclass(frozen=True)
class Count:
    """A count, or why there is none; a count that is withheld is no zero."""

    value: int | None
    reason: str | None = None
    """``small_count`` is 1 to 4; see ``disclosure`` for the others."""
    is_lower_bound: bool = False
    """There are at least so many."""
    is_rounded: bool = False
    """To a five, as all that residents see."""

    @property
    def is_small(self) -> bool:
        """Whether it is withheld because it is 1 to 4."""
        return self.value is None and self.reason == "small_count"

    @property
    def is_known(self) -> bool:
        """Whether something may be said of it: a number, or that it is small."""
        return self.value is not None or self.is_small

    @property
    def is_about(self) -> bool:
        """Whether the number stands for others that are near."""
        return self.is_rounded and bool(self.value)


NOT_KNOWN = Count(None)


def count(counted: Count) -> str:
    """Return a count as a figure: ``15``, ``<5``, ``≥ 12``, ``15 of meer`` or ``–``."""
    if counted.value is None:
        return SMALL if counted.is_small else UNKNOWN
    text = number(counted.value)
    if not counted.is_lower_bound:
        return text
    # A rounded one stands for less as well, so it is no bound.
    return _or_more(text) if counted.is_about else f"≥ {text}"


def label(counted: Count) -> str:
    """Return a count as a figure where there is no room for words: ``15+``."""
    if counted.is_about and counted.is_lower_bound:
        return f"{number(counted.value or 0)}+"
    return count(counted)


def aloud(counted: Count) -> str:
    """Return a count for who hears it, and sees no signs: ``minder dan 5``."""
    if counted.value is None:
        return say("minder dan 5") if counted.is_small else say("niet bekend")
    if counted.is_about and counted.is_lower_bound:
        return say("ongeveer {count}", count=count(counted))
    return at_least(number(counted.value), counted.is_lower_bound)


def _or_more(text: str) -> str:
    return say("{count} of meer", count=text)


def number(value: float) -> str:
    """Return a whole number with the separators of the language: ``1.250``."""
    return numbers.format_decimal(round(value), locale=spoken())


def times(counted: Count, *, is_about: bool = True) -> str:
    """Return a count within a sentence: ``ongeveer 15 keer``.

    Args:
        counted: A count that is known.
        is_about: Whether a rounded count is said to be one.
    """
    if counted.is_small:
        return say("minder dan 5 keer")
    value = counted.value or 0
    how_often = (
        say("één keer") if value == 1 else say("{count} keer", count=number(value))
    )
    if counted.is_lower_bound and counted.is_about:
        return say("ongeveer {count} of vaker", count=how_often)
    if counted.is_lower_bound:
        return say("ten minste {count}", count=how_often)
    if counted.is_about and is_about:
        return say("ongeveer {count}", count=how_often)
    return how_often


def at_least(text: str, is_lower_bound: bool) -> str:
    """Return a figure for a sentence: ``ten minste 12`` where it may be more."""
    return say("ten minste {count}", count=text) if is_lower_bound else text


def span(lower: float, upper: float) -> str:
    """Return ``9 tot 21``, or one number where both are the same."""
    if round(lower) == round(upper):
        return number(lower)
    return say("{lower} tot {upper}", lower=number(lower), upper=number(upper))


def month(value: date) -> str:
    """Return ``oktober 2026``."""
    return dates.format_date(value, "LLLL yyyy", locale=spoken())


def short_month(value: date) -> str:
    """Return ``oktober``, where the year is plain."""
    return dates.format_date(value, "LLLL", locale=spoken())


def axis_month(value: date) -> str:
    """Return ``okt 26``, for under a bar."""
    return dates.format_date(value, "LLL yy", locale=spoken()).replace(".", "")


def day(value: date) -> str:
    """Return ``1 januari 2027``."""
    form = "d MMMM yyyy" if spoken() == "nl" else "MMMM d, yyyy"
    return dates.format_date(value, form, locale=spoken())


def weekday(value: date) -> str:
    """Return ``donderdag 26 november``, as one is invited."""
    form = "EEEE d MMMM" if spoken() == "nl" else "EEEE, MMMM d"
    return dates.format_date(value, form, locale=spoken())


def period(first: date, last: date) -> str:
    """Return ``2025`` of a calendar year, else ``november 2025 tot en met …``."""
    if (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    return say("{first} tot en met {last}", first=month(first), last=month(last))


def listed(names: Iterable[str]) -> str:
    """Return ``a, b en c``, or ``a, b, en c en d`` where a name holds that word."""
    names = list(names)
    holds = spoken() == "nl" and any(" en " in name for name in names)
    if holds and len(names) > 1:
        return f"{', '.join(names[:-1])}, en {names[-1]}"
    return lists.format_list(names, locale=spoken())


def first(text: str) -> str:
    """Return a text with its first letter in capitals, as a sentence begins."""
    return text[:1].upper() + text[1:]


def word(value: int) -> str:
    """Return a number below a thousand as a word, any other in figures.

    A sentence does not begin with figures; ``first`` makes its capital.
    """
    if not 0 <= value < _THOUSAND:
        return number(value)
    return _dutch(value) if spoken() == "nl" else _english(value)


def _dutch(value: int) -> str:
    if value >= _HUNDRED:
        many, rest = divmod(value, _HUNDRED)
        hundreds = ("" if many == 1 else _unit(many)) + "honderd"
        return hundreds + (_dutch(rest) if rest else "")
    if value < _FIRST_TENS * _DECADE:
        return _unit(value)
    tens, rest = divmod(value, _DECADE)
    if not rest:
        return _ten(tens)
    # Vowels that would be read as one sound are kept apart: tweeëntwintig.
    joint = "ën" if _unit(rest).endswith("e") else "en"
    return f"{_unit(rest)}{joint}{_ten(tens)}"


def _english(value: int) -> str:
    if value >= _HUNDRED:
        many, rest = divmod(value, _HUNDRED)
        text = f"{_unit(many)} hundred"
        return f"{text} and {_english(rest)}" if rest else text
    if value < _FIRST_TENS * _DECADE:
        return _unit(value)
    tens, rest = divmod(value, _DECADE)
    return f"{_ten(tens)}-{_unit(rest)}" if rest else _ten(tens)


def _unit(value: int) -> str:
    words = say(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien "
        "veertien vijftien zestien zeventien achttien negentien"
    )
    return words.split()[value]


def _ten(tens: int) -> str:
    words = say("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
    return words.split()[tens - _FIRST_TENS]
