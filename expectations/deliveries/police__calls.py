"""What an export of calls must look like as a whole."""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.deliveries import rules
from wijkbeeld.language import say

# Of a call that does not concern the police nothing is landed, not even its number.
_ANY = 1e-9


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="police__calls",
        expectations=[
            rules.holds_rows(say("meldingen")),
            gxe.ExpectColumnValuesToNotBeNull(
                column="call_id",
                mostly=_ANY,
                description=say(
                    "er staan alleen meldingen van brandweer of ambulance in; "
                    "exporteer de meldingen van de politie (discipline P)"
                ),
            ),
            rules.is_usable(
                say(
                    "kijk of de mapping elke kolom de juiste betekenis geeft, eerst "
                    "de tijden en de plaats"
                )
            ),
        ],
    )
