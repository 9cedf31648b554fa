"""What a chart of Meta Business Suite must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="social__facebook_page_days",
        expectations=[
            rules.holds_rows(say("dagen")),
            rules.is_usable(
                say("kijk of het de export van een grafiek is, van onze eigen pagina")
            ),
        ],
    )
