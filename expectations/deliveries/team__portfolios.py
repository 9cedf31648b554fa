"""What a list of portfolio holders must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="team__portfolios",
        expectations=[
            rules.holds_rows(say("portefeuilles")),
            rules.is_usable(
                say("kijk of de thema's en organisaties uit de lijst komen")
            ),
        ],
    )
