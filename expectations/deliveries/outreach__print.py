"""What a list of pieces in the paper must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="outreach__print",
        expectations=[
            rules.holds_rows(say("stukken")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad onder de juiste naam staat, en "
                    "of de vaste woorden zijn gebruikt"
                )
            ),
        ],
    )
