"""Looks at a file that a reader offers, and puts it in the inbox."""

from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

import streamlit as st

from dashboards.locales import language
from dashboards.queries import publication
from wijkbeeld.landing import names, receive, schema
from wijkbeeld.landing.inspection import Inspection, Wish, inspect_bytes
from wijkbeeld.language import speaking
from wijkbeeld.settings import settings

ENDINGS = names.ENDINGS
SOURCES = schema.SOURCES
_KEPT, _MOST_KEPT = "datakwaliteit-bekeken", 8
# A file may take 3 GiB to look at: a room full of senders waits in line.
_PLACE = BoundedSemaphore(1)


def is_welcome() -> bool:
    """Tell whether this installation of the pages takes files: that of the team."""
    return settings().role == "team" and receive.can_receive()


def limit_mb() -> int:
    """Return how large a file may be."""
    return settings().upload_limit_mb


def checked(name: str) -> str:
    """Return the name of a file as it is used.

    Raises:
        RejectedError: It cannot be used, or the file is too large.
    """
    with speaking(language()):
        return receive.checked(name)


def look(name: str, content: bytes, source: str | None) -> Inspection:
    """Return what is seen of a file; a page drawn again looks no second time."""
    asked = (name, sha256(content).hexdigest(), source, language())
    kept: dict[object, Inspection] = st.session_state.setdefault(_KEPT, {})
    if asked in kept:
        return kept[asked]
    wish = Wish(source, language(), _shapes())
    with _PLACE:
        seen = inspect_bytes(name, content, wish)
    if seen.sha256 and _is_known(seen.sha256):
        seen = seen.model_copy(update={"is_known": True})
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[asked] = seen
    return seen


def put(source: str, name: str, content: bytes) -> Path:
    """Put a file into the inbox of its source.

    Raises:
        RejectedError: It cannot be taken in.
        PermissionError: This installation takes no files.
    """
    if not is_welcome():
        raise PermissionError("only the pages of the team take files")
    with speaking(language()):
        return receive.put(source, name, content)


def _shapes() -> tuple[tuple[str, str], ...]:
    if "dim_buurt_shapes" not in publication.tables():
        return ()
    found = publication.fetch(
        "select buurt_code, geometry_wkt from marts.dim_buurt_shapes "
        "qualify vintage_year = max(vintage_year) over () order by buurt_code"
    )
    return tuple(found.itertuples(index=False, name=None))


def _is_known(file_sha256: str) -> bool:
    found = publication.fetch(
        "select count(*) as file_count from marts.fct_deliveries "
        "where file_sha256 = ? and status = 'landed'",
        file_sha256,
    )
    return bool(found.at[0, "file_count"])
