"""Which tests must run in one process, when two processes share them.

And properties have no deadline, because a busy machine says nothing about the code.
"""

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Two Airflows do not fit a small machine, and homes of the demo take long to build.
_TOGETHER = {
    "tests/chain/test_any_order.py": "chain",
    "tests/chain/test_privacy.py": "chain",
    "tests/compose/test_native.py": "airflow",
    "tests/up/test_up.py": "airflow",
    "tests/dashboards/test_cookbook.py": "demo",
    "tests/dashboards/test_real_chain.py": "demo",
}


class ByWhatIsShared(LoadScopeScheduling):
    """Give a process all tests of a file, and all files that share something."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByWhatIsShared:
    """Return what hands out the tests; ``xdist_group`` needs an older pytest."""
    return ByWhatIsShared(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with Airflow, because it takes longest."""
    items.sort(key=lambda item: _group(item.nodeid) != "airflow")


def _group(nodeid: str) -> str:
    file = nodeid.split("::", 1)[0]
    return _TOGETHER.get(file, file)
