from tests.landing.conftest import home, with_shapes, zone

__all__ = ["home", "with_shapes", "zone"]
