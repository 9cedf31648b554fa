"""How a header is compared: what does not count is taken away first."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
_NUMBER = re.compile(r"_\d+$")


def plain(header: str) -> str:
    """Return a header without case, invisible characters, and kinds of space."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", header))
    return re.sub(r"[\s_\-]+", " ", composed.casefold()).strip()


def base(header: str) -> str:
    """Return a CBS topic without its number, which shifts from year to year."""
    return _NUMBER.sub("", header.strip())
