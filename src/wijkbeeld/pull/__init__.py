"""Fetch what CBS and police publish as open data, and put it into the inbox."""

from wijkbeeld.pull.asked import LaterError, OffError, PullError
from wijkbeeld.pull.pulling import Pulled, pull
from wijkbeeld.pull.tables import Table, tables

__all__ = [
    "LaterError",
    "OffError",
    "PullError",
    "Pulled",
    "Table",
    "pull",
    "tables",
]
