"""Fetch what CBS and police publish as open data, and put it into the inbox."""

from wijkbeeld.pull.asked import OffError, PullError
from wijkbeeld.pull.pulling import Pulled, pull
from wijkbeeld.pull.tables import Table, tables

__all__ = ["OffError", "PullError", "Pulled", "Table", "pull", "tables"]
