"""What dbt is told as it opens the warehouse."""

import gc
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

_ALLOCATED = 50_000
"""Objects that may come before Python looks which are no longer used."""


class Plugin(BasePlugin):
    """Keeps Python from looking through the whole project again and again.

    By now dbt has read it: a million objects that stay until the end. To look through
    them takes a fifth of a second, and what nodes leave behind makes Python do so
    every dozen nodes.
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:  # noqa: ARG002 - given
        """Leave alone what is there, and look less often at what comes."""
        gc.freeze()
        gc.set_threshold(_ALLOCATED)
