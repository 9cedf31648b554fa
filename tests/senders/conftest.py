from tests.landing.conftest import home, zone

__all__ = ["home", "zone"]
