"""Texts of others on a screen of ours: as they are written, and without any power."""

from datetime import datetime

from rich import box
from rich.table import Table
from rich.text import Text

from wijkbeeld.local_time import ZONE

_UNSEEN = "\N{REPLACEMENT CHARACTER}"


def plain(text: object) -> Text:
    """Return a text in which nothing is markup, and nothing commands a terminal.

    Names of files and headers are chosen by whoever sends them: they may hold escape
    sequences, brackets that look like markup, or marks that turn the writing around.
    """
    return Text(visible(str(text)))


def visible(text: str) -> str:
    """Return a text with a mark in place of each character that cannot be seen."""
    return "".join(c if c.isprintable() or c == "\n" else _UNSEEN for c in text)


def table(*columns: str, whole: str, title: str | None = None) -> Table:
    """Return a table of which nothing is cut off, on however narrow a screen.

    Args:
        columns: The headings.
        whole: The one that stays on a line, since rows are told apart by it.
        title: What stands above it.
    """
    made = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in columns:
        made.add_column(column, no_wrap=column == whole, overflow="fold")
    return made


def local(moment: datetime) -> str:
    """Return a moment as the clock on the wall had it.

    Args:
        moment: Aware.
    """
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
