"""Start everything on this machine, and stop all of it again: ``make run``."""

from wijkbeeld.up.running import up

__all__ = ["up"]
