"""Every asset, named once: the sources, and what is made of them.

The list of sources is a seed of the dbt project, because it is read whenever a file
of this folder is, and that is before every task; the agreements take much longer.
"""

from functools import reduce
from operator import or_

from airflow.sdk import Asset

from wijkbeeld import reference

SOURCES = {due.source: Asset(due.source) for due in reference.delivery_sources()}

ANYTHING_LANDED = reduce(or_, SOURCES.values())

PUBLICATION = Asset("publication")

RELEASES = Asset("releases")


def beginning(start: str) -> tuple[str, ...]:
    """Return the sources whose names begin so: a system's with ``social__``."""
    return tuple(name for name in SOURCES if name.startswith(start))
