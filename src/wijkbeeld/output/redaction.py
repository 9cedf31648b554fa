"""What may not stand in a text for residents: persons, homes, health, the young.

The patterns of names, numbers and addresses are those of landing (``personal``); here
they are sharper, because a person reads what is found and can write it otherwise. It
finds words and patterns, not meaning: whoever releases a text reads it as well.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from wijkbeeld import reference
from wijkbeeld.landing import personal
from wijkbeeld.landing.appeals import INVISIBLE
from wijkbeeld.language import later, say


class Rule(StrEnum):
    """What a text may not hold; where two find the same, the first is told."""

    EMAIL = "email"
    IBAN = "iban"
    PHONE = "phone"
    BSN = "bsn"
    PLATE = "plate"
    ADDRESS = "address"
    POSTCODE = "postcode"
    NAME = "name"
    MINOR = "minor"
    MEDICAL = "medical"
    STREET = "street"
    """Only in what is told almost live."""
    TIME = "time"
    """Only in what is told almost live."""


class Finding(NamedTuple):
    """Something that may not stand there; what it is exactly is not repeated."""

    rule: Rule
    line: int
    column: int
    masked: str
    """The first character of each word, which is enough to find it again."""

    @property
    def what(self) -> str:
        """Say what was found."""
        return say(_WHAT[self.rule])

    @property
    def remedy(self) -> str:
        """Say what to do about it."""
        return say(_REMEDIES[self.rule])

    def __str__(self) -> str:
        """Say it in one line, for whoever wrote the text."""
        return say(
            "regel {line}, teken {column}: {what} ({masked}). {remedy}",
            line=self.line,
            column=self.column,
            what=self.what,
            masked=self.masked,
            remedy=self.remedy,
        )


_WHAT = {
    Rule.EMAIL: later("een e-mailadres"),
    Rule.IBAN: later("een rekeningnummer"),
    Rule.PHONE: later("een telefoonnummer"),
    Rule.BSN: later("een burgerservicenummer"),
    Rule.PLATE: later("een kenteken"),
    Rule.ADDRESS: later("een adres met huisnummer"),
    Rule.POSTCODE: later("een postcode"),
    Rule.NAME: later("een naam van een persoon"),
    Rule.MINOR: later("iets over een minderjarige"),
    Rule.MEDICAL: later("iets over iemands gezondheid"),
    Rule.STREET: later("een straat"),
    Rule.TIME: later("een tijd op de klok"),
}
_NUMBERS = later("Alleen 112, 0900-8844 en 0800-7000 mogen.")
_REMEDIES = {
    Rule.EMAIL: later("Haal het weg, of verwijs naar politie.nl."),
    Rule.IBAN: later("Haal het weg."),
    Rule.PHONE: _NUMBERS,
    Rule.BSN: later("Haal het weg."),
    Rule.PLATE: later("Haal het weg, of schrijf alleen: een auto."),
    Rule.ADDRESS: later("Noem alleen de straat of de buurt."),
    Rule.POSTCODE: later("Noem alleen de buurt."),
    Rule.NAME: later("Schrijf bijvoorbeeld: een man, een bewoner, de wijkagent."),
    Rule.MINOR: later("Haal de leeftijd weg, en schrijf: iemand."),
    Rule.MEDICAL: later("Haal het weg, of schrijf: iemand kreeg hulp."),
    Rule.STREET: later("Noem alleen de buurt of de wijk."),
    Rule.TIME: later("Schrijf bijvoorbeeld: aan het begin van de avond."),
}

_PARTICLE = r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er|[Ee]l|[Ll]a|'t) )"
_DIGIT_WORDS = (
    "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien",
)  # fmt: skip
_YOUNG = rf"(?:1[0-7]|0?\d|{'|'.join(_DIGIT_WORDS)}|één)"
_HOUR = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
    r"|[01]?\d|2[0-4])"
)
_SURELY_STREETS = "straat|laan|plein|kade|gracht|singel|dreef|plantsoen"
"""As no surname ends: there is a Westerhof and a Hoogendijk in every town."""
_STREET_ENDS = f"{_SURELY_STREETS}|weg|steeg|dijk|pad|hof"
# The numbers of the police, however they are written.
_ALLOWED = re.compile(r"(?<!\d)(?:112|0900[ -]?8844|0800[ -]?7000)(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])[:.][0-5]\d(?!\d)")
# Which are no telephone numbers; one in groups of two is neither a date nor a time.
_NO_PHONE = re.compile(
    rf"(?<!\d[-./:])(?:{_DATE.pattern}|{_CLOCK.pattern})(?![-./:]\d)"
)
_PATTERNS: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (
        Rule.PHONE,
        re.compile(r"(?<![\d/])(?:\+31|0031|0)(?:[ ().\-/\u2013]{0,3}\d){9}(?!\d)"),
    ),
    # Plates with blanks, of Belgium, and whatever is called one.
    (
        Rule.PLATE,
        re.compile(
            personal.PLATE.pattern.replace("-?", "[- ]")
            + r"|(?<!\w)\d-[A-Z]{3}-\d{3}(?!\w)"
        ),
    ),
    (
        Rule.PLATE,
        re.compile(
            r"\b(?:[Kk]enteken(?:nummer|plaat)?|[Ll]icen[cs]e plate|[Nn]umber plate)"
            r"(?: is| was| begint met| eindigt op| met|:)* "
            r"(?=[A-Za-z-]*\d)[A-Za-z0-9]+(?:[- ](?=[A-Z0-9])[A-Z0-9]+)*"
        ),
    ),
    (
        Rule.ADDRESS,
        re.compile(
            rf"\b[a-z']{{3,}}(?:{_STREET_ENDS}),? (?:nr\.? |nummer |huisnummer )?"
            r"\d{1,4}(?: ?[a-z])?\b(?![.:]\d| ?%| uur| keer| jaar| dagen| weken"
            r"| maanden| minuten| auto| fiets| woning| man| mensen| personen)",
            re.IGNORECASE,
        ),
    ),
    (
        Rule.ADDRESS,
        re.compile(
            r"\b(?:huisnummers?|house numbers?|op nummer|nr\.) ?\d{1,5}(?: ?[a-z])?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Rule.POSTCODE,
        re.compile(
            r"(?<![\w-])(?:(?!19|20)[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}"
            r"|[1-9]\d{3}(?!SA|SD|SS|KM|KG)[A-Z]{2}|(?!19|20)[1-9]\d{3}"
            r"(?!km|kg|cm|mm|ml|de|en|ka|ke|st|th|nd|rd)[a-z]{2})(?![\w-])"
        ),
    ),
    (
        Rule.NAME,
        re.compile(
            r"\b(?:heet|genaamd|mijn naam is|noemt zich|roepnaam|bijnaam)"
            rf" {_PARTICLE}*[A-Z][\w'-]+"
        ),
    ),
    (Rule.MINOR, re.compile(rf"(?<![\w-]){_YOUNG}[ -]?jarig(?:e|en)?\b", re.I)),
    (
        Rule.MINOR,
        re.compile(
            rf"(?<![\w-])(?:{_YOUNG} jaar (?:oud|jong)|leeftijd van {_YOUNG}(?![\w-])"
            rf"|{_YOUNG}[ -]years?[ -]old|aged {_YOUNG}(?![\w-]))",
            re.IGNORECASE,
        ),
    ),
)
_LIVE: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (Rule.TIME, _CLOCK),
    (
        Rule.TIME,
        re.compile(
            rf"(?<![\w-])(?:{_HOUR} ?(?:uur|u)(?![\w-])(?! lang| later| geleden)"
            rf"|(?:kwart|{_HOUR}|twintig)(?: minuten)? (?:voor|over) (?:half )?{_HOUR}"
            rf"(?![\w-])|half {_HOUR}(?![\w-]))",
            re.IGNORECASE,
        ),
    ),
    (
        Rule.STREET,
        re.compile(
            rf"\b(?:[A-Z][\w'.-]*(?:{_STREET_ENDS})\b"
            r"|(?:Laan|Weg|Plein|Kade|Singel) (?:van|der|op|aan)(?: (?:de|het|den))?"
            r" [A-Z][\w'-]+"
            rf"|[A-Z][a-z]+ (?:{_STREET_ENDS.title()})\b)"
        ),
    ),
)


def findings(text: str, *, is_live: bool = False) -> list[Finding]:
    """Return all that may not be published, in the order of the text.

    Args:
        text: As it would be published.
        is_live: Whether it tells of calls that came in this evening; then a street
            and a time on the clock are found as well.
    """
    clean = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return [
        Finding(
            rule,
            line=clean.count("\n", 0, start) + 1,
            column=start - (clean.rfind("\n", 0, start) + 1) + 1,
            masked=_masked(clean[start:end]),
        )
        for start, end, rule in _told_once(_found(clean, is_live=is_live))
    ]


_Span = tuple[int, int, Rule]


def _told_once(found: Iterable[_Span]) -> list[_Span]:
    """Leave out what lies within what was found already."""
    order = list(Rule)
    told: list[_Span] = []
    for start, end, rule in sorted(
        found, key=lambda span: (span[0], -span[1], order.index(span[2]))
    ):
        if not any(s <= start and end <= e for s, e, _rule in told):
            told.append((start, end, rule))
    return told


def _masked(fragment: str) -> str:
    return " ".join(f"{word[0]}…" for word in fragment.split())


def _found(text: str, *, is_live: bool) -> Iterator[_Span]:
    rest = _blank(_blank(text, _ALLOWED), _any_of(_words()["no_streets"]))
    yield from _shared(rest)
    undated = _blank(rest, _NO_PHONE)
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(undated if rule is Rule.PHONE else rest):
            if rule is not Rule.MINOR or not _is_no_age(text, match.end()):
                yield (*match.span(), rule)
    for rule, pattern in (*_word_lists(), *(_LIVE if is_live else ())):
        for match in pattern.finditer(text):
            if rule is not Rule.STREET or not _is_no_street(match[0]):
                yield (*match.span(), rule)
    yield from _names(text)


_OF_LANDING: dict[personal.Kind, Rule] = {
    "plate": Rule.PLATE,
    "phone": Rule.PHONE,
    "postcode": Rule.POSTCODE,
    "iban": Rule.IBAN,
    "email": Rule.EMAIL,
    "bsn": Rule.BSN,
    "house": Rule.ADDRESS,
}


def _shared(text: str) -> Iterator[_Span]:
    """Yield what landing finds as well; of names more is asked here."""
    for kind, start, end in personal.located(text):
        # What stands before the @ belongs to it; "BU05181795" is the code of a buurt.
        before = max(text.rfind(blank, 0, start) for blank in " \t\n\r<") + 1
        is_code = kind == "phone" and text[start - 1 : start].isalpha()
        is_count = kind == "house" and _is_count(text, start, end)
        if kind in _OF_LANDING and not (is_code or is_count):
            yield before if kind == "email" else start, end, _OF_LANDING[kind]


def _is_count(text: str, start: int, end: int) -> bool:
    """Tell whether it is the name of a buurt beside its count, as in a table."""
    return any(
        start < place.end() <= end and text[place.end() : end].strip(", ")[:1].isdigit()
        for place in _places().finditer(text)
    )


def _names(text: str) -> Iterator[_Span]:
    """Yield names of persons; places, streets and organisations are none."""
    rest = _blank(text, _no_persons())
    for kind, start, end in personal.located(rest):
        if kind == "name":
            yield start, end, Rule.NAME
    for match in _named_by_role().finditer(rest):
        yield (*match.span(), Rule.NAME)
    for match in _given_names().finditer(rest):
        if _is_person(rest, match):
            yield (*match.span(), Rule.NAME)


def _is_person(text: str, match: re.Match[str]) -> bool:
    word, words = match[0], _words()
    if not word[0].isupper():
        return word.title() not in words["words_in_small_letters"] + words["also_words"]
    if word.title() not in words["also_words"]:
        return True
    before = text[: match.start()].rstrip(" \"'(*_~")
    is_first = not before or before[-1] in ".!?:\n"
    return not is_first and not re.search(r"\b(?:[Dd]e|[Hh]et|[Ee]en|the)$", before)


def _is_no_age(text: str, end: int) -> bool:
    following = re.match(r" +(\w+)", text[end:])
    return bool(following) and following[1].lower() in _words()["not_aged"]  # type: ignore[index]


def _is_no_street(found: str) -> bool:
    return found in _words()["no_streets"] or bool(_places().fullmatch(found))


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """Replace by blanks, so that all else stays where it is."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


@cache
def _words() -> dict[str, list[str]]:
    path = resources.files(__package__).joinpath("redaction.yml")
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {name: [str(word) for word in words] for name, words in read.items()}


@cache
def _word_lists() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    aged = "|".join(map(re.escape, _words()["aged"]))
    return (
        (Rule.MEDICAL, _any_of(_words()["medical"])),
        (Rule.MINOR, _any_of(_words()["minors"])),
        (
            Rule.MINOR,
            re.compile(rf"\b(?:{aged}) (?:van|of) {_YOUNG}(?![\w:.-]\w)\b", re.I),
        ),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w])", re.IGNORECASE)


@cache
def _given_names() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w@.-])(?:{'|'.join(personal.given_names())})(?!\w)", re.I
    )


@cache
def _named_by_role() -> re.Pattern[str]:
    roles = "|".join(
        f"[{role[0].upper()}{role[0]}]{role[1:]}" for role in _words()["roles"]
    )
    return re.compile(rf"\b(?:{roles}) {_PARTICLE}*[A-Z][\w'-]+")


@cache
def _places() -> re.Pattern[str]:
    buurten = reference.buurten()
    names = {
        name
        for buurt in buurten
        for name in (buurt.buurt_name, buurt.wijk_name, *buurt.former_names)
    }
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@cache
def _no_persons() -> re.Pattern[str]:
    """Return places, organisations and streets, which may be named after somebody."""
    organisations = "|".join(map(re.escape, _words()["organisations"]))
    street = rf"(?:[A-Z][\w'.-]* )?{_PARTICLE}*[A-Z][\w'.-]*(?:{_SURELY_STREETS})\b"
    return re.compile(rf"{_places().pattern}|\b(?:{organisations})\b|\b{street}")
