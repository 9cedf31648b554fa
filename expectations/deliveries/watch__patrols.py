"""What a list of patrols must look like as a whole."""

import great_expectations as gx

from expectations.deliveries import rules


def suite() -> gx.ExpectationSuite:
    """Return the agreement on the file."""
    return gx.ExpectationSuite(
        name="watch__patrols",
        expectations=[
            rules.holds_rows("patrols"),
            rules.is_usable(
                "see whether each column of the sheet stands under its right name, "
                "the dates with their year"
            ),
        ],
    )
