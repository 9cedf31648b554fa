"""What a log of messages into WhatsApp groups must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="whatsapp__broadcasts",
        expectations=[
            rules.holds_rows(say("berichten")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad onder de juiste naam staat, en "
                    "of elk bericht een tijd, een groep en een thema heeft"
                )
            ),
        ],
    )
