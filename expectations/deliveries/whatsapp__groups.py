"""What a register of WhatsApp groups must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="whatsapp__groups",
        expectations=[
            rules.holds_rows(say("groepen")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad onder de juiste naam staat, en "
                    "of elke groep een naam, een buurt en een aantal leden heeft"
                )
            ),
        ],
    )
