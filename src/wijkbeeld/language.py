"""Dutch is the text in the code; English is a catalogue beside it.

A text without a translation is then said in Dutch, which whoever delivers files and
every resident reads. The catalogue is read as it is written (.po), so that no
compiled copy can lag behind.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from wijkbeeld.settings import settings

_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)


def say(text: str, /, **values: object) -> str:
    """Return a text in the language of this installation, with its values."""
    said = said_in(text, spoken())
    return said.format(**values) if values else said


def spoken() -> str:
    """Return the language that is spoken now, as babel names it."""
    return _speaking.get() or settings().language


def said_in(text: str, language: str) -> str:
    """Return a text in a language, whatever that of this installation is."""
    return catalogue(Path(__file__).parent / "locales", language).gettext(text)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let one language be spoken within the block: that of whoever reads a page."""
    token = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(token)


def later(text: str) -> str:
    """Return a text as it is: it is named here, and said where it is used."""
    return text


@cache
def catalogue(locales: Path, language: str) -> gettext.NullTranslations:
    """Return the texts of a language; those in the code where it has no catalogue."""
    source = locales / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as handle:
        write_mo(compiled, read_po(handle, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
