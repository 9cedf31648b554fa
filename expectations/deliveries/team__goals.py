"""What a list of goals must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="team__goals",
        expectations=[
            rules.holds_rows(say("doelen")),
            rules.is_usable(
                say(
                    "kijk of elk doel een nulmeting, een streefwaarde en een "
                    "einddatum heeft"
                )
            ),
        ],
    )
