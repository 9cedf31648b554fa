"""One home that took in all of a demo at once; both tests of it only look."""

import pytest
from chain.homes import run, write_demo
from chain.planted import plant


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory):
    root = tmp_path_factory.mktemp("deliveries")
    return sorted([*write_demo(root, months=8), *plant(root)])


@pytest.fixture(scope="session")
def built(deliveries, tmp_path_factory):
    """A home that keeps no delivered file, in which all was landed and published."""
    home = tmp_path_factory.mktemp("at_once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKBEELD_KEEP_DELIVERED_DAYS", "0")
        run(home, "land", *deliveries)
        run(home, "build")
        # What is delivered is destroyed the next time that something is landed.
        run(home, "land", deliveries[0])
        run(home, "land", deliveries[0])
    return home
