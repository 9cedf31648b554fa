"""What a list of street knowledge must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="team__street_knowledge",
        expectations=[
            rules.holds_rows(say("oordelen")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad straatkennis onder de juiste "
                    "naam staat"
                )
            ),
        ],
    )
