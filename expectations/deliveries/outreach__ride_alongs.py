"""What a list of ride-along evenings must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="outreach__ride_alongs",
        expectations=[
            rules.holds_rows(say("avonden")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad onder de juiste naam staat, en "
                    "of de vaste woorden zijn gebruikt"
                )
            ),
        ],
    )
