"""Hand readers files that nobody writes to, one per role."""

from wijkbeeld.publish.audit import ContradictionError
from wijkbeeld.publish.freezing import Frozen
from wijkbeeld.publish.publication import (
    NotFreezableError,
    NothingPublishedError,
    Publication,
    current,
    freeze,
    frozen,
    prune,
    publications,
    publish,
)
from wijkbeeld.publish.role_file import UnknownColumnsError
from wijkbeeld.publish.small_counts import SmallCountError

__all__ = [
    "ContradictionError",
    "Frozen",
    "NotFreezableError",
    "NothingPublishedError",
    "Publication",
    "SmallCountError",
    "UnknownColumnsError",
    "current",
    "freeze",
    "frozen",
    "prune",
    "publications",
    "publish",
]
