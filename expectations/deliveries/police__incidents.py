"""What an export of incidents must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules
from wijkbeeld.language import say


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="police__incidents",
        expectations=[
            rules.holds_rows(say("incidenten")),
            rules.is_usable(
                say(
                    "kijk of de mapping elke kolom de juiste betekenis geeft, eerst "
                    "de coördinaten"
                )
            ),
        ],
    )
