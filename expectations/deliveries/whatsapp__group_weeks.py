"""What weekly counts of WhatsApp groups must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file, a list or a chat that was counted."""
    return gx.ExpectationSuite(
        name="whatsapp__group_weeks",
        expectations=[
            rules.holds_rows(say("weken")),
            rules.is_usable(
                say(
                    "kijk of elke kolom van het blad onder de juiste naam staat, en "
                    "of het weeknummers van ISO zijn"
                )
            ),
        ],
    )
