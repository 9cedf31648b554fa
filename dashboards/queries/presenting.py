"""Which file a briefing is presented from, and what it says."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import streamlit as st

from dashboards.locales import language
from dashboards.queries import publication
from wijkbeeld import publish
from wijkbeeld.language import speaking
from wijkbeeld.output import corrections, slides
from wijkbeeld.output.slide import Presentation
from wijkbeeld.publish import Frozen
from wijkbeeld.settings import settings

RESIDENTS = "public"


def frozen() -> Mapping[str, Frozen]:
    """Return what briefings were kept with, by month as in an address: 2026-10."""
    kept = publish.frozen(RESIDENTS)
    return {f"{month:%Y-%m}": record for month, (record, _path) in kept.items()}


def path(month: date, role: str) -> Path:
    """Return the file of a role that the briefing about a month is held with.

    That with which the month was frozen; of another month the one of now.
    """
    kept = publish.frozen(role).get(month)
    return kept[1] if kept else publish.current(role)


def corrected(month: date) -> list[tuple[str, str]]:
    """Return which figures of a month changed since it was frozen, for this role.

    Each with its offence and what is told of it, in this language.
    """
    role = settings().role
    with speaking(language()):
        found = corrections.between(path(month, role), publish.current(role), month)
        return [(one.offence, str(one)) for one in found]


def presentation(month: date, role: str) -> Presentation:
    """Return the briefing about a month from the file of a role, in this language.

    Raises:
        OlderPublicationError: The file was made by an older release.
    """
    try:
        return _made(str(path(month, role)), month, language())
    except (duckdb.BinderException, duckdb.CatalogException) as reason:
        raise publication.OlderPublicationError(str(reason)) from None


# A publication never changes, so its path is all the cache has to know.
@st.cache_data(max_entries=32, show_spinner=False)
def _made(path: str, month: date, language: str) -> Presentation:
    with speaking(language):
        return slides.presentation(Path(path), month)
