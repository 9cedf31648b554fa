"""What an export of incidents must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="police__incidents",
        expectations=[
            rules.holds_rows("incidents"),
            rules.is_usable(
                "see whether the mapping gives each column its right meaning, "
                "the coordinates first"
            ),
        ],
    )
