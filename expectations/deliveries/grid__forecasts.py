"""What a forecast must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="grid__forecasts",
        expectations=[
            rules.holds_rows(say("cellen")),
            rules.is_usable(
                say(
                    "kijk of de cellen in meters (RD) op het rooster van 125 m liggen, "
                    "en of de voorspelling voor de periode is gemaakt"
                )
            ),
        ],
    )
