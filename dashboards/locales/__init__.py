"""Dutch is the text in the code; English is a catalogue beside it.

A string without a translation is then shown in Dutch, which every resident reads.
Which of the two is the choice of each reader.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import streamlit as st

from wijkbeeld.language import catalogue

_HERE = Path(__file__).parent
_NAMES = {"nl": "Nederlands", "en": "English"}
LANGUAGES = tuple(_NAMES)
_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


def choose_language() -> None:
    """Offer the languages; the choice stays in the URL."""
    chosen = st.segmented_control(
        "Taal / Language",
        list(_NAMES),
        default="nl",
        key="language",
        bind="query-params",
        format_func=_NAMES.__getitem__,
        label_visibility="collapsed",
        required=True,
    )
    # A page asks some thousand times, and the state of a session answers slowly.
    _speaking.set(chosen)


def language() -> str:
    """Return ``nl`` or ``en``, as this session reads."""
    chosen = _speaking.get() or st.session_state.get("language")
    return chosen if chosen in _NAMES else "nl"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let one language be spoken within the block, whatever the session reads."""
    token = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(token)


def locale() -> str:
    """Return the locale in which numbers and dates are written."""
    return _LOCALES[language()]


def translate(text: str) -> str:
    """Return the text in the language of this session."""
    return catalogue(_HERE, language()).gettext(text)


def translate_count(one: str, more: str, number: float) -> str:
    """Return what is said of one, or of any other number, in this language.

    Args:
        one: The text that goes with one.
        more: The text that goes with none, many, and a number that is not known.
        number: What is counted.
    """
    spoken = catalogue(_HERE, language())
    return spoken.ngettext(one, more, 1 if number == 1 else 2)
