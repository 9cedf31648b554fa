"""Texts of others on a screen of ours: as they are written, and without any power."""

from rich.text import Text

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
