import pytest
from pull.service import Table, serving

from wijkbeeld.settings import settings


@pytest.fixture
def service():
    with serving() as service:
        yield service


@pytest.fixture
def home(tmp_path, monkeypatch, service):
    """A home that may ask the service, and nobody else."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    chosen = {
        "HOME": tmp_path,
        "PULL_IS_ON": "true",
        "PULL_POLICE_ADDRESS": service.address,
        "PULL_POLICE_TABLES": '["47022NED", "47018NED"]',
        "PULL_CBS_ADDRESS": service.address,
        "PULL_CBS_TABLES": '["86165NED"]',
        "PULL_STALL_SECONDS": "5",
        "PULL_TRIES": "4",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(f"WIJKBEELD_{name}", str(value))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def table(service):
    return service.add(Table())
