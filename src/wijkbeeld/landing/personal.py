"""Personal data in text: what may never be written (FORMATS 0.9)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

PLATE = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z]{2}-?\d{2}-?\d{2}|\d{2}-?\d{2}-?[A-Z]{2}"
    r"|\d{2}-?[A-Z]{2}-?\d{2}|[A-Z]{2}-?\d{2}-?[A-Z]{2}|[A-Z]{2}-?[A-Z]{2}-?\d{2}"
    r"|\d{2}-?[A-Z]{2}-?[A-Z]{2}|\d{2}-?[A-Z]{3}-?\d|\d-?[A-Z]{3}-?\d{2}"
    r"|[A-Z]{2}-?\d{3}-?[A-Z]|[A-Z]-?\d{3}-?[A-Z]{2}|[A-Z]{3}-?\d{2}-?[A-Z]"
    r"|[A-Z]-?\d{2}-?[A-Z]{3}|\d-?[A-Z]{2}-?\d{3}|\d{3}-?[A-Z]{2}-?\d)"
    r"(?![A-Z0-9-])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<!\d)(?:\+31|0031|0)[ -]?(?:\(0\))?[ -]?"
    r"(?:6(?:[ -]?\d){8}|[1-57-9]\d{0,2}(?:[ -]?\d){6,8})(?!\d)"
)
_POSTCODE_NUMBER = re.compile(
    r"(?<!\w)[1-9]\d{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])[ ,]*\d{1,5}"
    r"(?: ?-?[A-Za-z0-9]{1,4})?(?!\w)"
)
_IBAN = re.compile(r"\bNL\d{2} ?[A-Z]{4}(?: ?\d{4}){2} ?\d{2}\b")
# The same as [^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}, begun at the @: linear on long texts.
_EMAIL = re.compile(r"(?<=[^\s@<>])@[^\s@<>]+\.[A-Za-z]{2,}")
_BSN = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
_DIGIT_OR_AT = re.compile(r"[\d@]")
"""What all of these have in them: most texts do not, and that is sooner seen."""
_ALLOWED_NUMBERS = re.compile(r"(?<!\d)(?:112|0900-8844|0800-7000)(?!\d)")

Kind = Literal["plate", "phone", "postcode", "iban", "email", "bsn", "house", "name"]


class Located(NamedTuple):
    """Where something personal stands in a text."""

    kind: Kind
    start: int
    end: int


@cache
def given_names() -> tuple[str, ...]:
    """Return common given names, with a capital."""
    path = resources.files(__package__).joinpath("given_names.txt")
    return tuple(path.read_text("utf-8").split())


_HOUSE = re.compile(
    r"\b[A-Z][\w'.-]*(?:straat|laan|weg|plein|hof|pad|kade|singel|dreef|dijk|gracht"
    r"|park|steeg|plantsoen|zoom|haven|erf|veld|duin|burg|markt|hoek|oord|ring)"
    r",? (?:(?:nr|no|nummer|huisnummer)\.? ?)?"
    r"\d{1,5}(?!\d|[.:]\d| uur| (?:jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec))"
    r"(?:[ -]?[A-Za-z])?\b"
)
_TITLED = re.compile(
    r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Ff]amilie|[Ff]am)\b\.?"
    r" (?:[A-Z]\.? ?)*(?:(?:van|de|der|den|ten|ter|het|'t|el|la|v\.d\.) ?)*[A-Z][\w'-]+"
)
_INITIALLED = re.compile(
    r"(?<![\w.])(?:[A-Z]\.){1,4} ?"
    r"(?:(?:van|de|der|den|ten|ter|el|la) )*[A-Z][a-z][\w'-]+"
)
_NAMED = re.compile(
    rf"\b(?:{'|'.join(given_names())}) (?:(?:van|de|der|den|ten|ter|het|'t|el|la) )*"
    r"[A-Z][\w'-]+"
)
"""A full name: its first part is common, for a place may have two capitals as well."""
_BSN_PRIME = 11
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def possibly_in(text: str, *, is_own: bool) -> str:
    """Return SQL that holds wherever ``found_in`` does, or ``found_in_own``.

    It may hold elsewhere too, and is only sure of a text of which each character is
    one of ``values.ORDINARY``.

    Args:
        text: SQL of the text.
        is_own: Whether we wrote the text.
    """
    return (
        f"({_has(text, pattern(is_own=is_own))} or case when "
        f"{_has(text, any_phone())} then {_has(blanked(text), any_phone())} "
        "else false end)"
    )


def pattern(*, is_own: bool) -> str:
    """Return a pattern of RE2 that is found where ``possibly_in`` holds, or a phone."""
    patterns = [PLATE, _POSTCODE_NUMBER, _IBAN, _EMAIL, _BSN]
    if is_own:
        patterns += [_HOUSE, _TITLED, _INITIALLED, _NAMED]
    return "|".join(map(_loosely, patterns))


def any_phone() -> str:
    """Return a pattern of RE2 for telephone numbers, also some that are allowed."""
    phone = re.sub(r"\(\?<?!\\d\)", "", _PHONE.pattern)
    return phone.replace("[ -]?", f"(?:[ -]|{_allowed()})?")


def blanked(text: str) -> str:
    """Return SQL of a text without the telephone numbers that are allowed."""
    # They are blanks to a phone, also one that was not replaced since it shares a
    # blank with the one before.
    allowed = quoted(rf"(^|\D){_allowed()}(\D|$)")
    return rf"regexp_replace({text}, {allowed}, '\1 \2', 'g')"


def surely_in(text: str, *, is_own: bool) -> str:
    """Return SQL that holds only where ``found_in`` does, or ``found_in_own``.

    It is only sure of a text that is ASCII. There a pattern of RE2 that takes its
    neighbours in says the same as one that looks beside it.
    """
    patterns = [PLATE, _POSTCODE_NUMBER, _IBAN, _EMAIL]
    if is_own:
        patterns += [_TITLED, _INITIALLED, _NAMED]
    others = _has(text, "|".join(map(_edged, patterns)))
    phone = f"{_has(text, _edged(_PHONE))} and not {_has(text, _allowed())}"
    return f"({others} or ({phone}))"


def _allowed() -> str:
    return _ALLOWED_NUMBERS.pattern.replace(r"(?<!\d)", "").replace(r"(?!\d)", "")


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _has(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, {quoted(pattern)})"


def _loosely(pattern: re.Pattern[str]) -> str:
    """Return a pattern without what RE2 cannot do: it finds as much, or more."""
    loose = re.sub(r"\(\?!(?:[^()]|\([^()]*\))*\)", "", _edged(pattern))
    return loose.replace(r"\b", "").replace(r"[\w", r"[\wÀ-ÿ")


def _edged(pattern: re.Pattern[str]) -> str:
    """Return a pattern of which what may not stand beside a hit is a part of it."""
    edged = pattern.pattern.replace("(?<=", "(?:")
    for beside in (r"\[([^\]]*)\]", r"(\\[dw])"):
        edged = re.sub(rf"\(\?<!{beside}\)", r"(?:^|[^\1])", edged)
        edged = re.sub(rf"\(\?!{beside}\)", r"(?:[^\1]|$)", edged)
    return f"(?i:{edged})" if pattern.flags & re.IGNORECASE else edged


def found_in(text: str) -> bool:
    """Tell whether a text holds a plate, a number, an address or the like."""
    composed = unicodedata.normalize("NFKC", text)
    if not _DIGIT_OR_AT.search(composed):
        return False
    patterns = (PLATE, _POSTCODE_NUMBER, _IBAN, _EMAIL)
    return (
        any(pattern.search(composed) for pattern in patterns)
        or bool(_PHONE.search(_ALLOWED_NUMBERS.sub(" ", composed)))
        or any(_is_bsn(number) for number in _BSN.findall(composed))
    )


def found_in_own(text: str) -> bool:
    """Tell whether a text that we wrote names a person or a house, or worse."""
    composed = unicodedata.normalize("NFKC", text)
    patterns = (_HOUSE, _TITLED, _INITIALLED, _NAMED)
    return found_in(text) or any(pattern.search(composed) for pattern in patterns)


def located(text: str) -> Iterator[Located]:
    """Yield all that ``found_in_own`` finds, and where; the text is NFKC already."""
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("plate", PLATE), ("postcode", _POSTCODE_NUMBER), ("iban", _IBAN),
        ("email", _EMAIL), ("house", _HOUSE), ("name", _TITLED),
        ("name", _INITIALLED), ("name", _NAMED),
    )  # fmt: skip
    for kind, pattern in kinds:
        for match in pattern.finditer(text):
            yield Located(kind, *match.span())
    # As long as it was, so that places stay what they are.
    rest = _ALLOWED_NUMBERS.sub(lambda match: " " * len(match[0]), text)
    for match in _PHONE.finditer(rest):
        yield Located("phone", *match.span())
    for match in _BSN.finditer(text):
        if _is_bsn(match[0]):
            yield Located("bsn", *match.span())


def _is_bsn(number: str) -> bool:
    digits = map(int, number.zfill(len(_WEIGHTS)))
    total = sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True))
    return total % _BSN_PRIME == 0
