"""Published codes in deliveries: offences, regions, periods and buurten."""

import re
from collections.abc import Callable, Mapping

from wijkbeeld import reference
from wijkbeeld.landing import headers, personal, values
from wijkbeeld.landing.values import Value
from wijkbeeld.settings import settings

_REGION = re.compile(r"NL[0-9][0-9]|GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}")
_ALL = "0.0.0"
"""The sum of all kinds, in any table."""
_PERIOD = re.compile(r"[0-9]{4}(?:MM(?:0[1-9]|1[0-2])|KW0[1-4]|JJ00)")
_LABEL = re.compile(r"([0-9]{4})(?: ([a-z]+|[0-9])(?:e kwartaal)?)?")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)


def incident(text: str, offences: Mapping[str, str]) -> Value:
    """Return an incident code of the police (MK), and the offence it falls under.

    Args:
        text: The code, or the word of an export that has other ones.
        offences: The offence per word, where the mapping of the export says so.
    """
    if offences:
        value = choice(text, {word: word for word in offences})
        if value.text is None or value.problem:
            is_unknown = value.problem == "unknown_code"
            return Value(text, "unknown_offence_code") if is_unknown else value
        return Value(value.text, None, offences[value.text])
    value = values.code(text)
    if value.text is None or value.problem:
        return value
    offence_code = reference.offence_of_incident_code().get(value.text)
    if offence_code is None:
        return Value(text, "unknown_offence_code")
    return Value(value.text, None, offence_code)


def offence(text: str) -> Value:
    """Return an offence group by its code, padded or not, or by its label."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    if value.text in reference.offence_codes():
        return Value(value.text)
    number = value.text.split(" ")[0]
    if number in reference.offence_codes():
        return Value(number)
    named = reference.offence_code_of_label(value.text)
    return Value(named) if named else Value(text, "unknown_offence_code")


def nuisance(text: str) -> Value:
    """Return a kind of nuisance by its code, padded or not, or by its label."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    first = value.text.split(" ")[0]
    if first in {*reference.nuisance_codes(), _ALL}:
        return Value(first)
    named = reference.nuisance_code_of_label(value.text)
    return Value(named) if named else Value(text, "unknown_offence_code")


def offences(text: str) -> Value:
    """Return the codes of one or more offence groups, parted by blanks."""
    return _several(text, offence)


def theme(text: str) -> Value:
    """Return a theme of the team by its code."""
    return choice(text, {theme: theme for theme in reference.themes()})


def themes(text: str) -> Value:
    """Return the codes of one or more themes, parted by blanks."""
    return _several(text, theme)


def choice(text: str, choices: Mapping[str, str]) -> Value:
    """Return the code of a word; case, hyphens and underscores do not count."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    known = {headers.plain(word): code for word, code in choices.items()}
    known |= {headers.plain(code): code for code in choices.values()}
    code = known.get(headers.plain(value.text))
    return Value(code) if code else Value(text, "unknown_code")


def _several(text: str, one: Callable[[str], Value]) -> Value:
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    found = [one(part) for part in re.split(r"[ ,;]+", value.text) if part]
    problem = next((f.problem for f in found if f.problem), None)
    if problem or not found:
        return Value(text, problem or "unknown_code")
    return Value(" ".join(dict.fromkeys(f.text for f in found if f.text)))


def region(text: str) -> Value:
    """Return a region by its code, or a buurt of the team by its name."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    if _REGION.fullmatch(value.text):
        return Value(value.text)
    named = reference.buurt_code_of(value.text)
    return Value(named, None, "label") if named else Value(text, "bad_region_code")


def period(text: str) -> Value:
    """Return a period as CBS writes it, and whether it is marked as provisional."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    bare = value.text.rstrip("*")
    also = "true" if bare != value.text else None
    if _PERIOD.fullmatch(bare):
        return Value(bare, None, also)
    found = _LABEL.fullmatch(bare.strip().casefold())
    if not found:
        return Value(text, "bad_period")
    year, part = found.groups()
    code = _part(part)
    return Value(year + code, None, also) if code else Value(text, "bad_period")


def _part(label: str | None) -> str | None:
    if label is None:
        return "JJ00"
    if label in _MONTHS:
        return f"MM{_MONTHS.index(label) + 1:02d}"
    return f"KW0{label}" if label in {*"1234"} else None


def buurt(text: str) -> Value:
    """Return a text that may name a buurt, and the code if it does."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    return Value(value.text, None, reference.buurt_code_of(value.text))


def buurten(text: str) -> Value:
    """Return the codes of one or more buurten, parted by blanks; the first also."""
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    named = reference.buurt_code_of(value.text)
    found: list[str | None] = (
        [named]
        if named
        else [reference.buurt_code_of(p) for p in re.split(r"[ ,;/]+", value.text) if p]
    )
    if not found or None in found:
        return Value(text, "unknown_buurt")
    listed = list(dict.fromkeys(code for code in found if code))
    return Value(" ".join(listed), None, listed[0])


_PERSON = re.compile(
    r"(?:[A-Z]\.? ?)?[A-Z]\w+(?: (?:van|de|der|den|ten|ter|el|v\.d\.))* [A-Z]\w+"
)


def team(text: str) -> Value:
    """Return the code of a watch team.

    What looks like a person, or holds a number or an address, is not kept, unless it is
    a buurt or a team that is known.
    """
    value = values.key(text)
    if value.text is None or value.problem:
        return value
    code = value.text.upper()
    is_known = reference.buurt_code_of(value.text) is not None or code in watch_teams()
    is_person = _PERSON.fullmatch(value.text) or personal.found_in_own(value.text)
    if is_person and not is_known:
        return Value(None, "personal_data_found")
    return Value(code)


def watch_teams() -> list[str]:
    """Return the teams that are known, as they are kept."""
    return [name.strip().upper() for name in settings().watch_teams]
