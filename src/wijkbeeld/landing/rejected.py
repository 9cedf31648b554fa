"""Why a delivery is refused."""

import os
import re
from pathlib import Path

CHAT_NAME = re.compile(
    r"(?:^|/|__)_chat\.txt$"
    r"|whats ?app[- ](?:chat|gesprek)(?: met| with| -)? ?(?P<group>.*?)"
    r"(?: ?\(\d{1,2}\))?\.(?:txt|zip)$",
    re.IGNORECASE | re.DOTALL,
)
"""How WhatsApp names a chat export: after its group, or after a person."""


class RejectedError(ValueError):
    """The file is not what was agreed: which rule it breaks, and the remedy.

    The message is "rule; remedy". Who handles the file puts its name in front.
    """


def told(fault: BaseException) -> str:
    """Return what may be told of a fault: the words of others can hold a value."""
    return str(fault) if isinstance(fault, RejectedError) else type(fault).__name__


def named(path: Path) -> str:
    """Return the name by which a file is told of; that of a chat tells nothing."""
    name = full_name(path)
    return f"chat{path.suffix}" if CHAT_NAME.search(name) else name


def full_name(path: Path) -> str:
    """Return the name of a file as text; what is not UTF-8 in it is replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")
