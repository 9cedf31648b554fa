"""Messages of the police in WhatsApp groups: how they begin, by agreement."""

import re
import unicodedata

from wijkbeeld.settings import settings

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EMPHASIS = re.compile(r"[*_~]")


def beginning() -> str | None:
    """Return a pattern of RE2 for how an ordinary text begins that does so as agreed.

    None where there is no such text: words that hold emphasis are found in none.
    """
    words = settings().appeal_prefix
    if words != words.lstrip() or _EMPHASIS.search(words):
        return None
    return r"^[\t\n\r *_~]*" + "[*_~]*".join(re.escape(letter) for letter in words)


def begins_as_agreed(text: str) -> bool:
    """Tell whether a message begins with the agreed words, in capitals.

    Emphasis, invisible characters and leading blanks do not count.
    """
    composed = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return _EMPHASIS.sub("", composed).lstrip().startswith(settings().appeal_prefix)
