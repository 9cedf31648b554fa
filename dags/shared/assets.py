"""Every asset, named once: the sources, and what is made of them.

The list of sources is a seed of the dbt project, because it is read whenever a file
of this folder is, and that is before every task; the agreements take much longer.
"""

from airflow.sdk import Asset, AssetAny

from wijkbeeld import reference

SOURCES = {due.source: Asset(due.source) for due in reference.delivery_sources()}

PUBLICATION = Asset("publication")

RELEASES = Asset("releases")


class AnyOf(AssetAny):
    """Any of these assets; its hash is counted once.

    Airflow hashes a schedule four times for every edge of a DAG, and each time every
    asset in it. That is two thirds of reading a DAG of two hundred tasks, which each
    of these tasks does.
    """

    def __init__(self, *assets: Asset) -> None:
        """Take the assets, of which one is enough."""
        super().__init__(*assets)
        self._hash = super().__hash__()

    def __hash__(self) -> int:
        """Return what was counted when it was made."""
        return self._hash


ANYTHING_NEW = AnyOf(*SOURCES.values(), RELEASES)


def beginning(start: str) -> tuple[str, ...]:
    """Return the sources whose names begin so: a system's with ``social__``."""
    return tuple(name for name in SOURCES if name.startswith(start))
