"""The only place where the pages open a file."""

import logging
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import streamlit as st

from wijkbeeld.publish import Frozen, current
from wijkbeeld.publish import frozen as all_frozen
from wijkbeeld.publish.roles import ROLES
from wijkbeeld.settings import settings

_log = logging.getLogger(__name__)


class OlderPublicationError(LookupError):
    """The publication lacks a table or column that this release reads."""


class Publication(NamedTuple):
    """What one run of a page shows."""

    name: str
    published_at: datetime
    has_demo: bool
    role: str
    path: Path


def pin() -> Publication:
    """Let this run of a page read one publication throughout.

    Raises:
        NothingPublishedError: There is none yet.
    """
    st.session_state["publication"] = str(current(settings().role))
    return pinned()


def presented() -> dict[str, Frozen]:
    """Return what briefings were held with, by month as in an address: 2026-10."""
    found = all_frozen(settings().role)
    return {f"{month:%Y-%m}": record for month, (record, _path) in found.items()}


def pin_presented(month: date) -> Publication:
    """Let this run read the publication with which a month was presented."""
    _record, path = all_frozen(settings().role)[month]
    st.session_state["publication"] = str(path)
    return pinned()


def pin_as(role: str) -> None:
    """Let this run read the file of a role that sees no more than its own."""
    st.session_state["publication"] = str(current(role))


def pinned() -> Publication:
    """Return the publication that this run of a page reads."""
    row = fetch(
        "select publication, published_at, has_demo, role from marts.publication"
    ).iloc[0]
    return Publication(
        row["publication"],
        row["published_at"].to_pydatetime(),
        bool(row["has_demo"]),
        row["role"],
        Path(st.session_state["publication"]),
    )


def tables() -> frozenset[str]:
    """Return the tables in the file of this role; what is not in it is not shown."""
    names = fetch(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    return frozenset(names["table_name"])


def promised() -> frozenset[str]:
    """Return the tables that a publication of this release has for this role."""
    return frozenset(ROLES[pinned().role]) | {"columns"}


def fetch(query: str, *values: object) -> pd.DataFrame:
    """Return the rows of a query on the pinned publication.

    A query names all columns that it reads: so it fails here, and not where they are
    shown, when a publication of another release lacks one.

    Raises:
        OlderPublicationError: The publication lacks what the query reads.
    """
    try:
        return _rows(st.session_state["publication"], query, values)
    except (duckdb.BinderException, duckdb.CatalogException) as reason:
        _log.warning("%s: %s", st.session_state["publication"], reason)
        raise OlderPublicationError(str(reason)) from None


# The path is in the key, so an answer of an older publication is never given.
@st.cache_data(max_entries=512, show_spinner=False)
def _rows(path: str, query: str, values: tuple[object, ...]) -> pd.DataFrame:
    return _connection(path).cursor().execute(query, values).df()


# A publication never changes, so its path is all the cache has to know. A reader
# that is not done when its publication is let go keeps its own cursor.
@st.cache_resource(
    max_entries=4, show_spinner=False, on_release=duckdb.DuckDBPyConnection.close
)
def _connection(path: str) -> duckdb.DuckDBPyConnection:
    # Opened as the slides open it: DuckDB refuses one file opened in two ways.
    opened = duckdb.connect(
        path, read_only=True, config={"enable_external_access": "false"}
    )
    opened.execute("set threads = 2")
    return opened
