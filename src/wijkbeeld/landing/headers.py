"""How a header is compared: what does not count is taken away first."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from wijkbeeld.landing import personal
from wijkbeeld.language import say

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
_NUMBER = re.compile(r"_\d+$")
_LONGEST, _MOST, _FIRST, _ALIKE = 40, 40, 400, 0.8
_LABEL = 200
"""No header is longer, not even one that explains itself."""
_PERSON = re.compile(r"\W*[^\W\d_]*\W*[A-Z]\w+(?: \w[\w.]*)* [A-Z]\w+\W*")
_NAME = re.compile(r"@?[A-Za-z_]+([._-]?[A-Za-z]+)*[._]?[0-9]{0,4}", re.ASCII)
_VALUE = re.compile(r"[\W\d_]*\d[\W\d_]*")


@lru_cache(1 << 12)
def plain(header: str) -> str:
    """Return a header without case, invisible characters, and kinds of space."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", header))
    return re.sub(r"[\s_\-]+", " ", composed.casefold()).strip()


def base(header: str) -> str:
    """Return a CBS topic without its number, which shifts from year to year."""
    return _NUMBER.sub("", header.strip())


def shown(delivered: Iterable[str], known: Iterable[str], row: list[str]) -> str:
    """Name headers in a reason; those that could be data are counted only.

    A file without headers has a row of data where they should be, with the names of
    people in it.

    Args:
        delivered: What is to be named.
        known: Headers that we know; what resembles one is no data.
        row: All that was delivered as headers.
    """
    usual = {plain(header) for header in known}
    looked_at = row[:_FIRST]
    is_header = any(_is_known(header, usual) for header in looked_at)
    is_header = is_header and not any(_is_value(header) for header in looked_at)
    listed = [header.strip() for header in delivered if header.strip()]
    safe = [
        header
        for header in listed[:_MOST]
        if _is_known(header, usual) or (is_header and _looks_like_one(header))
    ]
    more = len(listed) - len(safe)
    if not more:
        return ", ".join(safe) or say("geen")
    if not safe:
        return say("{count}, niet genoemd", count=more)
    return say("{headers} en nog {count}", headers=", ".join(safe), count=more)


def one(name: str) -> str:
    """Return a name that stands in a file, where it surely is no data; else a sign."""
    is_name = _NAME.fullmatch(name) and not personal.found_in(name)
    return name if is_name else "…"


def _is_known(header: str, usual: set[str]) -> bool:
    spelled = plain(base(header))
    if len(spelled) > _LONGEST or _is_value(header):
        return False
    return bool(difflib.get_close_matches(spelled, usual, n=1, cutoff=_ALIKE))


def _is_value(header: str) -> bool:
    """Tell whether it is a number, a date, or personal: no header is."""
    if len(header) > _LABEL:
        return True
    return bool(_VALUE.fullmatch(header.strip())) or personal.found_in(header)


def _looks_like_one(header: str) -> bool:
    text = base(header)
    is_short = len(text) <= _LONGEST and not any(c.isdigit() for c in text)
    return is_short and not _PERSON.fullmatch(text)
