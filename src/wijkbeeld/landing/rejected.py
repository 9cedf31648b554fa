"""Why a delivery is refused."""

import os
import re
from pathlib import Path

_MEMBER = r"(?:^|/|__)_chat\.txt$"
_OF_A_CHAT = (
    r"whats ?app[- ](?:chat|gesprek)(?: met| with| -)? ?(?P<group>.*?)"
    r"(?: ?\(\d{1,2}\))?"
)
CHAT_NAME = re.compile(
    rf"{_MEMBER}|{_OF_A_CHAT}\.(?:txt|zip)$", re.IGNORECASE | re.DOTALL
)
"""How WhatsApp names a chat export: after its group, or after a person."""
SAVED_CHAT_NAME = re.compile(
    rf"{_MEMBER}|{_OF_A_CHAT}(?:\.\w{{1,10}})*$", re.IGNORECASE | re.DOTALL
)
"""How it is named where a chat was saved in another form."""

_SAVED_AS = {".txt", ".zip", ".gz", ".csv", ".xlsx", ".log", ".rtf", ".docx", ".pdf"}


class RejectedError(ValueError):
    """The file is not what was agreed: which rule it breaks, and the remedy.

    The message is "rule; remedy". Who handles the file puts its name in front.
    """

    file_name: str | None = None
    """By which name it is told of, where that was seen only when it was refused."""


def told(fault: BaseException) -> str:
    """Return what may be told of a fault: the words of others can hold a value."""
    return str(fault) if isinstance(fault, RejectedError) else type(fault).__name__


def named(path: Path) -> str:
    """Return the name by which a file is told of; that of a chat tells nothing."""
    name = full_name(path)
    if not SAVED_CHAT_NAME.search(name):
        return name
    # A name that has no ending may still have a dot in it.
    return f"chat{path.suffix}" if path.suffix.casefold() in _SAVED_AS else "chat"


def full_name(path: Path) -> str:
    """Return the name of a file as text; what is not UTF-8 in it is replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")
