"""One file to be delivered."""

from collections import Counter
from typing import NamedTuple


class Delivery(NamedTuple):
    """A file, and what must be found in it."""

    source: str
    file_name: str
    content: bytes
    row_count: int
    problems: Counter[str]
    folder: str = ""
    """Folder within that of the source, where it tells whose figures they are."""
