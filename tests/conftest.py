"""Which tests must run in one process, when two processes share them."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep what shares a fixture, and all that starts Airflow, in one process.

    A file is a group, because its fixtures are made once. Airflow is a group, because
    two of them do not fit a small machine.
    """
    item.add_marker(pytest.mark.xdist_group(_group(item)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with Airflow, because it takes longest."""
    items.sort(key=lambda item: _group(item) != "airflow")


def _group(item: pytest.Item) -> str:
    if item.get_closest_marker("airflow"):
        return "airflow"
    if "demo_home" in getattr(item, "fixturenames", ()):
        return "demo"
    return str(item.path.relative_to(item.config.rootpath))
