"""What an overview of X Analytics must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="social__x_days",
        expectations=[
            rules.holds_rows(say("dagen")),
            rules.is_usable(
                say("kijk of het het overzicht per dag is, van ons eigen account")
            ),
        ],
    )
