"""What a list of agreed points must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="outreach__minutes",
        expectations=[
            rules.holds_rows(say("punten van een verslag")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad verslag onder de juiste naam staat"
                )
            ),
        ],
    )
