"""What a list of actions must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="outreach__actions",
        expectations=[
            rules.holds_rows(say("acties")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad acties onder de juiste naam "
                    "staat, en of de vaste woorden zijn gebruikt"
                )
            ),
        ],
    )
