from datetime import date

import pytest
from tests.landing.conftest import home

from wijkbeeld import demo

__all__ = ["home", "written"]

SEED = 7
END = date(2026, 11, 1)


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Eight months of demo, read only: into April, which has a skipped hour."""
    return demo.write(tmp_path_factory.mktemp("demo"), 8, SEED, 1, END)
