"""What a track must look like as a whole; the reader refuses what is no track."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="watch__tracks", expectations=[rules.holds_rows(say("punten"))]
    )
