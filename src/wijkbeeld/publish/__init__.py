"""Hand readers files that nobody writes to, one per role."""

from wijkbeeld.publish.publication import (
    NothingPublishedError,
    Publication,
    current,
    prune,
    publications,
    publish,
)

__all__ = [
    "NothingPublishedError",
    "Publication",
    "current",
    "prune",
    "publications",
    "publish",
]
