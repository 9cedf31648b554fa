"""Why a delivery is refused."""

import os
from pathlib import Path


class RejectedError(ValueError):
    """The file is not what was agreed: which rule it breaks, and the remedy.

    The message is "rule; remedy". Who handles the file puts its name in front.
    """


def told(fault: BaseException) -> str:
    """Return what may be told of a fault: the words of others can hold a value."""
    return str(fault) if isinstance(fault, RejectedError) else type(fault).__name__


def named(path: Path) -> str:
    """Return the name of a file as text; what is not UTF-8 in it is replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")
