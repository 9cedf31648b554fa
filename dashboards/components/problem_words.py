"""What each problem code means, and what to do about it."""

from dashboards.locales import language
from wijkbeeld.landing.problems import MEANINGS
from wijkbeeld.language import said_in


def meaning(code: str) -> str:
    """Return the meaning of a problem code; an unknown one stands for itself."""
    return said_in(MEANINGS[code], language()) if code in MEANINGS else code
