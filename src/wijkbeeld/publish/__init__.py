"""Hand readers files that nobody writes to, one per role."""

from wijkbeeld.publish.audit import ContradictionError
from wijkbeeld.publish.publication import (
    NothingPublishedError,
    Publication,
    current,
    prune,
    publications,
    publish,
)

__all__ = [
    "ContradictionError",
    "NothingPublishedError",
    "Publication",
    "current",
    "prune",
    "publications",
    "publish",
]
