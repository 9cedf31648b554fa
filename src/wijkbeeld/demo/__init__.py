"""Deliveries of a believable Loosduinen, in the real formats, from a seed.

Nothing in it happened to anybody. File names say demo, so that every page and
export that rests on them can say so too.
"""

from wijkbeeld.demo.deliveries import TooEarlyError, next_month, write
from wijkbeeld.demo.truth import Truth

__all__ = ["TooEarlyError", "Truth", "next_month", "write"]
